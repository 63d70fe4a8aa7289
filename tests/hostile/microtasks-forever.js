// expect: timeout
// Microtasks that starve everything else.
module.exports = function (user, context, cb) {
  (function again() { Promise.resolve().then(again); })();
};
