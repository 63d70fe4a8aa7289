// expect: success|timeout
// A comparison that contradicts itself.
module.exports = function (user, context, cb) {
  const list = Array.from({ length: 2000 }, function (_, i) { return i; });
  list.sort(function () { return Math.random() - 0.5; });
  cb();
};
