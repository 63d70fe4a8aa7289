// expect: memory|thrown|timeout
// Buffers without an end.
module.exports = function (user, context, cb) {
  const keep = [];
  for (;;) keep.push(new Uint8Array(16 * 1024 * 1024).fill(1));
};
