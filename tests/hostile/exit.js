// expect: success|no-callback|thrown|stopped
// The process is asked to end.
module.exports = function (user, context, cb) {
  if (process.exit) process.exit(0);
  cb(null, { real: true });
};
