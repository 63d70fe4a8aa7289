// expect: timeout
// Log lines without an end.
module.exports = function (user, context, cb) {
  for (;;) console.log('x'.repeat(1000));
};
