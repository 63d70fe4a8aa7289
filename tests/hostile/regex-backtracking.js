// expect: timeout
// A regular expression that backtracks for years.
module.exports = function (user, context, cb) {
  /^(a+)+$/.test('a'.repeat(40) + '!');
  cb();
};
