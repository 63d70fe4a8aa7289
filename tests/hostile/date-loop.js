// expect: timeout
// Waits by looking at the clock.
module.exports = function (user, context, cb) {
  const until = Date.now() + 1e9;
  while (Date.now() < until) {}
  cb();
};
