// What `process` does beyond the engine's own part: warnings, streams, what is refused.
const { codes: { ERR_INVALID_ARG_TYPE }, coded } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const EventEmitter = require('events');

function emitWarning(warning, type, code) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ({ code, detail } = type);
    type = type.type;
  } else if (typeof type === 'function') type = undefined;
  if (typeof code === 'function') code = undefined;
  if (type !== undefined) validateString(type, 'type');
  if (code !== undefined) validateString(code, 'code');
  if (typeof warning === 'string') {
    warning = new Error(warning);
    warning.name = `${type || 'Warning'}`;
    if (code !== undefined) warning.code = code;
    if (detail !== undefined) warning.detail = detail;
  } else if (!(warning instanceof Error)) throw new ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  if (warning.name === 'DeprecationWarning' && process.noDeprecation) return;
  process.nextTick(() => {
    const mark = warning.code ? `[${warning.code}] ` : '';
    const more = typeof warning.detail === 'string' ? `\n${warning.detail}` : '';
    native.warn(`(node:${process.pid}) ${mark}${warning.name}: ${warning.message}${more}`);
    process.emit('warning', warning);
  });
}

// True where a listener took the error.
function handleUncaught(error, rejected, promise) {
  if (rejected && process.listenerCount('unhandledRejection') > 0) {
    process.emit('unhandledRejection', error, promise);
    return true;
  }
  const origin = rejected ? 'unhandledRejection' : 'uncaughtException';
  if (typeof captured === 'function') {
    captured(error);
    return true;
  }
  process.emit('uncaughtExceptionMonitor', error, origin);
  return process.emit('uncaughtException', error, origin);
}
let captured = null;

function output(fd, write) {
  const stream = new EventEmitter();
  const call = (args) => {
    const callback = args.find((one) => typeof one === 'function');
    if (callback) process.nextTick(callback);
  };
  return Object.assign(stream, {
    fd,
    isTTY: false,
    writable: true,
    _type: 'pipe',
    write(chunk, ...rest) {
      if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
        throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
      }
      write(typeof chunk === 'string' ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString());
      call(rest);
      return true;
    },
    end(...args) {
      if (args.length && typeof args[0] !== 'function') this.write(args[0]);
      call(args);
      return this;
    },
    cork() {}, uncork() {}, destroy() { return this; },
    getColorDepth: () => 1,
    hasColors: () => false,
  });
}
const streams = {
  stdout: output(1, native.writeOut),
  stderr: output(2, native.writeError),
  // Nobody types anything: it has ended.
  stdin: Object.assign(new EventEmitter(), {
    fd: 0, isTTY: false, readable: false,
    read: () => null, setEncoding() { return this; }, resume() { return this; }, pause() { return this; },
    ref() { return this; }, unref() { return this; }, pipe: (target) => target,
  }),
};

function refuse(what, syscall) {
  return function () {
    throw coded(Error, 'ERR_ACCESS_DENIED', `Access to this API has been restricted: ${what}`, { permission: syscall });
  };
}

const usage = () => ({ user: Math.round(process.uptime() * 1e6), system: 0 });
const more = {
  title: 'node',
  argv0: 'node',
  execPath: '/usr/local/bin/node',
  ppid: 0,
  exitCode: undefined,
  debugPort: 9229,
  noDeprecation: false,
  release: { name: 'node', lts: 'Jod', sourceUrl: 'https://nodejs.org/download/release/v22.14.0/node-v22.14.0.tar.gz' },
  features: {
    inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true,
    cached_builtins: true, require_module: true, typescript: false,
  },
  config: { target_defaults: {}, variables: {} },
  allowedNodeEnvironmentFlags: new Set(),
  report: undefined,
  cpuUsage: usage,
  resourceUsage: () => ({
    userCPUTime: usage().user, systemCPUTime: 0, maxRSS: 0, sharedMemorySize: 0, unsharedDataSize: 0, unsharedStackSize: 0,
    minorPageFault: 0, majorPageFault: 0, swappedOut: 0, fsRead: 0, fsWrite: 0, ipcSent: 0, ipcReceived: 0, signalsCount: 0,
    voluntaryContextSwitches: 0, involuntaryContextSwitches: 0,
  }),
  umask: () => 0o22,
  getuid: () => 1000,
  geteuid: () => 1000,
  getgid: () => 1000,
  getegid: () => 1000,
  getgroups: () => [1000],
  constrainedMemory: () => 0,
  availableMemory: () => 0,
  getActiveResourcesInfo: () => [],
  getBuiltinModule(id) {
    validateString(id, 'id');
    return native.builtin(id);
  },
  hasUncaughtExceptionCaptureCallback: () => captured !== null,
  setUncaughtExceptionCaptureCallback(callback) {
    if (callback !== null) validateFunction(callback, 'fn');
    captured = callback;
  },
  setSourceMapsEnabled() {},
  chdir: refuse('a hook in Hookbench has no folders', 'FileSystemRead'),
  kill: refuse('a hook in Hookbench has no processes', 'ChildProcess'),
  abort: refuse('a hook in Hookbench cannot end its process', 'ChildProcess'),
  dlopen: refuse('native addons do not run in Hookbench', 'Addon'),
  binding: refuse('there is no internal binding in Hookbench', 'Addon'),
  loadEnvFile: refuse('a hook in Hookbench has no files', 'FileSystemRead'),
};

module.exports = { emitWarning, handleUncaught, more, ...streams };
