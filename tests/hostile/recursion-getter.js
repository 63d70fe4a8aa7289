// expect: thrown|memory
// A getter that reads itself.
module.exports = function (user, context, cb) {
  const o = { get x() { return this.x; } };
  o.x;
  cb();
};
