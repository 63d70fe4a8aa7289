// expect: callback|thrown|memory|success|timeout
// An answer a hundred thousand levels deep.
module.exports = function (user, context, cb) {
  let o = {};
  for (let i = 0; i < 100000; i++) o = { o: o };
  cb(null, o);
};
