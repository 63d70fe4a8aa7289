// Node's `console`: the global one, and the class that writes to streams.
const { formatWithOptions, inspect } = require('util');
const { codes: { ERR_CONSOLE_WRITABLE_STREAM } } = require('internal/errors');

class Console {
  #stdout;
  #stderr;
  #indent = '';
  #step;
  #options;
  #counts = new Map();
  #timers = new Map();

  constructor(options, errors) {
    const given = options && typeof options.write === 'function' ? { stdout: options, stderr: errors } : options || {};
    const { stdout, stderr = stdout, groupIndentation = 2, inspectOptions } = given;
    if (!stdout || typeof stdout.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stdout');
    if (!stderr || typeof stderr.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stderr');
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#step = ' '.repeat(groupIndentation);
    this.#options = { ...inspectOptions };
    // As on Node, each method goes on working when it is taken off its object.
    for (const name of Object.getOwnPropertyNames(Console.prototype)) {
      if (name !== 'constructor') this[name] = Console.prototype[name].bind(this);
    }
  }

  #write(stream, args) {
    const text = formatWithOptions(this.#options, ...args);
    stream.write(`${text.replace(/^/gm, this.#indent)}\n`);
  }

  log(...args) { this.#write(this.#stdout, args); }
  warn(...args) { this.#write(this.#stderr, args); }
  error(...args) { this.#write(this.#stderr, args); }
  info(...args) { this.#write(this.#stdout, args); }
  debug(...args) { this.#write(this.#stdout, args); }
  dirxml(...args) { this.#write(this.#stdout, args); }
  dir(value, options) { this.#write(this.#stdout, [inspect(value, { customInspect: false, ...this.#options, ...options })]); }
  trace(...args) {
    const mark = { name: 'Trace', message: formatWithOptions(this.#options, ...args) };
    Error.captureStackTrace(mark, this.trace);
    this.#write(this.#stderr, [mark.stack]);
  }
  assert(value, ...args) {
    if (value) return;
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
    this.warn(...args);
  }
  clear() {}
  count(label = 'default') {
    const count = (this.#counts.get(`${label}`) || 0) + 1;
    this.#counts.set(`${label}`, count);
    this.log(`${label}: ${count}`);
  }
  countReset(label = 'default') { this.#counts.delete(`${label}`); }
  group(...args) {
    if (args.length > 0) this.log(...args);
    this.#indent += this.#step;
  }
  groupCollapsed(...args) { this.group(...args); }
  groupEnd() { this.#indent = this.#indent.slice(0, -this.#step.length || undefined); }
  time(label = 'default') { if (!this.#timers.has(`${label}`)) this.#timers.set(`${label}`, performance.now()); }
  #elapsed(label, args) {
    const since = this.#timers.get(`${label}`);
    if (since !== undefined) this.log('%s: %s', label, `${(performance.now() - since).toFixed(3)}ms`, ...args);
  }
  timeLog(label = 'default', ...args) { this.#elapsed(label, args); }
  timeEnd(label = 'default') {
    this.#elapsed(label, []);
    this.#timers.delete(`${label}`);
  }
}

module.exports = console;
Object.defineProperty(console, 'Console', { value: Console, writable: true, enumerable: true, configurable: true });
