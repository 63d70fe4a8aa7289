// Cipheriv, Decipheriv and the older ones from a password alone; the work is native.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING }, coded } = require('internal/errors');
const { validateString, validateObject, validateUint32 } = require('internal/validators');
const raw = require('internal/crypto/native');
const { isBytes, dataOf, Transform, inherit, methods } = require('internal/crypto/lazy');
const { keyBytes } = require('internal/crypto/hash');

const kHandle = Symbol('kHandle');

const wrongState = (operation) => coded(Error, 'ERR_CRYPTO_INVALID_STATE', `Invalid state for operation ${operation}`);

function begin(self, encrypt, cipher, key, iv, options) {
  const tagLength = options && options.authTagLength !== undefined ? options.authTagLength : undefined;
  if (tagLength !== undefined) validateUint32(tagLength, 'options.authTagLength');
  self._decoder = null;
  Transform.begin(self, options);
  self[kHandle] = raw.cipher(cipher, key, iv, encrypt, tagLength);
}

function beginWithIv(self, encrypt, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  const encoding = options && options.encoding;
  const secret = keyBytes(key, encoding);
  let nonce = null;
  if (iv !== null) {
    if (typeof iv !== 'string' && !isBytes(iv)) {
      throw new ERR_INVALID_ARG_TYPE('iv', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], iv);
    }
    nonce = typeof iv === 'string' ? dataOf(iv, encoding, 'iv') : iv;
  }
  begin(self, encrypt, cipher, secret, nonce, options);
}

// How many bytes at the end wait for those that follow, so that text comes out whole.
function unfinished(encoding, bytes) {
  if (encoding === 'base64' || encoding === 'base64url') return bytes.length % 3;
  if (encoding === 'utf16le') return bytes.length % 2;
  if (encoding !== 'utf8') return 0;
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

const NAMES = { 'utf-8': 'utf8', binary: 'latin1', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le' };

function told(self, bytes, outputEncoding, end) {
  if (!outputEncoding || outputEncoding === 'buffer') return bytes;
  const lower = String(outputEncoding).toLowerCase();
  const encoding = NAMES[lower] || lower;
  if (!Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(outputEncoding);
  if (self._decoder && self._decoder.encoding !== encoding) {
    throw coded(Error, 'ERR_INTERNAL_ASSERTION', 'Cannot change encoding\n'
      + 'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n'
      + 'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n');
  }
  const rest = self._decoder && self._decoder.rest;
  const all = rest && rest.length ? Buffer.concat([rest, bytes]) : bytes;
  const kept = end ? 0 : unfinished(encoding, all);
  self._decoder = { encoding, rest: all.subarray(all.length - kept) };
  return all.toString(encoding, 0, all.length - kept);
}

const common = {
  _transform(chunk, encoding, callback) {
    this.push(raw.cipherUpdate(this[kHandle], dataOf(chunk, encoding)));
    callback();
  },
  _flush(callback) {
    try {
      this.push(raw.cipherFinal(this[kHandle]));
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },
  update(data, inputEncoding, outputEncoding) {
    return told(this, raw.cipherUpdate(this[kHandle], dataOf(data, inputEncoding)), outputEncoding, false);
  },
  final(outputEncoding) {
    return told(this, raw.cipherFinal(this[kHandle]), outputEncoding, true);
  },
  setAutoPadding(wanted) {
    if (!raw.cipherPadding(this[kHandle], wanted === undefined || Boolean(wanted))) throw wrongState('setAutoPadding');
    return this;
  },
  setAAD(data, options) {
    const encoding = options && options.encoding;
    if (typeof data !== 'string' && !isBytes(data)) {
      throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], data);
    }
    const bytes = typeof data === 'string' ? dataOf(data, encoding, 'buffer') : data;
    if (!raw.cipherAAD(this[kHandle], bytes)) throw wrongState('setAAD');
    return this;
  },
};

const sealing = {
  getAuthTag() {
    const tag = raw.cipherTag(this[kHandle]);
    if (tag === undefined) throw wrongState('getAuthTag');
    return tag;
  },
};

const opening = {
  setAuthTag(tag, encoding) {
    if (typeof tag !== 'string' && !isBytes(tag)) {
      throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], tag);
    }
    const bytes = typeof tag === 'string' ? dataOf(tag, encoding, 'buffer') : tag;
    if (!raw.cipherExpect(this[kHandle], bytes)) throw wrongState('setAuthTag');
    return this;
  },
};

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  beginWithIv(this, true, cipher, key, iv, options);
}
inherit(Cipheriv, Transform);
methods(Cipheriv, { ...common, ...sealing });

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  beginWithIv(this, false, cipher, key, iv, options);
}
inherit(Decipheriv, Transform);
methods(Decipheriv, { ...common, ...opening });

// OpenSSL's EVP_BytesToKey, MD5 and one round: how a key and a nonce came of a password before Node 22.
function beginWithPassword(self, encrypt, cipher, password, options) {
  validateString(cipher, 'cipher');
  const secret = Buffer.from(keyBytes(password));
  const info = raw.cipherInfo(cipher);
  if (info === undefined) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  const [, , keyLength, ivLength] = info;
  let made = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (made.length < keyLength + ivLength) {
    last = raw.hashOnce('md5', Buffer.concat([last, secret]));
    made = Buffer.concat([made, last]);
  }
  begin(self, encrypt, cipher, made.subarray(0, keyLength), made.subarray(keyLength, keyLength + ivLength), options);
}

function Cipher(cipher, password, options) {
  if (!(this instanceof Cipher)) return new Cipher(cipher, password, options);
  beginWithPassword(this, true, cipher, password, options);
}
inherit(Cipher, Transform);
methods(Cipher, { ...common, ...sealing });

function Decipher(cipher, password, options) {
  if (!(this instanceof Decipher)) return new Decipher(cipher, password, options);
  beginWithPassword(this, false, cipher, password, options);
}
inherit(Decipher, Transform);
methods(Decipher, { ...common, ...opening });

// OpenSSL's numbers of the ciphers.
const NIDS = {
  'aes-128-cbc': 419, 'aes-128-ctr': 904, 'aes-128-ecb': 418, 'id-aes128-gcm': 895,
  'aes-192-cbc': 423, 'aes-192-ctr': 905, 'aes-192-ecb': 422, 'id-aes192-gcm': 898,
  'aes-256-cbc': 427, 'aes-256-ctr': 906, 'aes-256-ecb': 426, 'id-aes256-gcm': 901,
  'chacha20-poly1305': 1018, 'des-ede3-cbc': 44, 'des-ede3-ecb': 33,
};
const CANONICAL = {
  aes128: 'aes-128-cbc', aes192: 'aes-192-cbc', aes256: 'aes-256-cbc', des3: 'des-ede3-cbc',
  'aes-128-gcm': 'id-aes128-gcm', 'aes-192-gcm': 'id-aes192-gcm', 'aes-256-gcm': 'id-aes256-gcm',
};

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (options !== undefined) validateObject(options, 'options');
  const known = typeof nameOrNid === 'string' ? nameOrNid
    : Object.keys(NIDS).find((name) => NIDS[name] === nameOrNid);
  const info = known === undefined ? undefined : raw.cipherInfo(known);
  if (info === undefined) return undefined;
  const [found, mode, keyLength, ivLength, blockSize] = info;
  if (options && options.keyLength !== undefined && options.keyLength !== keyLength) return undefined;
  if (options && options.ivLength !== undefined && mode !== 'gcm' && mode !== 'stream' && options.ivLength !== ivLength) {
    return undefined;
  }
  const name = (CANONICAL[found] || found).toLowerCase();
  const result = { mode, name, nid: NIDS[name] };
  if (mode !== 'ctr' && mode !== 'stream') result.blockSize = blockSize;
  if (ivLength > 0) result.ivLength = options && options.ivLength || ivLength;
  result.keyLength = keyLength;
  return result;
}

module.exports = {
  Cipheriv, Decipheriv, Cipher, Decipher, getCipherInfo,
  createCipheriv: (cipher, key, iv, options) => new Cipheriv(cipher, key, iv, options),
  createDecipheriv: (cipher, key, iv, options) => new Decipheriv(cipher, key, iv, options),
  createCipher: (cipher, password, options) => new Cipher(cipher, password, options),
  createDecipher: (cipher, password, options) => new Decipher(cipher, password, options),
};
