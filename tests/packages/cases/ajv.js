const Ajv = require('ajv');
module.exports = async () => { const check = new Ajv({ allErrors: true }).compile({ type: 'object', properties: { email: { type: 'string', pattern: '@' }, age: { type: 'integer', minimum: 18 } }, required: ['email'], additionalProperties: false }); return [check({ email: 'a@b', age: 20 }), check({ age: 5, x: 1 }), check.errors]; };
