// expect: timeout
// A log line that is never finished.
module.exports = function (user, context, cb) {
  console.log({ [Symbol.for('nodejs.util.inspect.custom')]: function () { for (;;) {} } });
  cb();
};
