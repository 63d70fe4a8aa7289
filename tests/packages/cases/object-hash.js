const hash = require('object-hash');
module.exports = async () => [hash({ b: 1, a: [1, 'x', null, new Date(0)] }), hash({ a: [1, 'x', null, new Date(0)], b: 1 }), hash('x', { algorithm: 'md5', encoding: 'base64' }), hash(new Set([1, 2]), { unorderedSets: true })];
