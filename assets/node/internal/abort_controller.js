// AbortController and AbortSignal.
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } } = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const { Event, EventTarget, defineEventHandler, dispatch } = require('internal/event_target');
const { DOMException } = require('internal/dom_exception');

const custom = Symbol.for('nodejs.util.inspect.custom');
const allowed = Symbol('allowed');

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  // Signals that `any` made of this one.
  #followers = new Set();
  constructor(key) {
    if (key !== allowed) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }
  get aborted() {
    if (!(#aborted in this)) throw new ERR_INVALID_THIS('AbortSignal');
    return this.#aborted;
  }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }
  [custom](depth, options) {
    if (depth < 0) return 'AbortSignal';
    return `AbortSignal ${require('util').inspect({ aborted: this.#aborted }, options)}`;
  }
  static abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(allowed);
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }
  static timeout(delay) {
    validateUint32(delay, 'delay');
    const signal = new AbortSignal(allowed);
    setTimeout(() => AbortSignal.#abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay).unref();
    return signal;
  }
  static any(signals) {
    if (signals === null || typeof signals !== 'object' || typeof signals[Symbol.iterator] !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('signals', 'Array', signals);
    }
    const all = [...signals];
    all.forEach((one, at) => {
      if (!(one instanceof AbortSignal)) throw new ERR_INVALID_ARG_TYPE(`signals[${at}]`, 'AbortSignal', one);
    });
    const result = new AbortSignal(allowed);
    const aborted = all.find((one) => one.#aborted);
    if (aborted) {
      result.#aborted = true;
      result.#reason = aborted.#reason;
    } else for (const one of all) one.#followers.add(result);
    return result;
  }
  static #abort(signal, reason) {
    if (signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason;
    const followers = [...signal.#followers].filter((one) => !one.#aborted);
    for (const one of followers) {
      one.#aborted = true;
      one.#reason = reason;
    }
    dispatch(signal, new Event('abort'));
    for (const one of followers) dispatch(one, new Event('abort'));
  }
  static {
    abort = AbortSignal.#abort;
  }
}
var abort;
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal = new AbortSignal(allowed);
  get signal() { return this.#signal; }
  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    abort(this.#signal, reason);
  }
  [custom](depth, options) {
    if (depth < 0) return 'AbortController';
    return `AbortController ${require('util').inspect({ signal: this.#signal }, options)}`;
  }
}
for (const [one, names] of [[AbortSignal, ['aborted', 'reason', 'throwIfAborted']], [AbortController, ['signal', 'abort']]]) {
  for (const name of names) Object.defineProperty(one.prototype, name, { enumerable: true });
  Object.defineProperty(one.prototype, Symbol.toStringTag, { value: one.name, configurable: true });
}

module.exports = { AbortController, AbortSignal };
