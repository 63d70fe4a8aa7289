// expect: memory|thrown|timeout
// Two gigabytes by join.
module.exports = function (user, context, cb) {
  cb(null, { n: new Array(2 ** 28).join('xxxxxxxx').length });
};
