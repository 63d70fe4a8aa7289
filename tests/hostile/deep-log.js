// expect: success|thrown|memory
// A log line of something a hundred thousand levels deep.
module.exports = function (user, context, cb) {
  let o = {};
  for (let i = 0; i < 100000; i++) o = { o: o };
  console.log(o);
  cb();
};
