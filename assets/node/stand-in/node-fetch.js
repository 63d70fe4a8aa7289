// Stands in for `node-fetch` 2 while it is not installed: `fetch` of our own with that package's errors and extras.
const { Headers } = require('internal/fetch/headers');
const { Request } = require('internal/fetch/request');
const { Response } = require('internal/fetch/response');
const inner = require('internal/fetch/fetch').bare;

class FetchError extends Error {
  constructor(message, type, system) {
    super(message);
    this.type = type;
    if (system) this.code = this.errno = system.code;
    Object.defineProperty(this, 'name', { value: 'FetchError', writable: true, configurable: true });
  }
}

class AbortError extends Error {
  constructor(message) {
    super(message);
    this.type = 'aborted';
    Object.defineProperty(this, 'name', { value: 'AbortError', writable: true, configurable: true });
  }
}

// What that package has and the standard has not: `buffer()`, `headers.raw()`, a Node stream as body.
function extended(response) {
  Object.defineProperty(response, 'buffer', { value: async () => Buffer.from(await response.arrayBuffer()) });
  Object.defineProperty(response.headers, 'raw', {
    value: () => {
      const all = {};
      for (const [name, value] of response.headers) (all[name] ??= []).push(value);
      return all;
    },
  });
  const web = Object.getOwnPropertyDescriptor(Response.prototype, 'body').get;
  let body;
  Object.defineProperty(response, 'body', {
    get() {
      const stream = web.call(response);
      body ??= stream && require('stream').Readable.fromWeb(stream);
      return body;
    },
  });
  const { clone, json } = response;
  Object.defineProperty(response, 'clone', { value: () => extended(clone.call(response)) });
  Object.defineProperty(response, 'json', {
    value: async () => {
      const kept = await response.text();
      try {
        return JSON.parse(kept);
      } catch (error) {
        throw new FetchError(`invalid json response body at ${response.url} reason: ${error.message}`, 'invalid-json');
      }
    },
  });
  return json ? response : null;
}

function optionsOf(options) {
  const { body, timeout, size, agent, compress, follow, ...rest } = options;
  const headers = new Headers(rest.headers);
  const add = (name, value) => { if (!headers.has(name)) headers.set(name, value); };
  let out = body;
  if (body && typeof body.getHeaders === 'function' && typeof body.pipe === 'function') {
    for (const [name, value] of Object.entries(body.getHeaders())) add(name, value);
  }
  if (body && typeof body.pipe === 'function') out = require('stream').Readable.prototype.iterator.call(body.readable === undefined ? body : body.pipe(new (require('stream').PassThrough)()));
  else if (body !== null && body !== undefined && typeof body === 'object' && !ArrayBuffer.isView(body) && !(body instanceof ArrayBuffer)
    && typeof body.getReader !== 'function' && Object.prototype.toString.call(body) === '[object Object]') out = String(body);
  add('Accept', '*/*');
  add('User-Agent', 'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)');
  add('Accept-Encoding', 'gzip,deflate');
  const init = { ...rest, headers };
  if (out !== undefined && out !== null) init.body = out;
  if (out && (typeof out[Symbol.asyncIterator] === 'function')) init.duplex = 'half';
  return { init, timeout, follow };
}

function fetch(url, options = {}) {
  const target = url instanceof Request ? url : String(url && url.href ? url.href : url);
  if (typeof target === 'string' && !/^[a-z][a-z0-9+.-]*:/i.test(target)) return Promise.reject(new TypeError('Only absolute URLs are supported'));
  if (typeof target === 'string' && !/^(?:https?|data):/i.test(target)) return Promise.reject(new TypeError('Only HTTP(S) protocols are supported'));
  const { init, timeout } = optionsOf(options);
  const controller = timeout ? new AbortController() : null;
  let late = false;
  let timer;
  if (controller) {
    if (init.signal) init.signal.addEventListener('abort', () => controller.abort());
    init.signal = controller.signal;
    timer = setTimeout(() => {
      late = true;
      controller.abort();
    }, timeout);
  }
  const shown = typeof target === 'string' ? target : target.url;
  return inner(target, init).then((response) => {
    clearTimeout(timer);
    return extended(response);
  }, (error) => {
    clearTimeout(timer);
    if (late) throw new FetchError(`network timeout at: ${shown}`, 'request-timeout');
    if (error && error.name === 'AbortError') throw new AbortError('The user aborted a request.');
    const cause = error && error.cause;
    if (error && error.message === 'fetch failed' && cause) {
      if (cause.message === 'unexpected redirect') throw new FetchError(`uri requested responds with a redirect, redirect mode is set to error: ${shown}`, 'no-redirect');
      if (cause.message === 'redirect count exceeded') throw new FetchError(`maximum redirect reached at: ${shown}`, 'max-redirect');
      const system = cause.code === 'UND_ERR_SOCKET' ? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) : cause;
      throw new FetchError(`request to ${shown} failed, reason: ${system.message}`, 'system', system);
    }
    throw error;
  });
}

fetch.isRedirect = (code) => [301, 302, 303, 307, 308].includes(code);
module.exports = fetch;
Object.assign(fetch, { default: fetch, Headers, Request, Response, FetchError, AbortError, Promise });
Object.defineProperty(fetch, '__esModule', { value: true });
