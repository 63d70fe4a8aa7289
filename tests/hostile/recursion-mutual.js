// expect: thrown|memory
// Two functions that call each other.
module.exports = function (user, context, cb) {
  function a() { return b(); }
  function b() { return a(); }
  a();
};
