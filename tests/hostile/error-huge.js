// expect: callback|memory
// An error of 20 MiB.
module.exports = function (user, context, cb) {
  cb(new Error('x'.repeat(20 * 1024 * 1024)));
};
