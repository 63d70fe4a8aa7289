// KeyObjects: made of PEM, DER, JWK and raw bytes, generated, exported, compared; agreed upon by ECDH.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, coded } = require('internal/errors');
const {
  validateString, validateObject, validateFunction, validateUint32, validateInteger, validateOneOf,
} = require('internal/validators');
const raw = require('internal/crypto/native');
const { isBytes, later, shown } = require('internal/crypto/lazy');

const kKeyType = Symbol('kKeyType');
const kAsymmetricKeyType = Symbol('kAsymmetricKeyType');
const kAsymmetricKeyDetails = Symbol('kAsymmetricKeyDetails');
// A CryptoKey's KeyObject stands under this symbol.
const kKeyObject = Symbol('kKeyObject');
const kMake = Symbol('kMake');
const PEM_LABELS = { spki: 'PUBLIC KEY', pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY' };

const handles = new WeakMap();
const handleOf = (key) => handles.get(key);

class KeyObject {
  constructor(type, handle, token) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new ERR_INVALID_ARG_VALUE('type', type);
    if (token !== kMake) throw new ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    this[kKeyType] = type;
    handles.set(this, handle);
  }
  get type() { return this[kKeyType]; }
  static from(key) {
    if (!key || !key[kKeyObject]) throw new ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return key[kKeyObject];
  }
  equals(other) {
    if (!(other instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    if (other.type !== this.type) return false;
    const [one, two] = [this, other].map((key) => (key.type === 'secret' ? handleOf(key)
      : raw.keyDer(handleOf(key), key.type === 'public' ? 'spki' : 'pkcs8')));
    return one.byteLength === two.byteLength && raw.equalBytes(one, two);
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

class SecretKeyObject extends KeyObject {
  constructor(bytes) { super('secret', bytes, kMake); }
  get symmetricKeySize() { return handleOf(this).byteLength; }
  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: handleOf(this).toString('base64url') };
    }
    return Buffer.from(handleOf(this));
  }
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() {
    return this[kAsymmetricKeyType] || (this[kAsymmetricKeyType] = raw.keyInfo(handleOf(this))[0]);
  }
  get asymmetricKeyDetails() {
    if (!this[kAsymmetricKeyDetails]) {
      const [kind, , first, exponent] = raw.keyInfo(handleOf(this));
      this[kAsymmetricKeyDetails] = kind === 'rsa' ? { modulusLength: first, publicExponent: exponent }
        : kind === 'ec' ? { namedCurve: first } : {};
    }
    return { ...this[kAsymmetricKeyDetails] };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) { super('public', handle, kMake); }
  export(options) {
    validateObject(options, 'options');
    return options.format === 'jwk' ? raw.keyJwk(handleOf(this)) : exported(this, options, ['pkcs1', 'spki']);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) { super('private', handle, kMake); }
  export(options) {
    validateObject(options, 'options');
    if (options.format === 'jwk') {
      if (options.passphrase !== undefined) {
        throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS',
          'The selected key encoding jwk does not support encryption.');
      }
      return raw.keyJwk(handleOf(this));
    }
    return exported(this, options, ['pkcs1', 'pkcs8', 'sec1']);
  }
}

function exported(key, options, types, prefix = 'options') {
  const { format, type, cipher, passphrase } = options;
  if (format !== 'pem' && format !== 'der') throw new ERR_INVALID_ARG_VALUE(`${prefix}.format`, format);
  const kind = key.asymmetricKeyType;
  if (!types.includes(type)) throw new ERR_INVALID_ARG_VALUE(`${prefix}.type`, type);
  if (type === 'pkcs1' && kind !== 'rsa' || type === 'sec1' && kind !== 'ec') {
    throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS',
      `The selected key encoding ${type} ${type === 'pkcs1' ? 'can only be used for RSA keys' : 'can only be used for EC keys'}.`);
  }
  const handle = handleOf(key);
  if (cipher !== undefined && cipher !== null && key.type === 'private') {
    validateString(cipher, `${prefix}.cipher`);
    if (typeof passphrase !== 'string' && !isBytes(passphrase)) {
      throw new ERR_INVALID_ARG_VALUE(`${prefix}.passphrase`, passphrase);
    }
    if (type !== 'pkcs8') {
      throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', format === 'der'
        ? `The selected key encoding ${type} does not support encryption.`
        : 'Hookbench encrypts private keys as PKCS #8 only: export with type "pkcs8".');
    }
    const sealed = raw.keySealed(handle, 'pkcs8', cipher, passphrase);
    return format === 'pem' ? raw.pem('ENCRYPTED PRIVATE KEY', sealed) : sealed;
  }
  const der = raw.keyDer(handle, type);
  const label = type === 'pkcs1' ? `RSA ${key.type.toUpperCase()} KEY` : PEM_LABELS[type];
  return format === 'pem' ? raw.pem(label, der) : der;
}

const KEY_TYPES = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];

const isKey = (value) => value instanceof KeyObject;
const keyObjectOf = (value) => (isKey(value) ? value : value && typeof value === 'object' && value[kKeyObject]);

const wrongKind = (found, wanted) => coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE',
  `Invalid key object type ${found}, expected ${wanted}.`);

// The native half of a key argument. `want`: 'private', 'public' (a private key will do) or 'create' (makes a public one).
function nativeKey(key, want, name = 'key') {
  const known = keyObjectOf(key);
  if (known) return fromObject(known, want);
  if (typeof key === 'string' || isBytes(key)) return fromText(key, want, undefined);
  if (key === null || typeof key !== 'object') throw new ERR_INVALID_ARG_TYPE(name, KEY_TYPES, key);
  const { key: data, format, type, passphrase, encoding } = key;
  const inner = keyObjectOf(data);
  if (inner) return fromObject(inner, want);
  if (format === 'jwk') {
    validateObject(data, `${name}.key`);
    if (want === 'private' && data.d === undefined) {
      throw new ERR_INVALID_ARG_TYPE(`${name}.key.d`, 'string', data.d);
    }
    const handle = raw.keyOfJwk(data);
    return want === 'create' ? raw.keyPublic(handle) : handle;
  }
  if (typeof data !== 'string' && !isBytes(data)) {
    throw new ERR_INVALID_ARG_TYPE(`${name}.key`, KEY_TYPES, data);
  }
  if (format !== undefined && format !== 'pem' && format !== 'der') {
    throw new ERR_INVALID_ARG_VALUE(`${name}.format`, format);
  }
  if (passphrase !== undefined && passphrase !== null && typeof passphrase !== 'string' && !isBytes(passphrase)) {
    throw new ERR_INVALID_ARG_VALUE(`${name}.passphrase`, passphrase);
  }
  if (format === 'der') {
    const types = want === 'private' ? ['pkcs1', 'pkcs8', 'sec1'] : ['pkcs1', 'pkcs8', 'sec1', 'spki'];
    if (!types.includes(type)) throw new ERR_INVALID_ARG_VALUE(`${name}.type`, type);
    const bytes = typeof data === 'string' ? Buffer.from(data, encoding) : data;
    const secret = type === 'pkcs8' || type === 'sec1';
    const handle = raw.keyOfDer(bytes, want === 'private' || secret, passphrase);
    return want === 'create' && secret ? raw.keyPublic(handle) : handle;
  }
  return fromText(typeof data === 'string' && encoding ? Buffer.from(data, encoding) : data, want, passphrase);
}

const fromText = (text, want, passphrase) => raw.keyOfPem(text, want === 'private', passphrase);

function fromObject(key, want) {
  if (key.type === 'secret') throw wrongKind('secret', want === 'private' ? 'private' : 'private or public');
  if (want === 'private' && key.type !== 'private') throw wrongKind(key.type, 'private');
  if (want === 'create') {
    if (key.type !== 'private') throw wrongKind(key.type, 'private');
    return raw.keyPublic(handleOf(key));
  }
  return handleOf(key);
}

// The bytes of a secret KeyObject or CryptoKey; undefined for anything else.
function secretOf(value) {
  const key = value !== null && typeof value === 'object' ? keyObjectOf(value) : undefined;
  if (!key) return undefined;
  if (key.type !== 'secret') throw wrongKind(key.type, 'secret');
  return handleOf(key);
}

function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !isBytes(key)) {
    throw new ERR_INVALID_ARG_TYPE('key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  }
  const bytes = typeof key === 'string' ? Buffer.from(key, encoding)
    : Buffer.from(key instanceof ArrayBuffer ? key : new Uint8Array(key.buffer, key.byteOffset, key.byteLength));
  return new SecretKeyObject(Buffer.from(bytes));
}

function createPrivateKey(key) {
  if (keyObjectOf(key) || key && keyObjectOf(key.key)) {
    throw new ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'Object'], key);
  }
  return new PrivateKeyObject(nativeKey(key, 'private'));
}

const createPublicKey = (key) => new PublicKeyObject(nativeKey(key, 'create'));

function makePair(type, options) {
  validateString(type, 'type');
  if (!['rsa', 'ec', 'ed25519', 'x25519', 'rsa-pss', 'dsa', 'dh', 'ed448', 'x448'].includes(type)) {
    throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
  if (options !== undefined) validateObject(options, 'options');
  const chosen = options || {};
  let handle;
  if (type === 'rsa') {
    validateObject(options, 'options');
    validateUint32(chosen.modulusLength, 'options.modulusLength');
    const exponent = chosen.publicExponent === undefined ? 0x10001 : chosen.publicExponent;
    validateUint32(exponent, 'options.publicExponent');
    handle = raw.keyGenerate('rsa', chosen.modulusLength, exponent, '');
  } else if (type === 'ec') {
    validateObject(options, 'options');
    validateString(chosen.namedCurve, 'options.namedCurve');
    handle = raw.keyGenerate('ec', 0, 0, chosen.namedCurve);
  } else if (type === 'ed25519' || type === 'x25519') handle = raw.keyGenerate(type, 0, 0, '');
  else {
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      `Hookbench does not make ${type} keys: take rsa, ec, ed25519 or x25519.`);
  }
  const pair = { publicKey: new PublicKeyObject(raw.keyPublic(handle)), privateKey: new PrivateKeyObject(handle) };
  const written = {};
  for (const [name, types] of [['publicKey', ['pkcs1', 'spki']], ['privateKey', ['pkcs1', 'pkcs8', 'sec1']]]) {
    const encoding = chosen[`${name}Encoding`];
    if (encoding === undefined || encoding === null) written[name] = pair[name];
    else {
      validateObject(encoding, `options.${name}Encoding`);
      written[name] = encoding.format === 'jwk' ? raw.keyJwk(handleOf(pair[name]))
        : exported(pair[name], encoding, types, `options.${name}Encoding`);
    }
  }
  return written;
}

const generateKeyPairSync = (type, options) => makePair(type, options);

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateFunction(callback, 'callback');
  const { publicKey, privateKey } = makePair(type, options);
  later(callback, null, publicKey, privateKey);
}
Object.defineProperty(generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  enumerable: false,
  value: (type, options) => new Promise((resolve, reject) => {
    generateKeyPair(type, options, (error, publicKey, privateKey) => (
      error ? reject(error) : resolve({ publicKey, privateKey })));
  }),
});

function generateKeySync(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  if (type !== 'hmac' && type !== 'aes') throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  if (type === 'hmac') validateInteger(options.length, 'options.length', 8, 2147483647);
  else validateOneOf(options.length, 'options.length', [128, 192, 256]);
  return new SecretKeyObject(raw.randomBytes(Math.floor(options.length / 8)));
}

function generateKey(type, options, callback) {
  validateFunction(callback, 'callback');
  later(callback, null, generateKeySync(type, options));
}

function diffieHellman(options) {
  validateObject(options, 'options');
  const { privateKey, publicKey } = options;
  for (const [name, key] of [['privateKey', privateKey], ['publicKey', publicKey]]) {
    if (!isKey(key)) throw new ERR_INVALID_ARG_VALUE(`options.${name}`, key);
  }
  if (privateKey.type !== 'private') throw wrongKind(privateKey.type, 'private');
  if (publicKey.type === 'secret') throw wrongKind('secret', 'private or public');
  return raw.keyAgree(handleOf(privateKey), raw.keyPublic(handleOf(publicKey)));
}

class ECDH {
  #curve;
  #key;
  constructor(curve) {
    validateString(curve, 'curve');
    // Known curves alone have keys.
    raw.keyGenerate('ec', 0, 0, curve);
    this.#curve = curve;
  }
  #bytes(value, encoding, name) {
    if (typeof value !== 'string' && !isBytes(value)) {
      throw new ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
    }
    return typeof value === 'string' ? Buffer.from(value, encoding) : value;
  }
  generateKeys(encoding, format) {
    this.#key = raw.keyGenerate('ec', 0, 0, this.#curve);
    return this.getPublicKey(encoding, format);
  }
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const bytes = this.#bytes(otherPublicKey, inputEncoding, 'otherPublicKey');
    let other;
    try {
      other = raw.keyOfRaw(this.#curve, false, bytes);
    } catch {
      throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve');
    }
    if (!this.#key) throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_KEY_PAIR', 'Invalid key pair');
    return shown(raw.keyAgree(this.#key, other), outputEncoding);
  }
  getPrivateKey(encoding) {
    if (!this.#key) throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_KEY_PAIR', 'Failed to get ECDH private key');
    return shown(raw.keyRaw(this.#key), encoding);
  }
  getPublicKey(encoding, format) {
    if (!this.#key) throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_KEY_PAIR', 'Failed to get ECDH public key');
    return shown(pointIn(raw.keyRaw(raw.keyPublic(this.#key), format === 'compressed'), format), encoding);
  }
  setPrivateKey(key, encoding) {
    const bytes = this.#bytes(key, encoding, 'key');
    try {
      this.#key = raw.keyOfRaw(this.#curve, true, bytes);
    } catch {
      throw coded(Error, 'ERR_CRYPTO_INVALID_KEYTYPE', 'Private key is not valid for specified curve.');
    }
    return undefined;
  }
  static convertKey(key, curve, inputEncoding, outputEncoding, format) {
    validateString(curve, 'curve');
    const bytes = typeof key === 'string' ? Buffer.from(key, inputEncoding) : key;
    const point = raw.keyRaw(raw.keyOfRaw(curve, false, bytes), format === 'compressed');
    return shown(pointIn(point, format), outputEncoding);
  }
}

function pointIn(point, format) {
  if (format === 'hybrid') point[0] = 6 | point[point.length - 1] & 1;
  else if (format !== undefined && format !== 'compressed' && format !== 'uncompressed') {
    throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${format}`);
  }
  return point;
}

module.exports = {
  KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject, ECDH, kKeyObject,
  handleOf, nativeKey, secretOf, isKey,
  createSecretKey, createPrivateKey, createPublicKey, createECDH: (curve) => new ECDH(curve),
  generateKeyPair, generateKeyPairSync, generateKey, generateKeySync, diffieHellman,
};
