// expect: timeout
// A conversion that never ends.
module.exports = function (user, context, cb) {
  const x = { valueOf: function () { for (;;) {} } };
  cb(null, { n: x * 2 });
};
