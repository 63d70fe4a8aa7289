// expect: success+timeout
// Answers, then never ends: the answer stands.
module.exports = function (user, context, cb) {
  cb();
  while (true) {}
};
