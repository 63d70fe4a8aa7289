// expect: thrown|memory
// Recursion through JSON.
module.exports = function (user, context, cb) {
  const o = { toJSON: function () { return JSON.stringify(o); } };
  JSON.stringify(o);
  cb();
};
