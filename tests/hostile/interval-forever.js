// expect: timeout
// A timer that is never cleared.
module.exports = function (user, context, cb) {
  setInterval(function () {}, 1);
};
