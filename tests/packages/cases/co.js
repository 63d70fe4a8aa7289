const co = require('co');
module.exports = async () => [await co(function* () { return [yield Promise.resolve(1), yield [Promise.resolve(2), 3].map((x) => Promise.resolve(x)), yield { a: Promise.resolve(4) }]; }), await co.wrap(function* (x) { return x; })(5), await co(function* () { yield 1; }).catch((error) => error.message)];
