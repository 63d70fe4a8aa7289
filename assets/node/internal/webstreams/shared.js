// What web streams share: their hidden state, queues, strategies, and promises that can be settled from outside.
const { codes, coded } = require('internal/errors');
const STATE = Symbol('state');

const invalidState = (what) => new codes.ERR_INVALID_STATE.TypeError(what);
const typeError = (name, type, value) => new codes.ERR_INVALID_ARG_TYPE(name, type, value);
const wrongThis = (name) => new codes.ERR_INVALID_THIS(name);

// A promise with its two ends; `handled` keeps a rejection nobody asked about from ending the run.
function deferred() {
  const one = {};
  one.promise = new Promise((resolve, reject) => {
    one.resolve = resolve;
    one.reject = reject;
  });
  return one;
}
function handled(promise) {
  promise.then(undefined, () => {});
  return promise;
}
const settled = (value) => {
  const one = deferred();
  one.resolve(value);
  return one;
};
const rejected = (reason) => {
  const one = deferred();
  one.reject(reason);
  handled(one.promise);
  return one;
};

// Calls a method that the author gave, and makes a promise of whatever it does.
function invoke(object, name, ...args) {
  const method = object[name];
  if (method === undefined || method === null) return Promise.resolve();
  try {
    return Promise.resolve(method.apply(object, args));
  } catch (error) {
    return Promise.reject(error);
  }
}
function methods(object, names, what) {
  for (const name of names) {
    const method = object[name];
    if (method !== undefined && typeof method !== 'function') throw typeError(`${what}.${name}`, 'Function', method);
  }
}

// Chunks with their sizes.
class Queue {
  list = [];
  size = 0;

  add(value, size) {
    const number = Number(size);
    if (!(number >= 0) || number === Infinity) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', size);
    }
    this.list.push({ value, size: number });
    this.size += number;
  }

  take() {
    const { value, size } = this.list.shift();
    this.size -= size;
    if (this.size < 0) this.size = 0;
    return value;
  }

  get empty() { return this.list.length === 0; }

  clear() {
    this.list = [];
    this.size = 0;
  }
}

function strategyOf(strategy, otherwise) {
  if (strategy !== undefined && strategy !== null && typeof strategy !== 'object' && typeof strategy !== 'function') {
    throw typeError('strategy', 'Object', strategy);
  }
  const { highWaterMark, size } = strategy || {};
  let mark = otherwise;
  if (highWaterMark !== undefined) {
    mark = Number(highWaterMark);
    if (Number.isNaN(mark) || mark < 0) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', highWaterMark);
    }
  }
  if (size !== undefined && typeof size !== 'function') throw typeError('strategy.size', 'Function', size);
  return { mark, size: size === undefined ? () => 1 : (chunk) => size(chunk) };
}

const byteLength = Object.defineProperty((chunk) => chunk.byteLength, 'name', { value: 'size' });
const one = Object.defineProperty(() => 1, 'name', { value: 'size' });

function strategy(name, size) {
  const Strategy = { [name]: class {
    #mark;
    constructor(init) {
      if (init === null || typeof init !== 'object') throw typeError('init', 'Object', init);
      if (init.highWaterMark === undefined) throw coded(TypeError, 'ERR_MISSING_OPTION', 'init.highWaterMark is required');
      this.#mark = Number(init.highWaterMark);
    }
    get highWaterMark() { return this.#mark; }
    get size() { return size; }
    get [Symbol.toStringTag]() { return name; }
  } }[name];
  return Strategy;
}
const ByteLengthQueuingStrategy = strategy('ByteLengthQueuingStrategy', byteLength);
const CountQueuingStrategy = strategy('CountQueuingStrategy', one);

// For Node's streams: when a web stream has ended, how to end it, how far it is.
function closed(stream) {
  const state = stream[STATE];
  return state && state.ended ? state.ended.promise : Promise.resolve();
}
function fail(stream, error) {
  const state = stream[STATE];
  if (state) state.controller.error(error);
}
const over = (stream) => Boolean(stream[STATE]) && stream[STATE].phase !== 'readable';
const disturbed = (stream) => Boolean(stream[STATE]) && stream[STATE].disturbed === true;

const tag = (Class) => Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
// Methods of an interface show in a loop over it, those of a class do not.
function enumerable(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  tag(Class);
}

module.exports = {
  STATE, invalidState, typeError, wrongThis, deferred, handled, settled, rejected, invoke, methods, Queue, strategyOf,
  ByteLengthQueuingStrategy, CountQueuingStrategy, closed, fail, over, disturbed, enumerable,
};
