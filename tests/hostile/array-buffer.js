// expect: memory|thrown
// Eight gigabytes at once.
module.exports = function (user, context, cb) {
  const b = new ArrayBuffer(8 * 1024 * 1024 * 1024);
  cb(null, { n: b.byteLength });
};
