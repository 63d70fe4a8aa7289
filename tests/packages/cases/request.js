const request = require('request');
const asked = (options) => new Promise((resolve) => request(options, (error, response, body) => resolve(error ? String(error) : [response.statusCode, body])));
module.exports = async () => [
  await asked({ url: 'https://api.example.com/json', json: true, qs: { a: 1, b: ['x', 'y'] } }),
  await asked({ method: 'POST', url: 'https://api.example.com/json', json: { email: 'a@example.com' } }),
  await asked({ method: 'POST', url: 'https://api.example.com/json', form: { a: '1', b: 'ä' }, auth: { user: 'u', pass: 'p' } }),
  await asked('https://api.example.com/moved'),
  await asked('https://api.example.com/missing'),
  await asked({ url: 'https://api.example.com/text', headers: { 'User-Agent': 'mine' } }),
];
