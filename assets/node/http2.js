// Node's `http2`, so that packages load: HTTP of a hook goes through the outbox, as version 1.1.
const EventEmitter = require('events');
const { unreachable } = require('internal/refusal');

const constants = {
  NGHTTP2_NO_ERROR: 0, NGHTTP2_PROTOCOL_ERROR: 1, NGHTTP2_INTERNAL_ERROR: 2, NGHTTP2_FLOW_CONTROL_ERROR: 3,
  NGHTTP2_SETTINGS_TIMEOUT: 4, NGHTTP2_STREAM_CLOSED: 5, NGHTTP2_FRAME_SIZE_ERROR: 6, NGHTTP2_REFUSED_STREAM: 7, NGHTTP2_CANCEL: 8,
  NGHTTP2_COMPRESSION_ERROR: 9, NGHTTP2_CONNECT_ERROR: 10, NGHTTP2_ENHANCE_YOUR_CALM: 11, NGHTTP2_INADEQUATE_SECURITY: 12,
  NGHTTP2_HTTP_1_1_REQUIRED: 13, NGHTTP2_SESSION_SERVER: 0, NGHTTP2_SESSION_CLIENT: 1, NGHTTP2_DEFAULT_WEIGHT: 16,
  HTTP2_HEADER_STATUS: ':status', HTTP2_HEADER_METHOD: ':method', HTTP2_HEADER_AUTHORITY: ':authority', HTTP2_HEADER_SCHEME: ':scheme',
  HTTP2_HEADER_PATH: ':path', HTTP2_HEADER_PROTOCOL: ':protocol', HTTP2_METHOD_GET: 'GET', HTTP2_METHOD_POST: 'POST',
  HTTP2_METHOD_PUT: 'PUT', HTTP2_METHOD_DELETE: 'DELETE', HTTP2_METHOD_HEAD: 'HEAD', HTTP2_METHOD_OPTIONS: 'OPTIONS',
  HTTP2_METHOD_CONNECT: 'CONNECT', HTTP2_METHOD_PATCH: 'PATCH', HTTP_STATUS_OK: 200, HTTP_STATUS_NOT_FOUND: 404,
};
for (const name of ['accept', 'accept-encoding', 'authorization', 'cache-control', 'connection', 'content-encoding', 'content-length',
  'content-type', 'cookie', 'date', 'etag', 'host', 'http2-settings', 'keep-alive', 'location', 'proxy-connection', 'set-cookie', 'te',
  'transfer-encoding', 'upgrade', 'user-agent']) {
  constants[`HTTP2_HEADER_${name.toUpperCase().replace(/-/g, '_')}`] = name;
}

class Http2Session extends EventEmitter {
  destroyed = false;
  closed = false;
  request() { throw unreachable('connect', 'http2'); }
  close(callback) { this.closed = true; if (callback) process.nextTick(callback); }
  destroy() { this.destroyed = true; }
  ref() {}
  unref() {}
}
class Http2ServerRequest extends EventEmitter {}
class Http2ServerResponse extends EventEmitter {}

function connect(authority) {
  const session = new Http2Session();
  const error = unreachable('connect', String(authority));
  process.nextTick(() => session.emit('error', error));
  return session;
}
const serve = () => { throw unreachable('listen', 'http2'); };

module.exports = {
  constants, connect, Http2ServerRequest, Http2ServerResponse, createServer: serve, createSecureServer: serve,
  getDefaultSettings: () => ({ headerTableSize: 4096, enablePush: true, initialWindowSize: 65535, maxFrameSize: 16384,
    maxConcurrentStreams: 4294967295, maxHeaderListSize: 65535, maxHeaderSize: 65535, enableConnectProtocol: false }),
  getPackedSettings: () => Buffer.alloc(0),
  getUnpackedSettings: () => ({}),
  performServerHandshake: serve,
  sensitiveHeaders: Symbol('nodejs.http2.sensitiveHeaders'),
};
