// structuredClone, and the copying that message ports do.
const { codes: { ERR_INVALID_ARG_TYPE }, coded } = require('internal/errors');
const { DOMException } = require('internal/dom_exception');
const { kind, unbox } = require('internal/types');

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
// How objects of the platform are copied: [test, copy].
const platform = [];

function refuse(value) {
  let shown;
  if (typeof value === 'symbol') shown = String(value);
  else if (typeof value === 'function') shown = Function.prototype.toString.call(value);
  else shown = `#<${value.constructor && value.constructor.name || 'Object'}>`;
  throw new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
}

function copy(value, seen, moved) {
  if (typeof value === 'symbol' || typeof value === 'function') return refuse(value);
  if (value === null || typeof value !== 'object') return value;
  if (seen.has(value)) return seen.get(value);
  const keep = (made) => {
    seen.set(value, made);
    return made;
  };
  if (moved.has(value)) return keep(moved.get(value)(value));
  const inside = kind(value);
  switch (inside) {
    case 'Array': {
      const made = keep(new Array(value.length));
      for (const key of Object.keys(value)) made[key] = copy(value[key], seen, moved);
      return made;
    }
    case 'Date': return keep(new Date(Date.prototype.getTime.call(value)));
    case 'RegExp': return keep(new RegExp(value.source, value.flags));
    case 'boxed string': case 'boxed number': case 'boxed boolean': case 'boxed bigint': return keep(Object(unbox(value)));
    case 'ArrayBuffer': return keep(value.slice(0));
    case 'SharedArrayBuffer': return keep(value);
    case 'DataView': return keep(new DataView(copy(value.buffer, seen, moved), value.byteOffset, value.byteLength));
    case 'Map': {
      const made = keep(new Map());
      for (const [key, one] of [...Map.prototype.entries.call(value)]) made.set(copy(key, seen, moved), copy(one, seen, moved));
      return made;
    }
    case 'Set': {
      const made = keep(new Set());
      for (const one of [...Set.prototype.values.call(value)]) made.add(copy(one, seen, moved));
      return made;
    }
    case 'Error': return copyError(value, keep, seen, moved);
    case 'Object': case 'Arguments': break;
    default:
      if (inside.endsWith('Array')) {
        const made = new globalThis[inside](copy(value.buffer, seen, moved), value.byteOffset, value.length);
        return keep(made);
      }
      return refuse(value);
  }
  const known = platform.find(([test]) => test(value));
  if (known) return keep(known[1](value));
  const made = keep({});
  for (const key of Object.keys(value)) made[key] = copy(value[key], seen, moved);
  return made;
}

function copyError(value, keep, seen, moved) {
  const name = String(value.name);
  const base = keep(new (ERRORS[name] || Error)());
  const fields = {};
  for (const key of ['stack', 'message', 'cause']) {
    const own = Object.getOwnPropertyDescriptor(value, key);
    if (key === 'stack') fields.stack = typeof value.stack === 'string' ? value.stack : undefined;
    else if (own && 'value' in own) fields[key] = key === 'message' ? `${own.value}` : copy(own.value, seen, moved);
  }
  for (const key of Object.keys(fields)) {
    Object.defineProperty(base, key, { value: fields[key], writable: true, enumerable: false, configurable: true });
  }
  return base;
}

function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The value argument must be specified');
  if (options !== undefined && options !== null && typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  return clone(value, options && options.transfer || []);
}

function clone(value, transfer) {
  const moved = new Map();
  for (const one of transfer) {
    if (moved.has(one)) throw new DOMException('ArrayBuffer occurs in the transfer list more than once', 'DataCloneError');
    const known = platform.find(([test, , move]) => move && test(one));
    if (kind(one) === 'ArrayBuffer') moved.set(one, (buffer) => (typeof buffer.transfer === 'function' ? buffer.transfer() : buffer.slice(0)));
    else if (known) moved.set(one, known[2]);
    else throw new DOMException('Value not transferable', 'DataCloneError');
  }
  return copy(value, new Map(), moved);
}

module.exports = {
  structuredClone, clone,
  // Makes objects of a class cloneable or transferable: `copy` makes the second of a first.
  teach: (test, copied, move) => platform.push([test, copied || refuse, move]),
};
