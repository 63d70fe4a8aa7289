// expect: callback
// An error whose properties throw.
module.exports = function (user, context, cb) {
  const e = new Error('real');
  Object.defineProperty(e, 'stack', { get: function () { throw new Error('poisoned'); } });
  Object.defineProperty(e, 'message', { get: function () { throw new Error('poisoned'); } });
  cb(e);
};
