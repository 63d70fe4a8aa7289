// Node's `cluster`: this is the primary process, alone.
const EventEmitter = require('events');
const { refusing } = require('internal/refusal');
class Worker extends EventEmitter {}
module.exports = Object.assign(new EventEmitter(), {
  isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2, Worker,
  setupPrimary() {}, setupMaster() {},
  fork: refusing('cluster.fork', 'a hook in Hookbench starts no processes', 'ChildProcess'),
  disconnect(callback) { if (callback) process.nextTick(callback); },
});
