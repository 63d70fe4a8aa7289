// expect: success
// Everything frozen.
module.exports = function (user, context, cb) {
  Object.freeze(user); Object.freeze(context); Object.freeze(globalThis.Object); Object.preventExtensions(globalThis);
  cb(null, { real: true });
};
