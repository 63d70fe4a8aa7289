// Node's `dns`: no name is resolved but what is an address already, and `localhost`.
const { isIP } = require('net');
const { validateFunction } = require('internal/validators');

const CODES = ['NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP',
  'CONNREFUSED', 'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS', 'NOTINITIALIZED',
  'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED'];
const METHODS = ['resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs',
  'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse', 'lookupService'];

function failure(syscall, hostname, code) {
  const error = new Error(`${syscall} ${code} ${hostname}: a hook in Hookbench has no network; HTTP goes through its outbox`);
  return Object.assign(error, { errno: code === 'ENOTFOUND' ? -3008 : undefined, code, syscall, hostname });
}

function lookup(hostname, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, {}];
  validateFunction(callback, 'callback');
  const all = options !== null && typeof options === 'object' && options.all;
  const address = hostname === 'localhost' ? '127.0.0.1' : hostname;
  const family = isIP(address);
  process.nextTick(() => {
    if (family === 0) callback(failure('getaddrinfo', hostname, 'ENOTFOUND'));
    else if (all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  });
  return {};
}

class Resolver {
  cancel() {}
  getServers() { return []; }
  setServers() {}
  setLocalAddress() {}
}
const plain = {};
const promises = {};
for (const method of METHODS) {
  const syscall = `query${method.replace(/^resolve/, '') || 'A'}`;
  plain[method] = function (hostname, ...rest) {
    const callback = rest[rest.length - 1];
    validateFunction(callback, 'callback');
    process.nextTick(callback, failure(syscall, hostname, 'ECONNREFUSED'));
    return {};
  };
  promises[method] = async (hostname) => { throw failure(syscall, hostname, 'ECONNREFUSED'); };
  Resolver.prototype[method] = plain[method];
}
class PromiseResolver extends Resolver {}
Object.assign(PromiseResolver.prototype, promises);
promises.lookup = (hostname, options) => new Promise((resolve, reject) => {
  lookup(hostname, options || {}, (error, address, family) => {
    if (error) reject(error);
    else resolve(family === undefined ? address : { address, family });
  });
});

let order = 'verbatim';
const shared = {
  getServers: () => [], setServers() {}, getDefaultResultOrder: () => order, setDefaultResultOrder(value) { order = value; },
};
for (const code of CODES) shared[code] = code === 'CANCELLED' ? 'ECANCELLED' : `E${code}`;
module.exports = { lookup, ...plain, Resolver, ...shared, ADDRCONFIG: 1024, ALL: 256, V4MAPPED: 2048,
  promises: { ...promises, Resolver: PromiseResolver, ...shared } };
