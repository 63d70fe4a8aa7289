// Hash and Hmac: state and digests are native.
const { codes: { ERR_INVALID_ARG_TYPE }, coded } = require('internal/errors');
const { validateString, validateUint32, validateOneOf } = require('internal/validators');
const raw = require('internal/crypto/native');
const { isBytes, dataOf, Transform, inherit, methods, shown } = require('internal/crypto/lazy');

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');
const kFinalized = Symbol('kFinalized');
const DIRECT = ['hex', 'base64', 'base64url'];

const finalized = () => coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options);
  const copied = algorithm instanceof Hash;
  if (!copied) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  const handle = copied ? raw.hashCopy(algorithm[kHandle]) : raw.hash(algorithm);
  if (handle === undefined) throw new Error('Digest method not supported');
  if (!copied && length !== undefined && length !== raw.hashLength(algorithm)) {
    throw coded(Error, 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH', 'Unsupported state or unable to set the output length');
  }
  Transform.begin(this, options);
  this[kHandle] = handle;
  this[kState] = { [kFinalized]: false };
}
inherit(Hash, Transform);

const streamed = {
  _transform(chunk, encoding, callback) {
    raw.hashUpdate(this[kHandle], dataOf(chunk, encoding));
    callback();
  },
  _flush(callback) {
    this.push(this.digest());
    callback();
  },
};

function update(data, encoding) {
  if (this[kState][kFinalized]) throw finalized();
  raw.hashUpdate(this[kHandle], dataOf(data, encoding));
  return this;
}

function digestOf(handle, encoding) {
  if (DIRECT.includes(encoding)) return raw.hashDigest(handle, encoding);
  return shown(raw.hashDigest(handle), encoding);
}

methods(Hash, {
  ...streamed,
  update,
  copy(options) {
    if (this[kState][kFinalized]) throw finalized();
    return new Hash(this, options);
  },
  digest(encoding) {
    if (this[kState][kFinalized]) throw finalized();
    this[kState][kFinalized] = true;
    return digestOf(this[kHandle], typeof encoding === 'string' ? encoding.toLowerCase() : encoding);
  },
});

function keyBytes(key, encoding) {
  if (typeof key === 'string' || isBytes(key)) return typeof key === 'string' ? dataOf(key, encoding, 'key') : key;
  const secret = key && typeof key === 'object' && require('internal/crypto/keys').secretOf(key);
  if (secret) return secret;
  throw new ERR_INVALID_ARG_TYPE('key',
    ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
}

function Hmac(hmac, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  const bytes = keyBytes(key, options && options.encoding);
  const handle = raw.hmac(hmac, bytes);
  if (handle === undefined) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${hmac}`);
  Transform.begin(this, options);
  this[kHandle] = handle;
  this[kState] = { [kFinalized]: false };
}
inherit(Hmac, Transform);

methods(Hmac, {
  ...streamed,
  update,
  digest(encoding) {
    if (this[kState][kFinalized]) return shown(Buffer.alloc(0), encoding);
    this[kState][kFinalized] = true;
    return digestOf(this[kHandle], typeof encoding === 'string' ? encoding.toLowerCase() : encoding);
  },
});

function hash(algorithm, input, outputEncoding = 'hex') {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  }
  validateString(outputEncoding, 'outputEncoding');
  const encoding = outputEncoding.toLowerCase();
  if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) validateOneOf(outputEncoding, 'outputEncoding', ['buffer']);
  const direct = DIRECT.includes(encoding);
  const result = raw.hashOnce(algorithm, input, direct ? encoding : undefined);
  if (result === undefined) throw new Error('Digest method not supported');
  return direct ? result : shown(result, encoding);
}

module.exports = { Hash, Hmac, hash, keyBytes };
