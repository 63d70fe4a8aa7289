// expect: success|no-callback
// Promises replaced.
module.exports = function (user, context, cb) {
  Promise.prototype.then = function () { throw new Error('poisoned'); };
  globalThis.Promise = function () { throw new Error('poisoned'); };
  cb(null, { real: true });
};
