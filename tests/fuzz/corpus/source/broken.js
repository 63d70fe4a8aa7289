module.exports = function (user, context, cb) {
  const a = {...};
  /* never closed
  cb(null, a
