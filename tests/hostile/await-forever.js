// expect: timeout
// An async loop that never waits for anything.
module.exports = function (user, context, cb) {
  (async function () { for (;;) await null; })();
};
