// Node's `events`: EventEmitter with the fields packages look at (`_events`), and the functions around it.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNHANDLED_ERROR }, AbortError } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber } = require('internal/validators');

const kShape = Symbol('shapeMode');
const kCapture = Symbol('kCapture');
const errorMonitor = Symbol('events.errorMonitor');
const captureRejectionSymbol = Symbol.for('nodejs.rejection');
const warned = new WeakSet();
let defaultMaxListeners = 10;

// A function, not a class: util.inherits and EventEmitter.call(this) must work.
function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

EventEmitter.init = function () {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  this[kShape] = false;
  this[kCapture] = false;
};

const listenerOf = (known) => known.listener || known;
const listOf = (emitter, name) => {
  const known = emitter._events === undefined ? undefined : emitter._events[name];
  if (known === undefined) return [];
  return typeof known === 'function' ? [known] : known;
};
const limitOf = (emitter) => (emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners);

function warn(target, name, count, limit, kind) {
  const { inspect } = require('util');
  const shown = inspect(target, { depth: -1 });
  const warning = new Error(`Possible ${kind} memory leak detected. ${count} ${String(name)} listeners added to ${shown}. `
    + `MaxListeners is ${limit}. Use ${kind === 'EventEmitter' ? 'emitter' : 'events'}.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = target;
  warning.type = name;
  warning.count = count;
  process.emitWarning(warning);
}

function add(emitter, name, listener, first) {
  validateFunction(listener, 'listener');
  if (emitter._events === undefined) {
    emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  } else if (emitter._events.newListener !== undefined) {
    emitter.emit('newListener', name, listenerOf(listener));
  }
  const events = emitter._events;
  const known = events[name];
  if (known === undefined) {
    events[name] = listener;
    emitter._eventsCount++;
    return emitter;
  }
  const all = typeof known === 'function' ? [known] : known;
  if (first) all.unshift(listener);
  else all.push(listener);
  events[name] = all;
  const limit = limitOf(emitter);
  if (limit > 0 && all.length > limit && !warned.has(all)) {
    warned.add(all);
    warn(emitter, name, all.length, limit, 'EventEmitter');
  }
  return emitter;
}

function wrapOnce(emitter, name, listener) {
  validateFunction(listener, 'listener');
  let fired = false;
  const wrapped = function (...args) {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(name, wrapped);
    return listener.apply(emitter, args);
  };
  Object.defineProperty(wrapped, 'name', { value: 'bound onceWrapper' });
  wrapped.listener = listener;
  return wrapped;
}

const methods = {
  setMaxListeners(n) {
    validateNumber(n, 'setMaxListeners', 0);
    this._maxListeners = n;
    return this;
  },
  getMaxListeners() { return limitOf(this); },
  emit(name, ...args) {
    const events = this._events;
    let unhandled = name === 'error';
    if (events !== undefined) {
      if (unhandled && events[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
      unhandled = unhandled && events.error === undefined;
    }
    if (unhandled) {
      const error = args[0];
      if (error instanceof Error) throw error;
      let shown;
      try {
        shown = require('util').inspect(error);
      } catch {
        shown = error;
      }
      const failure = new ERR_UNHANDLED_ERROR(shown);
      failure.context = error;
      throw failure;
    }
    const known = events === undefined ? undefined : events[name];
    if (known === undefined) return false;
    if (typeof known === 'function') {
      Reflect.apply(known, this, args);
    } else {
      // A copy: listeners may come and go meanwhile.
      const now = known.slice();
      for (let at = 0; at < now.length; at++) Reflect.apply(now[at], this, args);
    }
    return true;
  },
  addListener(name, listener) { return add(this, name, listener, false); },
  prependListener(name, listener) { return add(this, name, listener, true); },
  once(name, listener) {
    validateFunction(listener, 'listener');
    this.on(name, wrapOnce(this, name, listener));
    return this;
  },
  prependOnceListener(name, listener) {
    validateFunction(listener, 'listener');
    this.prependListener(name, wrapOnce(this, name, listener));
    return this;
  },
  removeListener(name, listener) {
    validateFunction(listener, 'listener');
    const events = this._events;
    if (events === undefined || events[name] === undefined) return this;
    const known = events[name];
    if (known === listener || known.listener === listener) {
      this._eventsCount--;
      if (this._eventsCount === 0) this._events = Object.create(null);
      else delete events[name];
      if (events.removeListener) this.emit('removeListener', name, known.listener || listener);
    } else if (typeof known !== 'function') {
      const at = known.findLastIndex((one) => one === listener || one.listener === listener);
      if (at < 0) return this;
      known.splice(at, 1);
      if (known.length === 1) events[name] = known[0];
      if (events.removeListener !== undefined) this.emit('removeListener', name, listener);
    }
    return this;
  },
  removeAllListeners(name) {
    const events = this._events;
    if (events === undefined) return this;
    if (events.removeListener === undefined) {
      if (arguments.length === 0) {
        this._events = Object.create(null);
        this._eventsCount = 0;
      } else if (events[name] !== undefined) {
        if (--this._eventsCount === 0) this._events = Object.create(null);
        else delete events[name];
      }
      return this;
    }
    if (arguments.length === 0) {
      for (const key of Reflect.ownKeys(events)) {
        if (key !== 'removeListener') this.removeAllListeners(key);
      }
      this.removeAllListeners('removeListener');
      this._events = Object.create(null);
      this._eventsCount = 0;
      return this;
    }
    const all = listOf(this, name).slice();
    for (let at = all.length - 1; at >= 0; at--) this.removeListener(name, all[at]);
    return this;
  },
  listeners(name) { return listOf(this, name).map(listenerOf); },
  rawListeners(name) { return listOf(this, name).slice(); },
  listenerCount(name, listener) {
    const all = listOf(this, name);
    return listener == null ? all.length : all.filter((one) => one === listener || one.listener === listener).length;
  },
  eventNames() { return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : []; },
};
Object.assign(EventEmitter.prototype, methods);
EventEmitter.prototype.on = EventEmitter.prototype.addListener;
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;
Object.defineProperty(EventEmitter.prototype, 'constructor', { value: EventEmitter, enumerable: true, writable: true, configurable: true });

const isTarget = (value) => typeof value.addEventListener === 'function';
const isEmitter = (value) => value && typeof value.on === 'function';

function listen(emitter, name, listener, flags) {
  if (isEmitter(emitter)) {
    if (flags && flags.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (emitter && isTarget(emitter)) {
    emitter.addEventListener(name, listener, flags);
  } else {
    throw new ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}
function unlisten(emitter, name, listener) {
  if (typeof emitter.removeListener === 'function') emitter.removeListener(name, listener);
  else emitter.removeEventListener(name, listener);
}

async function once(emitter, name, options = {}) {
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const clean = () => {
      unlisten(emitter, name, done);
      if (name !== 'error' && isEmitter(emitter)) emitter.removeListener('error', failed);
      if (signal) signal.removeEventListener('abort', aborted);
    };
    const done = (...args) => { clean(); resolve(args); };
    const failed = (error) => { clean(); reject(error); };
    const aborted = () => { clean(); reject(new AbortError(undefined, { cause: signal.reason })); };
    listen(emitter, name, done, { once: true });
    if (name !== 'error' && isEmitter(emitter)) emitter.once('error', failed);
    if (signal) signal.addEventListener('abort', aborted, { once: true });
  });
}

function on(emitter, name, options = {}) {
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const events = [];
  const waiting = [];
  const removals = [];
  let failure = null;
  let finished = false;
  const watch = (event, listener) => {
    listen(emitter, event, listener);
    removals.push(() => unlisten(emitter, event, listener));
  };
  const close = () => {
    for (const remove of removals.splice(0)) remove();
    finished = true;
    for (const one of waiting.splice(0)) one.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  const fail = (error) => {
    if (waiting.length) waiting.shift().reject(error);
    else failure = error;
    close();
  };
  watch(name, (...args) => {
    if (waiting.length) waiting.shift().resolve({ value: args, done: false });
    else events.push(args);
  });
  if (name !== 'error' && isEmitter(emitter)) watch('error', fail);
  for (const end of options.close || []) watch(end, close);
  if (signal) {
    const aborted = () => fail(new AbortError(undefined, { cause: signal.reason }));
    signal.addEventListener('abort', aborted, { once: true });
    removals.push(() => signal.removeEventListener('abort', aborted));
  }
  const AsyncIterator = Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())));
  return Object.setPrototypeOf({
    next() {
      if (events.length) return Promise.resolve({ value: events.shift(), done: false });
      if (failure) {
        const error = failure;
        failure = null;
        return Promise.reject(error);
      }
      if (finished) return close();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: close,
    throw(error) {
      if (!error || !(error instanceof Error)) throw new ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
      fail(error);
    },
    [Symbol.asyncIterator]() { return this; },
  }, AsyncIterator);
}

function getEventListeners(target, name) {
  if (typeof target.listeners === 'function') return target.listeners(name);
  if (isTarget(target)) return require('internal/event_target').listenersOf(target, name);
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], target);
}

function setMaxListeners(n = defaultMaxListeners, ...targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) defaultMaxListeners = n;
  for (const target of targets) {
    if (typeof target.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (isTarget(target)) require('internal/event_target').setLimit(target, n);
    else throw new ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
  }
}

function getMaxListeners(target) {
  if (typeof target.getMaxListeners === 'function') return limitOf(target);
  if (isTarget(target)) return require('internal/event_target').limitOf(target);
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], target);
}

function addAbortListener(signal, listener) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let remove = () => {};
  if (signal.aborted) queueMicrotask(() => listener());
  else {
    signal.addEventListener('abort', listener, { once: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return { [Symbol.dispose || Symbol.for('nodejs.dispose')]: remove };
}

Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  enumerable: true,
  configurable: true,
  get: () => defaultMaxListeners,
  set(n) {
    validateNumber(n, 'defaultMaxListeners', 0);
    defaultMaxListeners = n;
  },
});
Object.assign(EventEmitter, {
  EventEmitter, once, on, getEventListeners, setMaxListeners, getMaxListeners, addAbortListener,
  errorMonitor, captureRejectionSymbol, captureRejections: false, usingDomains: false,
  listenerCount: (emitter, name) => (typeof emitter.listenerCount === 'function'
    ? emitter.listenerCount(name) : listOf(emitter, name).length),
});
Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  enumerable: true,
  configurable: true,
  get() {
    const { AsyncResource } = require('async_hooks');
    return class EventEmitterAsyncResource extends EventEmitter {
      #resource;
      constructor(options) {
        super(options);
        this.#resource = new AsyncResource(typeof options === 'string' ? options : options && options.name || new.target.name);
      }
      emit(...args) { return this.#resource.runInAsyncScope(super.emit, this, ...args); }
      emitDestroy() { this.#resource.emitDestroy(); }
      get asyncId() { return this.#resource.asyncId(); }
      get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
      get asyncResource() { return this.#resource; }
    };
  },
});
// `process` is an emitter from now on; before, nobody can have asked.
Object.setPrototypeOf(Object.getPrototypeOf(process), EventEmitter.prototype);
module.exports = EventEmitter;
