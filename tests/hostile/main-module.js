// expect: success
// The usual way to a shell.
module.exports = function (user, context, cb) {
  let found = 'none';
  try { found = typeof process.mainModule.require('child_process').execSync('id'); } catch (e) { found = 'none'; }
  cb(null, { real: true, found: found });
};
