// expect: timeout
// A loop that never ends.
module.exports = function (user, context, cb) {
  while (true) {}
};
