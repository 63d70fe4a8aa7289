// Event, CustomEvent and EventTarget, as Node has them: no tree, so that a dispatch has one target.
const {
  codes: { ERR_EVENT_RECURSION, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateObject } = require('internal/validators');

const custom = Symbol.for('nodejs.util.inspect.custom');
const kStop = Symbol('stop');
const kTarget = Symbol('target');
const kBusy = Symbol('busy');
const kTypes = Symbol('kTypes');
const kLimit = Symbol('kMaxEventTargetListeners');
const hidden = (object, key, value) => Object.defineProperty(object, key, { value, writable: true, configurable: true });

class Event {
  #type;
  #options;
  #prevented = false;
  #propagate = true;
  #time = performance.now();
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (options != null) validateObject(options, 'options');
    this.#type = `${type}`;
    this.#options = {
      bubbles: !!(options && options.bubbles),
      cancelable: !!(options && options.cancelable),
      composed: !!(options && options.composed),
    };
    hidden(this, kTarget, null);
    hidden(this, kBusy, false);
    hidden(this, kStop, false);
  }
  get type() { return this.#type; }
  get target() { return this[kTarget]; }
  get currentTarget() { return this[kBusy] ? this[kTarget] : null; }
  get srcElement() { return this[kTarget]; }
  get bubbles() { return this.#options.bubbles; }
  get cancelable() { return this.#options.cancelable; }
  get composed() { return this.#options.composed; }
  get defaultPrevented() { return this.#options.cancelable && this.#prevented; }
  get returnValue() { return !this.defaultPrevented; }
  get timeStamp() { return this.#time; }
  get eventPhase() { return this[kBusy] ? Event.AT_TARGET : Event.NONE; }
  get cancelBubble() { return !this.#propagate; }
  set cancelBubble(value) { if (value) this.#propagate = false; }
  get isTrusted() { return false; }
  composedPath() { return this[kBusy] ? [this[kTarget]] : []; }
  preventDefault() { this.#prevented = true; }
  stopPropagation() { this.#propagate = false; }
  stopImmediatePropagation() {
    this.#propagate = false;
    this[kStop] = true;
  }
  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (this[kBusy]) return;
    this.#type = `${type}`;
    this.#options.bubbles = !!bubbles;
    this.#options.cancelable = !!cancelable;
  }
  [custom](depth, options) {
    if (depth < 0) return this.constructor.name;
    const shown = require('util').inspect({
      type: this.#type, defaultPrevented: this.defaultPrevented, cancelable: this.cancelable, timeStamp: this.#time,
    }, options);
    return `${this.constructor.name} ${shown}`;
  }
}
for (const [name, value] of [['NONE', 0], ['CAPTURING_PHASE', 1], ['AT_TARGET', 2], ['BUBBLING_PHASE', 3]]) {
  Object.defineProperty(Event, name, { value, enumerable: true });
  Object.defineProperty(Event.prototype, name, { value, enumerable: true });
}

class CustomEvent extends Event {
  #detail;
  constructor(type, options) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options && options.detail !== undefined ? options.detail : null;
  }
  get detail() { return this.#detail; }
}

const demand = (target) => {
  if (target === null || target === undefined || target[kTypes] === undefined) throw new ERR_INVALID_THIS('EventTarget');
};

class EventTarget {
  constructor() {
    hidden(this, kTypes, new Map());
    hidden(this, kLimit, undefined);
  }
  addEventListener(type, listener, options = {}) {
    demand(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    const flags = typeof options === 'boolean' ? { capture: options } : options || {};
    const { signal } = flags;
    if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
      throw new ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal);
    }
    if (listener === null || listener === undefined) return;
    if (typeof listener !== 'function' && typeof listener !== 'object') {
      throw new ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
    }
    if (signal && signal.aborted) return;
    type = `${type}`;
    const capture = !!flags.capture;
    const known = this[kTypes].get(type) || [];
    if (known.some((one) => one.listener === listener && one.capture === capture)) return;
    const entry = { listener, capture, once: !!flags.once, passive: !!flags.passive, removed: false };
    this[kTypes].set(type, [...known, entry]);
    if (signal) signal.addEventListener('abort', () => this.removeEventListener(type, listener, flags), { once: true });
  }
  removeEventListener(type, listener, options = {}) {
    demand(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    const capture = typeof options === 'boolean' ? options : !!(options && options.capture);
    type = `${type}`;
    const known = this[kTypes].get(type);
    if (!known) return;
    const rest = known.filter((one) => {
      if (one.listener !== listener || one.capture !== capture) return true;
      one.removed = true;
      return false;
    });
    if (rest.length) this[kTypes].set(type, rest);
    else this[kTypes].delete(type);
  }
  dispatchEvent(event) {
    demand(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('event');
    if (!(event instanceof Event)) throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kBusy]) throw new ERR_EVENT_RECURSION(event.type);
    return dispatch(this, event);
  }
  [custom](depth, options) {
    if (depth < 0) return this.constructor.name;
    return `${this.constructor.name} ${require('util').inspect({}, options)}`;
  }
}

function dispatch(target, event) {
  event[kTarget] = target;
  event[kBusy] = true;
  event[kStop] = false;
  for (const one of target[kTypes].get(event.type) || []) {
    if (one.removed) continue;
    if (one.once) target.removeEventListener(event.type, one.listener, { capture: one.capture });
    try {
      let result;
      if (typeof one.listener === 'function') result = one.listener.call(target, event);
      else if (typeof one.listener.handleEvent === 'function') result = one.listener.handleEvent(event);
      if (result !== null && result !== undefined && typeof result.then === 'function') {
        result.then(undefined, (error) => process.nextTick(() => { throw error; }));
      }
    } catch (error) {
      process.nextTick(() => { throw error; });
    }
    if (event[kStop]) break;
  }
  event[kBusy] = false;
  return !event.defaultPrevented;
}

// `onabort`, `onmessage`: one listener that can be replaced, in the place it was first set.
function defineEventHandler(prototype, name, event = name) {
  const kHandler = Symbol(`on${name}`);
  Object.defineProperty(prototype, `on${name}`, {
    enumerable: true,
    configurable: true,
    get() { return this[kHandler] ? this[kHandler].now : null; },
    set(value) {
      const usable = typeof value === 'function' || typeof value === 'object' && value !== null ? value : null;
      if (!this[kHandler]) {
        if (usable === null) return;
        const state = { now: usable };
        hidden(this, kHandler, state);
        this.addEventListener(event, function (...args) {
          if (typeof state.now === 'function') return state.now.apply(this, args);
          return undefined;
        });
      }
      this[kHandler].now = usable;
    },
  });
}

for (const [prototype, names] of [
  [EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']],
  [Event.prototype, ['type', 'target', 'currentTarget', 'srcElement', 'bubbles', 'cancelable', 'composed', 'defaultPrevented',
    'returnValue', 'timeStamp', 'eventPhase', 'cancelBubble', 'composedPath', 'preventDefault', 'stopPropagation',
    'stopImmediatePropagation', 'initEvent']],
  [CustomEvent.prototype, ['detail']],
]) {
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
}
for (const one of [Event, CustomEvent, EventTarget]) {
  Object.defineProperty(one.prototype, Symbol.toStringTag, { value: one.name, configurable: true });
}

module.exports = {
  Event, CustomEvent, EventTarget, defineEventHandler, dispatch,
  listenersOf: (target, type) => (target[kTypes] && target[kTypes].get(`${type}`) || []).map((one) => one.listener),
  limitOf: (target) => (target[kLimit] === undefined ? require('events').defaultMaxListeners : target[kLimit]),
  setLimit: (target, limit) => { target[kLimit] = limit; },
};
