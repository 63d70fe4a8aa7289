// Node's `zlib`: whole buffers and streams over the native codecs.
const { codes: { ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE }, coded } = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');

const kFlush = Symbol('kFlush');
// A run has 256 MiB; what is inflated at once may have half of that unless the options say less.
const LARGEST = 128 * 1024 * 1024;

const constants = Object.assign(Object.create(null), {
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1,
  Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5,
  Z_VERSION_ERROR: -6, Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, ZLIB_VERNUM: 4880, DEFLATE: 1,
  INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7, BROTLI_DECODE: 8, BROTLI_ENCODE: 9,
  Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity,
  Z_DEFAULT_CHUNK: 16384, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9,
  Z_DEFAULT_LEVEL: -1, BROTLI_OPERATION_PROCESS: 0, BROTLI_OPERATION_FLUSH: 1, BROTLI_OPERATION_FINISH: 2,
  BROTLI_OPERATION_EMIT_METADATA: 3, BROTLI_PARAM_MODE: 0, BROTLI_MODE_GENERIC: 0, BROTLI_MODE_TEXT: 1,
  BROTLI_MODE_FONT: 2, BROTLI_DEFAULT_MODE: 0, BROTLI_PARAM_QUALITY: 1, BROTLI_MIN_QUALITY: 0, BROTLI_MAX_QUALITY: 11,
  BROTLI_DEFAULT_QUALITY: 11, BROTLI_PARAM_LGWIN: 2, BROTLI_MIN_WINDOW_BITS: 10, BROTLI_MAX_WINDOW_BITS: 24,
  BROTLI_LARGE_MAX_WINDOW_BITS: 30, BROTLI_DEFAULT_WINDOW: 22, BROTLI_PARAM_LGBLOCK: 3, BROTLI_MIN_INPUT_BLOCK_BITS: 16,
  BROTLI_MAX_INPUT_BLOCK_BITS: 24, BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING: 4, BROTLI_PARAM_SIZE_HINT: 5,
  BROTLI_PARAM_LARGE_WINDOW: 6, BROTLI_PARAM_NPOSTFIX: 7, BROTLI_PARAM_NDIRECT: 8, BROTLI_DECODER_RESULT_ERROR: 0,
  BROTLI_DECODER_RESULT_SUCCESS: 1, BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: 2,
  BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: 3, BROTLI_DECODER_PARAM_DISABLE_RING_BUFFER_REALLOCATION: 0,
  BROTLI_DECODER_PARAM_LARGE_WINDOW: 1, BROTLI_DECODER_NO_ERROR: 0, BROTLI_DECODER_SUCCESS: 1,
  BROTLI_DECODER_NEEDS_MORE_INPUT: 2, BROTLI_DECODER_NEEDS_MORE_OUTPUT: 3,
});
const { Z_FINISH, Z_SYNC_FLUSH, Z_FULL_FLUSH } = constants;
const codes = {};
for (const name of ['Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR',
  'Z_BUF_ERROR', 'Z_VERSION_ERROR']) {
  codes[name] = constants[name];
  codes[constants[name]] = name;
}

const MODES = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip', 'BrotliCompress', 'BrotliDecompress'];
const small = (name) => name[0].toLowerCase() + name.slice(1);
const isBrotli = (mode) => mode.startsWith('brotli');
const unpacks = (mode) => /^(inflate|gunzip|unzip|brotliDecompress)/.test(mode);

function ranged(options, name, min, max, usual) {
  const value = options[name];
  if (value === undefined || Number.isNaN(value)) return usual;
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(`options.${name}`, 'number', value);
  if (!Number.isFinite(value) && max !== Infinity || value < min || value > max) {
    throw new ERR_OUT_OF_RANGE(`options.${name}`, max === Infinity ? `>= ${min}` : `>= ${min} and <= ${max}`, value);
  }
  return value;
}

// Opens a codec; the settings that the native half does not have are checked all the same.
function open(mode, options) {
  const chosen = options || {};
  const brotli = isBrotli(mode);
  const settings = {
    chunkSize: ranged(chosen, 'chunkSize', 64, Infinity, 16384),
    maxOutputLength: ranged(chosen, 'maxOutputLength', 1, Number.MAX_SAFE_INTEGER, LARGEST),
    flush: ranged(chosen, 'flush', 0, brotli ? 3 : 5, 0),
    finishFlush: ranged(chosen, 'finishFlush', 0, brotli ? 3 : 5, brotli ? 2 : Z_FINISH),
    level: ranged(chosen, 'level', -1, 9, -1),
  };
  if (!brotli) {
    ranged(chosen, 'windowBits', unpacks(mode) && !chosen.windowBits ? 0 : 8, 15, 15);
    ranged(chosen, 'memLevel', 1, 9, 8);
    ranged(chosen, 'strategy', 0, 4, 0);
    if (chosen.dictionary !== undefined) {
      throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
        'Hookbench has no dictionaries for zlib: compress without options.dictionary.');
    }
  }
  const params = brotli && chosen.params || {};
  const quality = params[1] === undefined ? 11 : params[1];
  const window = params[2] === undefined ? 22 : params[2];
  settings.handle = native.open(mode, brotli ? quality : settings.level < 0 ? 6 : settings.level, window);
  return settings;
}

// Brotli's operations in zlib's numbers, which the natives take.
const nativeFlush = (mode, flush) => (isBrotli(mode) ? [0, Z_SYNC_FLUSH, Z_FINISH, 0][flush] : flush);

function cutOff() {
  const error = new Error('unexpected end of file');
  error.errno = constants.Z_BUF_ERROR;
  error.code = 'Z_BUF_ERROR';
  return error;
}

function bytesOf(buffer) {
  if (typeof buffer === 'string' || ArrayBuffer.isView(buffer) || buffer instanceof ArrayBuffer) return buffer;
  throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], buffer);
}

function whole(mode, buffer, options) {
  const data = bytesOf(buffer);
  const { handle, maxOutputLength, finishFlush } = open(mode, options);
  native.write(handle, data);
  const result = native.read(handle, maxOutputLength + 1, nativeFlush(mode, finishFlush));
  if (result.length > maxOutputLength) throw new ERR_BUFFER_TOO_LARGE(maxOutputLength);
  if (unpacks(mode) && !native.ended(handle) && nativeFlush(mode, finishFlush) === Z_FINISH) throw cutOff();
  return options && options.info ? { buffer: result, engine: new exports[mode[0].toUpperCase() + mode.slice(1)](options) } : result;
}

function later(mode, buffer, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'callback');
  bytesOf(buffer);
  open(mode, options);
  setImmediate(() => {
    let result;
    try {
      result = whole(mode, buffer, options);
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, result);
  });
}

let classes;

function streams() {
  if (classes) return classes;
  const { Transform } = require('stream');

  function Zlib(mode, options) {
    const settings = open(mode, options);
    Transform.call(this, { autoDestroy: true, ...options });
    this.bytesWritten = 0;
    this._handle = settings.handle;
    this._mode = mode;
    this._options = options;
    this._chunkSize = settings.chunkSize;
    this._defaultFlushFlag = settings.flush;
    this._finishFlushFlag = settings.finishFlush;
    this._level = settings.level;
  }
  Object.setPrototypeOf(Zlib.prototype, Transform.prototype);
  Object.setPrototypeOf(Zlib, Transform);

  const members = {
    // Hands on what there is, in pieces; false once somebody has destroyed the stream.
    _pump(flush) {
      const wanted = nativeFlush(this._mode, flush);
      for (;;) {
        if (this.destroyed) return false;
        const piece = native.read(this._handle, this._chunkSize, wanted);
        if (piece.length > 0) this.push(piece);
        if (piece.length < this._chunkSize) return true;
      }
    },
    _transform(chunk, encoding, callback) {
      try {
        const flush = chunk[kFlush] === undefined ? this._defaultFlushFlag : chunk[kFlush];
        this.bytesWritten += chunk.byteLength;
        native.write(this._handle, chunk);
        this._pump(flush);
      } catch (error) {
        callback(error);
        return;
      }
      callback();
    },
    _flush(callback) {
      try {
        this._pump(this._finishFlushFlag);
        if (unpacks(this._mode) && !native.ended(this._handle)
          && nativeFlush(this._mode, this._finishFlushFlag) === Z_FINISH) throw cutOff();
      } catch (error) {
        callback(error);
        return;
      }
      callback();
    },
    flush(kind, callback) {
      if (typeof kind === 'function' || kind === undefined && callback === undefined) {
        [kind, callback] = [isBrotli(this._mode) ? 1 : Z_FULL_FLUSH, kind];
      }
      if (this.writableFinished) {
        if (callback) process.nextTick(callback);
      } else if (this.writableEnded) {
        if (callback) this.once('end', callback);
      } else {
        const mark = Buffer.alloc(0);
        mark[kFlush] = kind;
        this.write(mark, '', callback);
      }
    },
    reset() {
      this._handle = open(this._mode, this._options).handle;
    },
    params(level, strategy, callback) {
      ranged({ level }, 'level', -1, 9, -1);
      ranged({ strategy }, 'strategy', 0, 4, 0);
      this.flush(Z_SYNC_FLUSH, callback);
    },
    close(callback) {
      if (callback) this.once('close', callback);
      this.destroy();
    },
  };
  for (const name of Object.keys(members)) {
    Object.defineProperty(Zlib.prototype, name, { value: members[name], writable: true, configurable: true });
  }
  Object.defineProperty(Zlib.prototype, '_closed', { configurable: true, get() { return this.destroyed; } });
  Object.defineProperty(Zlib.prototype, 'bytesRead', { configurable: true, get() { return this.bytesWritten; } });

  classes = {};
  for (const name of MODES) {
    const mode = small(name);
    const Class = {
      [name]: function (options) {
        if (!(this instanceof Class)) return new Class(options);
        Zlib.call(this, mode, options);
      },
    }[name];
    Object.setPrototypeOf(Class.prototype, Zlib.prototype);
    Object.setPrototypeOf(Class, Zlib);
    classes[name] = Class;
  }
  return classes;
}

for (const name of MODES) {
  const mode = small(name);
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => streams()[name] });
  const named = {
    [mode](buffer, options, callback) { return later(mode, buffer, options, callback); },
    [`${mode}Sync`](buffer, options) { return whole(mode, buffer, options); },
    [`create${name}`](options) { return new (streams()[name])(options); },
  };
  Object.assign(exports, named);
}

exports.crc32 = function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return native.crc32(data, value);
};
exports.constants = Object.freeze(constants);
exports.codes = Object.freeze(codes);
for (const name of Object.keys(constants)) {
  if (!name.startsWith('BROTLI')) Object.defineProperty(exports, name, { value: constants[name], enumerable: false });
}
