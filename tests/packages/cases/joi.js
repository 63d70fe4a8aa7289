const Joi = require('joi');
module.exports = async () => { const schema = Joi.object({ email: Joi.string().email().required(), age: Joi.number().integer().min(18), tags: Joi.array().items(Joi.string()).default([]) }); return [schema.validate({ email: 'a@example.com', age: '20' }), schema.validate({ age: 3 }, { abortEarly: false }).error.details.map((one) => one.message)]; };
