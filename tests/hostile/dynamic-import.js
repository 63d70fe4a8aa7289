// expect: success|timeout|no-callback|compile
// Files by import.
module.exports = function (user, context, cb) {
  import('fs').then(function (fs) { return fs.readFileSync('/etc/passwd'); }).then(function () { cb(null, { real: true, found: 'file' }); }, function () { cb(null, { real: true, found: 'none' }); });
};
