// EventEmitter: the part of Node's `events` that hooks and small packages use.
const store = Symbol('listeners');

function listenersOf(emitter, name) {
  if (!emitter[store]) Object.defineProperty(emitter, store, { value: new Map(), configurable: true });
  if (name !== undefined && !emitter[store].has(name)) emitter[store].set(name, []);
  return name === undefined ? emitter[store] : emitter[store].get(name);
}

function check(listener) {
  if (typeof listener === 'function') return;
  const error = new TypeError('The "listener" argument must be of type function. Received ' + native.inspect(listener));
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

function add(emitter, name, listener, first) {
  check(listener);
  if (listenersOf(emitter).has('newListener')) emitter.emit('newListener', name, listener.listener || listener);
  const list = listenersOf(emitter, name);
  listenersOf(emitter).set(name, first ? [listener, ...list] : [...list, listener]);
  return emitter;
}

function once(emitter, name, listener) {
  check(listener);
  const wrapped = function (...args) {
    emitter.removeListener(name, wrapped);
    return listener.apply(emitter, args);
  };
  wrapped.listener = listener;
  return wrapped;
}

// A function, not a class: util.inherits and EventEmitter.call(this) must work.
function EventEmitter() {}

Object.assign(EventEmitter.prototype, {
  on(name, listener) { return add(this, name, listener, false); },
  addListener(name, listener) { return add(this, name, listener, false); },
  prependListener(name, listener) { return add(this, name, listener, true); },
  once(name, listener) { return add(this, name, once(this, name, listener), false); },
  prependOnceListener(name, listener) { return add(this, name, once(this, name, listener), true); },
  removeListener(name, listener) {
    const list = listenersOf(this, name);
    const at = list.findLastIndex((known) => known === listener || known.listener === listener);
    if (at >= 0) {
      const rest = list.filter((_, index) => index !== at);
      if (rest.length) listenersOf(this).set(name, rest);
      else listenersOf(this).delete(name);
      if (listenersOf(this).has('removeListener')) this.emit('removeListener', name, listener);
    }
    return this;
  },
  off(name, listener) { return this.removeListener(name, listener); },
  removeAllListeners(name) {
    if (name === undefined) listenersOf(this).clear();
    else listenersOf(this).delete(name);
    return this;
  },
  emit(name, ...args) {
    const list = listenersOf(this).get(name);
    if (!list || list.length === 0) {
      if (name !== 'error') return false;
      if (args[0] instanceof Error) throw args[0];
      const error = new Error('Unhandled error. (' + native.inspect(args[0]) + ')');
      error.code = 'ERR_UNHANDLED_ERROR';
      error.context = args[0];
      throw error;
    }
    for (const listener of list) listener.apply(this, args);
    return true;
  },
  listeners(name) { return (listenersOf(this).get(name) || []).map((known) => known.listener || known); },
  rawListeners(name) { return (listenersOf(this).get(name) || []).slice(); },
  listenerCount(name) { return (listenersOf(this).get(name) || []).length; },
  eventNames() { return [...listenersOf(this).keys()]; },
  setMaxListeners() { return this; },
  getMaxListeners() { return EventEmitter.defaultMaxListeners; },
});
for (const key of Object.keys(EventEmitter.prototype)) {
  Object.defineProperty(EventEmitter.prototype, key, { enumerable: false });
}

EventEmitter.defaultMaxListeners = 10;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.once = (emitter, name) => new Promise((resolve, reject) => {
  const failed = (error) => { emitter.removeListener(name, done); reject(error); };
  const done = (...args) => { emitter.removeListener('error', failed); resolve(args); };
  emitter.once(name, done);
  if (name !== 'error') emitter.once('error', failed);
});
module.exports = EventEmitter;
