// expect: success|timeout
// Warnings without an end.
module.exports = function (user, context, cb) {
  for (let i = 0; i < 20000; i++) process.emitWarning('w' + i);
  cb();
};
