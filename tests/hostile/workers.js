// expect: success
// Threads of its own.
module.exports = function (user, context, cb) {
  let found = 'none';
  try { new (require('worker_threads').Worker)('while (true) {}', { eval: true }); found = 'worker'; } catch (e) {}
  try { new Worker('x'); found = 'worker'; } catch (e) {}
  cb(null, { real: true, found: found });
};
