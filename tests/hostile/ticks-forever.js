// expect: timeout
// Ticks that starve everything else.
module.exports = function (user, context, cb) {
  (function again() { process.nextTick(again); })();
};
