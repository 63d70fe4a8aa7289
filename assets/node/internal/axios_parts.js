// Headers, parameters and bodies of the `axios` stand-in.
const isPlain = (value) => Object.prototype.toString.call(value) === '[object Object]'
  && [null, Object.prototype].includes(Object.getPrototypeOf(value));

// Header names as they were first written, found without regard to case.
class AxiosHeaders {
  constructor(headers) { if (headers) this.set(headers); }

  #find(name) {
    const key = String(name).toLowerCase();
    return Object.keys(this).find((known) => known.toLowerCase() === key);
  }

  set(name, value, rewrite) {
    if (typeof name === 'string') {
      const known = this.#find(name);
      if (known === undefined || rewrite === true || (rewrite === undefined && this[known] !== false)) {
        this[known ?? name.trim()] = value === false || value === null || value === undefined ? value
          : Array.isArray(value) ? value.map(String) : String(value).trim();
      }
    } else if (name) {
      const pairs = typeof name[Symbol.iterator] === 'function' && !isPlain(name) ? [...name] : Object.entries(name);
      for (const [key, one] of pairs) this.set(String(key), one, value);
    }
    return this;
  }

  get(name, parser) {
    const known = this.#find(name);
    if (known === undefined) return undefined;
    const value = this[known];
    if (parser instanceof RegExp) return parser.exec(value);
    return typeof parser === 'function' ? parser.call(this, value, known) : value;
  }

  has(name) {
    const known = this.#find(name);
    return known !== undefined && this[known] !== undefined;
  }

  delete(name) {
    let found = false;
    for (const one of [].concat(name)) {
      const known = this.#find(one);
      if (known !== undefined) found = delete this[known];
    }
    return found;
  }

  clear() {
    for (const key of Object.keys(this)) delete this[key];
    return true;
  }

  normalize() { return this; }
  concat(...others) { return AxiosHeaders.concat(this, ...others); }
  toJSON() {
    const all = Object.create(null);
    for (const key of Object.keys(this)) if (this[key] !== undefined && this[key] !== null && this[key] !== false) all[key] = Array.isArray(this[key]) ? this[key].join(', ') : this[key];
    return all;
  }
  toString() { return Object.entries(this.toJSON()).map(([key, value]) => `${key}: ${value}`).join('\n'); }
  getSetCookie() { return this.get('set-cookie') || []; }
  setContentType(value, rewrite) { return this.set('Content-Type', value, rewrite); }
  getContentType(parser) { return this.get('Content-Type', parser); }
  hasContentType() { return this.has('Content-Type'); }
  [Symbol.iterator]() { return Object.entries(this.toJSON())[Symbol.iterator](); }

  static from(value) { return value instanceof AxiosHeaders ? value : new AxiosHeaders(value); }
  static concat(first, ...others) {
    const all = new AxiosHeaders(first);
    for (const one of others) all.set(one);
    return all;
  }
}
for (const name of ['Accept', 'ContentLength', 'ContentEncoding', 'UserAgent', 'Authorization']) {
  const header = name.replace(/(?!^)[A-Z]/g, '-$&');
  const hidden = (value) => ({ value, configurable: true, writable: true });
  Object.defineProperties(AxiosHeaders.prototype, {
    [`get${name}`]: hidden(function (parser) { return this.get(header, parser); }),
    [`set${name}`]: hidden(function (value, rewrite) { return this.set(header, value, rewrite); }),
    [`has${name}`]: hidden(function () { return this.has(header); }),
  });
}

// Nested values as `name[key]` pairs.
function pairs(value, add, path) {
  if (value === undefined) return;
  if (value === null) add(path, '');
  else if (value instanceof Date) add(path, value.toISOString());
  else if (Array.isArray(value)) {
    value.forEach((one, at) => pairs(one, add, one !== null && typeof one === 'object' ? `${path}[${at}]` : `${path}[]`));
  } else if (typeof value === 'object' && isPlain(value)) {
    for (const key of Object.keys(value)) pairs(value[key], add, path ? `${path}[${key}]` : key);
  } else {
    add(path, value);
  }
}

const inQuery = (text) => encodeURIComponent(text).replace(/%3A/gi, ':').replace(/%24/g, '$').replace(/%2C/gi, ',').replace(/%20/g, '+');

function query(params, serializer) {
  if (typeof serializer === 'function') return serializer(params);
  if (serializer && typeof serializer.serialize === 'function') return serializer.serialize(params, serializer);
  if (params instanceof URLSearchParams) return params.toString();
  const list = [];
  const encode = serializer && typeof serializer.encode === 'function' ? serializer.encode : inQuery;
  const bare = {};
  for (const key of Object.keys(params)) if (params[key] !== null) bare[key] = params[key];
  const indexes = serializer && serializer.indexes !== undefined ? serializer.indexes : false;
  pairs(bare, (path, value) => {
    const name = indexes === null ? path.replace(/\[\]$/, '') : path;
    list.push(`${encode(name)}=${encode(value)}`);
  }, '');
  return list.join('&');
}

function withQuery(url, params, serializer) {
  if (!params) return url;
  const text = query(params, serializer);
  if (!text) return url;
  const bare = url.split('#')[0];
  return bare + (bare.includes('?') ? '&' : '?') + text;
}

// The body as it goes out, and its type where none is set.
function transformRequest(data, headers) {
  const type = String(headers.getContentType() || '');
  const kind = Object.prototype.toString.call(data).slice(8, -1);
  if (kind === 'FormData') return type.includes('application/json') ? JSON.stringify(Object.fromEntries(data)) : data;
  if (data instanceof ArrayBuffer) return data;
  if (ArrayBuffer.isView(data)) return data;
  if (kind === 'Blob' || kind === 'File' || (data && typeof data.pipe === 'function') || kind === 'ReadableStream') return data;
  if (data instanceof URLSearchParams) {
    headers.setContentType('application/x-www-form-urlencoded;charset=utf-8', false);
    return data.toString();
  }
  if (data !== null && typeof data === 'object') {
    if (type.includes('application/x-www-form-urlencoded')) {
      const form = new URLSearchParams();
      pairs(data, (path, value) => form.append(path, value), '');
      return form.toString();
    }
    if (type.includes('multipart/form-data')) return toFormData(data);
  }
  if ((data !== null && typeof data === 'object') || type.includes('application/json')) {
    headers.setContentType('application/json', false);
    if (typeof data === 'string') {
      try {
        JSON.parse(data);
        return data.trim();
      } catch {
        return JSON.stringify(data);
      }
    }
    return JSON.stringify(data);
  }
  return data;
}

function toFormData(data, form = new FormData()) {
  const add = (path, value) => form.append(path, value);
  pairs(data, add, '');
  return form;
}

function transformResponse(data) {
  const { responseType } = this;
  if (data && typeof data === 'string' && (responseType === undefined || responseType === null || responseType === 'json' || responseType === '')) {
    try {
      return JSON.parse(data);
    } catch (error) {
      if (responseType === 'json') {
        const { AxiosError } = require('internal/axios_errors');
        throw AxiosError.from(error, AxiosError.ERR_BAD_RESPONSE, this, null, this.response);
      }
    }
  }
  return data;
}

module.exports = { AxiosHeaders, isPlain, withQuery, transformRequest, transformResponse, toFormData };
