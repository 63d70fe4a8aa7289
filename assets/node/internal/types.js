// `util.types`: what a value is inside.
const { kind } = native;
const is = (...names) => (value) => names.includes(kind(value));
const TYPED = ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array',
  'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'];
const tagOf = Object.prototype.toString;
const functionOf = (...tags) => (value) => typeof value === 'function' && tags.includes(tagOf.call(value));

const types = {
  isExternal: () => false,
  isDate: is('Date'),
  isArgumentsObject: is('Arguments'),
  isBigIntObject: is('boxed bigint'),
  isBooleanObject: is('boxed boolean'),
  isNumberObject: is('boxed number'),
  isStringObject: is('boxed string'),
  isSymbolObject: is('boxed symbol'),
  isBoxedPrimitive: (value) => kind(value).startsWith('boxed '),
  isNativeError: is('Error'),
  isRegExp: is('RegExp'),
  isAsyncFunction: functionOf('[object AsyncFunction]', '[object AsyncGeneratorFunction]'),
  isGeneratorFunction: functionOf('[object GeneratorFunction]', '[object AsyncGeneratorFunction]'),
  isGeneratorObject: (value) => kind(value) === 'Generator' || tagOf.call(value) === '[object AsyncGenerator]',
  isPromise: is('Promise'),
  isMap: is('Map'),
  isSet: is('Set'),
  isMapIterator: is('Map Iterator'),
  isSetIterator: is('Set Iterator'),
  isWeakMap: is('WeakMap'),
  isWeakSet: is('WeakSet'),
  isArrayBuffer: is('ArrayBuffer'),
  isDataView: is('DataView'),
  isSharedArrayBuffer: is('SharedArrayBuffer'),
  isProxy: is('Proxy'),
  isModuleNamespaceObject: () => false,
  isCryptoKey: (value) => value !== null && typeof value === 'object' && tagOf.call(value) === '[object CryptoKey]',
  isKeyObject: (value) => value !== null && typeof value === 'object' && value.constructor !== undefined
    && /^(Secret|Public|Private)?KeyObject$/.test(value.constructor.name),
  isAnyArrayBuffer: is('ArrayBuffer', 'SharedArrayBuffer'),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: is(...TYPED),
};
for (const name of TYPED) types[`is${name}`] = is(name);
for (const name of Object.keys(types)) Object.defineProperty(types[name], 'name', { value: name });

module.exports = { types, kind, unbox: native.unbox };
