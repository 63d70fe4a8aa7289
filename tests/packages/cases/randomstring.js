const r = require('randomstring');
module.exports = async () => [r.generate(12).length, /^[0-9]{5}$/.test(r.generate({ length: 5, charset: 'numeric' })), /^[ab]+$/.test(r.generate({ charset: 'ab' }))];
