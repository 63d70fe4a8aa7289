const q = require('querystring/');
module.exports = async () => [q.parse('a=1&b=2&a=3&c=%20'), q.stringify({ a: [1, 2], b: 'x y' })];
