// `zlib`: whole buffers and streams, both ways, with what Node packed; errors as Node has them.
const zlib = require('zlib');
const long = Array.from({ length: 4000 }, (_, i) => `${i * i % 977}`).join(',');
const packed = {
  gzip: Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64'),
  deflate: Buffer.from('eJzLSM3JyQcABiwCFQ==', 'base64'),
  raw: Buffer.from('y0jNyckHAA==', 'base64'),
  brotli: Buffer.from('CwKAaGVsbG8D', 'base64'),
};
test('gunzipSync', () => zlib.gunzipSync(packed.gzip).toString());
test('inflateSync', () => zlib.inflateSync(packed.deflate).toString());
test('inflateRawSync', () => zlib.inflateRawSync(packed.raw).toString());
test('unzipSync', () => [zlib.unzipSync(packed.gzip).toString(), zlib.unzipSync(packed.deflate).toString()]);
test('brotliDecompressSync', () => zlib.brotliDecompressSync(packed.brotli).toString());
test('there and back', () => [['gzipSync', 'gunzipSync'], ['deflateSync', 'inflateSync'], ['deflateRawSync', 'inflateRawSync'], ['brotliCompressSync', 'brotliDecompressSync'], ['gzipSync', 'unzipSync'], ['deflateSync', 'unzipSync']].map(([one, two]) => {
  const box = zlib[one](long);
  return [Buffer.isBuffer(box), box.length < long.length, zlib[two](box).toString() === long, zlib[two](zlib[one]('')).length];
}));
test('levels', () => [0, 1, 6, 9, -1].map((level) => {
  const box = zlib.gzipSync(long, { level });
  return [box[8], zlib.gunzipSync(box).toString() === long];
}));
test('headers', () => [zlib.gzipSync('a').subarray(0, 10).toString('hex'), zlib.deflateSync('a').subarray(0, 2).toString('hex'), zlib.deflateSync('a', { level: 9 }).subarray(0, 2).toString('hex'), zlib.deflateSync('a', { level: 1 }).subarray(0, 2).toString('hex')]);
test('input of every kind', () => [new Uint8Array([97, 98]), new Uint16Array([97, 98]), new DataView(new ArrayBuffer(4), 1), new ArrayBuffer(3), 'grüße'].map((data) => zlib.inflateSync(zlib.deflateSync(data)).toString('hex')));
test('members and padding', () => [zlib.gunzipSync(Buffer.concat([packed.gzip, packed.gzip])).toString(), zlib.gunzipSync(Buffer.concat([packed.gzip, Buffer.alloc(4)])).toString(), zlib.inflateSync(Buffer.concat([packed.deflate, Buffer.from('junk')])).toString()]);
const changed = (bytes, at, byte) => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] = byte;
  return copy;
};
const failing = {
  'no gzip': () => zlib.gunzipSync(Buffer.from('hello world')),
  'text': () => zlib.gunzipSync('abc'),
  'cut off': () => zlib.gunzipSync(packed.gzip.subarray(0, 15)),
  'cut in the trailer': () => zlib.gunzipSync(packed.gzip.subarray(0, -3)),
  'empty': () => zlib.gunzipSync(Buffer.alloc(0)),
  'wrong check': () => zlib.gunzipSync(changed(packed.gzip, -5, 0)),
  'wrong length': () => zlib.gunzipSync(changed(packed.gzip, -1, 1)),
  'wrong method': () => zlib.gunzipSync(changed(packed.gzip, 2, 7)),
  'wrong flags': () => zlib.gunzipSync(changed(packed.gzip, 3, 0xe0)),
  'junk behind': () => zlib.gunzipSync(Buffer.concat([packed.gzip, Buffer.from('junk')])),
  'no zlib': () => zlib.inflateSync(Buffer.from('hello')),
  'wrong adler': () => zlib.inflateSync(changed(packed.deflate, -1, 0)),
  'no raw deflate': () => zlib.inflateRawSync(Buffer.from('hello')),
  'block of no type': () => zlib.inflateRawSync(Buffer.from([7])),
  'distance too far': () => zlib.inflateRawSync(Buffer.from([3, 2, 5, 9])),
  'no unzip': () => zlib.unzipSync(Buffer.from('hello')),
  'unzip cut off': () => zlib.unzipSync(Buffer.from([0x1f])),
  'more than allowed': () => zlib.gunzipSync(packed.gzip, { maxOutputLength: 3 }),
  'a bomb': () => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(3e6)), { maxOutputLength: 1e6 }),
  'a number': () => zlib.gunzipSync(5),
  'nothing': () => zlib.gzipSync(),
  'level 99': () => zlib.gzipSync('a', { level: 99 }),
  'level of text': () => zlib.gzipSync('a', { level: 'x' }),
  'brotli cut off': () => zlib.brotliDecompressSync(packed.brotli.subarray(0, 5)),
  'brotli empty': () => zlib.brotliDecompressSync(Buffer.alloc(0)),
};
for (const [name, body] of Object.entries(failing)) test(`error, ${name}`, body);
test('errors have numbers', () => {
  try {
    zlib.gunzipSync('abc');
  } catch (error) {
    return [Object.keys(error), error.errno, error.code];
  }
});
test('as much as is there', () => zlib.gunzipSync(packed.gzip.subarray(0, 15), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString());
test('callbacks', async () => {
  const { promisify } = require('util');
  const box = await promisify(zlib.gzip)('hello');
  return [(await promisify(zlib.gunzip)(box)).toString(), (await promisify(zlib.inflate)(packed.deflate, {})).toString(), (await promisify(zlib.brotliDecompress)(packed.brotli)).toString()];
});
test('callback error', () => new Promise((resolve) => zlib.gunzip('abc', (error, result) => resolve([error.code, error.message, result]))));
test('no callback', () => zlib.gunzip(packed.gzip));
test('crc32', () => [zlib.crc32('hello'), zlib.crc32(Buffer.from('hello'), 5), zlib.crc32(''), zlib.crc32('lo', zlib.crc32('hel'))]);
test('crc32 of a number', () => zlib.crc32(5));
test('constants', () => ['Z_NO_FLUSH', 'Z_FINISH', 'Z_SYNC_FLUSH', 'Z_BEST_COMPRESSION', 'Z_DEFAULT_LEVEL', 'BROTLI_PARAM_QUALITY', 'BROTLI_OPERATION_FLUSH', 'Z_DEFAULT_CHUNK'].map((name) => [zlib.constants[name], zlib[name]]));
test('codes', () => [zlib.codes.Z_DATA_ERROR, zlib.codes['-3'], zlib.codes.Z_OK]);
