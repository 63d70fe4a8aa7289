// Web Crypto: the global `crypto` and its `subtle`, over the same natives as the module `crypto`.
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS }, coded } = require('internal/errors');
const raw = require('internal/crypto/native');
const { isBytes } = require('internal/crypto/lazy');
const { handleOf } = require('internal/crypto/keys');
const {
  CryptoKey, importKey, exportKey, generateKey, normalized, hashName, fail, own, kKeyObject, HASHES,
} = require('internal/crypto/web_keys');

const PKCS1 = 1;
const OAEP = 4;
const PSS = 6;
const kToken = Symbol('kToken');
const failed = () => fail('OperationError', 'The operation failed for an operation-specific reason');
const FORMATS = ['raw', 'pkcs8', 'spki', 'jwk'];
const ORDINALS = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];

function demand(method, args, count) {
  if (args.length >= count) return;
  throw coded(TypeError, 'ERR_MISSING_ARGS', `Failed to execute '${method}' on 'SubtleCrypto': `
    + `${count} argument${count === 1 ? '' : 's'} required, but only ${args.length} present.`);
}

function bytesAt(method, value, place) {
  if (isBytes(value)) return value;
  throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `Failed to execute '${method}' on 'SubtleCrypto': `
    + `${ORDINALS[place]} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
}

function keyAt(method, value, place) {
  if (value instanceof CryptoKey) return value;
  throw coded(TypeError, 'ERR_INVALID_ARG_TYPE',
    `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[place]} argument is not of type CryptoKey.`);
}

function formatOf(method, format) {
  const text = String(format);
  if (FORMATS.includes(text)) return text;
  throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `Failed to execute '${method}' on 'SubtleCrypto': `
    + `1st argument value '${text}' is not a valid enum value of type KeyFormat.`);
}

function required(algorithm, type, ...fields) {
  for (const field of fields) {
    if (algorithm[field] === undefined) {
      throw coded(TypeError, 'ERR_MISSING_OPTION', `Failed to normalize algorithm: passed algorithm can not be converted to `
        + `'${type}' because '${field}' is required in '${type}'.`);
    }
  }
}

function fit(key, algorithm, usage, verb) {
  if (!key.usages.includes(usage) || key.algorithm.name !== algorithm.name) {
    throw fail('InvalidAccessError', `Unable to use this key to ${verb}`);
  }
}

// Runs native work whose faults all look alike from outside.
function attempt(work) {
  try {
    return work();
  } catch {
    throw failed();
  }
}

function aes(encrypt, algorithm, key, data) {
  const { name } = algorithm;
  const secret = handleOf(key[kKeyObject]);
  const cipher = `aes-${secret.byteLength * 8}-${name.slice(4).toLowerCase()}`;
  if (name === 'AES-CTR') {
    required(algorithm, 'AesCtrParams', 'counter', 'length');
    const { counter, length } = algorithm;
    if (counter.byteLength !== 16) throw fail('OperationError', 'algorithm.counter must contain exactly 16 bytes');
    if (length === 0 || length > 128) throw fail('OperationError', 'AES-CTR algorithm.length must be between 1 and 128');
    return attempt(() => counted(cipher, secret, counter, length, data));
  }
  if (name === 'AES-CBC') {
    required(algorithm, 'AesCbcParams', 'iv');
    if (algorithm.iv.byteLength !== 16) throw fail('OperationError', 'algorithm.iv must contain exactly 16 bytes');
    return attempt(() => {
      const handle = raw.cipher(cipher, secret, algorithm.iv, encrypt);
      return Buffer.concat([raw.cipherUpdate(handle, data), raw.cipherFinal(handle)]);
    });
  }
  required(algorithm, 'AesGcmParams', 'iv');
  const { iv, additionalData, tagLength = 128 } = algorithm;
  if (![32, 64, 96, 104, 112, 120, 128].includes(tagLength)) {
    throw fail('OperationError', `${tagLength} is not a valid AES-GCM tag length`);
  }
  const tagBytes = tagLength / 8;
  if (!encrypt && data.byteLength < tagBytes) throw fail('OperationError', 'The provided data is too small.');
  return attempt(() => {
    const handle = raw.cipher(cipher, secret, iv, encrypt, tagBytes);
    if (additionalData !== undefined) raw.cipherAAD(handle, additionalData);
    if (encrypt) {
      const text = raw.cipherUpdate(handle, data);
      raw.cipherFinal(handle);
      return Buffer.concat([text, raw.cipherTag(handle)]);
    }
    const box = viewOf(data);
    const end = box.byteLength - tagBytes;
    raw.cipherExpect(handle, box.subarray(end));
    const text = raw.cipherUpdate(handle, box.subarray(0, end));
    raw.cipherFinal(handle);
    return text;
  });
}

const viewOf = (data) => (data instanceof ArrayBuffer ? new Uint8Array(data)
  : new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

// Counters shorter than the block wrap around within their bits: the text is cut where that happens.
function counted(cipher, secret, counter, length, data) {
  const start = Buffer.from(viewOf(counter));
  const text = viewOf(data);
  const all = BigInt('0x' + start.toString('hex'));
  const span = 1n << BigInt(length);
  const left = (span - all % span) * 16n;
  const run = (iv, part) => raw.cipherUpdate(raw.cipher(cipher, secret, iv, true), part);
  const blocks = BigInt(Math.ceil(text.byteLength / 16));
  if (blocks > span) throw failed();
  if (BigInt(text.byteLength) <= left) return run(start, text);
  const zeroed = Buffer.from((all - all % span).toString(16).padStart(32, '0'), 'hex');
  return Buffer.concat([run(start, text.subarray(0, Number(left))), run(zeroed, text.subarray(Number(left)))]);
}

function oaep(encrypt, algorithm, key, data) {
  if (key.type !== (encrypt ? 'public' : 'private')) {
    throw fail('InvalidAccessError', `The requested operation is not valid for the provided key`);
  }
  const work = encrypt ? raw.rsaEncrypt : raw.rsaDecrypt;
  return attempt(() => work(handleOf(key[kKeyObject]), data, OAEP, key.algorithm.hash.name, algorithm.label));
}

const CIPHERS = ['RSA-OAEP', 'AES-CTR', 'AES-CBC', 'AES-GCM'];

function crypt(encrypt, usage, algorithm, key, data) {
  const chosen = normalized(algorithm, CIPHERS);
  fit(key, chosen, usage, usage);
  return (chosen.name === 'RSA-OAEP' ? oaep : aes)(encrypt, chosen, key, data);
}

const SIGNERS = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA', 'Ed25519', 'HMAC'];

// What `sign` and `verify` hand to the native half.
function scheme(algorithm, key) {
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5': return [key.algorithm.hash.name, PKCS1, -1, false];
    case 'RSA-PSS':
      required(algorithm, 'RsaPssParams', 'saltLength');
      return [key.algorithm.hash.name, PSS, algorithm.saltLength, false];
    case 'ECDSA':
      required(algorithm, 'EcdsaParams', 'hash');
      return [hashName(algorithm.hash), PKCS1, -1, true];
    default: return ['', PKCS1, -1, false];
  }
}

function hmacOf(key, data) {
  const handle = raw.hmac(key.algorithm.hash.name, handleOf(key[kKeyObject]));
  raw.hashUpdate(handle, data);
  return raw.hashDigest(handle);
}

function bitsOf(algorithm, key, length) {
  const { name } = algorithm;
  if (name === 'PBKDF2' || name === 'HKDF') {
    if (length === null || length === undefined) throw fail('OperationError', 'length cannot be null');
    if (length % 8) throw fail('OperationError', 'length must be a multiple of 8');
    if (name === 'PBKDF2') {
      required(algorithm, 'Pbkdf2Params', 'hash', 'iterations', 'salt');
      if (algorithm.iterations === 0) throw fail('OperationError', 'iterations cannot be zero');
      const hash = hashName(algorithm.hash);
      return attempt(() => raw.pbkdf2(handleOf(key[kKeyObject]), algorithm.salt, algorithm.iterations, length / 8, hash));
    }
    required(algorithm, 'HkdfParams', 'hash', 'salt', 'info');
    const hash = hashName(algorithm.hash);
    return attempt(() => raw.hkdf(hash, handleOf(key[kKeyObject]), algorithm.salt, algorithm.info, length / 8));
  }
  required(algorithm, 'EcdhKeyDeriveParams', 'public');
  const other = algorithm.public;
  if (!(other instanceof CryptoKey)) throw new ERR_INVALID_ARG_TYPE('algorithm.public', 'CryptoKey', other);
  if (key.type !== 'private') throw fail('InvalidAccessError', 'baseKey must be a private key');
  if (other.type !== 'public') throw fail('InvalidAccessError', 'algorithm.public must be a public key');
  if (other.algorithm.name !== name) throw fail('InvalidAccessError', 'algorithm.public must be a public key of the same kind');
  if (other.algorithm.namedCurve !== key.algorithm.namedCurve) throw fail('InvalidAccessError', 'Named curve mismatch');
  const secret = attempt(() => raw.keyAgree(handleOf(key[kKeyObject]), handleOf(other[kKeyObject])));
  if (length === null || length === undefined) return secret;
  if (secret.byteLength * 8 < length) throw fail('OperationError', 'derived bit length is too small');
  const cut = Buffer.from(secret.subarray(0, Math.ceil(length / 8)));
  if (length % 8) cut[cut.length - 1] &= 0xff00 >> length % 8;
  return cut;
}

const DERIVERS = ['PBKDF2', 'HKDF', 'ECDH', 'X25519'];
const BLOCKS = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

function lengthFor(algorithm) {
  if (algorithm.name.startsWith('AES-')) {
    if (![128, 192, 256].includes(algorithm.length)) throw fail('OperationError', 'Invalid key length');
    return algorithm.length;
  }
  if (algorithm.name !== 'HMAC') return null;
  if (algorithm.length === undefined) return BLOCKS[hashName(algorithm.hash)];
  if (algorithm.length === 0) throw new TypeError('length must be non-zero');
  return algorithm.length;
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }
  async digest(algorithm, data) {
    demand('digest', arguments, 2);
    bytesAt('digest', data, 1);
    const { name } = normalized(algorithm, HASHES);
    return own(raw.hashOnce(name, data));
  }
  async encrypt(algorithm, key, data) {
    demand('encrypt', arguments, 3);
    return own(crypt(true, 'encrypt', algorithm, keyAt('encrypt', key, 1), bytesAt('encrypt', data, 2)));
  }
  async decrypt(algorithm, key, data) {
    demand('decrypt', arguments, 3);
    return own(crypt(false, 'decrypt', algorithm, keyAt('decrypt', key, 1), bytesAt('decrypt', data, 2)));
  }
  async sign(algorithm, key, data) {
    demand('sign', arguments, 3);
    keyAt('sign', key, 1);
    bytesAt('sign', data, 2);
    const chosen = normalized(algorithm, SIGNERS);
    fit(key, chosen, 'sign', 'sign');
    if (chosen.name === 'HMAC') return own(hmacOf(key, data));
    const [hash, padding, salt, plain] = scheme(chosen, key);
    return own(attempt(() => raw.sign(handleOf(key[kKeyObject]), hash, data, false, padding, salt, plain)));
  }
  async verify(algorithm, key, signature, data) {
    demand('verify', arguments, 4);
    keyAt('verify', key, 1);
    bytesAt('verify', signature, 2);
    bytesAt('verify', data, 3);
    const chosen = normalized(algorithm, SIGNERS);
    fit(key, chosen, 'verify', 'verify');
    if (chosen.name === 'HMAC') {
      const made = hmacOf(key, data);
      return made.byteLength === signature.byteLength && raw.equalBytes(made, signature);
    }
    const [hash, padding, salt, plain] = scheme(chosen, key);
    return attempt(() => raw.verify(handleOf(key[kKeyObject]), hash, data, false, padding, salt, plain, signature));
  }
  async deriveBits(algorithm, baseKey, length = null) {
    demand('deriveBits', arguments, 2);
    keyAt('deriveBits', baseKey, 1);
    const chosen = normalized(algorithm, DERIVERS);
    if (!baseKey.usages.includes('deriveBits')) throw fail('InvalidAccessError', 'baseKey does not have deriveBits usage');
    if (baseKey.algorithm.name !== chosen.name) throw fail('InvalidAccessError', 'Key algorithm mismatch');
    return own(bitsOf(chosen, baseKey, length));
  }
  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, usages) {
    demand('deriveKey', arguments, 5);
    keyAt('deriveKey', baseKey, 1);
    const chosen = normalized(algorithm, DERIVERS);
    const target = normalized(derivedKeyType);
    if (!baseKey.usages.includes('deriveKey')) throw fail('InvalidAccessError', 'baseKey does not have deriveKey usage');
    if (baseKey.algorithm.name !== chosen.name) throw fail('InvalidAccessError', 'Key algorithm mismatch');
    return importKey('raw', bitsOf(chosen, baseKey, lengthFor(target)), target, extractable, usages);
  }
  async generateKey(algorithm, extractable, usages) {
    demand('generateKey', arguments, 3);
    return generateKey(algorithm, extractable, usages);
  }
  async importKey(format, keyData, algorithm, extractable, usages) {
    demand('importKey', arguments, 4);
    return importKey(formatOf('importKey', format), keyData, algorithm, extractable, usages || []);
  }
  async exportKey(format, key) {
    demand('exportKey', arguments, 2);
    return exportKey(formatOf('exportKey', format), keyAt('exportKey', key, 1));
  }
  async wrapKey(format, key, wrappingKey, algorithm) {
    demand('wrapKey', arguments, 4);
    const plain = exportKey(formatOf('wrapKey', format), keyAt('wrapKey', key, 1));
    const data = format === 'jwk' ? Buffer.from(JSON.stringify(plain)) : plain;
    return own(crypt(true, 'wrapKey', algorithm, keyAt('wrapKey', wrappingKey, 2), data));
  }
  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, usages) {
    demand('unwrapKey', arguments, 7);
    bytesAt('unwrapKey', wrappedKey, 1);
    const plain = crypt(false, 'unwrapKey', unwrapAlgorithm, keyAt('unwrapKey', unwrappingKey, 2), wrappedKey);
    let data = plain;
    if (formatOf('unwrapKey', format) === 'jwk') {
      try {
        data = JSON.parse(plain.toString());
      } catch {
        throw fail('DataError', 'Invalid wrapped JWK key');
      }
    }
    return importKey(format, data, unwrappedKeyAlgorithm, extractable, usages);
  }
}

const INTEGERS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'BigInt64Array', 'BigUint64Array'];
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function getRandomValues(array) {
  if (!ArrayBuffer.isView(array) || !INTEGERS.includes(tagOf.call(array))) {
    throw fail('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
  }
  if (array.byteLength > 65536) throw fail('QuotaExceededError', 'The requested length exceeds 65,536 bytes');
  raw.randomFill(array, 0, array.byteLength);
  return array;
}

const subtle = new SubtleCrypto(kToken);

class Crypto {
  constructor(token) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }
  get subtle() {
    if (this !== crypto) throw new ERR_INVALID_THIS('Crypto');
    return subtle;
  }
  getRandomValues(array) {
    if (this !== crypto) throw new ERR_INVALID_THIS('Crypto');
    if (arguments.length < 1) {
      throw coded(TypeError, 'ERR_MISSING_ARGS',
        "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
    }
    return getRandomValues(array);
  }
  randomUUID() {
    if (this !== crypto) throw new ERR_INVALID_THIS('Crypto');
    return raw.randomUUID();
  }
}
for (const [Class, name] of [[Crypto, 'Crypto'], [SubtleCrypto, 'SubtleCrypto']]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
  for (const member of Object.getOwnPropertyNames(Class.prototype)) {
    if (member !== 'constructor') Object.defineProperty(Class.prototype, member, { enumerable: true });
  }
}
const crypto = new Crypto(kToken);

module.exports = { crypto, webcrypto: crypto, subtle, getRandomValues, Crypto, SubtleCrypto, CryptoKey };
