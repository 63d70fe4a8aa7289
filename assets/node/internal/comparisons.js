// Deep equality, strict and loose, as `assert` and `util.isDeepStrictEqual` have it.
const { kind, unbox } = require('internal/types');
const { is, keys, getOwnPropertySymbols, getPrototypeOf } = Object;
const owns = Object.prototype.hasOwnProperty;
const isEnumerable = Object.prototype.propertyIsEnumerable;

const loosely = (left, right) => left == right || Number.isNaN(left) && Number.isNaN(right);

function equal(left, right, strict, seen) {
  if (left === right) return left !== 0 || !strict || is(left, right);
  if (strict) {
    if (typeof left !== 'object') return typeof left === 'number' && Number.isNaN(left) && Number.isNaN(right);
    if (typeof right !== 'object' || left === null || right === null) return false;
    if (getPrototypeOf(left) !== getPrototypeOf(right)) return false;
  } else {
    if (left === null || typeof left !== 'object') return (right === null || typeof right !== 'object') && loosely(left, right);
    if (right === null || typeof right !== 'object') return false;
  }
  const inside = kind(left);
  if (inside !== kind(right)) return false;
  if (Object.prototype.toString.call(left) !== Object.prototype.toString.call(right)) return false;
  if (inside === 'Date') {
    if (!is(left.getTime(), right.getTime())) return false;
  } else if (inside === 'RegExp') {
    if (left.source !== right.source || left.flags !== right.flags || left.lastIndex !== right.lastIndex) return false;
  } else if (inside === 'Error') {
    if (left.message !== right.message || left.name !== right.name) return false;
    for (const key of ['cause', 'errors']) {
      if (owns.call(left, key) !== owns.call(right, key)) return false;
      if (owns.call(left, key) && !cyclic(left[key], right[key], strict, seen)) return false;
    }
  } else if (inside.startsWith('boxed ')) {
    if (!is(unbox(left), unbox(right))) return false;
  } else if (inside === 'ArrayBuffer' || inside === 'SharedArrayBuffer' || ArrayBuffer.isView(left)) {
    if (!bytes(left, right, strict, inside)) return false;
  } else if (inside === 'WeakMap' || inside === 'WeakSet' || inside === 'Promise') {
    return false;
  } else if (inside === 'Array' && left.length !== right.length) return false;
  return cyclic(left, right, strict, seen, inside);
}

function bytes(left, right, strict, inside) {
  if (left.byteLength !== right.byteLength) return false;
  if (inside.startsWith('Float') && !strict) return left.every((value, at) => value === right[at]);
  if (inside.startsWith('Float')) return left.every((value, at) => is(value, right[at]));
  const view = (value) => (ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value));
  return Buffer.compare(view(left), view(right)) === 0;
}

// Guards against cycles: a pair that is being compared is taken as equal if both are met again together.
function cyclic(left, right, strict, seen, inside) {
  if (inside === undefined) return equal(left, right, strict, seen);
  if (seen.left.has(left)) return seen.left.get(left) === right;
  if (seen.right.has(right)) return false;
  seen.left.set(left, right);
  seen.right.set(right, left);
  const same = contents(left, right, strict, seen, inside);
  seen.left.delete(left);
  seen.right.delete(right);
  return same;
}

function contents(left, right, strict, seen, inside) {
  const indexed = inside === 'Array' || ArrayBuffer.isView(left);
  const mine = keys(left);
  const names = indexed && inside !== 'Array' ? mine.filter((key) => !/^\d+$/.test(key)) : mine;
  const theirs = keys(right);
  if (mine.length !== theirs.length) return false;
  for (const key of names) if (!isEnumerable.call(right, key)) return false;
  if (strict) {
    const symbols = (value) => getOwnPropertySymbols(value).filter((key) => isEnumerable.call(value, key));
    const own = symbols(left);
    if (own.length !== symbols(right).length) return false;
    for (const key of own) {
      if (!isEnumerable.call(right, key) || !equal(left[key], right[key], strict, seen)) return false;
    }
  }
  if (inside === 'Set' && !sets(left, right, strict, seen)) return false;
  if (inside === 'Map' && !maps(left, right, strict, seen)) return false;
  for (const key of names) if (!equal(left[key], right[key], strict, seen)) return false;
  return true;
}

function sets(left, right, strict, seen) {
  if (left.size !== right.size) return false;
  const rest = new Set();
  for (const value of left) if (!right.has(value)) {
    if (strict && (value === null || typeof value !== 'object')) return false;
    rest.add(value);
  }
  if (rest.size === 0) return true;
  for (const candidate of right) {
    if (left.has(candidate)) continue;
    let found = false;
    for (const value of rest) {
      if (equal(value, candidate, strict, seen)) {
        rest.delete(value);
        found = true;
        break;
      }
    }
    if (!found) return false;
  }
  return rest.size === 0;
}

function maps(left, right, strict, seen) {
  if (left.size !== right.size) return false;
  const rest = new Map();
  for (const [key, value] of left) {
    if (right.has(key) && equal(value, right.get(key), strict, seen)) continue;
    if (strict && (key === null || typeof key !== 'object')) return false;
    rest.set(key, value);
  }
  for (const [key, value] of right) {
    if (left.has(key) && !rest.has(key)) continue;
    let found = false;
    for (const [mine, own] of rest) {
      if (equal(mine, key, strict, seen) && equal(own, value, strict, seen)) {
        rest.delete(mine);
        found = true;
        break;
      }
    }
    if (!found) return false;
  }
  return rest.size === 0;
}

const start = (strict) => (left, right) => equal(left, right, strict, { left: new Map(), right: new Map() });
module.exports = { isDeepEqual: start(false), isDeepStrictEqual: start(true) };
