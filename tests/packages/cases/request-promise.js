const rp = require('request-promise');
module.exports = async () => [
  await rp({ uri: 'https://api.example.com/json', json: true }),
  await rp({ uri: 'https://api.example.com/missing', json: true }).catch((error) => [error.name, error.statusCode, error.error]),
  await rp({ method: 'POST', uri: 'https://api.example.com/json', body: { a: 1 }, json: true, resolveWithFullResponse: true }).then((response) => [response.statusCode, response.body]),
];
