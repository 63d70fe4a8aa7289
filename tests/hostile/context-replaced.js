// expect: success
// The payload turned against whoever reads it.
module.exports = function (user, context, cb) {
  Object.setPrototypeOf(context, new Proxy({}, { get: function () { throw new Error('poisoned'); } }));
  cb(null, { real: true });
};
