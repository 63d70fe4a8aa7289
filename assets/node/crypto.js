// Node's `crypto`: what each part of it offers, loaded when it is first asked for.
const { coded } = require('internal/errors');

const PARTS = {
  hash: ['Hash', 'Hmac', 'hash'],
  random: ['randomBytes', 'pseudoRandomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'timingSafeEqual',
    'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync'],
  cipher: ['Cipheriv', 'Decipheriv', 'Cipher', 'Decipher', 'createCipheriv', 'createDecipheriv', 'createCipher',
    'createDecipher', 'getCipherInfo'],
  keys: ['KeyObject', 'ECDH', 'createSecretKey', 'createPrivateKey', 'createPublicKey', 'createECDH', 'generateKeyPair',
    'generateKeyPairSync', 'generateKey', 'generateKeySync', 'diffieHellman'],
  sign: ['Sign', 'Verify', 'sign', 'verify', 'createSign', 'createVerify', 'publicEncrypt', 'privateDecrypt',
    'privateEncrypt', 'publicDecrypt', 'X509Certificate'],
  web: ['webcrypto', 'subtle', 'getRandomValues'],
};
const DEPRECATED = ['pseudoRandomBytes', 'createCipher', 'createDecipher'];

// Accessors for good: the engine's inline cache takes a getter that became a value for the getter it was.
const replaced = new Map();
for (const part of Object.keys(PARTS)) {
  for (const name of PARTS[part]) {
    Object.defineProperty(exports, name, {
      enumerable: !DEPRECATED.includes(name),
      configurable: true,
      get: () => (replaced.has(name) ? replaced.get(name) : require(`internal/crypto/${part}`)[name]),
      set(value) { replaced.set(name, value); },
    });
  }
}

exports.createHash = (algorithm, options) => new (require('internal/crypto/hash').Hash)(algorithm, options);
exports.createHmac = (hmac, key, options) => new (require('internal/crypto/hash').Hmac)(hmac, key, options);
exports.getHashes = () => Array.from(require('internal/crypto/native').hashes);
exports.getCiphers = () => Array.from(require('internal/crypto/native').ciphers);
exports.getCurves = () => ['prime256v1', 'secp384r1', 'secp521r1'];
exports.getFips = () => 0;
exports.secureHeapUsed = () => ({ total: 0, used: 0, utilization: 0, min: 0 });
exports.constants = Object.freeze(Object.assign(Object.create(null), {
  DH_CHECK_P_NOT_SAFE_PRIME: 2, DH_CHECK_P_NOT_PRIME: 1, DH_UNABLE_TO_CHECK_GENERATOR: 4, DH_NOT_SUITABLE_GENERATOR: 8,
  RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_X931_PADDING: 5, RSA_PKCS1_PSS_PADDING: 6,
  RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
  TLS1_VERSION: 769, TLS1_1_VERSION: 770, TLS1_2_VERSION: 771, TLS1_3_VERSION: 772,
  POINT_CONVERSION_COMPRESSED: 2, POINT_CONVERSION_UNCOMPRESSED: 4, POINT_CONVERSION_HYBRID: 6,
}));

// What is there in Node and not here says so when it is called.
for (const name of ['createDiffieHellman', 'createDiffieHellmanGroup', 'getDiffieHellman', 'generatePrime',
  'generatePrimeSync', 'checkPrime', 'checkPrimeSync', 'setEngine', 'setFips', 'DiffieHellman', 'DiffieHellmanGroup',
  'Certificate']) {
  exports[name] = function () {
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      `Hookbench does not have crypto.${name}.${/iffie/.test(name) ? ' createECDH and x25519 keys are there.' : ''}`);
  };
}
