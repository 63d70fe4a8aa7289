// expect: thrown|memory
// Recursion without an end.
module.exports = function (user, context, cb) {
  (function down() { down(); })();
};
