// expect: memory|timeout
// Closures that keep everything.
module.exports = function (user, context, cb) {
  const keep = [];
  for (;;) { const x = new Array(100).fill(keep.length); keep.push(function () { return x; }); }
};
