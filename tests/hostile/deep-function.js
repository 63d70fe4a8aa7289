// expect: thrown|memory|success
// The same through Function.
module.exports = function (user, context, cb) {
  new Function('return ' + '('.repeat(20000) + '1' + ')'.repeat(20000))();
  cb();
};
