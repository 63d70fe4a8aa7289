const got = require('got');
module.exports = async () => [
  await got('https://api.example.com/json', { searchParams: { a: '1' } }).json(),
  (await got.post('https://api.example.com/json', { json: { email: 'a@example.com' }, responseType: 'json' })).body,
  (await got('https://api.example.com/moved')).body,
  await got('https://api.example.com/missing', { retry: 0 }).catch((error) => [error.name, error.code, error.message, error.response.statusCode]),
];
