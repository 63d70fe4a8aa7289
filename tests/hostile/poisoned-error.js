// expect: callback
// Errors turned against whoever reads them.
module.exports = function (user, context, cb) {
  Error.prototype.toString = function () { throw new Error('poisoned'); };
  Object.defineProperty(Error.prototype, 'message', { get: function () { throw new Error('poisoned'); } });
  Error.captureStackTrace = function () { throw 1; };
  Error.prepareStackTrace = function () { for (const x of []) {} throw 1; };
  cb(new Error('real'));
};
