// expect: thrown|compile|memory|success
// A regular expression of fifty thousand groups.
module.exports = function (user, context, cb) {
  new RegExp('('.repeat(50000) + ')'.repeat(50000)).test('');
  cb();
};
