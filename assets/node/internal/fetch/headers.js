// `Headers` of fetch: names without case, values joined, in the order of their names.
const { isToken } = require('internal/http/common');
const custom = Symbol.for('nodejs.util.inspect.custom');
const GUARD = Symbol('guard');

const BAD = /[\0\r\n]|[^\x00-\xff]/;
const trim = (text) => text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

function need(given, wanted, where) {
  if (given >= wanted) return;
  throw new TypeError(`${where}: ${wanted} argument${wanted === 1 ? '' : 's'} required, but${given ? ' only' : ''} ${given} found.`);
}

class Headers {
  // Lower-case name → [name as given, values…].
  #map = new Map();

  constructor(init = undefined) {
    if (init === undefined) return;
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      throw new TypeError(`Headers constructor: init given is not one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.`);
    }
    if (init instanceof Headers) {
      for (const [key, list] of init.#map) this.#map.set(key, [...list]);
    } else if (typeof init[Symbol.iterator] === 'function') {
      for (const pair of init) {
        const both = [...pair];
        if (both.length !== 2) {
          throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${both.length}.`);
        }
        this.append(both[0], both[1]);
      }
    } else {
      for (const key of Reflect.ownKeys(init)) {
        if (typeof key === 'symbol') throw new TypeError(`Headers constructor: Key ${String(key)} in init is a symbol, which cannot be converted to a ByteString.`);
        const property = Reflect.getOwnPropertyDescriptor(init, key);
        if (property && property.enumerable) this.append(key, init[key]);
      }
    }
  }

  #check(method, name, value) {
    const key = String(name);
    if (!isToken(key)) throw new TypeError(`Headers.${method}: "${key}" is an invalid header name.`);
    if (this[GUARD] === 'immutable' && method !== 'get' && method !== 'has') throw new TypeError('immutable');
    if (value === undefined) return [key, undefined];
    const text = trim(String(value));
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 255) {
        throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${at} has a value of ${code} which is greater than 255.`);
      }
    }
    if (BAD.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header value.`);
    return [key, text];
  }

  append(name, value) {
    need(arguments.length, 2, 'Headers.append');
    const [key, text] = this.#check('append', name, String(value));
    const known = this.#map.get(key.toLowerCase());
    if (known) known.push(text);
    else this.#map.set(key.toLowerCase(), [key, text]);
  }

  set(name, value) {
    need(arguments.length, 2, 'Headers.set');
    const [key, text] = this.#check('set', name, String(value));
    const known = this.#map.get(key.toLowerCase());
    this.#map.set(key.toLowerCase(), [known ? known[0] : key, text]);
  }

  delete(name) {
    need(arguments.length, 1, 'Headers.delete');
    this.#map.delete(this.#check('delete', name)[0].toLowerCase());
  }

  get(name) {
    need(arguments.length, 1, 'Headers.get');
    const known = this.#map.get(this.#check('get', name)[0].toLowerCase());
    return known ? known.slice(1).join(', ') : null;
  }

  has(name) {
    need(arguments.length, 1, 'Headers.has');
    return this.#map.has(this.#check('has', name)[0].toLowerCase());
  }

  getSetCookie() {
    const known = this.#map.get('set-cookie');
    return known ? known.slice(1) : [];
  }

  forEach(callback, self = globalThis) {
    need(arguments.length, 1, 'Headers.forEach');
    if (typeof callback !== 'function') {
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    }
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  *#sorted() {
    for (const key of [...this.#map.keys()].sort()) {
      const list = this.#map.get(key);
      if (!list) continue;
      if (key === 'set-cookie') for (const value of list.slice(1)) yield [key, value];
      else yield [key, list.slice(1).join(', ')];
    }
  }

  entries() { return this.#sorted(); }
  *keys() { for (const [name] of this.#sorted()) yield name; }
  *values() { for (const [, value] of this.#sorted()) yield value; }
  [Symbol.iterator]() { return this.#sorted(); }

  [custom](depth, options, inspect) {
    const all = {};
    for (const [key, list] of this.#map) all[key] = list.slice(1).join(', ');
    return `Headers ${(inspect || require('util').inspect)(all, options)}`;
  }

  // As they go out: names as given, one line each.
  static lines(headers) {
    const lines = [];
    for (const [key, [name, ...values]] of headers.#map) {
      if (key === 'set-cookie') for (const value of values) lines.push([name, value]);
      else lines.push([name, values.join(', ')]);
    }
    return lines;
  }
}
const lines = Headers.lines;
delete Headers.lines;
Object.defineProperty(Headers.prototype, Symbol.toStringTag, { value: 'Headers', configurable: true });
for (const name of ['append', 'delete', 'get', 'has', 'set', 'getSetCookie', 'forEach', 'entries', 'keys', 'values']) {
  Object.defineProperty(Headers.prototype, name, { enumerable: true });
}

module.exports = { Headers, lines, GUARD, need };
