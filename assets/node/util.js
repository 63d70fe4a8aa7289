// Node's `util`: inspection and formatting are native, the rest is small enough to stand here.
const custom = Symbol.for('nodejs.util.inspect.custom');
const promisified = Symbol.for('nodejs.util.promisify.custom');

function inspect(value, options, depth) {
  if (typeof options === 'boolean') options = { showHidden: options, depth };
  return native.inspect(value, options);
}
inspect.custom = custom;
inspect.defaultOptions = { depth: 2, showHidden: false, breakLength: 80 };

function inherits(constructor, parent) {
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

function promisify(original) {
  if (typeof original !== 'function') {
    throw new TypeError('The "original" argument must be of type function. Received ' + native.inspect(original));
  }
  if (original[promisified]) return original[promisified];
  const result = function (...args) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
  };
  Object.setPrototypeOf(result, Object.getPrototypeOf(original));
  return Object.defineProperties(result, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = promisified;
Object.defineProperty(setTimeout, promisified, {
  value: (delay, value) => new Promise((resolve) => setTimeout(resolve, delay, value)),
});

function callbackify(original) {
  return function (...args) {
    const callback = args.pop();
    original.apply(this, args).then(
      (value) => process.nextTick(callback, null, value),
      (reason) => process.nextTick(callback, reason || new Error('Promise was rejected with a falsy value')),
    );
  };
}

function deprecate(original, message) {
  let told = false;
  return function (...args) {
    if (!told) {
      told = true;
      process.emitWarning(message);
    }
    return new.target ? Reflect.construct(original, args, new.target) : original.apply(this, args);
  };
}

const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);
const types = {};
for (const name of ['Date', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'ArrayBuffer', 'DataView']) {
  types['is' + name] = (value) => typeof value === 'object' && value !== null && tag(value) === name;
}
types.isNativeError = (value) => value instanceof Error;
types.isTypedArray = (value) => ArrayBuffer.isView(value) && !(value instanceof DataView);
types.isUint8Array = (value) => value instanceof Uint8Array;
types.isAsyncFunction = (value) => typeof value === 'function' && tag(value) === 'AsyncFunction';
types.isGeneratorFunction = (value) => typeof value === 'function' && tag(value) === 'GeneratorFunction';

module.exports = {
  inspect, inherits, promisify, callbackify, deprecate, types,
  format: (...args) => native.format(...args),
  isDeepStrictEqual: (left, right) => native.isDeepStrictEqual(left, right),
  debuglog: () => () => {},
  stripVTControlCharacters: (text) => String(text).replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  toUSVString: (text) => String(text).toWellFormed(),
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: types.isRegExp,
  isObject: (value) => value !== null && typeof value === 'object',
  isDate: types.isDate,
  isError: (value) => value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
};
