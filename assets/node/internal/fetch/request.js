// `Request` of fetch.
const { Headers, need } = require('internal/fetch/headers');
const { BODY, bodyOf, carriesBody } = require('internal/fetch/body');
const custom = Symbol.for('nodejs.util.inspect.custom');

const NORMAL = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
const CHOICES = {
  redirect: ['follow', 'error', 'manual'],
  credentials: ['omit', 'same-origin', 'include'],
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  referrerPolicy: ['', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin',
    'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'],
  duplex: ['half'],
};

function methodOf(given) {
  const method = String(given);
  if (!/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return NORMAL.has(upper) ? upper : method;
}

class Request {
  #data;

  constructor(input, init = {}) {
    need(arguments.length, 1, 'Request constructor');
    init = init ?? {};
    if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError('RequestInit: Expected init ("' + String(init) + '") to be one of: Null, Undefined, Object.');
    const given = input instanceof Request ? input : null;
    let url;
    if (given) {
      url = given.#data.url;
    } else {
      const text = String(input);
      try {
        url = new URL(text);
      } catch (error) {
        throw new TypeError(`Failed to parse URL from ${text}`, { cause: error });
      }
      if (url.username || url.password) {
        throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
      }
    }
    const from = given ? given.#data : {
      method: 'GET', redirect: 'follow', credentials: 'same-origin', mode: 'cors', cache: 'default', referrerPolicy: '',
      integrity: '', keepalive: false, referrer: 'about:client', duplex: 'half',
    };
    const data = { ...from, url, signal: null };
    for (const key of Object.keys(CHOICES)) {
      if (init[key] === undefined) continue;
      const value = String(init[key]);
      if (!CHOICES[key].includes(value)) {
        throw new TypeError(`RequestInit: ${value} is not an accepted type. Expected one of ${CHOICES[key].map((one) => one || '""').join(', ')}.`);
      }
      data[key] = value;
    }
    if (init.mode === 'navigate') throw new TypeError('Request constructor: invalid request mode navigate.');
    if (init.method !== undefined) data.method = methodOf(init.method);
    for (const key of ['integrity', 'referrer']) if (init[key] !== undefined) data[key] = String(init[key]);
    if (init.keepalive !== undefined) data.keepalive = Boolean(init.keepalive);
    this.#data = data;

    const signal = init.signal !== undefined ? init.signal : given ? given.signal : null;
    if (signal !== null && (typeof signal !== 'object' || typeof signal.aborted !== 'boolean' || typeof signal.addEventListener !== 'function')) {
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    data.follows = signal;

    this.headers = new Headers(init.headers !== undefined ? init.headers : given ? given.headers : undefined);
    Object.defineProperty(this, 'headers', { enumerable: false, writable: false });
    const isBodiless = data.method === 'GET' || data.method === 'HEAD';
    if (isBodiless && ((init.body !== null && init.body !== undefined) || (given && given[BODY] && init.body === undefined))) {
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    }
    let body = null;
    if (init.body !== null && init.body !== undefined) {
      body = bodyOf(init.body);
      if (body.bytes === null && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
      if (body.type && !this.headers.has('content-type')) this.headers.append('content-type', body.type);
    } else if (given && given[BODY]) {
      if (given[BODY].used || given[BODY].locked) {
        throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      }
      body = given[BODY].clone();
      given[BODY].take();
    }
    Object.defineProperty(this, BODY, { value: body, writable: true });
  }

  get method() { return this.#data.method; }
  get url() { return this.#data.url.href; }
  get destination() { return ''; }
  get referrer() { return this.#data.referrer; }
  get referrerPolicy() { return this.#data.referrerPolicy; }
  get mode() { return this.#data.mode; }
  get credentials() { return this.#data.credentials; }
  get cache() { return this.#data.cache; }
  get redirect() { return this.#data.redirect; }
  get integrity() { return this.#data.integrity; }
  get keepalive() { return this.#data.keepalive; }
  get isReloadNavigation() { return false; }
  get isHistoryNavigation() { return false; }
  get duplex() { return 'half'; }

  // A signal of its own that follows the one given; made when somebody looks.
  get signal() {
    const data = this.#data;
    if (!data.signal) {
      const controller = new AbortController();
      const { follows } = data;
      if (follows) {
        if (follows.aborted) controller.abort(follows.reason);
        else follows.addEventListener('abort', () => controller.abort(follows.reason), { once: true });
      }
      data.signal = controller.signal;
    }
    return data.signal;
  }

  clone() {
    if (this[BODY] && (this[BODY].used || this[BODY].locked)) throw new TypeError('unusable');
    const { url, method, follows } = this.#data;
    const copy = new Request(url, { ...this.#data, method, body: undefined, signal: follows ?? undefined, headers: this.headers, mode: undefined });
    copy.#data.mode = this.#data.mode;
    if (this[BODY]) copy[BODY] = this[BODY].clone();
    return copy;
  }

  [custom](depth, options, inspect) {
    const shown = {};
    for (const name of ['method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache',
      'redirect', 'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal']) shown[name] = this[name];
    return `Request ${(inspect || require('util').inspect)(shown, options)}`;
  }

  static parts(request) { return request.#data; }
}
const parts = Request.parts;
delete Request.parts;
carriesBody(Request);
Object.defineProperty(Request.prototype, Symbol.toStringTag, { value: 'Request', configurable: true });
for (const name of Object.getOwnPropertyNames(Request.prototype)) {
  if (name !== 'constructor') Object.defineProperty(Request.prototype, name, { enumerable: true });
}

module.exports = { Request, parts };
