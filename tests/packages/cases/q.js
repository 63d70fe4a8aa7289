const Q = require('q');
module.exports = async () => { const d = Q.defer(); setTimeout(() => d.resolve(3), 1); return [await d.promise, await Q.all([1, Q(2)]), await Q.nfcall((cb) => cb(null, 'x')), await Q.reject(new Error('e')).catch((error) => error.message), await Q.delay(1).then(() => 'later')]; };
