// expect: timeout|success|callback
// A Proxy as the answer that never describes itself.
module.exports = function (user, context, cb) {
  let n = 0;
  cb(null, new Proxy({}, { ownKeys: function () { return ["a"]; }, getOwnPropertyDescriptor: function () { for (;;) {} } }));
};
