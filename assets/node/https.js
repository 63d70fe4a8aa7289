// Node's `https`: `http` with another protocol and port; the parent does the encryption.
const http = require('http');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  http.Agent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options.maxCachedSessions === undefined ? 100 : this.options.maxCachedSessions;
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, http.Agent.prototype);
Object.setPrototypeOf(Agent, http.Agent);
// What makes two connections different, in Node's order.
const PARTS = ['ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
  'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext'];
Agent.prototype.getName = function (options = {}) {
  let name = http.Agent.prototype.getName.call(this, options);
  for (const part of PARTS) {
    name += ':';
    const value = options[part];
    if (value !== undefined && value && !(part === 'servername' && value === options.host)) name += value;
    else if (part === 'rejectUnauthorized' && value !== undefined) name += value;
  }
  return `${name}:::`;
};

const globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

function request(...args) {
  let options = {};
  if (typeof args[0] === 'string') {
    options = require('internal/http/client').optionsOf(new URL(args.shift()));
  } else if (args[0] && args[0].href && args[0].protocol && args[0].auth === undefined && args[0].path === undefined) {
    options = require('internal/http/client').optionsOf(args.shift());
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new http.ClientRequest(options, args[0]);
}

function get(...args) {
  const call = request(...args);
  call.end();
  return call;
}

module.exports = { Agent, globalAgent, Server: http.Server, createServer: http.createServer, get, request };
