// expect: success|timeout|thrown|memory
// Five thousand HTTP calls.
module.exports = function (user, context, cb) {
  const callbacks = [];
  for (let i = 0; i < 5000; i++) { if (typeof fetch === 'function') fetch('https://x.example/' + i).catch(function () {}); }
  cb();
};
