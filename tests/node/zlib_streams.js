// `zlib` as streams: both ways, piece by piece, flushed, cut off.
const zlib = require('zlib');
const long = Array.from({ length: 4000 }, (_, i) => `${i * i % 977}`).join(',');
const packed = {
  gzip: Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64'),
  deflate: Buffer.from('eJzLSM3JyQcABiwCFQ==', 'base64'),
  raw: Buffer.from('y0jNyckHAA==', 'base64'),
  brotli: Buffer.from('CwKAaGVsbG8D', 'base64'),
};

const collect = (stream) => new Promise((resolve, reject) => {
  const parts = [];
  stream.on('data', (part) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts))).on('error', reject);
});
for (const [one, two] of [['createGzip', 'createGunzip'], ['createDeflate', 'createInflate'], ['createDeflateRaw', 'createInflateRaw'], ['createGzip', 'createUnzip'], ['createBrotliCompress', 'createBrotliDecompress']]) {
  test(`${one} and ${two}`, async () => {
    const pack = zlib[one]();
    const open = zlib[two]();
    const done = collect(pack.pipe(open));
    for (let at = 0; at < long.length; at += 1000) pack.write(long.slice(at, at + 1000));
    pack.end();
    return [(await done).toString() === long, pack.bytesWritten, pack instanceof zlib[one.slice(6)], pack instanceof require('stream').Transform];
  });
}
test('stream byte by byte', async () => {
  const open = zlib.createGunzip();
  const done = collect(open);
  for (const byte of packed.gzip) open.write(Buffer.from([byte]));
  open.end();
  return (await done).toString();
});
test('stream of nonsense', () => collect(zlib.createGunzip().end('hello')));
test('stream cut off', () => collect(zlib.createGunzip().end(packed.gzip.subarray(0, 14))));
test('flush', () => new Promise((resolve) => {
  const pack = zlib.createDeflate();
  const seen = [];
  pack.on('data', (part) => seen.push(part));
  pack.write('hello');
  pack.flush(() => {
    const early = zlib.inflateSync(Buffer.concat(seen), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString();
    pack.on('end', () => resolve([early, zlib.inflateSync(Buffer.concat(seen)).toString()]));
    pack.end(' world');
  });
}));
test('without new', () => zlib.Gzip() instanceof zlib.Gzip);
test('chunk size', async () => {
  const sizes = [];
  const open = zlib.createGunzip({ chunkSize: 1024 });
  open.on('data', (part) => sizes.push(part.length));
  open.end(zlib.gzipSync(long));
  await new Promise((resolve) => open.on('end', resolve));
  return [Math.max(...sizes), sizes.reduce((sum, size) => sum + size, 0) === long.length];
});
