// `ClientRequest`: one HTTP call, sent whole through the outbox and answered whole, with Node's events in Node's order.
const OutgoingMessage = require('internal/http/outgoing');
const IncomingMessage = require('internal/http/incoming');
const Socket = require('internal/http/socket');
const outbox = require('internal/outbox');
const { globalAgent } = require('internal/http/agent');
const { STATUS_CODES, isToken, connectionError, hangUp } = require('internal/http/common');
const { codes } = require('internal/errors');
const { nextTick } = process;

// What a URL says, as the options of a request.
function optionsOf(url) {
  const options = {
    protocol: url.protocol,
    hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: `${url.pathname || ''}${url.search || ''}`,
    href: url.href,
  };
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) {
    options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  }
  return options;
}
const isURL = (value) => Boolean(value && value.href && value.protocol && value.auth === undefined && value.path === undefined);

function checkHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function chooseAgent(options, fallback) {
  const { agent } = options;
  if (agent === false) return new fallback.constructor();
  if (agent === null || agent === undefined) return fallback;
  if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

function duration(milliseconds, name) {
  require('internal/validators').validateNumber(milliseconds, name);
  if (milliseconds < 0 || !Number.isFinite(milliseconds)) {
    throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', milliseconds);
  }
  return milliseconds;
}

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  if (typeof input === 'string') {
    input = optionsOf(new URL(input));
  } else if (isURL(input)) {
    input = optionsOf(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }

  const fallback = options._defaultAgent || globalAgent;
  const agent = chooseAgent(options, fallback);
  this.agent = agent;
  const protocol = options.protocol || fallback.protocol;
  const expected = agent.protocol || fallback.protocol;
  const path = options.path ? String(options.path) : '/';
  if (/[^\u0021-\u00ff]/.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);
  const defaultPort = options.defaultPort || agent.defaultPort;
  const port = options.port || defaultPort || 80;
  const host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : true;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = duration(options.timeout, 'timeout');

  const { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method && !isToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
  this.method = method ? method.toUpperCase() : 'GET';
  this.maxHeaderSize = options.maxHeaderSize;
  this.insecureHTTPParser = options.insecureHTTPParser;
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this.path = path;
  if (callback) this.once('response', callback);
  this.useChunkedEncodingByDefault = !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this.shouldKeepAlive = Boolean(agent.keepAlive) || Number.isFinite(agent.maxSockets);
  if (!agent.keepAlive) this.shouldKeepAlive = false;
  const hostWithPort = `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}${Number(port) !== defaultPort ? `:${port}` : ''}`;
  const hidden = {
    _port: port,
    _url: /^https?:\/\//.test(path) ? path : `${protocol}//${hostWithPort}${path}`,
    _connected: false,
    _error: null,
    _call: 0,
    _mark: outbox.here ? outbox.here() : undefined,
  };
  for (const key of Object.keys(hidden)) Object.defineProperty(this, key, { value: hidden[key], writable: true });

  if (Array.isArray(options.headers)) {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, options.headers);
  } else {
    if (options.headers) {
      for (const key of Object.keys(options.headers)) this.setHeader(key, options.headers[key]);
    }
    if (host && !this.getHeader('host') && setHost) this.setHeader('Host', hostWithPort);
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (this.getHeader('expect')) this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[OutgoingMessage.headers]);
  }
  if (options.signal) {
    require('internal/validators').validateAbortSignal(options.signal, 'options.signal');
    require('internal/streams/abort').addAbortSignal(options.signal, this);
  }
  this._attach();
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);
const proto = ClientRequest.prototype;

proto._implicitHeader = function () {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[OutgoingMessage.headers]);
};

// ---- the way there

// Milliseconds.
const REFUSED_BY = 20;
const NEVER_THERE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

proto._attach = function () {
  nextTick(() => {
    if (this.destroyed) {
      closeUnborn(this);
      return;
    }
    const socket = new Socket(this.host, this._port, this.protocol === 'https:');
    this.socket = socket;
    socket._httpMessage = this;
    socket.on('error', (error) => socketFailed(this, error));
    socket.on('close', () => socketClosed(this));
    if (this.timeout !== undefined) {
      listenToTimeout(this);
      socket.setTimeout(this.timeout);
    }
    this.emit('socket', socket);
    setImmediate(() => {
      if (socket.destroyed) return;
      socket.open();
      this._connected = true;
      this._flush();
    });
  });
};

function closeUnborn(request) {
  let error = request._error;
  if (!request.aborted && !error) error = hangUp('socket hang up');
  if (error) request.emit('error', error);
  request._closed = true;
  request.emit('close');
}

proto._send = function () {
  const { chunks } = this._out;
  const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  this._out.chunks = [];
  // A refusal comes at once; who has heard nothing by then has been heard.
  const waited = setTimeout(() => this._sent(), REFUSED_BY);
  this._call = outbox.send(
    { method: this.method, url: this._url, headers: this._lines, body, ...this._mark },
    (failure, answer) => {
      this._call = 0;
      clearTimeout(waited);
      if (this.destroyed) return;
      if (!failure || !NEVER_THERE.has(failure.code)) this._sent();
      if (this.destroyed) return;
      if (failure) {
        this.socket.destroy(connectionError(failure, this.host, this._port));
      } else {
        this.socket.touch();
        answered(this, answer);
      }
    },
  );
};

// ---- the way back

function answered(request, answer) {
  const { socket } = request;
  const response = new IncomingMessage(socket);
  response.httpVersionMajor = 1;
  response.httpVersionMinor = 1;
  response.httpVersion = '1.1';
  response.statusCode = answer.status;
  response.statusMessage = answer.statusText || STATUS_CODES[answer.status] || '';
  for (const [name, value] of answer.headers) response.rawHeaders.push(name, value);
  request.res = response;
  response.req = request;
  response.on('end', () => responseEnded(request));
  const { connection } = response.headers;
  if (connection && /close/i.test(connection)) request.shouldKeepAlive = false;

  if (request.aborted || !request.emit('response', response)) response._dump();
  if (request.destroyed) {
    if (!response.destroyed && response.readable) response.push(null);
    return;
  }
  const bodiless = request.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  deliver(response, bodiless ? [] : answer.body, 0);
}

// The body in pieces as a socket brings them, a turn of the loop for each.
const PIECE = 65536;
function deliver(response, body, from) {
  if (response.destroyed) return;
  const to = Math.min(from + PIECE, body.length);
  if (to > from) {
    response.socket.bytesRead += to - from;
    response.push(Buffer.from(body.buffer, body.byteOffset + from, to - from));
  }
  if (to < body.length) {
    setImmediate(deliver, response, body, to);
  } else {
    response.complete = true;
    response.push(null);
  }
}

function responseEnded(request) {
  request._ended = true;
  request.socket.quiet();
  if (!request.shouldKeepAlive) {
    if (request.socket.writable) request.socket.destroySoon();
    return;
  }
  request.destroyed = true;
  nextTick(() => {
    request._closed = true;
    request.emit('close');
    if (request.socket) request.socket.emit('free');
  });
}

function socketFailed(request, error) {
  if (request._closed) return;
  request.socket._hadError = true;
  request._error = request._error || error;
  request.emit('error', error);
}

function socketClosed(request) {
  if (request._closed) return;
  request.destroyed = true;
  const response = request.res;
  if (response) {
    if (!response.complete) response.destroy(hangUp('aborted'));
    request._closed = true;
    request.emit('close');
    if (!response.aborted && response.readable) response.push(null);
  } else {
    if (!request.socket._hadError) {
      request.socket._hadError = true;
      request.emit('error', hangUp('socket hang up'));
    }
    request._closed = true;
    request.emit('close');
  }
}

// ---- ending it, keeping time

proto.abort = function () {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(() => this.emit('abort'));
  this.destroy();
};

proto.destroy = function (error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  if (this.res) this.res._dump();
  this._error = error || null;
  if (this._call) outbox.abort(this._call);
  if (this.socket) this.socket.destroy(error);
  return this;
};

function listenToTimeout(request) {
  if (request.timeoutCb) return;
  request.timeoutCb = () => request.emit('timeout');
  if (request.socket) request.socket.on('timeout', request.timeoutCb);
  else request.on('socket', (socket) => socket.on('timeout', request.timeoutCb));
}

proto.setTimeout = function (milliseconds, callback) {
  if (this._ended) return this;
  listenToTimeout(this);
  milliseconds = duration(milliseconds, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this.socket) this.socket.setTimeout(milliseconds);
  else this.once('socket', (socket) => socket.setTimeout(milliseconds));
  return this;
};
proto.clearTimeout = function (callback) { this.setTimeout(0, callback); };
proto.setNoDelay = function () {};
proto.setSocketKeepAlive = function () {};
proto.onSocket = function () {};

module.exports = { ClientRequest, optionsOf };
