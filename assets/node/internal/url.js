// URL and URLSearchParams of the WHATWG; parsing is native.
const {
  codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS },
} = require('internal/errors');

const custom = Symbol.for('nodejs.util.inspect.custom');
const PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

function invalid(input, base) {
  // Thrown by Node's native part: without the code in its text.
  const error = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
  if (base !== undefined) error.base = base;
  return error;
}

class URLSearchParams {
  #list = [];
  #changed = undefined;
  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      const method = init[Symbol.iterator];
      if (init instanceof URLSearchParams && method === URLSearchParams.prototype[Symbol.iterator]) {
        this.#list = init.#list.slice();
      } else if (method !== null && method !== undefined) {
        if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
        for (const pair of init) {
          if (pair === null || pair === undefined) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          const iterable = (typeof pair === 'object' || typeof pair === 'function') && typeof pair[Symbol.iterator] === 'function';
          const both = iterable ? [...pair] : [];
          if (both.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          this.#list.push(`${both[0]}`.toWellFormed(), `${both[1]}`.toWellFormed());
        }
      } else {
        const seen = new Map();
        for (const key of Reflect.ownKeys(init)) {
          const found = Reflect.getOwnPropertyDescriptor(init, key);
          if (found !== undefined && found.enumerable) seen.set(`${key}`.toWellFormed(), `${init[key]}`.toWellFormed());
        }
        for (const [key, value] of seen) this.#list.push(key, value);
      }
      return;
    }
    init = `${init}`;
    this.#list = native.parseQuery(init[0] === '?' ? init.slice(1) : init);
  }
  static follow(text, changed) {
    const params = new URLSearchParams();
    params.#list = native.parseQuery(text[0] === '?' ? text.slice(1) : text);
    params.#changed = changed;
    return params;
  }
  static refill(params, text) {
    params.#list = native.parseQuery(text[0] === '?' ? text.slice(1) : text);
  }
  #told() { if (this.#changed) this.#changed(this.toString()); }
  #mine() { if (typeof this !== 'object' || this === null || !(#list in this)) throw new ERR_INVALID_THIS('URLSearchParams'); }
  static #need(given, ...names) { if (given < names.length) throw new ERR_MISSING_ARGS(...names); }
  get size() { return this.#list.length / 2; }
  append(name, value) {
    URLSearchParams.#need(arguments.length, 'name', 'value');
    this.#list.push(`${name}`.toWellFormed(), `${value}`.toWellFormed());
    this.#told();
  }
  delete(name, value = undefined) {
    URLSearchParams.#need(arguments.length, 'name');
    name = `${name}`;
    const rest = [];
    for (let at = 0; at < this.#list.length; at += 2) {
      const gone = this.#list[at] === name && (value === undefined || this.#list[at + 1] === `${value}`);
      if (!gone) rest.push(this.#list[at], this.#list[at + 1]);
    }
    this.#list = rest;
    this.#told();
  }
  get(name) {
    URLSearchParams.#need(arguments.length, 'name');
    name = `${name}`;
    for (let at = 0; at < this.#list.length; at += 2) if (this.#list[at] === name) return this.#list[at + 1];
    return null;
  }
  getAll(name) {
    URLSearchParams.#need(arguments.length, 'name');
    name = `${name}`;
    return this.#list.filter((_, at) => at % 2 === 1 && this.#list[at - 1] === name);
  }
  has(name, value = undefined) {
    URLSearchParams.#need(arguments.length, 'name');
    name = `${name}`;
    for (let at = 0; at < this.#list.length; at += 2) {
      if (this.#list[at] === name && (value === undefined || this.#list[at + 1] === `${value}`)) return true;
    }
    return false;
  }
  set(name, value) {
    URLSearchParams.#need(arguments.length, 'name', 'value');
    name = `${name}`.toWellFormed();
    value = `${value}`.toWellFormed();
    const rest = [];
    let found = false;
    for (let at = 0; at < this.#list.length; at += 2) {
      if (this.#list[at] !== name) rest.push(this.#list[at], this.#list[at + 1]);
      else if (!found) {
        found = true;
        rest.push(name, value);
      }
    }
    if (!found) rest.push(name, value);
    this.#list = rest;
    this.#told();
  }
  sort() {
    const pairs = [];
    for (let at = 0; at < this.#list.length; at += 2) pairs.push([this.#list[at], this.#list[at + 1]]);
    pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#list = pairs.flat();
    this.#told();
  }
  forEach(callback, thisArg = undefined) {
    if (typeof callback !== 'function') throw new ERR_INVALID_ARG_TYPE('callback', 'function', callback);
    for (let at = 0; at < this.#list.length; at += 2) callback.call(thisArg, this.#list[at + 1], this.#list[at], this);
  }
  entries() { return this.#iterate((name, value) => [name, value]); }
  keys() { return this.#iterate((name) => name); }
  values() { return this.#iterate((_, value) => value); }
  #iterate(pick) {
    URLSearchParams.prototype.toString.call(this);
    let at = 0;
    const iterator = Object.create(IteratorPrototype);
    iterators.set(iterator, {
      next: () => {
        if (at >= this.#list.length) return { value: undefined, done: true };
        at += 2;
        return { value: pick(this.#list[at - 2], this.#list[at - 1]), done: false };
      },
      rest: () => {
        const rest = [];
        for (let next = at; next < this.#list.length; next += 2) rest.push(pick(this.#list[next], this.#list[next + 1]));
        return rest;
      },
    });
    return iterator;
  }
  toString() {
    this.#mine();
    return native.writeQuery(this.#list);
  }
  [custom](depth, options) {
    this.#mine();
    if (depth < 0) return '[Object]';
    const { inspect } = require('util');
    const shown = [];
    for (let at = 0; at < this.#list.length; at += 2) {
      shown.push(`${inspect(this.#list[at], options)} => ${inspect(this.#list[at + 1], options)}`);
    }
    const length = shown.reduce((sum, one) => sum + one.length + 2, -2);
    if (shown.length === 0) return `${this.constructor.name} {}`;
    if (length > (options && options.breakLength || 80)) return `${this.constructor.name} {\n  ${shown.join(',\n  ')} }`;
    return `${this.constructor.name} { ${shown.join(', ')} }`;
  }
}
const iterators = new WeakMap();
const IteratorPrototype = Object.setPrototypeOf({
  next() {
    if (!iterators.has(this)) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    return iterators.get(this).next();
  },
  [custom](depth, options) {
    const shown = iterators.get(this).rest().map((one) => require('util').inspect(one, options));
    return `URLSearchParams Iterator { ${shown.join(', ')} }`;
  },
}, Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
Object.defineProperty(IteratorPrototype, Symbol.toStringTag, { value: 'URLSearchParams Iterator', configurable: true });
Object.defineProperty(IteratorPrototype, custom, { enumerable: false });

class URL {
  #parts;
  #params = undefined;
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const parts = native.parse(input, base);
    if (typeof parts === 'number') throw invalid(input, base);
    this.#parts = parts;
  }
  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return typeof native.parse(`${input}`, base === undefined ? undefined : `${base}`) !== 'number';
  }
  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }
  static createObjectURL(blob) { return require('internal/blob').createObjectURL(blob); }
  static revokeObjectURL(url) { require('internal/blob').revokeObjectURL(url); }
  static part(url, index) {
    if (typeof url !== 'object' || url === null || !(#parts in url)) throw new ERR_INVALID_THIS('URL');
    return url.#parts[index];
  }
  static change(url, name, value) {
    if (typeof url !== 'object' || url === null || !(#parts in url)) throw new ERR_INVALID_THIS('URL');
    value = `${value}`;
    const parts = native.change(url.#parts[0], name, value);
    if (parts === null) {
      if (name === 'href') throw invalid(value);
      return;
    }
    url.#parts = parts;
    if (url.#params && (name === 'href' || name === 'search')) refill(url.#params, parts[9]);
  }
  get searchParams() {
    if (!(#parts in this)) throw new ERR_INVALID_THIS('URL');
    if (!this.#params) {
      this.#params = follow(this.#parts[9], (text) => {
        this.#parts = native.change(this.#parts[0], 'search', text);
      });
    }
    return this.#params;
  }
  toString() { return part(this, 0); }
  toJSON() { return part(this, 0); }
  [custom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = Object.create({ constructor: this.constructor });
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search']) {
      shown[name] = this[name];
    }
    shown.searchParams = this.searchParams;
    shown.hash = this.hash;
    return `${this.constructor.name} ${require('util').inspect(Object.assign({}, shown), options)}`;
  }
}
const { part, change } = URL;
const { follow, refill } = URLSearchParams;
delete URL.part;
delete URL.change;
delete URLSearchParams.follow;
delete URLSearchParams.refill;
PARTS.forEach((name, index) => {
  const accessor = Object.getOwnPropertyDescriptor({
    get [name]() { return part(this, index); },
    set [name](value) { change(this, name, value); },
  }, name);
  if (name === 'origin') delete accessor.set;
  Object.defineProperty(URL.prototype, name, { ...accessor, enumerable: true, configurable: true });
});
for (const name of ['searchParams', 'toString', 'toJSON']) Object.defineProperty(URL.prototype, name, { enumerable: true });
for (const name of ['size', 'append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'forEach', 'entries', 'keys', 'values', 'toString']) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}
for (const name of ['canParse', 'parse', 'createObjectURL', 'revokeObjectURL']) Object.defineProperty(URL, name, { enumerable: true });
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries, writable: true, configurable: true,
});
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });

module.exports = {
  URL, URLSearchParams, invalid,
  domainToASCII: (domain) => native.domainToASCII(`${domain}`),
  domainToUnicode: (domain) => native.domainToUnicode(`${domain}`),
  isURL: (value) => Boolean(value && value.href && value.protocol && value.auth === undefined && value.path === undefined),
};
