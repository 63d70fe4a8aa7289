// Node's `buffer`: arguments are checked here, bytes are worked on natively.
const {
  codes: {
    ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_BUFFER_SIZE,
    ERR_OUT_OF_RANGE, ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const { validateArray, validateInteger, validateNumber, validateString } = require('internal/validators');

const kMaxLength = Number.MAX_SAFE_INTEGER;
const kStringMaxLength = 536870888;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class FastBuffer extends Uint8Array {}

function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw new ERR_INVALID_ARG_TYPE('string', 'string', value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}
Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true });
native.adopt(Buffer.prototype);

const isBytes = (value) => value instanceof Uint8Array;
const isArrayBuffer = (value) => value instanceof ArrayBuffer
  || typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer;
const demandBytes = (value, name) => {
  if (!isBytes(value)) throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'Uint8Array'], value);
};
const offsetIn = (value, name, min = 0, max = kMaxLength) => validateInteger(value, name, min, max);
const whole = (value, fallback) => {
  const number = Math.trunc(value);
  return Number.isNaN(number) ? fallback : number;
};

function fromText(text, encoding) {
  if (typeof encoding !== 'string' || encoding.length === 0) return native.fromText(text);
  return native.fromText(text, encoding);
}

function fromArrayBuffer(memory, offset, length) {
  offset = offset === undefined ? 0 : +offset || 0;
  const most = memory.byteLength - offset;
  if (most < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) return new FastBuffer(memory, offset);
  length = +length;
  if (!(length > 0)) length = 0;
  if (length > most) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  return new FastBuffer(memory, offset, length);
}

function fromList(list) {
  if (!(list.length > 0)) return new FastBuffer(0);
  // Element by element: the engine clamps numbers of wider typed arrays where they have to be cut.
  return new FastBuffer(Array.isArray(list) || isBytes(list) ? list : Array.from(list));
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromText(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const inner = value.valueOf && value.valueOf();
    if (inner != null && inner !== value && (typeof inner === 'string' || typeof inner === 'object')) {
      return Buffer.from(inner, encodingOrOffset, length);
    }
    if (value.length !== undefined || isArrayBuffer(value.buffer)) {
      return typeof value.length === 'number' ? fromList(value) : new FastBuffer(0);
    }
    if (value.type === 'Buffer' && Array.isArray(value.data)) return fromList(value.data);
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromText(primitive, encodingOrOffset);
    }
  }
  throw new ERR_INVALID_ARG_TYPE('first argument',
    ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

Buffer.of = function of(...items) { return fromList(items); };

Buffer.alloc = function alloc(size, fill, encoding) {
  validateNumber(size, 'size', 0, kMaxLength);
  const buffer = new FastBuffer(size);
  return fill !== undefined && fill !== 0 && size > 0 ? fillWith(buffer, fill, encoding) : buffer;
};
Buffer.allocUnsafe = function allocUnsafe(size) {
  validateNumber(size, 'size', 0, kMaxLength);
  return new FastBuffer(size);
};
Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) { return Buffer.allocUnsafe(size); };

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!ArrayBuffer.isView(view) || view instanceof DataView) throw new ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  if (offset !== undefined) offsetIn(offset, 'offset');
  if (length !== undefined) offsetIn(length, 'length');
  const start = offset || 0;
  const part = view.subarray(start, length === undefined ? view.length : start + length);
  return Buffer.from(new FastBuffer(part.buffer, part.byteOffset, part.byteLength));
};

Buffer.isBuffer = function isBuffer(value) { return value instanceof Buffer; };
Buffer.isEncoding = function isEncoding(name) {
  return typeof name === 'string' && name.length !== 0 && native.knows(name);
};

Buffer.compare = function compare(left, right) {
  demandBytes(left, 'buf1');
  demandBytes(right, 'buf2');
  return native.compare(left, right);
};

Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer(0);
  let total = 0;
  for (let at = 0; at < list.length; at++) {
    if (list[at] && list[at].length) total += list[at].length;
  }
  if (length !== undefined) offsetIn(length, 'length');
  for (let at = 0; at < list.length; at++) demandBytes(list[at], `list[${at}]`);
  return native.concat(list, length === undefined ? total : length);
};

Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value === 'string') return native.textLength(value, encoding || undefined);
  if (ArrayBuffer.isView(value) || isArrayBuffer(value)) return value.byteLength;
  throw new ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], value);
};

function fillWith(buffer, value, start, end, encoding) {
  if (typeof value === 'string') {
    if (start === undefined || typeof start === 'string') {
      encoding = start;
      start = 0;
      end = buffer.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buffer.length;
    }
    if (encoding !== undefined && encoding !== null && encoding !== '') {
      validateString(encoding, 'encoding');
      if (!native.knows(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
    }
    if (value.length === 0) value = 0;
  }
  if (start === undefined) {
    start = 0;
    end = buffer.length;
  } else {
    validateNumber(start, 'offset', 0);
    if (end === undefined) end = buffer.length;
    else validateNumber(end, 'end', 0, buffer.length);
    if (start >= end) return buffer;
  }
  let pattern = value;
  if (typeof value === 'string') pattern = fromText(value, encoding);
  else if (!isBytes(value)) pattern = new FastBuffer([value & 255]);
  if (!native.repeat(buffer, pattern, start, end)) throw new ERR_INVALID_ARG_VALUE('value', value);
  return buffer;
}

function find(buffer, value, offset, encoding, forward) {
  demandBytes(buffer, 'buffer');
  if (typeof offset === 'string') {
    encoding = offset;
    offset = undefined;
  }
  offset = +offset;
  if (Number.isNaN(offset)) offset = forward ? 0 : buffer.length;
  if (typeof value === 'number') return native.indexOf(buffer, new FastBuffer([value]), offset, forward, 1);
  const wide = encoding !== undefined && /^(ucs-?2|utf-?16le)$/i.test(encoding);
  if (typeof value === 'string') {
    if (encoding !== undefined && !native.knows(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
    return native.indexOf(buffer, native.fromText(value, encoding), offset, forward, wide ? 2 : 1);
  }
  if (isBytes(value)) return native.indexOf(buffer, value, offset, forward, wide ? 2 : 1);
  throw new ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

function edge(offset, length) {
  offset = Math.trunc(offset);
  if (offset === 0 || Number.isNaN(offset)) return 0;
  if (offset < 0) return Math.max(offset + length, 0);
  return Math.min(offset, length);
}

function swapped(size) {
  return function () {
    if (this.length % size !== 0) throw new ERR_INVALID_BUFFER_SIZE(`${size * 8}-bits`);
    return native.swap(this, size);
  };
}

const methods = {
  ...native.numbers,
  toString: native.toString,
  toLocaleString: native.toString,
  equals(other) {
    demandBytes(other, 'otherBuffer');
    return this === other || native.compare(this, other) === 0;
  },
  compare(target, targetStart = 0, targetEnd = undefined, sourceStart = 0, sourceEnd = undefined) {
    demandBytes(target, 'target');
    if (arguments.length === 1) return native.compare(this, target);
    offsetIn(targetStart, 'targetStart');
    if (targetEnd === undefined) targetEnd = target.length;
    else offsetIn(targetEnd, 'targetEnd', 0, target.length);
    offsetIn(sourceStart, 'sourceStart');
    if (sourceEnd === undefined) sourceEnd = this.length;
    else offsetIn(sourceEnd, 'sourceEnd', 0, this.length);
    if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    return native.compare(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
  },
  copy(target, targetStart, sourceStart, sourceEnd) {
    demandBytes(target, 'target');
    targetStart = targetStart === undefined ? 0 : whole(targetStart, 0);
    if (targetStart < 0) throw new ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
    sourceStart = sourceStart === undefined ? 0 : whole(sourceStart, 0);
    if (sourceStart < 0 || sourceStart > this.length) {
      throw new ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${this.length}`, sourceStart);
    }
    sourceEnd = sourceEnd === undefined ? this.length : whole(sourceEnd, 0);
    if (sourceEnd < 0) throw new ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
    if (targetStart >= target.length || sourceStart >= sourceEnd) return 0;
    return native.copy(this, target, targetStart, sourceStart, sourceEnd);
  },
  fill(value, offset, end, encoding) { return fillWith(this, value, offset, end, encoding); },
  write(text, offset, length, encoding) {
    if (offset === undefined) return native.writeText(this, text, 0, this.length);
    if (length === undefined && typeof offset === 'string') {
      encoding = offset;
      length = this.length;
      offset = 0;
    } else {
      offsetIn(offset, 'offset', 0, this.length);
      const room = this.length - offset;
      if (length === undefined) length = room;
      else if (typeof length === 'string') {
        encoding = length;
        length = room;
      } else {
        offsetIn(length, 'length', 0, this.length);
        if (length > room) length = room;
      }
    }
    return native.writeText(this, text, offset, length, encoding || undefined);
  },
  indexOf(value, offset, encoding) { return find(this, value, offset, encoding, true); },
  lastIndexOf(value, offset, encoding) { return find(this, value, offset, encoding, false); },
  includes(value, offset, encoding) { return find(this, value, offset, encoding, true) !== -1; },
  subarray(start, end) {
    const from = edge(start, this.length);
    const to = end === undefined ? this.length : edge(end, this.length);
    return new FastBuffer(this.buffer, this.byteOffset + from, Math.max(to - from, 0));
  },
  slice(start, end) { return this.subarray(start, end); },
  swap16: swapped(2),
  swap32: swapped(4),
  swap64: swapped(8),
  toJSON() { return { type: 'Buffer', data: native.list(this) }; },
};
for (const [name, encoding] of Object.entries({
  ascii: 'ascii', base64: 'base64', base64url: 'base64url', hex: 'hex', latin1: 'latin1', ucs2: 'ucs2', utf8: 'utf8',
})) {
  methods[`${name}Slice`] = function (start, end) { return native.toString.call(this, encoding, start, end); };
  methods[`${name}Write`] = function (text, offset = 0, length = this.length - offset) {
    return native.writeText(this, text, offset, length, encoding);
  };
}
Object.assign(Buffer.prototype, methods);

const show = function inspect(depth, options) {
  const most = module.exports.INSPECT_MAX_BYTES;
  const rest = this.length - most;
  let text = native.toString.call(this, 'hex', 0, most).replace(/(.{2})/g, '$1 ').trim();
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  const own = Object.keys(this).filter((key) => !/^\d+$/.test(key));
  if (own.length > 0) {
    const extra = {};
    for (const key of own) extra[key] = this[key];
    const shown = require('util').inspect(extra, { ...options, breakLength: Infinity, compact: true });
    text += `${this.length === 0 ? '' : ', '}${shown.slice(2, -2)}`;
  }
  return `<${this.constructor.name} ${text}>`;
};
Object.defineProperty(Buffer.prototype, inspectCustom, { value: show, writable: true, configurable: true });
Object.defineProperty(Buffer.prototype, 'inspect', { value: show, writable: true, configurable: true });
Object.defineProperty(Buffer.prototype, 'parent', {
  enumerable: true, get() { return this instanceof Buffer ? this.buffer : undefined; },
});
Object.defineProperty(Buffer.prototype, 'offset', {
  enumerable: true, get() { return this instanceof Buffer ? this.byteOffset : undefined; },
});
Buffer.poolSize = 8192;

function SlowBuffer(size) {
  validateNumber(size, 'size', 0, kMaxLength);
  return Buffer.alloc(size);
}
Object.setPrototypeOf(SlowBuffer, Uint8Array);
SlowBuffer.prototype = Object.create(Buffer.prototype);

function transcode(source, from, to) {
  demandBytes(source, 'source');
  const plain = (name) => (native.knows(name) && !/^(hex|base64)/i.test(name) ? String(name).toLowerCase() : undefined);
  const [known, wanted] = [plain(from), plain(to)];
  if (!known || !wanted) {
    throw Object.assign(new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]'), {
      code: 'U_ILLEGAL_ARGUMENT_ERROR', errno: 1,
    });
  }
  let text = native.toString.call(source, known);
  const most = { ascii: 0x7f, latin1: 0xff, binary: 0xff }[wanted];
  if (most) text = Array.from(text, (letter) => (letter.codePointAt(0) > most ? '?' : letter)).join('');
  return native.fromText(text, wanted);
}

const judged = (judge) => function (input) {
  if (!ArrayBuffer.isView(input) && !isArrayBuffer(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
  return judge(input);
};

function based(work) {
  return (...args) => {
    if (args.length === 0) throw new (require('internal/errors').codes.ERR_MISSING_ARGS)('input');
    const result = work(String(args[0]));
    if (typeof result === 'string') return result;
    const { DOMException } = require('internal/dom_exception');
    const words = result === false ? 'Invalid character' : 'The string to be decoded is not correctly encoded.';
    throw new DOMException(words, 'InvalidCharacterError');
  };
}
const atob = based(native.atob);
const btoa = based(native.btoa);
Object.defineProperty(atob, 'name', { value: 'atob' });
Object.defineProperty(btoa, 'name', { value: 'btoa' });

module.exports = {
  Buffer, SlowBuffer, transcode, atob, btoa, kMaxLength, kStringMaxLength,
  isUtf8: judged(native.isUtf8),
  isAscii: judged(native.isAscii),
  INSPECT_MAX_BYTES: 50,
  constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength },
};
