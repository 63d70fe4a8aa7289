// expect: thrown|memory|success
// JSON two hundred thousand levels deep.
module.exports = function (user, context, cb) {
  JSON.parse('['.repeat(200000) + ']'.repeat(200000));
  cb();
};
