// Node's `worker_threads`: this is the main thread, and the only one; channels work within it.
const EventEmitter = require('events');
const { coded } = require('internal/errors');
const { MessageChannel, MessagePort, BroadcastChannel, receive } = require('internal/message_channel');

class Worker extends EventEmitter {
  constructor() {
    super();
    throw coded(Error, 'ERR_ACCESS_DENIED', 'Access to this API has been restricted: a hook in Hookbench has one thread', { permission: 'WorkerThreads' });
  }
}
const environment = new Map();
module.exports = {
  isMainThread: true, isInternalThread: false, threadId: 0, parentPort: null, workerData: null, resourceLimits: {},
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker, MessageChannel, MessagePort, BroadcastChannel,
  receiveMessageOnPort: (port) => receive(port),
  moveMessagePortToContext: (port) => port,
  markAsUntransferable() {}, isMarkedAsUntransferable: () => false, markAsUncloneable() {},
  getEnvironmentData: (key) => environment.get(key),
  setEnvironmentData(key, value) {
    if (value === undefined) environment.delete(key);
    else environment.set(key, value);
  },
};
