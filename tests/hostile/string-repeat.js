// expect: memory|thrown
// Half a gigabyte in one call.
module.exports = function (user, context, cb) {
  const s = 'x'.repeat(2 ** 29);
  cb(null, { n: s.length });
};
