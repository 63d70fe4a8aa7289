const superagent = require('superagent');
module.exports = async () => [
  (await superagent.get('https://api.example.com/json').query({ a: 1 }).set('X-Mine', '1')).body,
  (await superagent.post('https://api.example.com/json').send({ email: 'a@example.com' })).status,
  (await superagent.post('https://api.example.com/json').type('form').send({ a: '1' })).body,
  await superagent.get('https://api.example.com/missing').catch((error) => [error.status, error.message, error.response.body]),
];
