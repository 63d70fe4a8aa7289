// Random bytes, numbers and UUIDs, and keys derived from passwords.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE }, coded } = require('internal/errors');
const {
  validateString, validateFunction, validateInt32, validateInteger, validateUint32, validateObject, validateBoolean,
} = require('internal/validators');
const raw = require('internal/crypto/native');
const { isBytes, bytesOf, later } = require('internal/crypto/lazy');

const LARGEST = 2147483647;

function sizeOf(size, name, most = LARGEST) {
  if (typeof size !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', size);
  if (Number.isNaN(size) || size < 0 || size > most) {
    throw new ERR_OUT_OF_RANGE(name, `>= 0 && <= ${most}`, size);
  }
  return size >>> 0;
}

function randomBytes(size, callback) {
  const count = sizeOf(size, 'size');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = raw.randomBytes(count);
  if (callback === undefined) return bytes;
  later(callback, null, bytes);
}

function fill(buffer, offset = 0, size = undefined) {
  if (!isBytes(buffer)) throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  const width = buffer.BYTES_PER_ELEMENT || 1;
  const start = sizeOf(offset, 'offset', buffer.byteLength / width) * width;
  const rest = buffer.byteLength - start;
  const count = size === undefined ? rest : sizeOf(size, 'size', LARGEST) * width;
  if (count > rest) throw new ERR_OUT_OF_RANGE('size + offset', `<= ${buffer.byteLength}`, count + start);
  raw.randomFill(buffer, start, count);
  return buffer;
}

const randomFillSync = (buffer, offset, size) => fill(buffer, offset, size);

function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') [offset, size, callback] = [0, undefined, offset];
  else if (typeof size === 'function') [size, callback] = [undefined, size];
  validateFunction(callback, 'callback');
  fill(buffer, offset, size);
  later(callback, null, buffer);
}

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= 281474976710655)) throw new ERR_OUT_OF_RANGE('max - min', '<= 281474976710655', range);
  const drawn = raw.randomBelow(range) + min;
  if (callback === undefined) return drawn;
  later(callback, undefined, drawn);
}

function randomUUID(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) {
      validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
    }
  }
  return raw.randomUUID();
}

function timingSafeEqual(buf1, buf2) {
  for (const [name, value] of [['buf1', buf1], ['buf2', buf2]]) {
    if (!isBytes(value)) {
      throw coded(TypeError, 'ERR_INVALID_ARG_TYPE',
        `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    }
  }
  if (buf1.byteLength !== buf2.byteLength) {
    throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return raw.equalBytes(buf1, buf2);
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  const secret = bytesOf(password, 'password');
  const grains = bytesOf(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return raw.pbkdf2(secret, grains, iterations, keylen, digest);
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') [digest, callback] = [undefined, digest];
  const key = pbkdf2Sync(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  later(callback, null, key);
}

function scryptSync(password, salt, keylen, options) {
  const secret = bytesOf(password, 'password');
  const grains = bytesOf(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const chosen = { N: 16384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 };
  if (options && options !== null) {
    for (const [name, long] of [['N', 'cost'], ['r', 'blockSize'], ['p', 'parallelization']]) {
      if (options[name] !== undefined && options[long] !== undefined) {
        throw coded(TypeError, 'ERR_INCOMPATIBLE_OPTION_PAIR',
          `Option "${name}" cannot be used in combination with option "${long}"`);
      }
      const value = options[name] === undefined ? options[long] : options[name];
      if (value === undefined) continue;
      validateUint32(value, options[name] === undefined ? long : name);
      chosen[name] = value;
    }
    if (options.maxmem !== undefined) {
      validateInteger(options.maxmem, 'maxmem', 0);
      chosen.maxmem = options.maxmem;
    }
  }
  const { N, r, p, maxmem } = chosen;
  const invalid = (why) => coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params' + why);
  if (N < 2 || (N & (N - 1)) !== 0) throw invalid('');
  // What OpenSSL would take: its blocks and its table.
  if (128 * r * p + 128 * r * (N + 2) > maxmem) {
    throw invalid(': error:030000AC:digital envelope routines::memory limit exceeded');
  }
  return raw.scrypt(secret, grains, N, r, p, keylen);
}

function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) [options, callback] = [undefined, options];
  validateFunction(callback, 'callback');
  later(callback, null, scryptSync(password, salt, keylen, options));
}

function hkdfSync(digest, ikm, salt, info, length) {
  validateString(digest, 'digest');
  const secret = require('internal/crypto/keys').secretOf(ikm);
  const key = secret || bytesOf(ikm, 'ikm');
  const grains = bytesOf(salt, 'salt');
  const purpose = bytesOf(info, 'info');
  validateInteger(length, 'length', 0, LARGEST);
  if ((typeof purpose === 'string' ? Buffer.byteLength(purpose) : purpose.byteLength) > 1024) {
    throw new ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes',
      typeof purpose === 'string' ? Buffer.byteLength(purpose) : purpose.byteLength);
  }
  return raw.hkdf(digest, key, grains, purpose, length).buffer;
}

function hkdf(digest, ikm, salt, info, length, callback) {
  validateFunction(callback, 'callback');
  later(callback, null, hkdfSync(digest, ikm, salt, info, length));
}

module.exports = {
  randomBytes, pseudoRandomBytes: randomBytes, randomFillSync, randomFill, randomInt, randomUUID, timingSafeEqual,
  pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync,
};
