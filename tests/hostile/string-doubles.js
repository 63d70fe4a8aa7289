// expect: memory|thrown
// A string that doubles.
module.exports = function (user, context, cb) {
  let s = 'x';
  for (;;) s += s;
};
