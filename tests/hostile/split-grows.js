// expect: memory|thrown|timeout
// Lists out of a long text.
module.exports = function (user, context, cb) {
  let s = 'a,'.repeat(4e6);
  const keep = [];
  for (;;) keep.push(s.split(','));
};
