// expect: timeout
// An event loop that never runs dry.
module.exports = function (user, context, cb) {
  (function again() { setImmediate(again); })();
};
