const iconv = require('iconv-lite');
module.exports = async () => [iconv.encode('äß€', 'win1252').toString('hex'), iconv.decode(Buffer.from([0xe4, 0xdf]), 'latin1'), iconv.encode('日本', 'Shift_JIS').toString('hex'), iconv.decode(Buffer.from('c8d5b1be', 'hex'), 'gbk'), iconv.encodingExists('utf-7')];
