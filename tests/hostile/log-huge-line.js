// expect: success|memory
// One log line of 20 MiB.
module.exports = function (user, context, cb) {
  console.log('x'.repeat(20 * 1024 * 1024));
  cb();
};
