// MessageChannel within the one thread there is: messages are copied and arrive in a later turn.
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_MISSING_ARGS } } = require('internal/errors');
const { Event, EventTarget, defineEventHandler, dispatch } = require('internal/event_target');
const { clone, teach } = require('internal/structured_clone');

class MessageEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = { data: null, origin: '', lastEventId: '', source: null, ports: [], ...init };
  }
  get data() { return this.#init.data; }
  get origin() { return this.#init.origin; }
  get lastEventId() { return this.#init.lastEventId; }
  get source() { return this.#init.source; }
  get ports() { return this.#init.ports; }
}

const allowed = Symbol('allowed');
const wrappers = Symbol('wrappers');

class MessagePort extends EventTarget {
  #other = null;
  #queue = [];
  #started = false;
  #closed = false;
  #planned = false;
  constructor(key) {
    if (key !== allowed) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
    Object.defineProperty(this, wrappers, { value: new Map() });
  }
  static pair() {
    const [one, two] = [new MessagePort(allowed), new MessagePort(allowed)];
    one.#other = two;
    two.#other = one;
    return [one, two];
  }
  static receive(port) { return port.#queue.length ? { message: port.#queue.shift() } : undefined; }
  postMessage(message, transfer = []) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    const list = Array.isArray(transfer) ? transfer : transfer && transfer.transfer || [];
    const copied = clone(message, list);
    const other = this.#other;
    if (this.#closed || other === null || other.#closed) return;
    other.#queue.push(copied);
    other.#plan();
  }
  #plan() {
    if (!this.#started || this.#planned || this.#queue.length === 0) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      while (this.#queue.length && this.#started && !this.#closed) {
        dispatch(this, new MessageEvent('message', { data: this.#queue.shift() }));
      }
    });
  }
  start() {
    this.#started = true;
    this.#plan();
  }
  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    if (this.#closed) return;
    this.#closed = true;
    const other = this.#other;
    setImmediate(() => dispatch(this, new Event('close')));
    if (other && !other.#closed) {
      setImmediate(() => {
        other.#closed = true;
        dispatch(other, new Event('close'));
      });
    }
  }
  ref() {}
  unref() {}
  hasRef() { return this.#started && !this.#closed; }
  addEventListener(type, ...rest) {
    super.addEventListener(type, ...rest);
  }
  on(type, listener) {
    const wrapped = (event) => listener.call(this, type === 'message' ? event.data : event);
    this[wrappers].set(listener, wrapped);
    this.addEventListener(type, wrapped);
    if (type === 'message') this.start();
    return this;
  }
  once(type, listener) {
    const wrapped = (event) => {
      this.off(type, listener);
      listener.call(this, type === 'message' ? event.data : event);
    };
    this[wrappers].set(listener, wrapped);
    this.addEventListener(type, wrapped);
    if (type === 'message') this.start();
    return this;
  }
  off(type, listener) {
    this.removeEventListener(type, this[wrappers].get(listener) || listener);
    this[wrappers].delete(listener);
    return this;
  }
  emit(type, arg) { return dispatch(this, new MessageEvent(type, { data: arg })); }
}
MessagePort.prototype.addListener = MessagePort.prototype.on;
MessagePort.prototype.removeListener = MessagePort.prototype.off;
const { pair, receive } = MessagePort;
delete MessagePort.pair;
delete MessagePort.receive;
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
defineEventHandler(MessagePort.prototype, 'close');
// Setting `onmessage` starts a port, as on the web.
const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
Object.defineProperty(MessagePort.prototype, 'onmessage', {
  enumerable: true,
  configurable: true,
  get,
  set(value) {
    set.call(this, value);
    if (typeof value === 'function') this.start();
  },
});
teach((value) => value instanceof MessagePort, null, (port) => port);

class MessageChannel {
  constructor() {
    const [port1, port2] = pair();
    this.port1 = port1;
    this.port2 = port2;
  }
}

const rooms = new Map();
class BroadcastChannel extends EventTarget {
  #closed = false;
  constructor(name) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    super();
    this.name = `${name}`;
    rooms.set(this.name, [...rooms.get(this.name) || [], this]);
  }
  postMessage(message) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    for (const one of rooms.get(this.name)) {
      if (one === this) continue;
      const data = clone(message, []);
      setImmediate(() => { if (!one.#closed) dispatch(one, new MessageEvent('message', { data })); });
    }
  }
  close() {
    this.#closed = true;
    rooms.set(this.name, rooms.get(this.name).filter((one) => one !== this));
  }
  ref() { return this; }
  unref() { return this; }
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');
for (const one of [MessageEvent, MessagePort, MessageChannel, BroadcastChannel]) {
  Object.defineProperty(one.prototype, Symbol.toStringTag, { value: one.name, configurable: true });
}

module.exports = { MessageChannel, MessagePort, MessageEvent, BroadcastChannel, receive };
