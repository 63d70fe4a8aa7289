// expect: success
// JSON replaced.
module.exports = function (user, context, cb) {
  JSON.stringify = function () { return '{"status":"forged"}'; };
  JSON.parse = function () { return {}; };
  cb(null, { real: true });
};
