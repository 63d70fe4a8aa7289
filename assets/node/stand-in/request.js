// Stands in for `request` while it is not installed: callbacks, and a readable that also tells 'response' and 'complete'.
const Stream = require('internal/streams/legacy');
const { exchange } = require('internal/http/exchange');

// Nested values as `request` writes them: `list[0]=…`, everything escaped.
function formOf(values) {
  const list = [];
  const escape = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const walk = (value, path) => {
    if (value === undefined) return;
    if (value instanceof Date) list.push(`${escape(path)}=${escape(value.toISOString())}`);
    else if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
      for (const key of Object.keys(value)) walk(value[key], path ? `${path}[${key}]` : key);
    } else list.push(`${escape(path)}=${value === null ? '' : escape(String(value))}`);
  };
  walk(values, '');
  return list.join('&');
}

function multipartOf(values) {
  const boundary = `--------------------------${String(Math.floor(Math.random() * 1e12)).padStart(24, '0')}`;
  const parts = [];
  for (const [name, value] of Object.entries(values)) {
    for (const one of [].concat(value)) {
      const inner = one && typeof one === 'object' && !Buffer.isBuffer(one) && 'value' in one ? one : { value: one };
      const options = typeof inner.options === 'string' ? { filename: inner.options } : inner.options || {};
      let head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
      if (options.filename) head += `; filename="${options.filename}"`;
      if (options.contentType || Buffer.isBuffer(inner.value)) head += `\r\nContent-Type: ${options.contentType || 'application/octet-stream'}`;
      parts.push(Buffer.from(`${head}\r\n\r\n`), Buffer.isBuffer(inner.value) ? inner.value : Buffer.from(String(inner.value)), Buffer.from('\r\n'));
    }
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

class Request extends Stream {
  #began = false;
  #parts = [];
  #call = null;
  #timer;
  #form;

  constructor(options) {
    super();
    const { auth, ...rest } = options;
    Object.assign(this, rest);
    this.authGiven = auth;
    this.readable = true;
    this.writable = true;
    this.method = String(options.method || 'GET').toUpperCase();
    this.headers = { ...options.headers };
    this.callback = options.callback;
    // Whoever pipes something in does it in this turn; what is to go out alone goes after it.
    this.on('pipe', () => { this.piped = true; });
    this.mark = require('internal/outbox').here ? require('internal/outbox').here() : undefined;
    setImmediate(() => {
      if (!this.piped && !this.ended) this.#begin();
    });
  }

  #header(name) { return Object.keys(this.headers).find((key) => key.toLowerCase() === name); }
  hasHeader(name) { return this.#header(name.toLowerCase()) || false; }
  getHeader(name) { return this.headers[this.#header(name.toLowerCase())]; }
  setHeader(name, value) {
    this.headers[this.#header(name.toLowerCase()) || name] = value;
    return this;
  }

  form(values) {
    if (values) {
      this.bodyOut = Buffer.from(typeof values === 'string' ? values : formOf(values));
      this.setHeader('content-type', 'application/x-www-form-urlencoded');
      return this;
    }
    this.#form ??= { values: {}, append(name, value, options) { this.values[name] = [].concat(this.values[name] ?? [], { value, options }); } };
    return this.#form;
  }

  auth(user, pass, sendImmediately, bearer) {
    if (bearer !== undefined) this.setHeader('authorization', `Bearer ${typeof bearer === 'function' ? bearer() : bearer}`);
    else this.setHeader('authorization', `Basic ${Buffer.from(`${user}:${pass || ''}`).toString('base64')}`);
    return this;
  }

  write(chunk) {
    this.#parts.push(Buffer.from(chunk));
    return true;
  }

  end(chunk) {
    if (chunk) this.write(chunk);
    this.ended = true;
    if (this.#parts.length) this.bodyOut = Buffer.concat(this.#parts);
    this.#begin();
    return this;
  }

  abort() {
    this._aborted = true;
    clearTimeout(this.#timer);
    if (this.#call) this.#call.cancel();
    this.emit('abort');
  }
  destroy() { this.abort(); }
  pause() { return this; }
  resume() { return this; }
  toJSON() {
    return { uri: this.uri, method: this.method, headers: this.headers };
  }

  #fail(error) {
    clearTimeout(this.#timer);
    if (this._aborted || this.over) return;
    this.over = true;
    if (typeof this.callback === 'function') this.callback(error);
    if (typeof this.callback !== 'function' || this.listenerCount('error') > 0) this.emit('error', error);
  }

  #prepare() {
    const { json, qs, authGiven: auth } = this;
    const given = this.url || this.uri;
    if (!given) throw new Error('options.uri is a required argument');
    let target;
    const text = typeof given === 'object' ? given.href || `${given.protocol}//${given.host}${given.path || given.pathname || '/'}` : String(given);
    const full = this.baseUrl ? `${this.baseUrl.replace(/\/$/, '')}/${text.replace(/^\//, '')}` : text;
    try {
      target = new URL(full);
    } catch {
      throw new Error(`Invalid URI "${full}"`);
    }
    if (!['http:', 'https:'].includes(target.protocol)) throw new Error(`Invalid protocol: ${target.protocol}`);
    if (qs) {
      const more = formOf(qs);
      const old = target.search.slice(1);
      target.search = old && more ? `${old}&${more}` : old || more;
    }
    if (this.headers.host === undefined && !this.#header('host')) this.headers.host = target.host;
    if (json) {
      if (!this.#header('accept')) this.headers.accept = 'application/json';
      const value = typeof json === 'boolean' ? this.body : json;
      if (value !== undefined && !this.formGiven) {
        const isForm = /^application\/x-www-form-urlencoded\b/.test(this.getHeader('content-type') || '');
        if (!isForm && !Buffer.isBuffer(value)) {
          this.bodyOut = Buffer.from(JSON.stringify(value));
          if (!this.#header('content-type')) this.headers['content-type'] = 'application/json';
        }
      }
    }
    if (this.formGiven) this.form(this.formGiven);
    const parts = this.formData || (this.#form && this.#form.values);
    if (parts) {
      const { body, type } = multipartOf(parts);
      this.bodyOut = body;
      this.headers['content-type'] = type;
    }
    if (!this.bodyOut && this.body !== undefined && this.body !== null) {
      if (typeof this.body !== 'string' && !Buffer.isBuffer(this.body) && !Array.isArray(this.body)) throw new Error('Argument error, options.body.');
      this.bodyOut = Array.isArray(this.body) ? Buffer.concat(this.body.map((one) => Buffer.from(one))) : Buffer.from(this.body);
    }
    if (auth) this.auth(auth.user ?? auth.username, auth.pass ?? auth.password, true, auth.bearer);
    else if (target.username) this.auth(decodeURIComponent(target.username), decodeURIComponent(target.password));
    target.username = '';
    target.password = '';
    if (this.gzip && !this.#header('accept-encoding')) this.headers['accept-encoding'] = 'gzip, deflate';
    if (this.bodyOut && !this.#header('content-length') && !this.#header('transfer-encoding')) this.headers['content-length'] = this.bodyOut.length;
    if (!this.bodyOut && this.method !== 'GET' && this.method !== 'HEAD') this.headers['content-length'] = 0;
    this.uri = target;
    return target;
  }

  #begin() {
    if (this.#began || this._aborted) return;
    this.#began = true;
    let target;
    try {
      target = this.#prepare();
    } catch (error) {
      this.#fail(error);
      return;
    }
    const headers = Object.entries(this.headers).filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => [].concat(value).map((one) => [name, String(one)]));
    this.req = { method: this.method, path: target.pathname + target.search, headers: this.headers };
    this.emit('request', this.req);
    const follows = this.followRedirect !== false;
    this.#call = exchange({ method: this.method, url: target.href, headers, body: this.bodyOut, mark: this.mark }, {
      redirects: this.maxRedirects === undefined ? 10 : this.maxRedirects,
      unpack: this.gzip === true,
      referer: true,
      follow: (status, method) => {
        const safe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
        const wanted = this.followAllRedirects || (typeof this.followRedirect === 'function' ? true : follows && safe);
        if (!wanted) return null;
        if (status === 307 || method === 'HEAD' || this.followOriginalHttpMethod) return method;
        return 'GET';
      },
      tooMany: () => new Error(`Exceeded maxRedirects. Probably stuck in a redirect loop ${target.href}`),
    }, (error, answer) => (error ? this.#fail(error) : this.#answered(answer)));
    if (this.timeout) {
      this.#timer = setTimeout(() => {
        this.#call.cancel();
        this.#fail(Object.assign(new Error('ESOCKETTIMEDOUT'), { code: 'ESOCKETTIMEDOUT', connect: false }));
      }, this.timeout);
    }
  }

  #answered(answer) {
    clearTimeout(this.#timer);
    if (this._aborted || this.over) return;
    this.over = true;
    const response = new Stream();
    Object.assign(response, {
      statusCode: answer.status, statusMessage: answer.statusText, headers: answer.headers, rawHeaders: answer.raw,
      httpVersion: '1.1', request: this, caseless: { get: (name) => answer.headers[name.toLowerCase()] },
    });
    this.uri = new URL(answer.url);
    this.method = answer.method;
    Object.defineProperty(response, 'toJSON', {
      value: () => ({ statusCode: response.statusCode, body: response.body, headers: response.headers, request: this.toJSON() }),
    });
    this.response = response;
    this.emit('response', response);
    const { encoding } = this;
    if (answer.body.length) {
      const chunk = typeof encoding === 'string' ? answer.body.toString(encoding) : answer.body;
      this.emit('data', chunk);
      response.emit('data', chunk);
    }
    let body = encoding === null ? answer.body : answer.body.toString(encoding);
    if (this.json && typeof body === 'string') {
      try {
        body = JSON.parse(body, this.jsonReviver);
      } catch {
        // As text, where it is no JSON.
      }
      if (body === '') body = undefined;
    }
    response.body = body;
    this.emit('end');
    response.emit('end');
    this.emit('complete', response, body);
    if (typeof this.callback === 'function') this.callback(null, response, body);
    this.emit('close');
  }
}

function optionsOf(uri, options, callback) {
  const given = {};
  if (typeof options === 'function') callback = options;
  if (options !== null && typeof options === 'object') Object.assign(given, options, { uri });
  else if (typeof uri === 'string') given.uri = uri;
  else Object.assign(given, uri);
  given.callback = callback || given.callback;
  return given;
}

function build(defaults) {
  const start = (uri, options, callback, method) => {
    const given = optionsOf(uri, options, callback);
    const all = { ...defaults, ...given, headers: { ...defaults.headers, ...given.headers } };
    if (method) all.method = method;
    const { form, ...rest } = all;
    return new Request({ ...rest, formGiven: form });
  };
  const request = (uri, options, callback) => start(uri, options, callback);
  for (const name of ['get', 'head', 'options', 'post', 'put', 'patch', 'delete']) {
    request[name] = (uri, options, callback) => start(uri, options, callback, name.toUpperCase());
  }
  request.del = request.delete;
  request.defaults = (more) => build({ ...defaults, ...more, headers: { ...defaults.headers, ...(more || {}).headers } });
  request.jar = () => ({ setCookie() {}, getCookieString: () => '', getCookies: () => [] });
  request.cookie = (text) => text;
  request.forever = (agentOptions, more) => build({ ...defaults, ...more });
  request.Request = Request;
  request.initParams = optionsOf;
  request.debug = false;
  return request;
}

module.exports = build({});
