// expect: memory|timeout
// Promises without an end.
module.exports = function (user, context, cb) {
  const keep = [];
  (function again() { for (let i = 0; i < 1000; i++) keep.push(new Promise(function () {})); setImmediate(again); })();
};
