// expect: memory|thrown|timeout
// A billion zeros in one native call.
module.exports = function (user, context, cb) {
  new Array(1e9).fill(0);
  cb();
};
