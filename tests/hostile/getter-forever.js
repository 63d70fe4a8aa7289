// expect: timeout
// A getter in the answer never ends.
module.exports = function (user, context, cb) {
  cb(null, { get a() { for (;;) {} } });
};
