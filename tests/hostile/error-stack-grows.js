// expect: memory|thrown|timeout
// Errors that quote each other.
module.exports = function (user, context, cb) {
  let e = new Error('x');
  for (;;) e = new Error(e.stack + e.stack);
};
