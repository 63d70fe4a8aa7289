// expect: success
// The console replaced.
module.exports = function (user, context, cb) {
  const log = console.log;
  console.log = function () {};
  log('told all the same');
  cb(null, { real: true });
};
