// expect: memory|thrown|timeout|callback
// A gigabyte of JSON out of little.
module.exports = function (user, context, cb) {
  let o = { a: 'x'.repeat(1e6) };
  const list = [];
  for (let i = 0; i < 1000; i++) list.push(o);
  cb(null, list);
};
