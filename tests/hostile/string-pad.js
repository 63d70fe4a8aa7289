// expect: memory|thrown
// A gigabyte in one call.
module.exports = function (user, context, cb) {
  cb(null, { n: 'x'.padStart(1e9).length });
};
