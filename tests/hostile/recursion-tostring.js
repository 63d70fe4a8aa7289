// expect: thrown|memory|success
// A conversion that converts itself.
module.exports = function (user, context, cb) {
  const o = { toString: function () { return '' + this; } };
  '' + o;
  cb();
};
