// Node's `util`: inspection and formatting are native, the rest is small enough to stand here.
const {
  codes: { ERR_FALSY_VALUE_REJECTION, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateNumber, validateObject, validateOneOf, validateString,
} = require('internal/validators');
const { types } = require('internal/types');

const custom = Symbol.for('nodejs.util.inspect.custom');
const promisified = Symbol.for('nodejs.util.promisify.custom');
const promisifyArgs = Symbol.for('hookbench.promisify.names');

function inspect(value, options, depth, colors) {
  let given = options;
  if (typeof options === 'boolean') {
    given = { showHidden: options };
    if (depth !== undefined) given.depth = depth;
    if (colors !== undefined) given.colors = colors;
  }
  return native.inspect(value, changed ? { ...changed, ...given } : given);
}
const DEFAULTS = {
  showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10000,
  breakLength: 128, compact: 3, sorted: false, getters: false, numericSeparator: false,
};
// Only what the author has changed: the rest is known natively.
let changed = null;
Object.defineProperty(inspect, 'defaultOptions', {
  enumerable: true,
  configurable: true,
  get: () => new Proxy({ ...DEFAULTS, ...changed }, {
    set(target, key, value) {
      target[key] = value;
      changed = { ...changed, [key]: value };
      return true;
    },
  }),
  set(options) {
    validateObject(options, 'options');
    changed = { ...changed, ...options };
  },
});
inspect.custom = custom;
inspect.colors = Object.assign(Object.create(null), {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27], hidden: [8, 28],
  strikethrough: [9, 29], doubleunderline: [21, 24], black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39],
  blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49],
  bgYellow: [43, 49], bgBlue: [44, 49], bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49], framed: [51, 54],
  overlined: [53, 55], gray: [90, 39], redBright: [91, 39], greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39],
  magentaBright: [95, 39], cyanBright: [96, 39], whiteBright: [97, 39], bgGray: [100, 49], bgRedBright: [101, 49],
  bgGreenBright: [102, 49], bgYellowBright: [103, 49], bgBlueBright: [104, 49], bgMagentaBright: [105, 49],
  bgCyanBright: [106, 49], bgWhiteBright: [107, 49], grey: [90, 39],
});
inspect.styles = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green',
  symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
});

function inherits(constructor, parent) {
  if (constructor === undefined || constructor === null) throw new ERR_INVALID_ARG_TYPE('ctor', 'Function', constructor);
  if (parent === undefined || parent === null) throw new ERR_INVALID_ARG_TYPE('superCtor', 'Function', parent);
  if (parent.prototype === undefined) throw new ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

function promisify(original) {
  validateFunction(original, 'original');
  if (original[promisified]) {
    const made = original[promisified];
    validateFunction(made, 'util.promisify.custom');
    return Object.defineProperty(made, promisified, { value: made, enumerable: false, writable: false, configurable: true });
  }
  const names = original[promisifyArgs];
  const result = function (...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        if (names === undefined || values.length < 2) return resolve(values[0]);
        const named = {};
        names.forEach((name, at) => { named[name] = values[at]; });
        return resolve(named);
      }]);
    });
  };
  Object.setPrototypeOf(result, Object.getPrototypeOf(original));
  Object.defineProperty(result, promisified, { value: result, configurable: true });
  return Object.defineProperties(result, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = promisified;
for (const timer of [setTimeout, setImmediate]) {
  const { name } = timer;
  Object.defineProperty(timer, promisified, {
    configurable: true, enumerable: true, get: () => require('timers/promises')[name],
  });
}

function callbackify(original) {
  validateFunction(original, 'original');
  const result = function (...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const done = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(done, null, value),
      (reason) => {
        if (!reason) {
          const falsy = reason;
          reason = new ERR_FALSY_VALUE_REJECTION();
          reason.reason = falsy;
        }
        process.nextTick(done, reason);
      },
    );
  };
  const own = Object.getOwnPropertyDescriptors(original);
  if (typeof own.length.value === 'number') own.length.value++;
  if (typeof own.name.value === 'string') own.name.value += 'Callbackified';
  return Object.defineProperties(result, own);
}

const deprecations = new Set();
function deprecate(original, message, code) {
  if (code !== undefined) validateString(code, 'code');
  let told = false;
  const deprecated = function (...args) {
    if (!told) {
      told = true;
      if (code === undefined) process.emitWarning(message, 'DeprecationWarning');
      else if (!deprecations.has(code)) {
        deprecations.add(code);
        process.emitWarning(message, 'DeprecationWarning', code);
      }
    }
    return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
  };
  Object.setPrototypeOf(deprecated, original);
  if (original.prototype) deprecated.prototype = original.prototype;
  return deprecated;
}

// NODE_DEBUG is never set here.
function debuglog() {
  const log = () => {};
  Object.defineProperty(log, 'enabled', { value: false, configurable: true, enumerable: true });
  return log;
}

// The console is no terminal: colours come only where they are insisted on.
function styleText(format, text, { validateStream = true } = {}) {
  validateString(text, 'text');
  let left = '';
  let right = '';
  for (const name of Array.isArray(format) ? format : [format]) {
    if (name === 'none') continue;
    const codes = inspect.colors[name];
    if (codes === undefined) validateOneOf(name, 'format', Object.keys(inspect.colors));
    left += `\u001b[${codes[0]}m`;
    right = `\u001b[${codes[1]}m${right}`;
  }
  return validateStream ? text : `${left}${text}${right}`;
}

function stripVTControlCharacters(text) {
  validateString(text, 'str');
  return text.replace(/[\u001b\u009b][[\]()#;?]*(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001b\\|\u009c)|(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g, '');
}

function getSystemErrorName(error) {
  validateNumber(error, 'err');
  if (error >= 0 || !Number.isSafeInteger(error)) throw new ERR_OUT_OF_RANGE('err', 'a negative integer', error);
  const found = Object.entries(require('os').constants.errno).find(([, number]) => number === -error);
  return found ? found[0] : `Unknown system error ${error}`;
}
const getSystemErrorMap = () => new Map(Object.entries(require('os').constants.errno)
  .map(([name, number]) => [-number, [name, require('internal/uv').words[name] || name]]));

async function aborted(signal, resource) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource', { allowFunction: true });
  if (signal.aborted) return undefined;
  return new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); });
}

function extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

const named = (name, work) => Object.defineProperty(work, 'name', { value: name });

module.exports = {
  inspect, inherits, promisify, callbackify, deprecate, types, debuglog, debug: debuglog, styleText,
  stripVTControlCharacters, getSystemErrorName, getSystemErrorMap, aborted,
  format: named('format', (...args) => native.format(...args)),
  formatWithOptions: named('formatWithOptions', (options, ...args) => {
    validateObject(options, 'inspectOptions');
    return native.format(...args);
  }),
  isDeepStrictEqual: (left, right) => require('internal/comparisons').isDeepStrictEqual(left, right),
  parseArgs: (config) => require('internal/parse_args').parseArgs(config),
  parseEnv: (content) => require('internal/parse_args').parseEnv(content),
  toUSVString: (text) => `${text}`.toWellFormed(),
  getCallSite: () => [],
  getCallSites: () => [],
  transferableAbortController: () => new AbortController(),
  transferableAbortSignal: (signal) => signal,
  _extend: extend,
  _errnoException(number, syscall, original) {
    const code = getSystemErrorName(number);
    const message = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`;
    return Object.assign(new Error(message), { errno: number, code, syscall });
  },
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => Buffer.isBuffer(value),
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: types.isRegExp,
  isObject: (value) => value !== null && typeof value === 'object',
  isDate: types.isDate,
  isError: (value) => types.isNativeError(value) || value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  log: (...args) => console.log('%s - %s', new Date().toLocaleTimeString(), native.format(...args)),
};
for (const name of ['TextEncoder', 'TextDecoder']) {
  Object.defineProperty(module.exports, name, {
    enumerable: true, configurable: true, get: () => require('internal/encoding')[name],
  });
}
