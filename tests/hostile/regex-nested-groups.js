// expect: timeout
// Another one.
module.exports = function (user, context, cb) {
  /(x+x+)+y/.test('x'.repeat(60));
  cb();
};
