const Promise = require('bluebird');
module.exports = async () => [
  await Promise.map([1, 2, 3], (n) => Promise.delay(1).then(() => n * 2), { concurrency: 2 }), await Promise.props({ a: Promise.resolve(1), b: 2 }), await Promise.reduce([1, 2, 3], (a, b) => a + b), await Promise.promisify((x, cb) => cb(null, x + 1))(1),
  await Promise.some([Promise.reject(new Error('x')), 1, 2], 1), await Promise.delay(50).timeout(1, 'late').catch(Promise.TimeoutError, (error) => error.message), await Promise.try(() => { throw new TypeError('t'); }).catch(TypeError, (error) => error.name), await Promise.each([1, 2], () => undefined), await Promise.coroutine(function* () { return (yield Promise.resolve(4)) + 1; })(),
];
