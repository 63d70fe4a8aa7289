// Sign and Verify, their one-shot forms, and RSA encryption.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, coded } = require('internal/errors');
const { validateString, validateFunction } = require('internal/validators');
const raw = require('internal/crypto/native');
const { isBytes, dataOf, Writable, inherit, methods, later, shown } = require('internal/crypto/lazy');
const { nativeKey, isKey, PublicKeyObject } = require('internal/crypto/keys');

const kHandle = Symbol('kHandle');
const kName = Symbol('kName');
const kTaken = Symbol('kTaken');
const PKCS1 = 1;
const OAEP = 4;

// Padding, salt length and form of a signature, out of the options beside a key.
function scheme(key) {
  const options = key !== null && typeof key === 'object' && !isKey(key) && !isBytes(key) ? key : {};
  const { padding = PKCS1, saltLength, dsaEncoding } = options;
  if (padding !== PKCS1 && padding !== 6) {
    if (padding !== padding >> 0) throw new ERR_INVALID_ARG_VALUE('options.padding', padding);
    throw coded(Error, 'ERR_OSSL_RSA_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE',
      'error:1C8000A5:Provider routines::illegal or unsupported padding mode');
  }
  if (saltLength !== undefined && saltLength !== saltLength >> 0) {
    throw new ERR_INVALID_ARG_VALUE('options.saltLength', saltLength);
  }
  if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw new ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  }
  return [padding, saltLength === undefined ? -2 : saltLength, dsaEncoding === 'ieee-p1363'];
}

function start(self, algorithm, options) {
  validateString(algorithm, 'algorithm');
  const handle = raw.hash(algorithm);
  if (handle === undefined) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
  Writable.begin(self, options);
  self[kHandle] = handle;
  self[kName] = algorithm;
  self[kTaken] = false;
}

const common = {
  _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  },
  update(data, encoding) {
    if (this[kTaken]) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
    raw.hashUpdate(this[kHandle], dataOf(data, encoding));
    return this;
  },
};

function digestFor(self, key) {
  if (raw.keyInfo(key)[0] === 'ed25519') {
    throw coded(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  }
  if (self[kTaken]) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
  self[kTaken] = true;
  return raw.hashDigest(self[kHandle]);
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  start(this, algorithm, options);
}
inherit(Sign, Writable);
methods(Sign, {
  ...common,
  sign(options, encoding) {
    if (!options) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
    const key = nativeKey(options, 'private');
    const [padding, salt, plain] = scheme(options);
    return shown(raw.sign(key, this[kName], digestFor(this, key), true, padding, salt, plain), encoding);
  },
});

function signatureOf(signature, encoding) {
  if (typeof signature !== 'string' && !isBytes(signature)) {
    throw new ERR_INVALID_ARG_TYPE('signature', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], signature);
  }
  return typeof signature === 'string' ? Buffer.from(signature, encoding === 'buffer' ? 'utf8' : encoding) : signature;
}

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  start(this, algorithm, options);
}
inherit(Verify, Writable);
methods(Verify, {
  ...common,
  verify(options, signature, encoding) {
    const key = nativeKey(options, 'public');
    const [padding, salt, plain] = scheme(options);
    const bytes = signatureOf(signature, encoding);
    return raw.verify(key, this[kName], digestFor(this, key), true, padding, salt, plain, bytes);
  },
});

function messageOf(algorithm, data) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (!isBytes(data)) throw new ERR_INVALID_ARG_TYPE('data', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], data);
  return data;
}

function sign(algorithm, data, key, callback) {
  const message = messageOf(algorithm, data);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  const handle = nativeKey(key, 'private');
  const work = () => raw.sign(handle, algorithm || '', message, false, ...scheme(key));
  return settled(work, callback);
}

function verify(algorithm, data, key, signature, callback) {
  const message = messageOf(algorithm, data);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!isBytes(signature)) {
    throw new ERR_INVALID_ARG_TYPE('signature', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], signature);
  }
  const handle = nativeKey(key, 'public');
  const work = () => raw.verify(handle, algorithm || '', message, false, ...scheme(key), signature);
  return settled(work, callback);
}

function settled(work, callback) {
  if (callback === undefined) return work();
  let result;
  try {
    result = work();
  } catch (error) {
    later(callback, error);
    return undefined;
  }
  later(callback, null, result);
  return undefined;
}

// The options beside a key of encryption.
function wrapping(key, usual) {
  const options = key !== null && typeof key === 'object' && !isKey(key) && !isBytes(key) ? key : {};
  const { padding = usual, oaepHash, oaepLabel, encoding } = options;
  if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
  const label = typeof oaepLabel === 'string' ? Buffer.from(oaepLabel, encoding) : oaepLabel;
  if (label !== undefined && !isBytes(label)) {
    throw new ERR_INVALID_ARG_TYPE('key.oaepLabel', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], label);
  }
  return [padding, oaepHash || '', label];
}

const rsa = (want, usual, work) => (key, buffer) => {
  const handle = nativeKey(key, want);
  if (typeof buffer !== 'string' && !isBytes(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
  const data = typeof buffer === 'string' ? Buffer.from(buffer, key && key.encoding) : buffer;
  return work(handle, data, ...wrapping(key, usual));
};

// Enough of a certificate for who checks a token: its key and its fingerprints.
class X509Certificate {
  #der;
  constructor(buffer) {
    if (typeof buffer !== 'string' && !isBytes(buffer)) {
      throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    }
    const bytes = typeof buffer === 'string' ? Buffer.from(buffer) : Buffer.from(buffer);
    this.#der = bytes[0] === 0x30 ? bytes : raw.pemDer(bytes.toString('latin1'));
    if (this.#der === undefined) {
      throw coded(Error, 'ERR_OSSL_PEM_NO_START_LINE', 'error:0480006C:PEM routines::no start line');
    }
  }
  get raw() { return Buffer.from(this.#der); }
  get publicKey() { return new PublicKeyObject(raw.keyOfDer(this.#der, false)); }
  get fingerprint() { return fingerprint('sha1', this.#der); }
  get fingerprint256() { return fingerprint('sha256', this.#der); }
  get fingerprint512() { return fingerprint('sha512', this.#der); }
  toString() { return raw.pem('CERTIFICATE', this.#der); }
  toJSON() { return this.toString(); }
}
for (const name of ['subject', 'issuer', 'validFrom', 'validTo', 'serialNumber', 'subjectAltName', 'ca', 'keyUsage']) {
  Object.defineProperty(X509Certificate.prototype, name, {
    configurable: true,
    get() {
      throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
        `Hookbench reads a certificate's public key and fingerprints, not its ${name}.`);
    },
  });
}
for (const name of ['checkHost', 'checkEmail', 'checkIP', 'checkIssued', 'checkPrivateKey', 'verify', 'toLegacyObject']) {
  methods(X509Certificate, {
    [name]() {
      throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
        `Hookbench reads a certificate's public key and fingerprints; ${name}() is not there.`);
    },
  });
}

const fingerprint = (algorithm, der) => raw.hashOnce(algorithm, der, 'hex').toUpperCase().match(/../g).join(':');

module.exports = {
  Sign, Verify, sign, verify, X509Certificate,
  createSign: (algorithm, options) => new Sign(algorithm, options),
  createVerify: (algorithm, options) => new Verify(algorithm, options),
  publicEncrypt: rsa('public', OAEP, raw.rsaEncrypt),
  privateDecrypt: rsa('private', OAEP, raw.rsaDecrypt),
  privateEncrypt: rsa('private', PKCS1, raw.rsaPrivateEncrypt),
  publicDecrypt: rsa('public', PKCS1, raw.rsaPublicDecrypt),
};
