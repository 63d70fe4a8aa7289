// Node's `net`, so that packages load: addresses are judged, connections fail.
const EventEmitter = require('events');
const { unreachable } = require('internal/refusal');
const { validateFunction } = require('internal/validators');

const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const FOUR = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const isIPv4 = (text) => FOUR.test(`${text}`);
function isIPv6(text) {
  let address = `${text}`;
  const zone = address.indexOf('%');
  if (zone >= 0) {
    if (!/^%[0-9a-zA-Z-.:]+$/.test(address.slice(zone))) return false;
    address = address.slice(0, zone);
  }
  const halves = address.split('::');
  if (halves.length > 2 || !/^[0-9a-fA-F:.]+$/.test(address)) return false;
  let groups = 0;
  for (const [at, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    const last = parts.length - 1;
    for (const [index, part] of parts.entries()) {
      if (part.includes('.')) {
        if (at !== halves.length - 1 || index !== last || !isIPv4(part)) return false;
        groups += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups++;
      else return false;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}
const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

// A stream where streams are there, an emitter before; loaded when first used.
function base() {
  try {
    return require('stream').Duplex;
  } catch {
    return EventEmitter;
  }
}

function options(args) {
  const [first, second] = args;
  if (first !== null && typeof first === 'object') return Array.isArray(first) ? options(first) : first;
  return typeof first === 'string' && !/^\d+$/.test(first) ? { path: first } : { port: first, host: typeof second === 'string' ? second : undefined };
}

const Base = base();
function Socket(settings) {
  if (!(this instanceof Socket)) return new Socket(settings);
  Base.call(this, { allowHalfOpen: Boolean(settings && settings.allowHalfOpen) });
  this.connecting = false;
  this.readyState = 'closed';
}
Object.setPrototypeOf(Socket.prototype, Base.prototype);
Object.setPrototypeOf(Socket, Base);
Object.assign(Socket.prototype, {
  connect(...args) {
    const { host = 'localhost', port, path } = options(args);
    const callback = args[args.length - 1];
    if (typeof callback === 'function') this.once('connect', callback);
    const error = unreachable('connect', path || host, path ? undefined : port);
    process.nextTick(() => (typeof this.destroy === 'function' && Base !== EventEmitter ? this.destroy(error) : this.emit('error', error)));
    return this;
  },
  setTimeout(delay, callback) {
    if (callback !== undefined) validateFunction(callback, 'callback');
    return this;
  },
  setNoDelay() { return this; },
  setKeepAlive() { return this; },
  address() { return {}; },
  ref() { return this; },
  unref() { return this; },
  destroySoon() { if (this.destroy) this.destroy(); },
  _read() {},
  _write(chunk, encoding, callback) { callback(unreachable('write', 'socket')); },
});

function Server(settings, listener) {
  if (!(this instanceof Server)) return new Server(settings, listener);
  EventEmitter.call(this);
  const handler = typeof settings === 'function' ? settings : listener;
  if (typeof handler === 'function') this.on('connection', handler);
  this.listening = false;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);
Object.assign(Server.prototype, {
  listen(...args) {
    const { host = '0.0.0.0', port } = options(args);
    const error = unreachable('listen', host, port);
    process.nextTick(() => this.emit('error', error));
    return this;
  },
  close(callback) {
    if (typeof callback === 'function') process.nextTick(callback, new (require('internal/errors').codes.ERR_SERVER_NOT_RUNNING)());
    return this;
  },
  address: () => null,
  getConnections(callback) { process.nextTick(callback, null, 0); return this; },
  ref() { return this; },
  unref() { return this; },
});

class BlockList {
  #rules = [];
  addAddress(address) { this.#rules.push(`Address: IPv${isIP(address)} ${address}`); }
  addRange(start, end) { this.#rules.push(`Range: IPv${isIP(start)} ${start}-${end}`); }
  addSubnet(net, prefix) { this.#rules.push(`Subnet: IPv${isIP(net)} ${net}/${prefix}`); }
  check(address) { return this.#rules.some((rule) => rule.startsWith('Address') && rule.endsWith(` ${address}`)); }
  get rules() { return this.#rules.slice(); }
}
class SocketAddress {
  constructor({ address = '127.0.0.1', family = 'ipv4', port = 0, flowlabel = 0 } = {}) {
    Object.assign(this, { address, family, port, flowlabel });
  }
}

const connect = (...args) => new Socket().connect(...args);
let autoSelect = true;
module.exports = {
  isIP, isIPv4, isIPv6, Socket, Stream: Socket, Server, BlockList, SocketAddress, connect, createConnection: connect,
  createServer: (settings, listener) => new Server(settings, listener),
  getDefaultAutoSelectFamily: () => autoSelect,
  setDefaultAutoSelectFamily: (value) => { autoSelect = value; },
  getDefaultAutoSelectFamilyAttemptTimeout: () => 250,
  setDefaultAutoSelectFamilyAttemptTimeout: () => {},
};
