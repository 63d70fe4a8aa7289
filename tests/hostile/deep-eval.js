// expect: thrown|memory|success
// The same, made at run time.
module.exports = function (user, context, cb) {
  eval('['.repeat(20000) + ']'.repeat(20000));
  cb();
};
