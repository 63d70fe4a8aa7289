// `IncomingMessage`: an answer's head, and its body as a readable.
const Readable = require('internal/streams/readable');

const { joined } = require('internal/http/common');
const KEPT = Symbol('headers');

function IncomingMessage(socket) {
  Readable.call(this, socket ? { highWaterMark: socket.readableHighWaterMark } : {});
  this._readableState.readingMore = true;
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[KEPT] = {};
  this.rawHeaders = [];
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consumed = false;
  this._dumped = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);
const proto = IncomingMessage.prototype;

const lazily = (key, raw, distinct) => ({
  configurable: true,
  get() {
    this[KEPT][key] ??= joined(this[raw], distinct);
    return this[KEPT][key];
  },
  set(value) { this[KEPT][key] = value; },
});
Object.defineProperties(proto, {
  headers: lazily('headers', 'rawHeaders', false),
  headersDistinct: lazily('distinct', 'rawHeaders', true),
  trailers: lazily('trailers', 'rawTrailers', false),
  trailersDistinct: lazily('trailersDistinct', 'rawTrailers', true),
  connection: {
    configurable: true,
    get() { return this.socket; },
    set(value) { this.socket = value; },
  },
});

proto.setTimeout = function (milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(milliseconds);
  return this;
};

proto._read = function () {
  if (!this._consumed) {
    this._readableState.readingMore = false;
    this._consumed = true;
  }
};

proto._destroy = function (error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  const done = () => {
    if (this.listenerCount('error') === 0) callback();
    else callback(error);
  };
  if (this.socket && !this.socket.destroyed && this.aborted) {
    this.socket.destroy(error);
  }
  process.nextTick(done);
};

// Nobody wants the body: it is read and thrown away.
proto._dump = function () {
  if (this._dumped) return;
  this._dumped = true;
  this.removeAllListeners('data');
  this.resume();
};

module.exports = IncomingMessage;
