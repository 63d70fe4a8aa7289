module.exports = function (user, context, cb) { var ä😀 = " "; cb(null, {user}); };
// ‮