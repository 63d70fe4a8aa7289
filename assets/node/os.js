// Node's `os`: a made-up machine; nothing of the host shows.
const { validateInt32, validateObject } = require('internal/validators');
const { errno } = require('internal/uv');

const signals = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9,
  SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGSTKFLT: 16, SIGCONT: 18, SIGSTOP: 19,
  SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29,
  SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31 };
const priority = { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14,
  PRIORITY_HIGHEST: -20 };
const dlopen = { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 };
const bare = (object) => Object.freeze(Object.assign(Object.create(null), object));
const GIGABYTE = 1024 ** 3;

module.exports = {
  EOL: '\n',
  devNull: '/dev/null',
  constants: bare({ UV_UDP_REUSEADDR: 4, dlopen: bare(dlopen), errno: bare(errno), signals: bare(signals), priority: bare(priority) }),
  arch: () => 'x64',
  availableParallelism: () => 1,
  cpus: () => [{ model: 'Sandbox', speed: 2400, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
  endianness: () => 'LE',
  freemem: () => GIGABYTE / 2,
  getPriority(pid = 0) {
    validateInt32(pid, 'pid');
    return 0;
  },
  homedir: () => '/home/sandbox',
  hostname: () => 'sandbox',
  loadavg: () => [0, 0, 0],
  machine: () => 'x86_64',
  networkInterfaces: () => ({}),
  platform: () => 'linux',
  release: () => '6.1.0',
  setPriority() { require('internal/refusal').refusing('os.setPriority', 'a hook in Hookbench has no processes', 'ChildProcess')(); },
  tmpdir: () => '/tmp',
  totalmem: () => GIGABYTE,
  type: () => 'Linux',
  uptime: () => Math.floor(process.uptime() * 100) / 100,
  userInfo(options = {}) {
    validateObject(options, 'options');
    return { uid: 1000, gid: 1000, username: 'sandbox', homedir: '/home/sandbox', shell: '/bin/sh' };
  },
  version: () => '#1 SMP',
};
for (const name of ['arch', 'endianness', 'hostname', 'homedir', 'platform', 'release', 'tmpdir', 'type', 'machine', 'version', 'uptime',
  'totalmem', 'freemem', 'availableParallelism']) {
  const value = module.exports[name];
  value[Symbol.toPrimitive] = () => value();
}
