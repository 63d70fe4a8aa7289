// expect: success
// The environment.
module.exports = function (user, context, cb) {
  cb(null, { real: true, found: Object.keys(process.env).length ? 'some' : 'none' });
};
