// Node's `dgram`: the class is there to be inherited from; making a socket refuses.
const EventEmitter = require('events');
const { unreachable } = require('internal/refusal');
class Socket extends EventEmitter {
  constructor() {
    super();
    throw unreachable('socket', 'udp');
  }
}
module.exports = { Socket, createSocket: (options, listener) => new Socket(options, listener) };
