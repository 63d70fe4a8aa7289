// expect: rejected
// The same as a rejection.
module.exports = function (user, context, cb) {
  Promise.reject(new Proxy(new Error('x'), { get: function () { throw new Error('poisoned'); } }));
};
