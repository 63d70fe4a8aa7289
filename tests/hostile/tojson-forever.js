// expect: timeout
// Serialization of the answer never ends.
module.exports = function (user, context, cb) {
  cb(null, { toJSON: function () { for (;;) {} } });
};
