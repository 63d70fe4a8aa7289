// Stands in for `axios` while it is not installed: instances, interceptors, transforms and errors over the outbox.
const { AxiosHeaders, isPlain, withQuery, transformRequest, transformResponse, toFormData } = require('internal/axios_parts');
const { AxiosError, CanceledError, CancelToken } = require('internal/axios_errors');
const { exchange } = require('internal/http/exchange');

const VERSION = '1.0.0';
const METHODS = ['get', 'delete', 'head', 'options', 'post', 'put', 'patch', 'purge', 'link', 'unlink', 'query'];

const defaults = {
  transitional: { silentJSONParsing: true, forcedJSONParsing: true, clarifyTimeoutError: false },
  adapter: ['xhr', 'http', 'fetch'],
  transformRequest: [transformRequest],
  transformResponse: [transformResponse],
  timeout: 0,
  xsrfCookieName: 'XSRF-TOKEN',
  xsrfHeaderName: 'X-XSRF-TOKEN',
  maxContentLength: -1,
  maxBodyLength: -1,
  env: {},
  validateStatus: (status) => status >= 200 && status < 300,
  headers: { common: { Accept: 'application/json, text/plain, */*', 'Content-Type': undefined } },
};
for (const method of METHODS) defaults.headers[method] = {};

// ---- configurations

const copied = (value) => {
  if (Array.isArray(value)) return value.slice();
  if (!isPlain(value)) return value;
  const copy = {};
  for (const key of Object.keys(value)) copy[key] = copied(value[key]);
  return copy;
};
function deep(first, second) {
  if (!isPlain(first) || !isPlain(second)) return second === undefined ? copied(first) : copied(second);
  const merged = copied(first);
  for (const key of Object.keys(second)) merged[key] = deep(merged[key], second[key]);
  return merged;
}
const plainHeaders = (headers) => (headers instanceof AxiosHeaders ? { ...headers } : headers);

function mergeConfig(first = {}, second = {}) {
  const merged = {};
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    if (key === 'headers') merged.headers = deep(plainHeaders(first.headers) || {}, plainHeaders(second.headers) || {});
    else if (['url', 'method', 'data'].includes(key)) {
      if (second[key] !== undefined) merged[key] = key === 'data' ? second[key] : copied(second[key]);
    } else {
      const value = deep(first[key], second[key]);
      if (value !== undefined) merged[key] = value;
    }
  }
  return merged;
}

function urlOf(config) {
  let { url = '' } = config;
  if (config.baseURL && (!/^(?:[a-z][a-z\d+\-.]*:)?\/\//i.test(url) || config.allowAbsoluteUrls === false)) {
    url = url ? `${config.baseURL.replace(/\/?\/$/, '')}/${url.replace(/^\/+/, '')}` : config.baseURL;
  }
  return withQuery(url, config.params, config.paramsSerializer);
}

// ---- sending

function bytesOf(data, headers) {
  if (data === undefined || data === null) return null;
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (Object.prototype.toString.call(data) === '[object FormData]') {
    const { bytes, type } = require('internal/fetch/form_data').encode(data);
    headers.setContentType(type);
    return bytes;
  }
  return undefined;
}

async function drained(data, headers, config) {
  if (typeof data.getHeaders === 'function') headers.set(data.getHeaders());
  if (typeof data.pipe === 'function') {
    const { PassThrough } = require('stream');
    return require('stream/consumers').buffer(data.pipe(new PassThrough()));
  }
  if (typeof data.stream === 'function') {
    if (data.type) headers.setContentType(data.type, false);
    return Buffer.from(await data.arrayBuffer());
  }
  if (typeof data.getReader === 'function') return require('stream/consumers').buffer(data);
  throw new AxiosError('Data after transformation must be a string, an ArrayBuffer, a Buffer, or a Stream', AxiosError.ERR_BAD_REQUEST, config);
}

function bodyAs(type, bytes, encoding) {
  if (type === 'arraybuffer') return bytes;
  if (type === 'stream') return require('stream').Readable.from([bytes], { objectMode: false });
  if (type === 'blob') return new Blob([bytes]);
  const text = bytes.toString(encoding || 'utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

async function send(config) {
  const headers = config.headers;
  const { auth, responseType } = config;
  const method = config.method.toUpperCase();
  headers.set('User-Agent', `axios/${VERSION}`, false);
  let target;
  try {
    target = new URL(urlOf(config), 'http://localhost');
  } catch (error) {
    throw AxiosError.from(error, AxiosError.ERR_INVALID_URL, config);
  }
  if (!['http:', 'https:'].includes(target.protocol)) {
    throw new AxiosError(`Unsupported protocol ${target.protocol}`, AxiosError.ERR_BAD_REQUEST, config);
  }
  let body = bytesOf(config.data, headers);
  if (body === undefined) body = await drained(config.data, headers, config);
  if (body) headers.set('Content-Length', body.length, true);
  headers.set('Accept-Encoding', 'gzip, compress, deflate, br', false);
  const lines = Object.entries(headers.toJSON()).filter(([name]) => !(auth && name.toLowerCase() === 'authorization'));
  const more = [];
  const credentials = auth ? `${auth.username || ''}:${auth.password || ''}`
    : target.username ? `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}` : null;
  if (credentials !== null) more.push(['Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]);
  target.username = '';
  target.password = '';
  if (!headers.has('host')) lines.push(['Host', target.host]);
  if (!body && ['POST', 'PUT', 'PATCH'].includes(method)) more.push(['Content-Length', '0']);

  const request = { method, path: target.pathname + target.search, host: target.hostname, protocol: target.protocol };
  return new Promise((resolve, reject) => {
    let timer;
    let over = false;
    const end = (turn, value) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      if (config.signal && config.signal.removeEventListener) config.signal.removeEventListener('abort', cancelled);
      if (config.cancelToken) config.cancelToken.unsubscribe(cancelled);
      turn(value);
    };
    const call = exchange({ method, url: target.href, headers: lines.concat(more), body }, {
      redirects: config.maxRedirects === undefined ? 21 : config.maxRedirects,
      unpack: config.decompress !== false,
      follow: (status, verb) => {
        if (config.maxRedirects === 0) return null;
        if ((status === 301 || status === 302) && verb === 'POST') return 'GET';
        return status === 303 && verb !== 'GET' && verb !== 'HEAD' ? 'GET' : verb;
      },
      tooMany: () => Object.assign(new Error('Maximum number of redirects exceeded'), { code: 'ERR_FR_TOO_MANY_REDIRECTS' }),
    }, (error, answer) => {
      if (error) return end(reject, AxiosError.from(error, null, config, request));
      const response = {
        status: answer.status, statusText: answer.statusText, headers: new AxiosHeaders(answer.headers), config,
        request: { ...request, res: { responseUrl: answer.url, statusCode: answer.status }, responseURL: answer.url },
        data: bodyAs(responseType, answer.body, config.responseEncoding),
      };
      const { validateStatus } = config;
      if (!validateStatus || validateStatus(response.status)) return end(resolve, response);
      const code = response.status >= 400 && response.status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
      return end(reject, new AxiosError(`Request failed with status code ${response.status}`, code, config, response.request, response));
    });
    function cancelled(reason) {
      call.cancel();
      end(reject, reason && reason.__CANCEL__ ? reason : new CanceledError(null, config, request));
    }
    if (config.cancelToken) config.cancelToken.subscribe(cancelled);
    if (config.signal) {
      if (config.signal.aborted) cancelled();
      else config.signal.addEventListener('abort', cancelled);
    }
    if (config.timeout && !over) {
      const wait = Number.parseInt(config.timeout, 10);
      timer = setTimeout(() => {
        call.cancel();
        const clear = config.transitional && config.transitional.clarifyTimeoutError;
        end(reject, new AxiosError(config.timeoutErrorMessage || `timeout of ${config.timeout}ms exceeded`,
          clear ? AxiosError.ETIMEDOUT : AxiosError.ECONNABORTED, config, request));
      }, wait);
    }
  });
}

function transformed(data, work, config, headers, status) {
  for (const one of [].concat(work || [])) data = one.call(config, data, headers, status);
  return data;
}

async function dispatch(config) {
  const stop = () => {
    if (config.cancelToken) config.cancelToken.throwIfRequested();
    if (config.signal && config.signal.aborted) throw new CanceledError(null, config);
  };
  stop();
  config.headers = AxiosHeaders.from(config.headers);
  config.data = transformed(config.data, config.transformRequest, config, config.headers);
  if (['post', 'put', 'patch'].includes(config.method)) config.headers.setContentType('application/x-www-form-urlencoded', false);
  const turn = (response) => {
    config.response = response;
    try {
      response.data = transformed(response.data, config.transformResponse, config, response.headers, response.status);
    } finally {
      delete config.response;
    }
    return response;
  };
  try {
    const adapter = typeof config.adapter === 'function' ? config.adapter : send;
    return turn(await adapter(config));
  } catch (error) {
    if (error && error.response && !error.__CANCEL__) turn(error.response);
    throw error;
  }
}

// ---- instances

class Interceptors {
  handlers = [];
  use(fulfilled, rejected, options) {
    this.handlers.push({ fulfilled, rejected, synchronous: Boolean(options && options.synchronous), runWhen: options ? options.runWhen : null });
    return this.handlers.length - 1;
  }
  eject(id) { if (this.handlers[id]) this.handlers[id] = null; }
  clear() { this.handlers = []; }
}

class Axios {
  constructor(config) {
    this.defaults = config || {};
    this.interceptors = { request: new Interceptors(), response: new Interceptors() };
  }

  request(url, config) {
    const given = typeof url === 'string' ? { ...config, url } : url || {};
    const merged = mergeConfig(this.defaults, given);
    merged.method = (merged.method || this.defaults.method || 'get').toLowerCase();
    const all = merged.headers || {};
    const headers = new AxiosHeaders();
    headers.set(all.common || {});
    headers.set(all[merged.method] && isPlain(all[merged.method]) ? all[merged.method] : {});
    for (const key of Object.keys(all)) {
      if (key !== 'common' && !(METHODS.includes(key) && isPlain(all[key]))) headers.set(key, all[key], true);
    }
    for (const key of Object.keys(headers)) if (headers[key] === undefined) delete headers[key];
    merged.headers = headers;

    let chain = Promise.resolve(merged);
    const before = this.interceptors.request.handlers.filter(Boolean).filter((one) => typeof one.runWhen !== 'function' || one.runWhen(merged));
    for (const { fulfilled, rejected } of before.reverse()) chain = chain.then(fulfilled, rejected);
    // Nothing to wait for: the call is made while its author's line is on the stack.
    chain = before.length === 0 ? dispatch(merged) : chain.then(dispatch);
    for (const { fulfilled, rejected } of this.interceptors.response.handlers.filter(Boolean)) chain = chain.then(fulfilled, rejected);
    return chain;
  }

  getUri(config) { return urlOf(mergeConfig(this.defaults, config)); }
}
for (const method of METHODS) {
  const bodied = ['post', 'put', 'patch', 'query'].includes(method);
  Axios.prototype[method] = bodied
    ? function (url, data, config) { return this.request({ ...config, method, url, data }); }
    : function (url, config) { return this.request({ ...config, method, url, data: (config || {}).data }); };
  if (['post', 'put', 'patch'].includes(method)) {
    Axios.prototype[`${method}Form`] = function (url, data, config) {
      return this.request({ ...config, headers: { 'Content-Type': 'multipart/form-data', ...(config || {}).headers }, method, url, data });
    };
  }
}

function instanceOf(config) {
  const inner = new Axios(config);
  const instance = (url, more) => inner.request(url, more);
  for (const name of ['request', 'getUri', ...Object.keys(Axios.prototype)]) instance[name] = inner[name].bind(inner);
  instance.defaults = inner.defaults;
  instance.interceptors = inner.interceptors;
  Object.defineProperty(inner, 'defaults', { get: () => instance.defaults });
  instance.create = (more) => instanceOf(mergeConfig(instance.defaults, more));
  return instance;
}

const axios = instanceOf(defaults);
Object.assign(axios, {
  Axios, AxiosError, AxiosHeaders, CanceledError, CancelToken, VERSION, mergeConfig, toFormData,
  Cancel: CanceledError,
  isCancel: (value) => Boolean(value && value.__CANCEL__),
  isAxiosError: (value) => Boolean(value && typeof value === 'object' && value.isAxiosError === true),
  all: (promises) => Promise.all(promises),
  spread: (callback) => (list) => callback(...list),
  formToJSON: (form) => Object.fromEntries(form),
  default: axios,
});
module.exports = axios;
