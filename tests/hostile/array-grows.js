// expect: memory
// A list without an end.
module.exports = function (user, context, cb) {
  const list = [];
  for (;;) list.push({ text: "x" + list.length });
};
