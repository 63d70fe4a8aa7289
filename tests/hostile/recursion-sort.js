// expect: thrown|memory
// Recursion through a native function.
module.exports = function (user, context, cb) {
  function down() { [2, 1].sort(down); }
  down();
  cb();
};
