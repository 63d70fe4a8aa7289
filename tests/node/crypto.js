// `crypto`: hashes, HMACs, randomness, derivation, ciphers, keys, signatures; results and errors as Node has them.
const crypto = require('crypto');
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (count, step = 7) => Buffer.from(Array.from({ length: count }, (_, i) => i * step & 255));

for (const name of ['md5', 'SHA1', 'sha224', 'Sha256', 'sha384', 'sha512', 'sha512-256', 'sha512-224', 'ripemd160', 'RSA-SHA256', 'rmd160']) {
  test(`hash ${name}`, () => crypto.createHash(name).update('grüße \ud83d\ude00').update(bytes(300)).digest('hex'));
}
test('hash encodings', () => ['hex', 'base64', 'base64url', 'latin1', 'binary', 'utf8', 'HEX'].map((encoding) => crypto.createHash('sha1').update('x').digest(encoding)));
test('hash into a buffer', () => {
  const digest = crypto.createHash('sha1').update('x').digest();
  return [Buffer.isBuffer(digest), digest.length, digest.toString('hex')];
});
test('hash of encoded text', () => ['hex', 'base64', 'latin1', 'utf16le'].map((encoding) => crypto.createHash('md5').update('abcdef12', encoding).digest('hex')));
test('hash of views', () => [new Uint16Array([1, 2, 3]), new DataView(new ArrayBuffer(5), 1), bytes(20).subarray(3, 9)].map((view) => crypto.createHash('md5').update(view).digest('hex')));
test('lone surrogate', () => crypto.createHash('md5').update('a\ud800b').digest('hex'));
test('copy', () => {
  const hash = crypto.createHash('sha256').update('one');
  const copy = hash.copy().update('two');
  return [hash.digest('hex'), copy.digest('hex')];
});
test('digest twice', () => {
  const hash = crypto.createHash('md5');
  hash.digest();
  return hash.digest();
});
test('update after digest', () => {
  const hash = crypto.createHash('md5');
  hash.digest();
  return hash.update('a');
});
test('copy after digest', () => {
  const hash = crypto.createHash('md5');
  hash.digest();
  return hash.copy();
});
test('unknown hash', () => crypto.createHash('nope'));
test('hash name of no text', () => crypto.createHash(5));
test('hash of a number', () => crypto.createHash('md5').update(1));
test('hash of nothing', () => crypto.createHash('md5').update());
test('hash without new', () => [crypto.Hash('md5') instanceof crypto.Hash, crypto.createHash('md5') instanceof crypto.Hash]);
test('one-shot hash', () => [crypto.hash('sha1', 'abc'), crypto.hash('sha1', bytes(5), 'base64'), crypto.hash('md5', 'abc', 'buffer')]);

for (const name of ['md5', 'sha1', 'SHA256', 'sha512', 'ripemd160']) {
  test(`hmac ${name}`, () => [
    crypto.createHmac(name, 'key').update('data').digest('hex'),
    crypto.createHmac(name, bytes(200)).update(bytes(70)).digest('base64'),
    crypto.createHmac(name, '').update('').digest('hex'),
  ]);
}
test('hmac twice', () => {
  const hmac = crypto.createHmac('md5', 'k').update('x');
  return [hmac.digest('hex'), hmac.digest('hex'), hmac.digest()];
});
test('hmac by a KeyObject', () => crypto.createHmac('sha256', crypto.createSecretKey(bytes(9))).update('x').digest('hex'));
test('hmac unknown', () => crypto.createHmac('nope', 'k'));
test('hmac without a key', () => crypto.createHmac('md5'));
test('hmac key of a number', () => crypto.createHmac('md5', 5));
test('hmac class', () => crypto.createHmac('md5', 'k').constructor.name);

test('randomBytes', async () => {
  const later = await new Promise((resolve, reject) => crypto.randomBytes(20, (error, all) => (error ? reject(error) : resolve(all))));
  return [crypto.randomBytes(16).length, Buffer.isBuffer(later), later.length, crypto.randomBytes(0).length,
    crypto.randomBytes(8).equals(crypto.randomBytes(8))];
});
for (const size of [-1, 'a', 2 ** 40, NaN, undefined]) test(`randomBytes ${size}`, () => crypto.randomBytes(size));
test('randomInt', () => Array.from({ length: 200 }, () => crypto.randomInt(3, 6)).every((n) => n >= 3 && n < 6));
test('randomInt later', () => new Promise((resolve) => crypto.randomInt(1, (error, n) => resolve([error, n]))));
for (const range of [[5, 1], ['a'], [0, 2 ** 50], [1.5, 3], [3, 3]]) test(`randomInt ${range}`, () => crypto.randomInt(...range));
test('randomUUID', () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
test('randomFillSync', () => {
  const buffer = Buffer.alloc(10);
  const same = crypto.randomFillSync(buffer, 4, 3) === buffer;
  return [same, buffer.subarray(0, 4), buffer.subarray(7)];
});
test('randomFillSync beyond', () => crypto.randomFillSync(Buffer.alloc(4), 2, 3));
test('randomFill', () => new Promise((resolve) => crypto.randomFill(new Uint32Array(3), (error, all) => resolve([error, all.length]))));
test('getRandomValues', () => crypto.getRandomValues(new Uint8Array(4)).length);
test('timingSafeEqual', () => [crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ab')), crypto.timingSafeEqual(Buffer.from('ab'), new Uint8Array(2))]);
test('timingSafeEqual lengths', () => crypto.timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)));
test('timingSafeEqual text', () => crypto.timingSafeEqual('a', 'a'));

test('pbkdf2Sync', () => [crypto.pbkdf2Sync('secret', 'salt', 1000, 64, 'sha512').toString('hex'), crypto.pbkdf2Sync(bytes(5), bytes(6), 1, 10, 'SHA1').toString('hex'), crypto.pbkdf2Sync('', '', 1, 0, 'md5').length]);
test('pbkdf2', () => new Promise((resolve) => crypto.pbkdf2('secret', 'salt', 10, 20, 'sha256', (error, key) => resolve([error, key.toString('hex')]))));
test('pbkdf2 digest', () => crypto.pbkdf2Sync('a', 'b', 1, 1, 'nope'));
test('pbkdf2 no digest', () => crypto.pbkdf2Sync('a', 'b', 1, 1));
test('pbkdf2 rounds', () => crypto.pbkdf2Sync('a', 'b', 0, 1, 'sha1'));
test('pbkdf2 password', () => crypto.pbkdf2Sync(5, 'b', 1, 1, 'sha1'));
test('pbkdf2 callback', () => crypto.pbkdf2('a', 'b', 1, 1, 'sha1'));
test('scryptSync', () => [crypto.scryptSync('secret', 'salt', 32).toString('hex'), crypto.scryptSync('secret', 'salt', 16, { N: 1024, r: 4, p: 2 }).toString('hex'), crypto.scryptSync('s', 's', 8, { cost: 16, blockSize: 1, parallelization: 1 }).toString('hex')]);
test('scrypt', () => new Promise((resolve) => crypto.scrypt('secret', 'salt', 8, { N: 16 }, (error, key) => resolve([error, key.toString('hex')]))));
test('scrypt cost', () => crypto.scryptSync('a', 'b', 1, { N: 3 }));
test('scrypt memory', () => crypto.scryptSync('a', 'b', 1, { N: 2 ** 20 }));
test('hkdfSync', () => {
  const key = crypto.hkdfSync('sha512', 'key', 'salt', 'info', 64);
  return [key instanceof ArrayBuffer, hex(key), hex(crypto.hkdfSync('sha1', crypto.createSecretKey(bytes(4)), '', '', 30))];
});
test('hkdf', () => new Promise((resolve) => crypto.hkdf('sha256', 'key', 'salt', 'info', 8, (error, key) => resolve([error, hex(key)]))));
test('hkdf digest', () => crypto.hkdfSync('nope', 'a', 'b', 'c', 1));
test('hkdf length', () => crypto.hkdfSync('sha256', 'a', 'b', 'c', 1e6));

const sealed = (name, keyLength, ivLength) => {
  const key = bytes(keyLength, 11);
  const iv = ivLength ? bytes(ivLength, 13) : null;
  const cipher = crypto.createCipheriv(name, key, iv);
  const text = cipher.update('a text of some length, ', 'utf8', 'hex') + cipher.update('grüße', 'utf8', 'hex') + cipher.final('hex');
  const decipher = crypto.createDecipheriv(name, key, iv);
  let tag;
  if (cipher.getAuthTag && /gcm|poly/.test(name)) {
    tag = cipher.getAuthTag();
    decipher.setAuthTag(tag);
  }
  const plain = decipher.update(text.slice(0, 14), 'hex', 'utf8') + decipher.update(text.slice(14), 'hex', 'utf8') + decipher.final('utf8');
  return [text, plain, tag && hex(tag)];
};
for (const bits of [128, 192, 256]) {
  test(`aes-${bits}-cbc`, () => sealed(`aes-${bits}-cbc`, bits / 8, 16));
  test(`aes-${bits}-ctr`, () => sealed(`AES-${bits}-CTR`, bits / 8, 16));
  test(`aes-${bits}-ecb`, () => sealed(`aes-${bits}-ecb`, bits / 8, 0));
  test(`aes-${bits}-gcm`, () => sealed(`aes-${bits}-gcm`, bits / 8, 12));
}
test('aes256', () => sealed('aes256', 32, 16));
test('des-ede3-cbc', () => sealed('des-ede3-cbc', 24, 8));
test('des-ede3-ecb', () => sealed('des-ede3-ecb', 24, 0));
test('gcm with a long nonce', () => sealed('aes-256-gcm', 32, 33));
test('chacha20-poly1305', () => {
  const cipher = crypto.createCipheriv('chacha20-poly1305', bytes(32), bytes(12), { authTagLength: 16 });
  cipher.setAAD(Buffer.from('aad'), { plaintextLength: 3 });
  return [cipher.update('abc', 'utf8', 'hex') + cipher.final('hex'), hex(cipher.getAuthTag())];
});
test('gcm with additional data', () => {
  const cipher = crypto.createCipheriv('aes-128-gcm', bytes(16), bytes(12), { authTagLength: 12 });
  cipher.setAAD(bytes(5)).setAAD(bytes(20));
  const text = Buffer.concat([cipher.update(bytes(33)), cipher.final()]);
  const tag = cipher.getAuthTag();
  const decipher = crypto.createDecipheriv('aes-128-gcm', bytes(16), bytes(12), { authTagLength: 12 });
  decipher.setAAD(Buffer.concat([bytes(5), bytes(20)])).setAuthTag(tag);
  return [hex(text), hex(tag), hex(Buffer.concat([decipher.update(text), decipher.final()]))];
});
test('base64 across pieces', () => {
  const cipher = crypto.createCipheriv('aes-128-ctr', bytes(16), bytes(16));
  return [cipher.update('a', 'utf8', 'base64'), cipher.update('bcd', 'utf8', 'base64'), cipher.update('e', 'utf8', 'base64'), cipher.final('base64')];
});
test('no padding', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', bytes(16), bytes(16)).setAutoPadding(false);
  return hex(Buffer.concat([cipher.update(bytes(32)), cipher.final()]));
});
test('text as key and nonce', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16));
  return cipher.update('x', 'utf8', 'hex') + cipher.final('hex');
});
const K = bytes(16);
const failing = {
  'unknown cipher': () => crypto.createCipheriv('nope', 'a', 'b'),
  'short key': () => crypto.createCipheriv('aes-128-cbc', 'a', bytes(16)),
  'short nonce': () => crypto.createCipheriv('aes-128-cbc', K, 'b'),
  'no nonce': () => crypto.createCipheriv('aes-128-cbc', K, null),
  'nonce undefined': () => crypto.createCipheriv('aes-128-cbc', K),
  'empty gcm nonce': () => crypto.createCipheriv('aes-128-gcm', K, ''),
  'nonce for ecb': () => crypto.createCipheriv('aes-128-ecb', K, 'b'),
  'key of a number': () => crypto.createCipheriv('aes-128-cbc', 5, K),
  'bad decrypt': () => {
    const decipher = crypto.createDecipheriv('aes-128-cbc', K, K);
    decipher.update(Buffer.alloc(16));
    decipher.final();
  },
  'wrong length': () => {
    const decipher = crypto.createDecipheriv('aes-128-cbc', K, K);
    decipher.update(Buffer.alloc(15));
    decipher.final();
  },
  'nothing to decrypt': () => crypto.createDecipheriv('aes-128-cbc', K, K).final(),
  'rest without padding': () => {
    const cipher = crypto.createCipheriv('aes-128-cbc', K, K).setAutoPadding(false);
    cipher.update(Buffer.alloc(15));
    cipher.final();
  },
  'final twice': () => {
    const cipher = crypto.createCipheriv('aes-128-cbc', K, K);
    cipher.final();
    cipher.final();
  },
  'update after final': () => {
    const cipher = crypto.createCipheriv('aes-128-cbc', K, K);
    cipher.final();
    cipher.update('a');
  },
  'no tag': () => {
    const decipher = crypto.createDecipheriv('aes-128-gcm', K, K);
    decipher.update('aa');
    decipher.final();
  },
  'wrong tag': () => {
    const decipher = crypto.createDecipheriv('aes-128-gcm', K, K);
    decipher.setAuthTag(Buffer.alloc(16));
    decipher.update('aa');
    decipher.final();
  },
  'tag of three bytes': () => crypto.createDecipheriv('aes-128-gcm', K, K).setAuthTag(Buffer.alloc(3)),
  'tag length 5': () => crypto.createCipheriv('aes-128-gcm', K, K, { authTagLength: 5 }),
  'tag too early': () => crypto.createCipheriv('aes-128-gcm', K, K).getAuthTag(),
  'tag of cbc': () => crypto.createCipheriv('aes-128-cbc', K, K).getAuthTag(),
  'aad of cbc': () => crypto.createCipheriv('aes-128-cbc', K, K).setAAD(Buffer.alloc(1)),
  'tag twice': () => crypto.createDecipheriv('aes-128-gcm', K, K).setAuthTag(Buffer.alloc(16)).setAuthTag(Buffer.alloc(16)),
  'update of a number': () => crypto.createCipheriv('aes-128-cbc', K, K).update(5),
};
for (const [name, body] of Object.entries(failing)) test(`cipher, ${name}`, body);
for (const name of ['aes-128-cbc', 'AES256', 'aes-256-gcm', 'chacha20-poly1305', 'des3', 'nope']) {
  test(`getCipherInfo ${name}`, () => crypto.getCipherInfo(name));
}

// Keys that both sides know, so that what they yield can be compared.
const RSA = `-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCEmGe+FS40yZmu
Dp//JQg3MKdXu36YZtB3zirFP1oD3xC0kdB6t4wAHYPW/HRy3T04lZ7Gi60UdRAh
ItKpLNX3KGv0LuHl4Yy3Ul5SKQKSlnEjgOAdze4EPZ4KYB2wXLOjVYUX6beeY0mT
sOFEkxuNCKuZbpC9DxwhJCXWHZwTQFNWEYkgkvXNS4m40Gh+grXL1EqNYXG7AsnI
K/dYgrtiRoEzRwnZr/FQtxqHAjhPnskzt4/SoGBdM+QTR/fMH61GZ+Rr3P4l84BJ
xa1KVQimMTEy/VxvHEmr+ywGpyKufsK/lY/ZmlHKepleKvNx6k8/KtP+YzePbL9g
KGDcXOS3AgMBAAECggEAOLLS6b003O24AW3PjNLRCIiNhj5ui8yrKA/Iyj+kxjME
ebJAa7lA7GuyjKO3R8bC/wc7tbrUcAL+uqyhWCYL+HwYbXn+rsYb3egi3Q8cQoKC
LqRVMWl1derDQbyH9XoudpGDMA6IrfnW5IimSyR8i3pBpoJY8f8cEC/c3gobSz+A
0go1r9jHoSp40WUuO8fhd3mmI6msTVkCVbaJx2gIFkpTl5pZlw3s0DWm+5nHUjbA
U0JviLpUj7vp7XatSUb3M5kcmeMljmwHatCvUBwMg07fkzbpXygMNMRRiN3h0N3/
whvv+W8E2zF2ydh2E8+7ayLdYpGJ6sGTA4V68WVkgQKBgQC4qY04bsJWnQGULjO1
C8QV64vYGPYtcxp89iA7Apw9lhzK7IloxQ+uEah9V2mltez93UPn20Mvm5LNMvxW
37il9JN8bt6p+5R2CqXXUlXJ2QpeKT4UMlTxpBDj65sHKtp88Odp9l3kojd/i9xc
I4bis1T6YgKdStEUvSVfe+ZSfwKBgQC30Z0qPFDh5KG12m8aMLKEsjbIkVxJHPX4
DyIHoH+sEpcYjTV4SfqgqO2EG6NcoXVoJkRGTVzG2CI0+P2zMaTG6Z1NSV1WkBWd
OLE++k4OgFA8CQe8YSjgD/L+ZLes4dgB/OgCLOj8AkaXMmoR5VGsLEMZpw6QzSnB
Pr29RrxhyQKBgHek82ji6mtv4rv9i2b8Lpn9OWhUE/yynTDlz1AsisqkXhdkVktZ
kqU3r7E2V68URm7dU8f/mnJYHC9zn2cyINL1ujFfLEl6RWCN2ZG/OPJE+6CynBQ9
4CeII6Fo39MvAsz80RMomwEt0UOEfMv+AMEVbDOmGQeMmBcVzgclob9FAoGAcU5O
73LgdG2m1F7Br0YnNC5aIIWhehvU7kP9uO/Q4vNOmb6pH+2SBKg8R/t1VircIQe9
fAxBzPv7EeYNFADczhPAd5xqYWpNOG1yrBxEMyIa0vbKAu9s77hFE1Rn97P6nzcS
mAywzG5mrtpPkZpmHpfmAJD+JHmibFDNSjeo9SkCgYB4XhvcEhofKJRGSa/QGuVZ
rBFth+OYsgGQY0Vk6yfehB+aaA/M2zCG+8jIcbKwn7qZ6glWe2t7pVNaYYUom2Je
cO19muA0Oxh5tbAvJYkkitjVleVyE+MOBmWQr9tEMgsuCKXt4opimZIHmNL31r4y
eESvUg8XmCmHM6f2vnj7eQ==
-----END PRIVATE KEY-----
`;
const EC = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIOpJhaZkuAAuvIHmhWNv0jXUbUMR8OvHFt6yRVFMgmw+oAoGCCqGSM49
AwEHoUQDQgAEpZIgBPju5fRRZD5Tw5/8cMsm9jSj5lm95qiw4s52W3IsSxPtscdu
/q8VPAyV7BcPFqK1cx4kU+ib/NQIvNy3Iw==
-----END EC PRIVATE KEY-----
`;
const ED = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIFHm0asL0ZNECxSpjFsTP5vDN5S+DcK2QvjN3tgcvYj
-----END PRIVATE KEY-----
`;
const CERT = `-----BEGIN CERTIFICATE-----
MIIDEzCCAfugAwIBAgIUWjUlDiqox2fNwyqrOPztiXNVQi4wDQYJKoZIhvcNAQEL
BQAwGTEXMBUGA1UEAwwOaG9va2JlbmNoLnRlc3QwHhcNMjYxMTI2MTY0MzU1WhcN
MzYxMTIzMTY0MzU1WjAZMRcwFQYDVQQDDA5ob29rYmVuY2gudGVzdDCCASIwDQYJ
KoZIhvcNAQEBBQADggEPADCCAQoCggEBAISYZ74VLjTJma4On/8lCDcwp1e7fphm
0HfOKsU/WgPfELSR0Hq3jAAdg9b8dHLdPTiVnsaLrRR1ECEi0qks1fcoa/Qu4eXh
jLdSXlIpApKWcSOA4B3N7gQ9ngpgHbBcs6NVhRfpt55jSZOw4USTG40Iq5lukL0P
HCEkJdYdnBNAU1YRiSCS9c1LibjQaH6CtcvUSo1hcbsCycgr91iCu2JGgTNHCdmv
8VC3GocCOE+eyTO3j9KgYF0z5BNH98wfrUZn5Gvc/iXzgEnFrUpVCKYxMTL9XG8c
Sav7LAanIq5+wr+Vj9maUcp6mV4q83HqTz8q0/5jN49sv2AoYNxc5LcCAwEAAaNT
MFEwHQYDVR0OBBYEFKBlGy9ydLfs/Rdd9EwLRrg2KbI1MB8GA1UdIwQYMBaAFKBl
Gy9ydLfs/Rdd9EwLRrg2KbI1MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEL
BQADggEBABqAzI0E6KaJaCFtJSif8YzPoftJ+81IdB3mQhy388jDPhQSbYsEqomF
SrCFhqrjbTiw6dromh6gddSo3f3C/R6uSWdJfDVymR1QM1adX3Dnk5EaQNAFmi2t
i/pCHzpr4HJ+Dqp9LcVGWEGbO1/Sc6Lx/RdndGud9aM81apBsdfD6psf+wYNRAKi
1SLE+b+pvTWM5w2BjaREuOTvjxtvkCYzlp3c6D10lmLoH9/cA9jBqZP5uWalIfyi
sWOhQfHvxnzsYxpqoaKDjwKQ1PygHJzKH3VsNcQj82E7XZHQFEN1d3YhnKskO3yk
bcaKfOTfxuJXBlh/7ZV0757i18Jl7rc=
-----END CERTIFICATE-----
`;
const LOCKED = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIVUYfV+wKPJ0CAggA
MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBCMt4ZJbDFESENmPBZQv4+iBIIE
0K2CKkNnrfu0pJW7KsFcQxmVggOY2jU3Fq68ZQq8K5lyUQAYm5irr6rFfUAG713W
i6+ks1QIgR01vT3oMtPLmmmGFmcebI9Y7PoCZe33aCibQ33OaG5Cy+3dauoS01fj
d0TjFce87kBlM+HLU8O/1+AtXpmmqrxONoVTDX6CJYVUsLqzyAyb6tHI+vm9qrWO
gwfIFqH32Y8fR0AJsUqNR7+2pjHC94mIas641Zsd2ldLrI5+y/r3JJDMD9j/NG7J
4tLwiYFG0rlytQffHSCbiZmuQoedZ9CbFW6gu0TwWgGpBZFCABYdu63UuPMvNtVo
E/OM0tmAuKl+NxPoN7sbSIoxwyfoE/A947gmTTEBmV0n4T73yC3zwCK+A4ttKk5L
B9C89LcZrggqpdYKnNhqMTB09oTls+gTkc9AVkLcFNVJc4BEWeYUfsaPZaxvBGIf
zHn6oFWxU4vRSXDB8TZmo182xCTmoat/LXX2QidiNWI9UqAv1PN8ebP8uoa2J5/0
0zHh+m9FJrHHdWZdX/BbIKxcyfXcpL+wRkw39EAZXNES18TTLNv12vcrciiCVV+N
vFbnN2IMB7feEizj1kzxK1JPcxFtENf7lDoYcRoBqSH3BiKIBkp6ZSqlNLjQlWbC
9ORZ6sw4R3v+cQMstziB1u6D/jUwwfRifReM87lVdKKUOgDirvi0nI6kpOlZvV7g
mdhFNXuGr0yAz41ujtXWSI/4bzaz8p7SGeKn7oseDQwYeryznJSYu0wdIyPQ0DMC
fCSfjcTEmmFRG2hksP1e2gm4vkJ8gaKKo7NRMQkCffjgYjNZan9n8Ks6RaSB2DV3
LwL6U7rGjE1VWXPq8qHktr/vZskCya0YavA8eS1timkMS+yqVm6X8oXPjpFE7Lit
zXiZ0NmyOrXAh1kRco1dUvn7dd6Rru1Ck+GuHL2MTW1qDGTab04y7vJjS3QqlPIS
pxGoH7TZ27dkaMop6VIC/hx/wQ72Ej7M/KIngKMQMHjCUs9LCPfA+AbIki4r38g9
2rHq8/dOAyn8n97ErypJuYJ689tT5WWbZfPy3QfvckhtmTLxXLHrr5/cSbVd84nL
MFNBuTMZ+J1aXHr9kcnOWnbs+KcN8/Ien5VZZxkNuyNXCSDLIYL/Ali4cZtOurI0
s/AqTdyoiyg2hp4ED0TnxArOuLXwtGUNBrMtYIPzHW4YoBP7Z5r7Ut832lFQP0d1
C+iP0qlud8fDyoaApJLoxQF8R3ZD9srw8veQfNali6JaMejkfy87hCUTINuk6/T7
HQ5A3lAqxOnZRSdNzik64nwVxQLqlddkQSVzlo8EdjgkDk5FSUrSA8VtLnTsIyUW
VDT5FLLr/DRiFozJ0q+5to3RneIP9dQU9hqK12xJ7V4sVA9LygOpd7fIxJXOREHY
jBTLpaD9HsweZUBu9R4n7UtYJYJEQV3oV7WCXrp+Gy1hVQpB2nYpR25S/QQxCDFc
o3Bzc0xLDDmcYg+yy9cMlnjVoAuRVNmCWpnRYT9+kM1a8wVZnKiLTNUcDPzgQD9U
87hSnXbwDNgSqnuA4OSB5Gz9YKRPXn6cvgBrJiIVle/tl4HmhcNdGXGnvo6sNgtD
W75U80tVD9J2Vef5c17a7ZhvqrSOXkS5hUD0JSP+f9AC
-----END ENCRYPTED PRIVATE KEY-----
`;
const OLD_LOCKED = `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,C2068B8B6B30A994F78CF73565A5DFA0

4Z8dK1VpMLfhKNJdeihUQL9wt6D0DH1NUhA6pQXdNhynJ8SqcKzpQyvc4E8cNn3q
zwt+TlzewpqCrV5zgkfpBjS1DGFcm7+LLUK6NSc0cK+w9MNRBmXpV5wdCMIur9RO
URsjeUOjwFmbz7gKEC03B1nnNPIQA2ZAfwePXpdERf/2XjXuafHP+zkbMOgjIECy
z3A8GwJTSxgSgMv8S0nl3jHRpyOoWlwE/zi6+7RcJX9lG2UmeukDn9g7VVrvTpTV
0Yo2XE+Eq8UPWK04gyYSMlx92dYk2eHbmM//BjEHKCm4IWU0notLYEJonBEtPP+V
YnM1xnhbwRHnvLaycrZR4EORgxJzyJ6xilLu1caDabHU1N9ksSdvVJQCHppmRW/I
YZvZnk3pgYHa+8WJzIOWgaF4g/JlygG5cAFMX8Vs7ZhZeRtV4epsvUIehmqIb1Zh
ZVyEm8IvqJdNIMNjShTLMWY7s0davCUcbqrglXS3mfBxgIi9kaC+rcO0F8ucigH0
07xja4fPv8YCeIORe9pY/KWKRHFepbgBukECIikvaQA/orSqREDoRNrOJo6Bs70s
qaU8xiAvjV+datsuJ0hTH0L7x/KpcRZCDJc/9evhc0l+kpGC/2Sh7agjV9SJ7c0m
NqW0JJ3IYQX22GK0SOdU7avGQNwD2Y+p2Wkg63nLa0CtSuaiY3bDbZcdZ6FackfX
B0vw/EqByLfwWdozIJgIa+N02UMITzcdvJC76T5j0iMEG49jjWFFKEMS8M1yUidn
SflsFri8f5bjFHXrhlSY2cirSkXkr75L+z7bMPigqdKC/zHGDDp2oyHF+ITNvKxF
2Tx7tcKzt9UWG74uG6r+nD5vbu+Z1CqWD22HteNS2UAQNjBuK4of9Bh3w4t1ew18
HrBQTPn/DevNBOKs3Xt/glWfy1O2YwMS7QuKGph7CJyL6vTR12LrEeSn5tsl0sxu
d/y0OLlPlPrRmU8FNM6sIZjLw5gFrkHlujqa+9AOR9dMI2j16pX3aRmZQ/T9eHno
ysX9+NUXqETy6jpD9BmDv72AocBXpF9dAemFXeiKVAYv4RJ0GMsMRYaOZIavFXgu
p55yXToqBzxRHWgHSYMTXsJ79EKezvY4gqAxDrCq1UQmDZ9QcWk4fi0FLJiL8BXV
6sA8mvxj3XlWHwj6UbPRY2JDhiTZk30YJLJpNoh4DKxXrOzid53cXorxEnSWq9Wm
gVtPCHcO2sfyBdP9p6jdW+/M24ZlXKfK8MCb3NLoUULdqmJo6AaLqC/wjc4ByVAw
DLxV1D16c6aT9vn90RQ1CmloiQak3UTT6vmqzpioXfL9wjpimPkDI6g09nTeegHO
bSMtQUaJLyggNfcX7pjg2eO2PVk75xMiJOnC6aVO6PKmcKSf+gNtCjIrPFhGIM40
oz99Z7A1R0QqqLnr6zWdJXnmeHB1GGv93GdY2jud862J119aJoeBAQGWiidbw6f/
fcjhE+DfRC0S06AyQVHwMlO7v2OK5bXzgC/VjGZzknQmfBRA9wEqrvK3FOwnjbHM
OCRRdWW6iC8aghGxFFzoXPCY1zOzFv0qgQxSOY6jeHX6FStvc3i+Ilq+BkRJxIaf
-----END RSA PRIVATE KEY-----`;
const rsa = crypto.createPrivateKey(RSA);
const ec = crypto.createPrivateKey(EC);
const ed = crypto.createPrivateKey(ED);
for (const [name, key] of Object.entries({ rsa, ec, ed })) {
  test(`key ${name}`, () => [key.type, key.asymmetricKeyType, key.asymmetricKeyDetails, key instanceof crypto.KeyObject, Object.prototype.toString.call(key)]);
  test(`key ${name} as pkcs8`, () => key.export({ type: 'pkcs8', format: 'pem' }));
  test(`key ${name} as jwk`, () => key.export({ format: 'jwk' }));
  test(`public key ${name}`, () => {
    const open = crypto.createPublicKey(key);
    return [open.type, open.asymmetricKeyType, open.export({ type: 'spki', format: 'pem' }), open.export({ format: 'jwk' }),
      crypto.createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).equals(open),
      crypto.createPublicKey({ key: open.export({ format: 'jwk' }), format: 'jwk' }).equals(open),
      crypto.createPrivateKey({ key: key.export({ format: 'jwk' }), format: 'jwk' }).equals(key),
      crypto.createPublicKey({ key: open.export({ type: 'spki', format: 'der' }), type: 'spki', format: 'der' }).equals(open),
      crypto.createPrivateKey({ key: key.export({ type: 'pkcs8', format: 'der' }), type: 'pkcs8', format: 'der' }).equals(key), key.equals(open)];
  });
}
test('rsa as pkcs1', () => [rsa.export({ type: 'pkcs1', format: 'pem' }), crypto.createPublicKey(rsa).export({ type: 'pkcs1', format: 'pem' })]);
test('ec as sec1', () => crypto.createPrivateKey(ec.export({ type: 'sec1', format: 'pem' })).equals(ec));
test('key of a certificate', () => crypto.createPublicKey(CERT).export({ type: 'spki', format: 'pem' }));
test('certificate', () => {
  const certificate = new crypto.X509Certificate(CERT);
  return [certificate.fingerprint, certificate.fingerprint256, certificate.publicKey.asymmetricKeyType, certificate.toString()];
});
test('locked key', () => crypto.createPrivateKey({ key: LOCKED, passphrase: 'pass' }).equals(rsa));
test('locked key, old form', () => crypto.createPrivateKey({ key: OLD_LOCKED, passphrase: 'pass' }).equals(rsa));
test('locked and back', () => crypto.createPrivateKey({ key: rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }), passphrase: 'x' }).equals(rsa));
const keyFailures = {
  'no passphrase': () => crypto.createPrivateKey(LOCKED),
  'wrong passphrase': () => crypto.createPrivateKey({ key: LOCKED, passphrase: 'no' }),
  'no public key': () => crypto.createPublicKey('foo'),
  'no private key in it': () => crypto.createPrivateKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'),
  'no DER': () => crypto.createPrivateKey({ key: Buffer.from('foo'), format: 'der', type: 'pkcs8' }),
  'export without options': () => rsa.export(),
  'export as spki': () => rsa.export({ type: 'spki', format: 'pem' }),
  'ec as pkcs1': () => ec.export({ type: 'pkcs1', format: 'pem' }),
  'export of no format': () => rsa.export({ type: 'pkcs8' }),
  'equals a text': () => rsa.equals('x'),
  'key pair of no type': () => crypto.generateKeyPairSync('nope'),
  'key pair of no curve': () => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }),
  'ecdh of no curve': () => crypto.createECDH('nope'),
  'sign without a key': () => crypto.createSign('sha256').update('a').sign(),
  'sign with a text': () => crypto.createSign('sha256').update('a').sign('foo'),
  'sign with a public key': () => crypto.createSign('sha256').update('a').sign(crypto.createPublicKey(rsa)),
  'sign with a secret key': () => crypto.createSign('sha256').update('a').sign(crypto.createSecretKey(K)),
  'sign with no hash': () => crypto.createSign('nope'),
  'sign ed25519 by hash': () => crypto.sign('sha256', Buffer.from('a'), ed),
  'Sign of ed25519': () => crypto.createSign('sha256').update('a').sign(ed),
  'verify with a text': () => crypto.createVerify('sha256').update('a').verify('foo', 'x'),
  'verify a number': () => crypto.createVerify('sha256').update('a').verify(crypto.createPublicKey(rsa), 5),
  'decrypt nonsense': () => crypto.privateDecrypt(rsa, Buffer.alloc(256)),
  'encrypt too much': () => crypto.publicEncrypt(rsa, Buffer.alloc(400)),
  'create from undefined': () => crypto.createPublicKey(),
  'secret of a number': () => crypto.createSecretKey(5),
};
for (const [name, body] of Object.entries(keyFailures)) test(`key, ${name}`, body);
test('secret key', () => {
  const key = crypto.createSecretKey('secret', 'utf8');
  return [key.type, key.symmetricKeySize, key.export(), key.export({ format: 'jwk' }), key.equals(crypto.createSecretKey(Buffer.from('secret')))];
});
test('generated secret keys', () => [crypto.generateKeySync('hmac', { length: 256 }).symmetricKeySize, crypto.generateKeySync('aes', { length: 128 }).symmetricKeySize]);

test('rsa signature', () => ['sha1', 'RSA-SHA256', 'sha384', 'sha512', 'md5'].map((name) => crypto.createSign(name).update('message').sign(RSA, 'hex')));
test('rsa one-shot', () => crypto.sign('sha256', Buffer.from('message'), rsa).toString('base64'));
test('ed25519 signature', () => {
  const signature = crypto.sign(null, Buffer.from('message'), ed);
  return [signature.toString('hex'), crypto.verify(null, Buffer.from('message'), crypto.createPublicKey(ed), signature)];
});
test('rsa verified', () => {
  const signature = crypto.createSign('RSA-SHA256').update('mess').update('age').sign({ key: RSA, padding: crypto.constants.RSA_PKCS1_PADDING });
  const check = (text, key) => crypto.createVerify('sha256').update(text).verify(key, signature);
  return [check('message', CERT), check('massage', CERT), check('message', rsa), check('message', RSA)];
});
test('pss', () => [undefined, -1, 20].map((saltLength) => {
  const key = { key: RSA, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength };
  const signature = crypto.createSign('sha256').update('x').sign(key);
  return [signature.length, crypto.createVerify('sha256').update('x').verify(key, signature),
    crypto.createVerify('sha256').update('y').verify(key, signature),
    crypto.createVerify('sha256').update('x').verify({ ...key, saltLength: 21 }, signature)];
}));
test('pss salt too long', () => crypto.sign('sha256', Buffer.from('x'), { key: rsa, padding: 6, saltLength: 1000 }));
test('ecdsa', () => ['der', 'ieee-p1363'].map((dsaEncoding) => ['sha1', 'sha256', 'sha512'].map((name) => {
  const signature = crypto.createSign(name).update('x').sign({ key: ec, dsaEncoding });
  return [dsaEncoding === 'der' ? signature[0] : signature.length,
    crypto.createVerify(name).update('x').verify({ key: crypto.createPublicKey(ec), dsaEncoding }, signature),
    crypto.createVerify(name).update('y').verify({ key: crypto.createPublicKey(ec), dsaEncoding }, signature)];
})));
test('a signature of Node', () => crypto.verify('sha256', Buffer.from('message'), crypto.createPublicKey(ec), Buffer.from('3045022100e344b0935ef14e8e3233bc8b9b6afa4bd1372c89ff16732d2dee6cf691ed56a50220776dda330cd01e8cdb0144585d35d23542cd62ca0635ad3d77786928e7eb5ea9', 'hex')));
test('sign and verify later', () => new Promise((resolve, reject) => {
  crypto.sign('sha256', Buffer.from('x'), rsa, (error, signature) => {
    if (error) reject(error);
    else crypto.verify('sha256', Buffer.from('x'), rsa, signature, (fault, right) => resolve([fault, right, signature.toString('hex')]));
  });
}));
test('rsa encryption', () => [{}, { oaepHash: 'sha256' }, { oaepHash: 'sha1', oaepLabel: Buffer.from('label') }, { oaepHash: 'sha512', oaepLabel: Buffer.from('x') }].map((options) => {
  const box = crypto.publicEncrypt({ key: crypto.createPublicKey(rsa), ...options }, Buffer.from('secret'));
  return [box.length, crypto.privateDecrypt({ key: rsa, ...options }, box).toString()];
}));
test('a box of Node', () => crypto.privateDecrypt(rsa, Buffer.from('BJUSMf4g/IwkjVITwHjfjqHsig1xvkrdV7USSKsckgw86QmNtWLWxnBoKI3HHMC7s6qcaDSAp0jOeDFHEbPWeDzHZCfWSqxY1YttbR24cAqQ54L/k9JAvut0ctYhte9ZmJn0AAWX9Gmg/38xZ4GUYd6ONUwqxGbY0cZUxqYQ/b4J5xFe6JtzEH5LvESKSQirY8FhwVfEFyNZL8w4Gj6BFmNGvwsGn06mu874+kJAl/2lFiv5aUI1jMZWhHPzcROlCSg2VYn3CE8adNzBnNREceB5WvCVXd+alYqa05nnRta89U3BAR1dws++CinAPMxcjMxUMUQYzbaKyY2mnmr+oQ==', 'base64')).toString());
test('a PKCS #1 box of Node', () => crypto.privateDecrypt({ key: rsa, padding: 1 }, Buffer.from('gnDBgMqbzpm3tQ7qTN1yeC+FzCEkBdKpFelRl5SoRME/ZQmO3+HPXbwNCqDOeP4ab1yraxEiqWtlX5GNpWcPJZtZ+3Tz9AJo0RVfvi4+m1NJ8Mc8e/FCZcdWQ47iLIfaA35ngigy0CGN8c17pjZ9xckRrpwehhGHxC28inL+wixNVNoi08SuqU4hLeTOrAOEIOT4946or+fQLVU9nYYFNQTFKBJySWb/9TEzt39sD90LnaB4gssYH+h+OKaXGc1KD+YYqyBXpMhfS3KjxahCpQXXJ0Gg0rEXFLWcMByxcPp41W53JLGgwmIdeVLxCWzmpJyz5I+8PglPYnELrcPLeQ==', 'base64')).toString());
test('privateEncrypt', () => {
  const box = crypto.privateEncrypt(rsa, Buffer.from('secret'));
  return [box.toString('hex'), crypto.publicDecrypt(crypto.createPublicKey(rsa), box).toString()];
});
for (const [type, options] of [['rsa', { modulusLength: 1024 }], ['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'secp384r1' }], ['ec', { namedCurve: 'P-521' }], ['ed25519'], ['x25519']]) {
  test(`key pair ${type} ${options && (options.namedCurve || '')}`, () => {
    const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
    const text = crypto.generateKeyPairSync(type, { ...options, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
    return [publicKey.type, privateKey.type, privateKey.asymmetricKeyType, privateKey.asymmetricKeyDetails,
      text.publicKey.split('\n')[0], text.privateKey.split('\n')[0], crypto.createPublicKey(text.privateKey).equals(crypto.createPublicKey(text.publicKey))];
  });
}
test('key pair later', () => new Promise((resolve) => crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, (error, open, hidden) => resolve([error, open.type, hidden.type]))));
test('ecdh', () => ['prime256v1', 'secp384r1', 'secp521r1'].map((curve) => {
  const [one, two] = [crypto.createECDH(curve), crypto.createECDH(curve)];
  one.generateKeys();
  const point = two.generateKeys('hex', 'compressed');
  return [one.computeSecret(point, 'hex', 'hex') === two.computeSecret(one.getPublicKey(), null, 'hex'), point.length, one.getPublicKey().length];
}));
test('ecdh of a known key', () => {
  const side = crypto.createECDH('prime256v1');
  side.setPrivateKey('01'.repeat(32), 'hex');
  return [side.getPublicKey('hex'), side.getPublicKey('base64', 'compressed'), side.getPrivateKey('hex'), side.computeSecret(side.getPublicKey()).toString('hex')];
});
test('ecdh of nonsense', () => {
  const side = crypto.createECDH('prime256v1');
  side.generateKeys();
  return side.computeSecret(Buffer.alloc(65));
});
test('x25519', () => {
  const [one, two] = [crypto.generateKeyPairSync('x25519'), crypto.generateKeyPairSync('x25519')];
  return crypto.diffieHellman({ privateKey: one.privateKey, publicKey: two.publicKey }).equals(crypto.diffieHellman({ privateKey: two.privateKey, publicKey: one.publicKey }));
});
test('lists', () => [crypto.getHashes().includes('sha256'), crypto.getCiphers().includes('aes-256-gcm'), crypto.getCurves().includes('prime256v1')]);
test('constants', () => ['RSA_PKCS1_PADDING', 'RSA_PKCS1_OAEP_PADDING', 'RSA_PKCS1_PSS_PADDING', 'RSA_PSS_SALTLEN_DIGEST', 'RSA_PSS_SALTLEN_AUTO', 'RSA_NO_PADDING'].map((name) => crypto.constants[name]));
