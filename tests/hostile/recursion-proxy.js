// expect: thrown|memory
// A Proxy that asks itself.
module.exports = function (user, context, cb) {
  const p = new Proxy({}, { get: function (t, k, r) { return r[k]; } });
  p.x;
  cb();
};
