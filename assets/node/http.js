// Node's `http`: clients over the outbox. Nothing can be listened to here.
const { METHODS, STATUS_CODES, validateHeaderName, validateHeaderValue } = require('internal/http/common');
const { Agent, globalAgent } = require('internal/http/agent');
const { ClientRequest } = require('internal/http/client');
const IncomingMessage = require('internal/http/incoming');
const OutgoingMessage = require('internal/http/outgoing');

function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

function get(url, options, callback) {
  const call = request(url, options, callback);
  call.end();
  return call;
}

class ServerResponse extends OutgoingMessage {}

function Server() {
  const error = new Error('http.createServer: nothing can connect to a hook, so that it cannot listen either. '
    + 'A hook or Action answers through its callback or its api object.');
  error.code = 'ERR_METHOD_NOT_IMPLEMENTED';
  throw error;
}

let agent = globalAgent;
module.exports = {
  _connectionListener() {},
  METHODS,
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer: () => new Server(),
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers() {},
  maxHeaderSize: 16384,
};
Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get: () => agent,
  set(value) { agent = value; },
});
