// expect: success|thrown
// Recursion that catches its own error.
module.exports = function (user, context, cb) {
  function down() { try { return down(); } catch (e) { return e; } }
  const e = down();
  cb(null, { name: e.name });
};
