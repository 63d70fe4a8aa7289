// expect: success
// A second answer.
module.exports = function (user, context, cb) {
  cb(null, { real: true });
  cb(null, { forged: true });
};
