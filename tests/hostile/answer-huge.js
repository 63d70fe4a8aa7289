// expect: success|callback|memory
// An answer of 20 MiB.
module.exports = function (user, context, cb) {
  cb(null, { text: 'x'.repeat(20 * 1024 * 1024) });
};
