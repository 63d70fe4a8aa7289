// `Agent`: keeps its options; there are no sockets to keep.
const EventEmitter = require('events');
const { codes } = require('internal/errors');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = Object.assign(Object.create(null), options);
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  this.options.path = null;
  this.requests = Object.create(null);
  this.sockets = Object.create(null);
  this.freeSockets = Object.create(null);
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  const { scheduling, maxTotalSockets } = this;
  if (scheduling !== 'fifo' && scheduling !== 'lifo') {
    throw new codes.ERR_INVALID_ARG_VALUE('scheduling', scheduling, "must be one of: 'fifo', 'lifo'");
  }
  if (maxTotalSockets !== undefined) {
    require('internal/validators').validateNumber(maxTotalSockets, 'maxTotalSockets', 1);
  } else {
    this.maxTotalSockets = Infinity;
  }
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;

Agent.prototype.getName = function (options = {}) {
  const { host = 'localhost', port = '', localAddress = '', family, socketPath } = options;
  let name = `${host || 'localhost'}:${port || ''}:${localAddress || ''}`;
  if (family === 4 || family === 6) name += `:${family}`;
  if (socketPath) name += `:${socketPath}`;
  return name;
};
Agent.prototype.createConnection = function () {
  const Socket = require('internal/http/socket');
  return new Socket('localhost', this.defaultPort, this.protocol === 'https:');
};
Agent.prototype.addRequest = function (request) { request._attach(); };
Agent.prototype.keepSocketAlive = function () { return true; };
Agent.prototype.reuseSocket = function (socket, request) { request.reusedSocket = true; };
Agent.prototype.removeSocket = function () {};
Agent.prototype.destroy = function () {};

const globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

module.exports = { Agent, globalAgent };
