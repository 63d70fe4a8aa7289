const async = require('async');
module.exports = async () => [
  await new Promise((resolve) => async.waterfall([(cb) => cb(null, 1), (a, cb) => setImmediate(cb, null, a + 1)], (error, result) => resolve(result))), await async.parallel({ a: (cb) => setTimeout(cb, 2, null, 1), b: async () => 2 }), await async.mapLimit([1, 2, 3], 2, async (n) => n * n), await async.series([async () => 1, (cb) => cb(null, 2)]),
  await async.retry({ times: 3, interval: 1 }, async () => { throw new Error('again'); }).catch((error) => error.message), await new Promise((resolve) => { const seen = []; const q = async.queue((task, cb) => { seen.push(task); cb(); }, 2); q.drain(() => resolve(seen)); q.push([1, 2, 3]); }), await async.auto({ a: async () => 1, b: ['a', async ({ a }) => a + 1] }),
];
