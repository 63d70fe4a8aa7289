// expect: thrown|memory
// A function bound two hundred thousand times.
module.exports = function (user, context, cb) {
  let f = function () {};
  for (let i = 0; i < 200000; i++) f = f.bind(null);
  f();
  cb();
};
