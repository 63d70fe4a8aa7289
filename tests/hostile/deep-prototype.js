// expect: success|thrown|memory|timeout
// A chain of a hundred thousand prototypes.
module.exports = function (user, context, cb) {
  let o = {};
  for (let i = 0; i < 100000; i++) o = Object.create(o);
  o.missing;
  cb();
};
