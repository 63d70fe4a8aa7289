// expect: success
// Built-ins turned against whoever uses them.
module.exports = function (user, context, cb) {
  Object.prototype.status = 'forged';
  Object.prototype.kind = 'forged';
  Array.prototype.push = function () { throw new Error('poisoned'); };
  Array.prototype[Symbol.iterator] = function () { throw new Error('poisoned'); };
  Object.prototype.get = function () { return 'forged'; };
  cb(null, { real: true });
};
