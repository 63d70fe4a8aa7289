// Modules that are there so that packages load, and those that tell a made-up machine: members and pure functions.
const net = require('net');
const os = require('os');
const module_ = require('module');

const MEMBERS = {
  fs: ['readFile', 'readFileSync', 'writeFileSync', 'existsSync', 'statSync', 'createReadStream', 'mkdirSync', 'constants', 'promises', 'Stats', 'ReadStream', 'accessSync', 'realpathSync', 'watch', 'exists'],
  'fs/promises': ['readFile', 'writeFile', 'stat', 'mkdir', 'constants'],
  net: ['Socket', 'Server', 'connect', 'createConnection', 'createServer', 'isIP', 'isIPv4', 'isIPv6', 'BlockList'],
  tls: ['TLSSocket', 'connect', 'createSecureContext', 'checkServerIdentity', 'rootCertificates', 'DEFAULT_MIN_VERSION', 'getCiphers'],
  dns: ['lookup', 'resolve', 'resolve4', 'Resolver', 'promises', 'NOTFOUND', 'setServers', 'ADDRCONFIG', 'reverse'],
  child_process: ['exec', 'execSync', 'spawn', 'fork', 'execFile', 'ChildProcess', 'spawnSync'],
  cluster: ['isMaster', 'isPrimary', 'fork', 'workers'], http2: ['connect', 'constants', 'createServer', 'sensitiveHeaders'], dgram: ['createSocket', 'Socket'],
  inspector: ['Session', 'url', 'open', 'close'], repl: ['start', 'REPLServer'], readline: ['createInterface', 'Interface', 'clearLine', 'promises'], tty: ['isatty', 'ReadStream', 'WriteStream'],
  v8: ['serialize', 'deserialize', 'getHeapStatistics'], vm: ['runInThisContext', 'Script', 'createContext', 'isContext', 'compileFunction'], worker_threads: ['Worker', 'isMainThread', 'parentPort', 'MessageChannel', 'workerData'],
  domain: ['create', 'Domain'], constants: ['SIGTERM', 'ENOENT', 'O_RDONLY'], os: ['EOL', 'cpus', 'platform', 'tmpdir', 'constants', 'hostname', 'userInfo'],
};
for (const [name, members] of Object.entries(MEMBERS)) test(`members of ${name}`, () => members.map((member) => [member, typeof require(name)[member]]));
for (const text of ['1.2.3.4', '::1', '256.1.1.1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', 'fe80::1%eth0', '1::2::3', '', 'abc', '01.2.3.4', '::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7::']) test(`isIP ${text}`, () => [net.isIP(text), net.isIPv4(text), net.isIPv6(text)]);
test('socket', () => { const s = new net.Socket(); return [s instanceof require('events'), s.destroyed === true, typeof s.connect, s.setTimeout(0) === s, s.setNoDelay() === s, typeof net.Socket.prototype.write !== 'x']; });
test('exists', () => require('fs').existsSync('/no/such/thing'));
test('os', () => [os.EOL, os.platform(), os.endianness(), typeof os.cpus().length, os.constants.signals.SIGTERM, os.constants.errno.ENOENT, typeof os.tmpdir(), `${os.platform}`, os.devNull]);
test('builtins', () => [module_.isBuiltin('fs'), module_.isBuiltin('node:fs'), module_.isBuiltin('lodash'), module_.builtinModules.includes('util'), module_.wrap('x')]);
test('missing builtins', () => module_.builtinModules.filter((name) => !name.startsWith('_')).filter((name) => ['crypto', 'http', 'https', 'stream', 'stream/consumers', 'stream/promises', 'stream/web', 'zlib', 'trace_events', 'process'].includes(name)).length > 0);
test('sys', () => [require('sys') === require('util'), require('util/types') === require('util').types, require('path/posix') === require('path').posix, require('dns/promises') === require('dns').promises, require('fs').promises === require('fs/promises')]);
test('vm', () => [require('vm').runInThisContext('1 + 1'), new (require('vm').Script)('2 * 3').runInThisContext(), require('vm').isContext({})]);
test('dns lookup', () => new Promise((done) => require('dns').lookup('127.0.0.1', (e, a, f) => done([e, a, f]))));
test('dns all', () => new Promise((done) => require('dns').lookup('::1', { all: true }, (e, a) => done([e, a]))));
test('tty', () => require('tty').isatty(5000));
test('domain', () => { const d = require('domain').create(); const seen = []; d.on('error', (e) => seen.push(e.message)); d.run(() => {}); return seen; });
