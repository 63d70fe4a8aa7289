// `OutgoingMessage`: headers and body on their way out, gathered until the other side is there to take them.
const Stream = require('internal/streams/legacy');
const { codes } = require('internal/errors');
const { validateHeaderName, validateHeaderValue } = require('internal/http/common');
const { nextTick } = process;

const HEADERS = Symbol('headers');
const ROOM = 65536;

function OutgoingMessage() {
  if (!(this instanceof OutgoingMessage)) return new OutgoingMessage();
  Stream.call(this);
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this.finished = false;
  this._headerSent = false;
  this._closed = false;
  this._header = null;
  this[HEADERS] = null;
  // Chunks and the callbacks that wait for them.
  Object.defineProperty(this, '_out', { value: { chunks: [], waiting: [], size: 0, needDrain: false, sent: false, done: false }, writable: true });
  this.socket = null;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);
const proto = OutgoingMessage.prototype;

// ---- headers

const store = (message) => (message[HEADERS] ??= new Map());

proto.setHeader = function (name, value) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  store(this).set(name.toLowerCase(), [name, value]);
  return this;
};

proto.setHeaders = function (headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  for (const [name, value] of headers) this.setHeader(name, value);
  return this;
};

proto.appendHeader = function (name, value) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const known = store(this).get(name.toLowerCase());
  if (!known) this.setHeader(name, value);
  else known[1] = [].concat(known[1], value);
  return this;
};

proto.getHeader = function (name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
  const known = this[HEADERS] && this[HEADERS].get(name.toLowerCase());
  return known ? known[1] : undefined;
};
proto.hasHeader = function (name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
  return Boolean(this[HEADERS] && this[HEADERS].has(name.toLowerCase()));
};
proto.getHeaderNames = function () { return this[HEADERS] ? [...this[HEADERS].keys()] : []; };
proto.getRawHeaderNames = function () { return this[HEADERS] ? [...this[HEADERS].values()].map(([name]) => name) : []; };
proto.getHeaders = function () {
  const all = Object.create(null);
  if (this[HEADERS]) for (const [key, [, value]] of this[HEADERS]) all[key] = value;
  return all;
};

proto.removeHeader = function (name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
  const key = name.toLowerCase();
  if (key === 'connection') this._removedConnection = true;
  else if (key === 'content-length') this._removedContLen = true;
  else if (key === 'transfer-encoding') this._removedTE = true;
  if (this[HEADERS]) this[HEADERS].delete(key);
};

// The head as it goes out: what was set, then what HTTP needs besides.
proto._storeHeader = function (firstLine, headers) {
  const lines = [];
  const seen = new Set();
  let closes = false;
  const add = (name, value) => {
    const key = name.toLowerCase();
    seen.add(key);
    if (key === 'connection' && /(?:^|\W)close(?:$|\W)/i.test(value)) closes = true;
    if (key === 'transfer-encoding' && /(?:^|\W)chunked(?:$|\W)/i.test(value)) this.chunkedEncoding = true;
    lines.push([name, String(value)]);
  };
  if (Array.isArray(headers)) {
    const pairs = Array.isArray(headers[0]) ? headers
      : headers.flatMap((name, at) => (at % 2 ? [] : [[name, headers[at + 1]]]));
    for (const [name, value] of pairs) {
      validateHeaderName(name);
      for (const one of [].concat(value)) {
        validateHeaderValue(name, one);
        add(name, one);
      }
    }
  } else if (headers) {
    for (const [name, value] of headers.values()) {
      if (Array.isArray(value) && !(name.toLowerCase() === 'cookie')) for (const one of value) add(name, one);
      else add(name, Array.isArray(value) ? value.join('; ') : value);
    }
  }
  if (!seen.has('connection') && !this._removedConnection) {
    const keeps = this.shouldKeepAlive && (seen.has('content-length') || this.useChunkedEncodingByDefault || this.agent);
    if (this._last || !keeps) {
      this._last = true;
      add('Connection', 'close');
    } else {
      add('Connection', 'keep-alive');
    }
  } else if (closes) {
    this._last = true;
  }
  if (!seen.has('content-length') && !seen.has('transfer-encoding')) {
    if (!this._hasBody) {
      this.chunkedEncoding = false;
    } else if (!this.useChunkedEncodingByDefault) {
      this._last = true;
    } else if (!this._trailer && !this._removedContLen && typeof this._contentLength === 'number') {
      add('Content-Length', this._contentLength);
    } else if (!this._removedTE) {
      add('Transfer-Encoding', 'chunked');
      this.chunkedEncoding = true;
    } else {
      this._last = true;
    }
  }
  Object.defineProperty(this, '_lines', { value: lines, configurable: true });
  this._header = `${firstLine}${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  this._headerSent = false;
};

proto._implicitHeader = function () { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()'); };
proto.flushHeaders = function () {
  if (!this._header) this._implicitHeader();
  this._headerSent = true;
};
proto.addTrailers = function () { this._trailer = ''; };

// ---- body

function take(message, chunk, encoding, callback) {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  const { _out: out } = message;
  out.chunks.push(bytes);
  out.size += bytes.length;
  if (callback) out.waiting.push(callback);
  const room = out.size < ROOM;
  if (!room) out.needDrain = true;
  if (message._connected) nextTick(() => message._flush());
  return room;
}

function refuse(message, error, callback) {
  const live = !message.destroyed;
  nextTick(() => {
    if (callback) callback(error);
    if (live && !message.destroyed) message.emit('error', error);
  });
  return false;
}

function write(message, chunk, encoding, callback, fromEnd) {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
  if (message.finished) return refuse(message, new codes.ERR_STREAM_WRITE_AFTER_END(), callback);
  if (message.destroyed) return refuse(message, new codes.ERR_STREAM_DESTROYED('write'), callback);
  if (!message._header) {
    if (fromEnd) message._contentLength = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
    message._implicitHeader();
  }
  message._headerSent = true;
  return take(message, chunk, encoding, callback);
}

proto.write = function (chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return write(this, chunk, encoding || 'utf8', callback, false);
};

proto.end = function (chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk) {
    if (this.finished) {
      refuse(this, new codes.ERR_STREAM_WRITE_AFTER_END(), typeof callback === 'function' ? callback : undefined);
      return this;
    }
    write(this, chunk, encoding || 'utf8', null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this.writableFinished) this.on('finish', callback);
      else callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
    }
    return this;
  } else if (!this._header) {
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback);
  this.finished = true;
  this._headerSent = true;
  if (this._connected) this._flush();
  return this;
};

// The other side is there: the whole goes out, or there is room for more.
proto._flush = function () {
  const { _out: out } = this;
  if (this.finished) {
    if (out.sent || this.destroyed) return;
    out.sent = true;
    this.emit('prefinish');
    this._send();
    return;
  }
  for (const callback of out.waiting.splice(0)) callback();
  if (!out.needDrain) return;
  out.needDrain = false;
  out.size = 0;
  this.emit('drain');
};

// The other side has it: who waited for that is told.
proto._sent = function () {
  const { _out: out } = this;
  if (out.done || this.destroyed) return;
  out.done = true;
  for (const callback of out.waiting.splice(0)) callback();
  this.emit('finish');
};

proto.cork = function () {};
proto.uncork = function () {};
proto.pipe = function () { this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE()); };
proto.setTimeout = function (milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  if (this.socket) this.socket.setTimeout(milliseconds);
  else this.once('socket', (socket) => socket.setTimeout(milliseconds));
  return this;
};
proto.destroy = function (error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  if (this.socket) this.socket.destroy(error);
  else this.once('socket', (socket) => socket.destroy(error));
  return this;
};
proto[Symbol.for('nodejs.rejection')] = function (error) { this.destroy(error); };

const own = (get, set) => ({ get, set, configurable: true });
Object.defineProperties(proto, {
  headersSent: { ...own(function () { return Boolean(this._header); }), enumerable: true },
  connection: own(function () { return this.socket; }, function (value) { this.socket = value; }),
  errored: own(function () { return this._error || null; }),
  closed: own(function () { return this._closed; }),
  writableFinished: own(function () { return this.finished && this._out.done; }),
  writableObjectMode: own(() => false),
  writableLength: own(function () { return this._out.done ? 0 : this._out.size; }),
  writableHighWaterMark: own(() => ROOM),
  writableCorked: own(() => 0),
  writableEnded: own(function () { return this.finished; }),
  writableNeedDrain: own(function () { return !this.destroyed && !this.finished && this._out.needDrain; }),
  _headers: own(function () { return this.getHeaders(); }),
});
OutgoingMessage.headers = HEADERS;

module.exports = OutgoingMessage;
