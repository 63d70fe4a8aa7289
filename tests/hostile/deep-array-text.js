// expect: thrown|memory|success
// A text out of a hundred thousand levels.
module.exports = function (user, context, cb) {
  let a = [];
  for (let i = 0; i < 100000; i++) a = [a];
  String(a);
  cb();
};
