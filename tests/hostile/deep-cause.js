// expect: callback|thrown|memory
// An error with fifty thousand causes.
module.exports = function (user, context, cb) {
  let e = new Error('x');
  for (let i = 0; i < 50000; i++) e = new Error('x', { cause: e });
  cb(e);
};
