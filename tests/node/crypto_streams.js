// `crypto` used as streams: hashes, ciphers and signatures that are written to and piped.
const crypto = require('crypto');
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const K = Buffer.from(Array.from({ length: 16 }, (_, i) => i * 7 & 255));
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
test('hash as a stream', () => new Promise((resolve) => {
  const hash = crypto.createHash('sha256');
  hash.setEncoding('hex');
  hash.on('data', (text) => resolve(text));
  hash.write('some ');
  hash.end('data');
}));
test('cipher as a stream', () => new Promise((resolve, reject) => {
  const parts = [];
  const cipher = crypto.createCipheriv('aes-128-cbc', K, K);
  cipher.on('data', (part) => parts.push(part)).on('end', () => resolve(hex(Buffer.concat(parts)))).on('error', reject);
  cipher.write('some text that is longer than a block');
  cipher.end();
}));
test('sign as a stream', () => new Promise((resolve) => {
  const sign = crypto.createSign('sha256');
  sign.on('finish', () => resolve(sign.sign(RSA, 'hex')));
  sign.write('mes');
  sign.end('sage');
}));
test('hash is a Transform', () => {
  const hash = crypto.createHash('md5');
  hash.on('end', () => {});
  return hash instanceof require('stream').Transform;
});
test('piped through hash and cipher', () => new Promise((resolve, reject) => {
  const { PassThrough, pipeline } = require('stream');
  const source = new PassThrough();
  const parts = [];
  pipeline(source, crypto.createCipheriv('aes-128-ctr', K, K), crypto.createDecipheriv('aes-128-ctr', K, K), crypto.createHash('sha1'), (error) => (error ? reject(error) : resolve(hex(Buffer.concat(parts)))))
    .on('data', (part) => parts.push(part));
  source.write('some ');
  source.end('text');
}));
test('a bad decrypt is an error event', () => new Promise((resolve) => {
  crypto.createDecipheriv('aes-128-cbc', K, K).on('error', (error) => resolve([error.code, error.message])).end(Buffer.alloc(16));
}));
test('two hashes at once', () => Promise.all(['a', 'b'].map((text) => new Promise((resolve) => {
  const hash = crypto.createHash('md5');
  hash.on('readable', () => {
    const digest = hash.read();
    if (digest) resolve(hex(digest));
  });
  hash.end(text);
}))));
