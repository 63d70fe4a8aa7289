// expect: success
// Every global deleted.
module.exports = function (user, context, cb) {
  for (const name of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[name]; } catch (e) {} }
  cb(null, { real: true });
};
