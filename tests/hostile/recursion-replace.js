// expect: thrown|memory
// Recursion through another native function.
module.exports = function (user, context, cb) {
  function down() { 'x'.replace(/x/, down); }
  down();
  cb();
};
