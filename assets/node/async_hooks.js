// Node's `async_hooks`: AsyncLocalStorage and AsyncResource work; hooks themselves are never called.
const { codes: { ERR_ASYNC_TYPE, ERR_INVALID_ARG_TYPE, ERR_ASYNC_CALLBACK } } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');

// A frame maps each storage to its store, and `ids` to the execution it belongs to. Frames are never changed.
const IDS = Symbol('ids');
let lastId = 1;

function within(frame, work, self, args) {
  const before = native.swap(frame);
  try {
    return Reflect.apply(work, self, args);
  } finally {
    native.swap(before);
  }
}
const extended = (key, value) => new Map(native.frame()).set(key, value);

class AsyncLocalStorage {
  #enabled = false;
  static bind(work) { return AsyncResource.bind(work); }
  static snapshot() {
    const frame = native.frame();
    return (work, ...args) => within(frame, work, undefined, args);
  }
  getStore() {
    const frame = native.frame();
    return this.#enabled && frame !== undefined ? frame.get(this) : undefined;
  }
  run(store, work, ...args) {
    this.#enabled = true;
    return within(extended(this, store), work, null, args);
  }
  exit(work, ...args) {
    return within(extended(this, undefined), work, null, args);
  }
  enterWith(store) {
    this.#enabled = true;
    native.swap(extended(this, store));
  }
  disable() { this.#enabled = false; }
}

class AsyncResource {
  #type;
  #frame;
  #id = ++lastId;
  #trigger;
  constructor(type, options = {}) {
    validateString(type, 'type');
    if (type === '') throw new ERR_ASYNC_TYPE(type);
    this.#type = type;
    this.#frame = native.frame();
    this.#trigger = typeof options === 'number' ? options : options.triggerAsyncId === undefined ? executionAsyncId() : options.triggerAsyncId;
  }
  runInAsyncScope(work, self, ...args) {
    const frame = new Map(this.#frame).set(IDS, { id: this.#id, trigger: this.#trigger, resource: this });
    return within(frame, work, self, args);
  }
  emitDestroy() { return this; }
  asyncId() { return this.#id; }
  triggerAsyncId() { return this.#trigger; }
  bind(work, self) {
    validateFunction(work, 'fn');
    const resource = this;
    const bound = self === undefined
      ? function (...args) { return resource.runInAsyncScope(work, this, ...args); }
      : (...args) => resource.runInAsyncScope(work, self, ...args);
    Object.defineProperty(bound, 'length', { value: work.length, configurable: true });
    return bound;
  }
  static bind(work, type, self) {
    return new AsyncResource(type || work.name || 'bound-anonymous-fn').bind(work, self);
  }
}

const ids = () => {
  const frame = native.frame();
  return frame === undefined ? undefined : frame.get(IDS);
};
const top = {};
function executionAsyncId() { return ids() ? ids().id : 1; }
function triggerAsyncId() { return ids() ? ids().trigger : 0; }
function executionAsyncResource() { return ids() ? ids().resource : top; }

function createHook(callbacks) {
  if (callbacks === null || typeof callbacks !== 'object') throw new ERR_INVALID_ARG_TYPE('callbacks', 'Object', callbacks);
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
  }
  return { enable() { return this; }, disable() { return this; } };
}

module.exports = {
  AsyncLocalStorage, AsyncResource, createHook, executionAsyncId, triggerAsyncId, executionAsyncResource,
  asyncWrapProviders: Object.freeze(Object.create(null)),
};
