const tv4 = require('tv4');
module.exports = async () => [tv4.validate({ a: 1 }, { type: 'object', required: ['b'] }), tv4.error.message, tv4.validateMultiple({ a: 'x' }, { properties: { a: { type: 'number' } } }).errors.length];
