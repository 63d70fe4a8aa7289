// `Response` of fetch.
const { Headers, GUARD, need } = require('internal/fetch/headers');
const { Body, BODY, bodyOf, carriesBody } = require('internal/fetch/body');
const custom = Symbol.for('nodejs.util.inspect.custom');

const BODILESS = new Set([101, 103, 204, 205, 304]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

class Response {
  #data;

  constructor(body = null, init = {}) {
    init = init ?? {};
    const status = init.status === undefined ? 200 : Number(init.status) & 0xffff;
    if (status < 200 || status > 599) {
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    }
    const statusText = init.statusText === undefined ? '' : String(init.statusText);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(statusText)) throw new TypeError('Invalid statusText');
    this.#data = { status, statusText, type: 'default', urls: [] };
    Object.defineProperty(this, 'headers', { value: new Headers(init.headers), writable: false });
    const held = bodyOf(body);
    if (held && BODILESS.has(status)) throw new TypeError(`Response constructor: Invalid response status code ${status}`);
    if (held && held.type && !this.headers.has('content-type')) this.headers.append('content-type', held.type);
    Object.defineProperty(this, BODY, { value: held, writable: true });
  }

  static json(data, init = {}) {
    need(arguments.length, 1, 'Response.json');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = new Response(Buffer.from(text), init);
    if (!response.headers.has('content-type')) response.headers.append('content-type', 'application/json');
    return response;
  }

  static error() {
    const response = new Response();
    Object.assign(response.#data, { status: 0, type: 'error' });
    response.headers[GUARD] = 'immutable';
    return response;
  }

  static redirect(url, status = 302) {
    need(arguments.length, 1, 'Response.redirect');
    let target;
    try {
      target = new URL(String(url));
    } catch (error) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause: error });
    }
    if (!REDIRECTS.has(Number(status))) throw new RangeError(`Invalid status code ${status}`);
    const response = new Response(null, { status });
    response.headers.append('location', target.href);
    response.headers[GUARD] = 'immutable';
    return response;
  }

  get type() { return this.#data.type; }
  get url() {
    const last = this.#data.urls.at(-1);
    return last ? last.href.split('#')[0] : '';
  }
  get redirected() { return this.#data.urls.length > 1; }
  get status() { return this.#data.status; }
  get ok() { return this.#data.status >= 200 && this.#data.status <= 299; }
  get statusText() { return this.#data.statusText; }

  clone() {
    if (this[BODY] && (this[BODY].used || this[BODY].locked)) {
      throw new TypeError('Response.clone: Body has already been consumed.');
    }
    const copy = new Response(null, { headers: this.headers });
    copy.#data = { ...this.#data };
    if (this[BODY]) copy[BODY] = this[BODY].clone();
    copy.headers[GUARD] = this.headers[GUARD];
    return copy;
  }

  [custom](depth, options, inspect) {
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    const shown = { status, statusText, headers, body, bodyUsed, ok, redirected, type, url };
    return `Response ${(inspect || require('util').inspect)(shown, options)}`;
  }

  // What came from outside, of any status.
  static received(status, statusText, headers, bytes, urls) {
    const response = new Response();
    response.#data = { status, statusText, type: 'basic', urls };
    for (const [name, value] of headers) response.headers.append(name, value);
    response.headers[GUARD] = 'immutable';
    if (bytes) response[BODY] = new Body(bytes, null, null, null);
    return response;
  }
}
const { received } = Response;
delete Response.received;
carriesBody(Response);
Object.defineProperty(Response.prototype, Symbol.toStringTag, { value: 'Response', configurable: true });
for (const name of Object.getOwnPropertyNames(Response.prototype)) {
  if (name !== 'constructor') Object.defineProperty(Response.prototype, name, { enumerable: true });
}

module.exports = { Response, received, BODILESS, REDIRECTS };
