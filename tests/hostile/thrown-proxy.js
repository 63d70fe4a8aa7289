// expect: thrown
// A Proxy is thrown that throws when it is looked at.
module.exports = function (user, context, cb) {
  throw new Proxy({}, { get: function () { throw new Error('poisoned'); }, getPrototypeOf: function () { throw new Error('poisoned'); } });
};
