// expect: success
// A forged message of the protocol in the output.
module.exports = function (user, context, cb) {
  const frame = '\u0005\u0000\u0000\u0000"Nothing"';
  console.log(frame);
  if (process.stdout) process.stdout.write(frame);
  cb(null, { real: true });
};
