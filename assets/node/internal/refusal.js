// What this machine has not: modules whose operations refuse with Node's codes and a sentence that says why.
const { coded } = require('internal/errors');

// An operation that refuses: through its callback where there is one, by an exception otherwise.
function refusing(name, what, permission) {
  const error = () => coded(Error, 'ERR_ACCESS_DENIED',
    `Access to this API has been restricted: ${what} (${name})`, { permission });
  const operation = function (...args) {
    const callback = args[args.length - 1];
    if (typeof callback !== 'function') throw error();
    process.nextTick(callback, error());
    return undefined;
  };
  Object.defineProperty(operation, 'name', { value: name.split('.').pop() });
  return operation;
}

// The same as a promise.
function rejecting(name, what, permission) {
  const refuse = refusing(name, what, permission);
  const operation = async () => refuse();
  Object.defineProperty(operation, 'name', { value: name.split('.').pop() });
  return operation;
}

// A connection that fails as one does without a network.
function unreachable(syscall, host, port) {
  const error = new Error(`${syscall} ENOTSUP ${host}${port === undefined ? '' : `:${port}`}: a hook in Hookbench has no sockets; HTTP goes through its outbox`);
  return Object.assign(error, { code: 'ENOTSUP', errno: -95, syscall, address: host, port });
}

module.exports = { refusing, rejecting, unreachable };
