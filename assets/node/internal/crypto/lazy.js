// What ciphers, hashes and signatures share: bytes out of arguments, and streams that are loaded when used as such.
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const isBytes = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

// Data to work on: text stays text where it is UTF-8, which the natives read themselves.
function dataOf(value, encoding, name = 'data') {
  if (typeof value === 'string') {
    return encoding === undefined || encoding === 'utf8' || encoding === 'utf-8' || encoding === 'buffer'
      || !Buffer.isEncoding(encoding) ? value : Buffer.from(value, encoding);
  }
  if (!ArrayBuffer.isView(value)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
  }
  return value;
}

// The same where an ArrayBuffer will do as well.
function bytesOf(value, name, encoding) {
  if (typeof value !== 'string' && !isBytes(value)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
  }
  return typeof value === 'string' ? dataOf(value, encoding, name) : value;
}

const METHODS = ['on', 'once', 'addListener', 'prependListener', 'removeListener', 'off', 'removeAllListeners', 'emit',
  'listeners', 'listenerCount', 'eventNames', 'setMaxListeners', 'pipe', 'unpipe', 'write', 'end', 'read', 'push',
  'setEncoding', 'destroy', 'resume', 'pause', 'cork', 'uncork', Symbol.asyncIterator];

// A class like `stream[kind]` that costs nothing until it is used as a stream.
function lazyStream(kind) {
  let real;
  function LazyStream() {}
  const shape = LazyStream.prototype;
  function load() {
    if (real) return;
    real = require('stream')[kind];
    for (const name of METHODS) delete shape[name];
    Object.setPrototypeOf(shape, real.prototype);
    Object.setPrototypeOf(LazyStream, real);
  }
  for (const name of METHODS) {
    Object.defineProperty(shape, name, {
      configurable: true, writable: true, enumerable: false,
      value(...args) {
        load();
        return this[name](...args);
      },
    });
  }
  for (const name of ['_readableState', '_writableState', '_events']) {
    Object.defineProperty(shape, name, {
      configurable: true, enumerable: false,
      get() {
        if (this === shape) return undefined;
        // The engine's inline cache may come here once more after the value became the object's own.
        const known = Object.getOwnPropertyDescriptor(this, name);
        if (known) return known.value;
        load();
        for (const own of ['_readableState', '_writableState', '_events']) {
          Object.defineProperty(this, own, { value: undefined, writable: true, configurable: true, enumerable: true });
        }
        real.call(this, this._options);
        return this[name];
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
  // Once the streams are there, an object is one from its beginning, and nothing has to notice its first use.
  LazyStream.begin = (object, options) => {
    object._options = options;
    if (!real) return;
    for (const own of ['_readableState', '_writableState', '_events']) {
      Object.defineProperty(object, own, { value: undefined, writable: true, configurable: true, enumerable: true });
    }
    real.call(object, options);
  };
  return LazyStream;
}

const inherit = (Child, Parent) => {
  Object.setPrototypeOf(Child.prototype, Parent.prototype);
  Object.setPrototypeOf(Child, Parent);
};

// Hides what belongs to a class from enumeration, as class syntax would.
function methods(Class, members) {
  for (const name of Object.keys(members)) {
    Object.defineProperty(Class.prototype, name, {
      value: members[name], writable: true, configurable: true, enumerable: false,
    });
  }
}

const Transform = lazyStream('Transform');
const Writable = lazyStream('Writable');

// Hands a result to a callback in a later turn, as Node's thread pool would.
const later = setImmediate;

// Bytes as the caller wants them.
const shown = (bytes, encoding) => (encoding && encoding !== 'buffer' && Buffer.isEncoding(encoding)
  ? bytes.toString(encoding) : bytes);

module.exports = { isBytes, dataOf, bytesOf, Transform, Writable, inherit, methods, later, shown };
