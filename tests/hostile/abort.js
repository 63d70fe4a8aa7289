// expect: success|no-callback|thrown
// The process is asked to end harder.
module.exports = function (user, context, cb) {
  if (process.abort) process.abort();
  if (process.kill) process.kill(process.pid, 'SIGKILL');
  cb(null, { real: true });
};
