const yup = require('yup');
module.exports = async () => { const schema = yup.object({ email: yup.string().email().required(), age: yup.number().positive().integer() }); return [await schema.validate({ email: 'a@example.com', age: '3' }), await schema.validate({ email: 'x', age: -1 }, { abortEarly: false }).catch((error) => [error.name, error.errors])]; };
