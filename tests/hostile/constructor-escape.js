// expect: success
// The usual way to a global with more in it.
module.exports = function (user, context, cb) {
  const F = (function () {}).constructor;
  const g = F('return this')();
  cb(null, { real: true, process: typeof g.process.binding, require: typeof g.require });
};
