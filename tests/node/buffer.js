// Buffer: making, encodings, search, numbers, errors, how it is shown.
const { Buffer: B, kMaxLength, transcode, isUtf8, isAscii, SlowBuffer } = require('buffer');
const util = require('util');

test('is the global', () => [B === Buffer, Buffer.name, Buffer.length, require('node:buffer') === require('buffer')]);
const text = 'aé€😀\ud800z';
for (const encoding of ['utf8', 'UTF-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii', 'ucs2', 'utf16le']) {
  test(`from and to ${encoding}`, () => {
    const own = encoding.startsWith('base64') ? 'aGVs bG8' : text;
    const bytes = Buffer.from(own, encoding);
    return [bytes.toString('hex'), Buffer.from(text).toString(encoding), Buffer.byteLength(own, encoding)];
  });
}
test('lenient base64', () => ['aGk', 'aG k=', 'aGk=xx', '-_-_', '+/+/', 'a', ''].map((s) => [Buffer.from(s, 'base64').toString('hex'), Buffer.byteLength(s, 'base64')]));
test('hex stops', () => ['0g11', 'abc', 'ABCDEF', ''].map((s) => Buffer.from(s, 'hex').toString('hex')));
test('broken utf8', () => Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x62, 0xf0, 0x9f, 0x98]).toString());
test('from array', () => [Buffer.from([1, 256, -1, 1.5, '7', 'x']), Buffer.from(new Uint16Array([1, 258])), Buffer.of(1, 2)]);
test('from array-like', () => [Buffer.from({ length: 2, 0: 5, 1: 6 }), Buffer.from({ length: -1 }), Buffer.from({ type: 'Buffer', data: [1, 2] }), Buffer.from({ length: 'x' })]);
test('from wrapped', () => [Buffer.from(new String('hi')), Buffer.from({ [Symbol.toPrimitive]: () => 'prim' }), Buffer.from({ valueOf: () => 'v' })]);
test('from ArrayBuffer shares', () => {
  const memory = new ArrayBuffer(8);
  const bytes = Buffer.from(memory, 2, 3);
  bytes[0] = 9;
  return [[...new Uint8Array(memory)], bytes.length, bytes.byteOffset];
});
for (const [name, value] of Object.entries({ number: 5, undefined: undefined, null: null, object: {}, function: () => {}, symbol: Symbol('x'), true: true, big: 1n })) {
  test(`from ${name} throws`, () => Buffer.from(value));
  test(`byteLength of ${name} throws`, () => Buffer.byteLength(value));
}
test('from out of bounds', () => Buffer.from(new ArrayBuffer(4), 5));
test('from out of bounds length', () => Buffer.from(new ArrayBuffer(4), 2, 5));
test('from unknown encoding', () => Buffer.from('x', 'nope'));
test('to unknown encoding', () => Buffer.from('x').toString('nope'));
test('alloc', () => [Buffer.alloc(3), Buffer.alloc(5, 'ab'), Buffer.alloc(4, 1), Buffer.alloc(4, '6162', 'hex'), Buffer.alloc(3, Buffer.from('xyz')), Buffer.allocUnsafe(4).length]);
test('alloc negative', () => { try { Buffer.alloc(-1); } catch (e) { return [e.code, e.name]; } });
test('alloc text', () => Buffer.alloc('5'));
test('alloc empty fill', () => Buffer.alloc(3, ''));
test('new Buffer', () => [new Buffer('abc').toString(), Buffer('abc').toString('hex'), new Buffer(3).length, new Buffer([1, 2]).length, new SlowBuffer(2).length]);
test('concat', () => [Buffer.concat([Buffer.from('ab'), new Uint8Array([99])]).toString(), Buffer.concat([Buffer.from('abc')], 2).toString(), Buffer.concat([Buffer.from('a')], 3), Buffer.concat([])]);
test('concat wrong list', () => Buffer.concat('x'));
test('concat wrong item', () => Buffer.concat([Buffer.from('x'), 'y']));
test('compare', () => [Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('b').compare(Buffer.from('a')), Buffer.from('abc').compare(Buffer.from('xabc'), 1), Buffer.from('a').equals(new Uint8Array([97])), Buffer.from('ab').compare(Buffer.from('b'), 0, 1, 1)]);
test('compare wrong', () => Buffer.compare('a', Buffer.from('b')));
test('equals wrong', () => Buffer.from('a').equals('a'));
test('indexOf', () => {
  const b = Buffer.from('this is a buffer is');
  return [b.indexOf('is'), b.indexOf('is', 3), b.indexOf('is', -2), b.indexOf(Buffer.from('buf')), b.indexOf(97), b.indexOf(97 + 256), b.indexOf('zz'), b.indexOf(''), b.indexOf('', 100), b.lastIndexOf('is'), b.lastIndexOf('is', 5), b.lastIndexOf('is', -3), b.lastIndexOf(''), b.includes('buffer'), b.includes('is', 18), b.indexOf('is', {}), b.indexOf('is', undefined), b.indexOf('is', 1.9), b.lastIndexOf('is', undefined), b.lastIndexOf('is', null)];
});
test('indexOf ucs2', () => { const b = Buffer.from('abcabc', 'ucs2'); return [b.indexOf('c', 'ucs2'), b.indexOf('c', 5, 'ucs2'), b.lastIndexOf('c', 'ucs2')]; });
test('indexOf wrong', () => Buffer.from('a').indexOf({}));
test('slice and subarray', () => {
  const b = Buffer.from('abcdef');
  const s = b.slice(1, -1);
  s[0] = 120;
  return [b.toString(), s.toString(), b.subarray(-2).toString(), b.slice(4, 2).length, b.slice(NaN, 'x').length, Buffer.isBuffer(b.subarray(1)), b.slice('2').toString()];
});
test('copy', () => { const a = Buffer.from('abcdef'); const b = Buffer.alloc(4); return [a.copy(b, 1, 2), b, a.copy(a, 2, 0, 4), a.toString(), a.copy(b, 9), a.copy(b, 0, 6)]; });
test('copy negative', () => Buffer.from('a').copy(Buffer.alloc(1), -1));
test('copy past', () => Buffer.from('a').copy(Buffer.alloc(1), 0, 5));
test('write', () => { const b = Buffer.alloc(8); return [b.write('abc'), b.write('é€', 3), b, b.write('zz', 'latin1'), b.write('ffee', 6, 'hex'), b, b.write('xyz', 1, 2), b, b.write('€€€', 0, 4), b]; });
test('write wrong offset', () => Buffer.alloc(2).write('a', 5));
test('write encoding', () => Buffer.alloc(2).write('a', 0, 1, 'bogus'));
test('fill', () => [Buffer.alloc(4).fill('xy'), Buffer.alloc(4).fill(300), Buffer.alloc(4).fill('é', 1, 3), Buffer.alloc(3).fill(true), Buffer.alloc(3).fill('zz', 'hex' === 1 ? '' : 'latin1'), Buffer.alloc(4).fill(Buffer.from([1, 2]), 1)]);
test('fill empty pattern', () => Buffer.alloc(3).fill(Buffer.alloc(0)));
test('fill bad hex', () => Buffer.alloc(3).fill('zz', 'hex'));
test('fill encoding', () => Buffer.alloc(3).fill('z', 'bogus'));
test('swap', () => [Buffer.from([1, 2, 3, 4]).swap16(), Buffer.from([1, 2, 3, 4]).swap32(), Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).swap64()]);
test('swap odd', () => Buffer.from([1]).swap16());
const b8 = Buffer.from([0xff, 0x80, 0x01, 0x02, 0x7f, 0xfe, 0x10, 0x99, 0x55]);
for (const name of ['UInt8', 'Int8', 'UInt16LE', 'UInt16BE', 'Int16LE', 'Int16BE', 'UInt32LE', 'UInt32BE', 'Int32LE', 'Int32BE', 'FloatLE', 'FloatBE', 'DoubleLE', 'DoubleBE', 'BigInt64LE', 'BigInt64BE', 'BigUInt64LE', 'BigUInt64BE']) {
  const big = name.startsWith('Big');
  test(`read ${name}`, () => [b8[`read${name}`](), b8[`read${name}`](1)]);
  for (const bad of [-1, 9, 1.5, '1', null, NaN]) test(`read ${name} at ${bad}`, () => b8[`read${name}`](bad));
  for (const value of big ? [0n, -1n, 1n, 2n ** 63n, 2n ** 64n, -(2n ** 63n)] : [0, 1, -1, 255, 65535, 70000, 2 ** 32, 1.7, 'x', '7']) {
    test(`write ${name} ${value}`, () => { const b = Buffer.alloc(9); return [b[`write${name}`](value, 1), b.toString('hex')]; });
  }
  test(`write ${name} outside`, () => Buffer.alloc(9)[`write${name}`](big ? 1n : 1, 9));
}
for (const name of ['UIntLE', 'UIntBE', 'IntLE', 'IntBE']) {
  for (let bytes = 1; bytes <= 6; bytes++) {
    test(`read ${name} ${bytes}`, () => b8[`read${name}`](1, bytes));
    test(`write ${name} ${bytes}`, () => { const b = Buffer.alloc(8); return [b[`write${name}`](100 * bytes, 1, bytes), b.toString('hex')]; });
    test(`write ${name} ${bytes} range`, () => Buffer.alloc(8)[`write${name}`](2 ** 50, 1, bytes));
  }
  test(`read ${name} wrong bytes`, () => b8[`read${name}`](0, 7));
  test(`read ${name} no bytes`, () => b8[`read${name}`](0));
}
test('aliases', () => [Buffer.prototype.readUint8 === Buffer.prototype.readUInt8, typeof Buffer.prototype.writeBigUint64LE]);
test('toJSON', () => [JSON.stringify(Buffer.from('hi')), JSON.stringify({ b: Buffer.alloc(0) })]);
test('shown', () => [util.inspect(Buffer.from('hi')), util.inspect({ b: Buffer.alloc(60, 7) }), util.inspect(Buffer.alloc(0)), util.format('%s %o', Buffer.from('a'), 1), String(Buffer.from('str'))]);
test('shown with properties', () => { const b = Buffer.from('hi'); b.x = { y: 1 }; return util.inspect(b); });
test('is a Uint8Array', () => { const b = Buffer.from([3, 1, 2]); return [b instanceof Uint8Array, b.map((x) => x * 2) instanceof Buffer, b.sort(), b.filter((x) => x > 1), [...b.entries()], b.toString('utf8', 0, 1), Object.prototype.toString.call(b), b.at(-1), b.join('-'), b.reverse() instanceof Buffer]; });
test('slices by name', () => { const b = Buffer.from('héllo'); return [b.utf8Slice(0, 3), b.latin1Slice(0, 3), b.hexSlice(), b.base64Slice(1, 3), b.asciiSlice()]; });
test('isEncoding', () => ['utf8', 'UTF8', 'utf-16LE', 'hex', 'nope', '', undefined, 5].map(Buffer.isEncoding));
test('transcode', () => [transcode(Buffer.from('€é'), 'utf8', 'latin1'), transcode(Buffer.from('€'), 'utf8', 'ucs2'), transcode(Buffer.from('€'), 'utf8', 'ascii')]);
test('isUtf8 isAscii', () => [isUtf8(Buffer.from('é')), isUtf8(Buffer.from([0xff])), isAscii(Buffer.from('a')), isAscii(Buffer.from('é'))]);
test('atob btoa', () => [atob('aGk='), atob(' aG k'), btoa('hi'), btoa('\xff'), atob('')]);
test('atob wrong', () => atob('a'));
test('atob wrong letter', () => atob('aG_k'));
test('btoa wrong', () => btoa('€'));
test('copyBytesFrom', () => [Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1)]);
test('toString ranges', () => { const b = Buffer.from('abcdef'); return [b.toString('utf8', 2), b.toString(undefined, -3, 2), b.toString('hex', 4, 99), b.toString('utf8', 3, 1), b.toString('utf8', NaN, 2), b.toString('utf8', '1', '3')]; });
test('constants', () => [Buffer.poolSize, require('buffer').INSPECT_MAX_BYTES, require('buffer').constants.MAX_STRING_LENGTH]);
test('kMaxLength', () => kMaxLength);
test('parent and offset', () => [Buffer.alloc(2).parent instanceof ArrayBuffer, typeof Buffer.alloc(2).offset]);
test('keys', () => { const keys = []; for (const key in Buffer.from('a')) keys.push(key); return [keys[0], keys.includes('readUInt8'), keys.includes('toJSON')]; });
