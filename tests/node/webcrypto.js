// Web Crypto: the global `crypto`; results and errors as Node has them.
const subtle = crypto.subtle;
const hex = (data) => Buffer.from(data).toString('hex');
const bytes = (count, step = 7) => Uint8Array.from({ length: count }, (_, i) => i * step & 255);
const data = Uint8Array.from(Buffer.from('some data'));

test('globals', () => [typeof crypto, String(crypto), String(subtle), typeof CryptoKey, typeof SubtleCrypto, typeof Crypto,
  require('crypto').webcrypto === crypto, require('crypto').subtle === subtle, crypto instanceof Crypto]);
test('getRandomValues', () => {
  const array = new Uint32Array(4);
  return [crypto.getRandomValues(array) === array, crypto.getRandomValues(new Uint8Array(0)).length, array.some((n) => n > 0)];
});
test('getRandomValues of floats', () => crypto.getRandomValues(new Float32Array(1)));
test('getRandomValues of too many', () => crypto.getRandomValues(new Uint8Array(70000)));
test('getRandomValues of a list', () => crypto.getRandomValues([]));
test('getRandomValues elsewhere', () => crypto.getRandomValues.call({}, new Uint8Array(1)));
test('randomUUID', () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
test('illegal constructors', () => [Crypto, SubtleCrypto, CryptoKey].map((Class) => {
  try {
    return new Class();
  } catch (error) {
    return [error.name, error.code, error.message];
  }
}));
for (const name of ['SHA-1', 'sha-256', 'SHA-384', 'SHA-512']) {
  test(`digest ${name}`, async () => {
    const digest = await subtle.digest(name, data);
    return [digest instanceof ArrayBuffer, hex(digest), hex(await subtle.digest({ name }, data.buffer))];
  });
}
test('digest unknown', () => subtle.digest('MD5', data));
test('digest of text', () => subtle.digest('SHA-256', 'text'));
test('digest of nothing', () => subtle.digest('SHA-256'));

test('hmac', async () => {
  const key = await subtle.importKey('raw', bytes(20), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const signature = await subtle.sign('HMAC', key, data);
  return [hex(signature), await subtle.verify('HMAC', key, signature, data), await subtle.verify('HMAC', key, signature, bytes(3)),
    key.type, key.extractable, key.algorithm, key.usages, String(key), hex(await subtle.exportKey('raw', key)), await subtle.exportKey('jwk', key)];
});
for (const [name, params] of [['AES-GCM', { iv: bytes(12) }], ['AES-CBC', { iv: bytes(16) }], ['AES-CTR', { counter: bytes(16), length: 64 }]]) {
  test(name, async () => {
    const key = await subtle.importKey('raw', bytes(32), name, true, ['encrypt', 'decrypt']);
    const box = await subtle.encrypt({ name, ...params }, key, data);
    return [hex(box), Buffer.from(await subtle.decrypt({ name, ...params }, key, box)).toString(), await subtle.exportKey('jwk', key)];
  });
}
test('AES-GCM with data beside', async () => {
  const key = await subtle.importKey('raw', bytes(16), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const params = { name: 'AES-GCM', iv: bytes(12), additionalData: bytes(5), tagLength: 96 };
  const box = await subtle.encrypt(params, key, data);
  return [hex(box), hex(await subtle.decrypt(params, key, box))];
});
test('AES-CTR around its end', async () => {
  const key = await subtle.importKey('raw', bytes(16), 'AES-CTR', false, ['encrypt']);
  const counter = new Uint8Array(16).fill(255);
  return [hex(await subtle.encrypt({ name: 'AES-CTR', counter, length: 8 }, key, bytes(50))), hex(await subtle.encrypt({ name: 'AES-CTR', counter, length: 128 }, key, bytes(50)))];
});
test('tampered', async () => {
  const key = await subtle.importKey('raw', bytes(16), 'AES-GCM', true, ['encrypt', 'decrypt']);
  return subtle.decrypt({ name: 'AES-GCM', iv: bytes(12) }, key, bytes(20));
});
test('pbkdf2', async () => {
  const key = await subtle.importKey('raw', data, 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const params = { name: 'PBKDF2', salt: bytes(8), iterations: 100, hash: 'SHA-256' };
  const derived = await subtle.deriveKey(params, key, { name: 'AES-GCM', length: 128 }, true, ['encrypt']);
  return [hex(await subtle.deriveBits(params, key, 256)), hex(await subtle.exportKey('raw', derived)), derived.algorithm];
});
test('hkdf', async () => {
  const key = await subtle.importKey('raw', data, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const params = { name: 'HKDF', salt: bytes(8), info: bytes(3), hash: 'SHA-512' };
  const derived = await subtle.deriveKey(params, key, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign']);
  return [hex(await subtle.deriveBits(params, key, 128)), (await subtle.exportKey('raw', derived)).byteLength, derived.algorithm];
});
for (const [name, params] of [['RSASSA-PKCS1-v1_5', {}], ['RSA-PSS', { saltLength: 20 }]]) {
  test(name, async () => {
    const pair = await subtle.generateKey({ name, hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, true, ['sign', 'verify']);
    const signature = await subtle.sign({ name, ...params }, pair.privateKey, data);
    const again = await subtle.importKey('pkcs8', await subtle.exportKey('pkcs8', pair.privateKey), { name, hash: 'SHA-256' }, false, ['sign']);
    const open = await subtle.importKey('jwk', await subtle.exportKey('jwk', pair.publicKey), { name, hash: 'SHA-256' }, true, ['verify']);
    return [signature.byteLength, await subtle.verify({ name, ...params }, pair.publicKey, signature, data),
      await subtle.verify({ name, ...params }, open, await subtle.sign({ name, ...params }, again, data), data),
      await subtle.verify({ name, ...params }, open, signature, bytes(4)), pair.publicKey.algorithm, pair.publicKey.usages,
      pair.privateKey.usages, pair.privateKey.type, Object.keys(await subtle.exportKey('jwk', pair.privateKey))];
  });
}
test('RSA-OAEP', async () => {
  const pair = await subtle.generateKey({ name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, true, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
  const box = await subtle.encrypt({ name: 'RSA-OAEP', label: bytes(3) }, pair.publicKey, data);
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const wrapped = await subtle.wrapKey('raw', key, pair.publicKey, 'RSA-OAEP');
  const unwrapped = await subtle.unwrapKey('raw', wrapped, pair.privateKey, 'RSA-OAEP', 'AES-GCM', true, ['encrypt']);
  return [Buffer.from(await subtle.decrypt({ name: 'RSA-OAEP', label: bytes(3) }, pair.privateKey, box)).toString(),
    hex(await subtle.exportKey('raw', key)) === hex(await subtle.exportKey('raw', unwrapped)), pair.publicKey.usages, pair.privateKey.usages];
});
for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  test(`ECDSA ${namedCurve}`, async () => {
    const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']);
    const params = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await subtle.sign(params, pair.privateKey, data);
    const open = await subtle.importKey('raw', await subtle.exportKey('raw', pair.publicKey), { name: 'ECDSA', namedCurve }, true, ['verify']);
    const spki = await subtle.importKey('spki', await subtle.exportKey('spki', pair.publicKey), { name: 'ECDSA', namedCurve }, true, ['verify']);
    return [signature.byteLength, await subtle.verify(params, open, signature, data), await subtle.verify(params, spki, signature, bytes(3)),
      open.algorithm, Object.keys(await subtle.exportKey('jwk', pair.privateKey))];
  });
  test(`ECDH ${namedCurve}`, async () => {
    const [one, two] = await Promise.all([1, 2].map(() => subtle.generateKey({ name: 'ECDH', namedCurve }, false, ['deriveBits', 'deriveKey'])));
    const [a, b] = await Promise.all([subtle.deriveBits({ name: 'ECDH', public: two.publicKey }, one.privateKey, 256), subtle.deriveBits({ name: 'ECDH', public: one.publicKey }, two.privateKey, 256)]);
    return [hex(a) === hex(b), a.byteLength];
  });
}
test('Ed25519', async () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  const key = await subtle.importKey('jwk', jwk, 'Ed25519', true, ['sign']);
  const open = await subtle.importKey('raw', Buffer.from(jwk.x, 'base64url'), 'Ed25519', true, ['verify']);
  const signature = await subtle.sign('Ed25519', key, data);
  return [hex(signature), await subtle.verify('Ed25519', open, signature, data), await subtle.verify('Ed25519', open, bytes(64), data), key.algorithm,
    hex(await subtle.exportKey('pkcs8', key)), hex(await subtle.exportKey('raw', open))];
});
const hmac = (usages = ['sign']) => subtle.importKey('raw', bytes(16), { name: 'HMAC', hash: 'SHA-256' }, false, usages);
const failing = {
  'key of three bytes': () => subtle.importKey('raw', bytes(3), 'AES-GCM', true, ['encrypt']),
  'wrong usage': () => subtle.importKey('raw', bytes(16), 'AES-GCM', true, ['sign']),
  'wrong hmac usage': () => subtle.importKey('raw', bytes(16), { name: 'HMAC', hash: 'SHA-256' }, true, ['encrypt']),
  'no usage': () => subtle.importKey('raw', bytes(16), { name: 'HMAC', hash: 'SHA-256' }, true, []),
  'wrong format': () => subtle.importKey('nope', bytes(16), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']),
  'wrong algorithm': () => subtle.importKey('raw', bytes(16), 'nope', true, ['sign']),
  'two arguments': () => subtle.importKey('raw', bytes(16)),
  'extractable password': () => subtle.importKey('raw', bytes(16), 'PBKDF2', true, ['deriveBits']),
  'not extractable': async () => subtle.exportKey('raw', await hmac()),
  'not to verify': async () => subtle.verify('HMAC', await hmac(), bytes(1), data),
  'another algorithm': async () => subtle.sign('Ed25519', await hmac(), data),
  'no key': () => subtle.sign('HMAC', {}, data),
  'no rounds': async () => subtle.deriveBits({ name: 'PBKDF2', salt: bytes(1), iterations: 0, hash: 'SHA-1' }, await subtle.importKey('raw', data, 'PBKDF2', false, ['deriveBits']), 8),
  'odd length': () => subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt']),
  'nothing to generate': () => subtle.generateKey('PBKDF2', true, ['deriveBits']),
  'short nonce': async () => subtle.encrypt({ name: 'AES-CBC', iv: bytes(15) }, await subtle.importKey('raw', bytes(16), 'AES-CBC', true, ['encrypt']), data),
  'no nonce': async () => subtle.encrypt('AES-GCM', await subtle.importKey('raw', bytes(16), 'AES-GCM', true, ['encrypt']), data),
};
for (const [name, body] of Object.entries(failing)) {
  test(`error, ${name}`, async () => {
    try {
      return await body();
    } catch (error) {
      return [error.name, error.code, error.message, error instanceof DOMException];
    }
  });
}
test('KeyObject.from', async () => {
  const { KeyObject } = require('crypto');
  const key = KeyObject.from(await hmac());
  return [key.type, key.export().toString('hex'), require('crypto').createHmac('sha256', await hmac()).update('x').digest('hex')];
});
