// expect: memory|timeout
// Timers without an end.
module.exports = function (user, context, cb) {
  for (;;) setTimeout(function () {}, 1e6);
};
