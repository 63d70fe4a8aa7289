// expect: timeout
// The script never loads.
for (;;) {}
module.exports = function (user, context, cb) { cb(); };
