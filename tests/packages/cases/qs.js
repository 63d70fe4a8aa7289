const qs = require('qs');
module.exports = async () => [qs.parse('a[b][c]=1&a[d][]=2&a[d][]=3&e=%20x'), qs.stringify({ a: { b: [1, 2] }, c: 'x y', d: null, e: undefined }), qs.stringify({ a: [1, 2] }, { arrayFormat: 'brackets', encode: false }), qs.parse('?x=1', { ignoreQueryPrefix: true }), qs.stringify({ d: new Date(0) })];
