// Node's `perf_hooks`: a clock, marks and measures, observers of these; nothing of the machine is measured.
const { codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateFunction, validateInteger, validateObject, validateString } = require('internal/validators');
const { EventTarget } = require('internal/event_target');

const custom = Symbol.for('nodejs.util.inspect.custom');
const entries = [];
const observers = new Set();
const now = native.now;

class PerformanceEntry {
  constructor(name, entryType, startTime, duration, detail) {
    for (const [key, value] of Object.entries({ name, entryType, startTime, duration })) {
      Object.defineProperty(this, key, { value, enumerable: false, configurable: true });
    }
    Object.defineProperty(this, 'detail', { value: detail === undefined ? null : detail, enumerable: false, configurable: true });
  }
  toJSON() {
    const { name, entryType, startTime, duration, detail } = this;
    return entryType === 'mark' || entryType === 'measure'
      ? { name, entryType, startTime, duration, detail } : { name, entryType, startTime, duration };
  }
  [custom](depth, options) {
    if (depth < 0) return this.constructor.name;
    return `${this.constructor.name} ${require('util').inspect(this.toJSON(), options)}`;
  }
}
class PerformanceMark extends PerformanceEntry {
  constructor(name, options = {}) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    const start = options && options.startTime !== undefined ? options.startTime : now();
    if (start < 0) throw new (require('internal/errors').codes.ERR_INVALID_ARG_VALUE)('startTime', start);
    super(`${name}`, 'mark', start, 0, options && options.detail);
  }
}
class PerformanceMeasure extends PerformanceEntry {}

function publish(entry) {
  entries.push(entry);
  for (const observer of observers) observer[kSee](entry);
  return entry;
}

const kSee = Symbol('see');
class PerformanceObserverEntryList {
  #list;
  constructor(list) { this.#list = list.slice().sort((a, b) => a.startTime - b.startTime); }
  getEntries() { return this.#list.slice(); }
  getEntriesByName(name, type) { return this.#list.filter((one) => one.name === `${name}` && (type === undefined || one.entryType === type)); }
  getEntriesByType(type) { return this.#list.filter((one) => one.entryType === type); }
}
class PerformanceObserver {
  #callback;
  #types = new Set();
  #pending = [];
  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }
  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type } = options;
    if (entryTypes === undefined && type === undefined) throw new ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes !== undefined) this.#types = new Set(entryTypes);
    else this.#types.add(type);
    observers.add(this);
    if (options.buffered && type) entries.filter((one) => one.entryType === type).forEach((one) => this[kSee](one));
  }
  disconnect() {
    observers.delete(this);
    this.#pending = [];
  }
  takeRecords() { return this.#pending.splice(0); }
  [kSee](entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#pending.push(entry);
    if (this.#pending.length > 1) return;
    setImmediate(() => {
      if (this.#pending.length) this.#callback(new PerformanceObserverEntryList(this.takeRecords()), this);
    });
  }
  static get supportedEntryTypes() { return ['function', 'mark', 'measure']; }
}

const timeOf = (mark) => {
  if (mark === undefined) return undefined;
  if (typeof mark === 'number') {
    if (mark < 0) throw new ERR_INVALID_ARG_VALUE('mark', mark, 'must be non-negative');
    return mark;
  }
  const found = entries.findLast((one) => one.entryType === 'mark' && one.name === `${mark}`);
  if (found) return found.startTime;
  const { DOMException } = require('internal/dom_exception');
  throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
};
const drop = (type, name) => {
  for (let at = entries.length - 1; at >= 0; at--) {
    if (entries[at].entryType === type && (name === undefined || entries[at].name === `${name}`)) entries.splice(at, 1);
  }
};

class Performance extends EventTarget {
  get timeOrigin() { return native.origin(); }
  now() { return now(); }
  mark(name, options = {}) { return publish(new PerformanceMark(name, options)); }
  measure(name, start, end) {
    validateString(name, 'name');
    let detail;
    let from;
    let to;
    if (start !== null && typeof start === 'object') {
      detail = start.detail;
      to = start.end !== undefined ? timeOf(start.end)
        : start.duration !== undefined && start.start !== undefined ? timeOf(start.start) + start.duration : now();
      from = start.start !== undefined ? timeOf(start.start) : start.duration !== undefined ? to - start.duration : 0;
    } else {
      to = end === undefined ? now() : timeOf(end);
      from = start === undefined ? 0 : timeOf(start);
    }
    return publish(new PerformanceMeasure(name, 'measure', from, to - from, detail));
  }
  clearMarks(name) { drop('mark', name); }
  clearMeasures(name) { drop('measure', name); }
  clearResourceTimings() {}
  setResourceTimingBufferSize() {}
  getEntries() { return new PerformanceObserverEntryList(entries).getEntries(); }
  getEntriesByName(name, type) { return new PerformanceObserverEntryList(entries).getEntriesByName(name, type); }
  getEntriesByType(type) { return new PerformanceObserverEntryList(entries).getEntriesByType(type); }
  timerify(work, options = {}) {
    validateFunction(work, 'fn');
    const { histogram } = options;
    const timed = function (...args) {
      const began = now();
      const result = new.target ? Reflect.construct(work, args, work) : Reflect.apply(work, this, args);
      const done = () => {
        const took = now() - began;
        if (histogram) histogram.record(Math.max(1, Math.ceil(took * 1e6)));
        publish(new PerformanceEntry(work.name, 'function', began, took, args));
        drop('function');
      };
      if (result && typeof result.finally === 'function') return result.finally(done);
      done();
      return result;
    };
    Object.defineProperty(timed, 'name', { value: `timerified ${work.name}` });
    Object.defineProperty(timed, 'length', { value: work.length });
    return timed;
  }
  eventLoopUtilization() { return { idle: 0, active: 0, utilization: 0 }; }
  get nodeTiming() {
    return { name: 'node', entryType: 'node', startTime: 0, duration: now(), nodeStart: 0, v8Start: 0, environment: 0,
      bootstrapComplete: 0, loopStart: 0, loopExit: -1, idleTime: 0 };
  }
  toJSON() { return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin, eventLoopUtilization: this.eventLoopUtilization() }; }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });

class Histogram {
  #values = [];
  record(value) {
    validateInteger(value, 'val', 1);
    this.#values.push(value);
    this.#values.sort((a, b) => a - b);
  }
  recordDelta() {}
  add(other) { other.#values.forEach((value) => this.record(value)); }
  reset() { this.#values = []; }
  percentile(share) {
    if (!(share > 0 && share <= 100)) throw new ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', share);
    return this.#values[Math.max(0, Math.ceil(this.#values.length * share / 100) - 1)] || 0;
  }
  get count() { return this.#values.length; }
  get exceeds() { return 0; }
  get min() { return this.#values.length ? this.#values[0] : 9223372036854776000; }
  get max() { return this.#values.length ? this.#values[this.#values.length - 1] : 0; }
  get mean() { return this.#values.length ? this.#values.reduce((a, b) => a + b, 0) / this.#values.length : NaN; }
  get stddev() {
    if (!this.#values.length) return NaN;
    const { mean } = this;
    return Math.sqrt(this.#values.reduce((a, b) => a + (b - mean) ** 2, 0) / this.#values.length);
  }
}

const performance = new Performance();
module.exports = {
  performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList,
  createHistogram: () => new Histogram(),
  monitorEventLoopDelay: () => Object.assign(new Histogram(), { enable: () => true, disable: () => true }),
  constants: {
    NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8,
    NODE_PERFORMANCE_GC_WEAKCB: 16, NODE_PERFORMANCE_GC_FLAGS_NO: 0, NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
    NODE_PERFORMANCE_GC_FLAGS_FORCED: 4, NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
    NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16, NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
    NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
  },
};
