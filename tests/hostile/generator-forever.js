// expect: timeout
// An iterator without an end.
module.exports = function (user, context, cb) {
  function* g() { for (;;) yield 1; }
  for (const x of g()) { if (x > 1) break; }
  cb();
};
