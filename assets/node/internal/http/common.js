// The words of HTTP/1: methods, status texts, what a header may hold.

const { codes } = require('internal/errors');

const METHODS = ('ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE '
  + 'NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK '
  + 'UNLOCK UNSUBSCRIBE').split(' ');

const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created',
  202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content',
  207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices', 301: 'Moved Permanently',
  302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect',
  308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden',
  404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required',
  408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed',
  413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable',
  417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked',
  424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required',
  429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates', 507: 'Insufficient Storage',
  508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const isToken = (text) => TOKEN.test(text);

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !name || !isToken(name)) throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (BAD_VALUE.test(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
}

// Only the first of these counts; other names are joined.
const ONCE = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization',
  'referer', 'retry-after', 'server', 'user-agent']);

// Names and values in turn as one object, the way Node joins them.
function joined(raw, distinct) {
  const all = distinct ? Object.create(null) : {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at].toLowerCase();
    const value = raw[at + 1];
    if (distinct) (all[name] ??= []).push(value);
    else if (name === 'set-cookie') (all[name] ??= []).push(value);
    else if (all[name] === undefined) all[name] = value;
    else if (name === 'cookie') all[name] += `; ${value}`;
    else if (!ONCE.has(name)) all[name] += `, ${value}`;
  }
  return all;
}

// What Node tells of a failed connection beside the code.
const ERRNO = { ECONNREFUSED: -111, ECONNRESET: -104, ETIMEDOUT: -110, ENOTFOUND: -3008, EAI_AGAIN: -3001, EHOSTUNREACH: -113, EPIPE: -32 };
function connectionError(failure, host, port) {
  if (failure.syscall) return failure;
  const error = new Error(failure.message);
  const dns = failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN';
  if (ERRNO[failure.code] !== undefined && failure.message !== 'socket hang up') {
    error.errno = ERRNO[failure.code];
    error.code = failure.code;
    error.syscall = dns ? 'getaddrinfo' : failure.code === 'ECONNRESET' ? 'read' : 'connect';
    if (dns) {
      error.hostname = host;
    } else if (error.syscall === 'connect') {
      const place = /([0-9a-f.:[\]]+):(\d+)$/.exec(failure.message);
      error.address = place ? place[1] : host;
      error.port = place ? Number(place[2]) : Number(port);
    }
  } else {
    error.code = failure.code;
  }
  return error;
}

function hangUp(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

module.exports = { METHODS, STATUS_CODES, isToken, validateHeaderName, validateHeaderValue, joined, connectionError, hangUp };
