// expect: success|thrown|timeout
// Waits for a thread that is not there.
module.exports = function (user, context, cb) {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  Atomics.wait(shared, 0, 0);
  cb(null, { real: true });
};
