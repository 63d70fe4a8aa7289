// expect: timeout|memory|thrown
// Arithmetic that grows without end.
module.exports = function (user, context, cb) {
  let n = 3n;
  for (let i = 0; i < 40; i++) n = n * n;
  cb();
};
