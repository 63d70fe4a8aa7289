// expect: success|thrown|memory|timeout
// A chain of a hundred thousand promises.
module.exports = function (user, context, cb) {
  let p = Promise.resolve();
  for (let i = 0; i < 100000; i++) p = p.then(function () {});
  p.then(function () { cb(); });
};
