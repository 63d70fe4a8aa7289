// expect: memory
// A map without an end.
module.exports = function (user, context, cb) {
  const map = new Map();
  for (let i = 0; ; i++) map.set(i, [i]);
};
