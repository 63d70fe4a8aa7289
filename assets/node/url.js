// Node's `url`: the old parser with its quirks, and the WHATWG classes.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH, ERR_INVALID_URL_SCHEME } } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const { URL, URLSearchParams, domainToASCII, domainToUnicode, invalid, isURL } = require('internal/url');
const querystring = require('querystring');

// Protocols whose `//` may be left out, and those that have no host.
const SLASHED = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'].flatMap((name) => [name, name + ':']));
const HOSTLESS = new Set(['javascript', 'javascript:']);
const NOT_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const NOT_HOST_6 = /[\0\t\n\r #%/<>?@\\^|]/;
const ESCAPED = { '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E',
  '\\': '%5C', '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D' };

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

function parse(url, parseQuery, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const result = new Url();
  result.parse(url, parseQuery, slashesDenoteHost);
  return result;
}

// Backslashes are slashes up to the query, as browsers take them.
function prepared(url) {
  url = url.replace(/^[\s\uFEFF]+|[\s\uFEFF]+$/g, '');
  const query = url.search(/[?#]/);
  return query < 0 ? url.replace(/\\/g, '/') : url.slice(0, query).replace(/\\/g, '/') + url.slice(query);
}

Url.prototype.parse = function (url, parseQuery, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = prepared(url);
  if (!slashesDenoteHost && !url.includes('#') && !url.includes('@')) {
    const simple = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest);
    if (simple) {
      this.path = rest;
      this.href = rest;
      this.pathname = simple[1];
      if (simple[2]) {
        this.search = simple[2];
        this.query = parseQuery ? querystring.parse(this.search.slice(1)) : this.search.slice(1);
      } else if (parseQuery) {
        this.search = null;
        this.query = Object.create(null);
      }
      return this;
    }
  }
  const found = /^[a-z0-9.+-]+:/i.exec(rest);
  let protocol;
  if (found) {
    protocol = found[0].toLowerCase();
    this.protocol = protocol;
    rest = rest.slice(found[0].length);
  }
  let slashes = false;
  if (slashesDenoteHost || protocol || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !(protocol && HOSTLESS.has(protocol))) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!HOSTLESS.has(protocol) && (slashes || protocol && !SLASHED.has(protocol))) rest = this.readHost(rest, url);
  if (!HOSTLESS.has(protocol)) rest = rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (letter) => ESCAPED[letter]);
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    this.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const query = rest.indexOf('?');
  if (query >= 0) {
    this.search = rest.slice(query);
    this.query = parseQuery ? querystring.parse(rest.slice(query + 1)) : rest.slice(query + 1);
    rest = rest.slice(0, query);
  } else if (parseQuery) {
    this.search = null;
    this.query = Object.create(null);
  }
  if (rest) this.pathname = rest;
  if (SLASHED.has(protocol) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = this.format();
  return this;
};

Url.prototype.readHost = function (rest, url) {
  let at = -1;
  let other = -1;
  for (let index = 0; index < rest.length; index++) {
    const letter = rest[index];
    if (letter === '#' || letter === '/' || letter === '?') {
      if (other === -1) other = index;
      break;
    }
    if (letter === '@') {
      at = index;
      other = -1;
    } else if ('\t\n\r "%\';<>\\^`{|}'.includes(letter) && other === -1) other = index;
  }
  let start = 0;
  if (at !== -1) {
    this.auth = decodeURIComponent(rest.slice(0, at));
    start = at + 1;
  }
  const host = other === -1 ? rest.slice(start) : rest.slice(start, other);
  rest = other === -1 ? '' : rest.slice(other);
  this.host = host;
  this.parseHost();
  if (typeof this.hostname !== 'string') this.hostname = '';
  const six = this.hostname[0] === '[' && this.hostname[this.hostname.length - 1] === ']';
  if (!six) {
    const wrong = this.hostname.search(/[^a-z0-9.\-+_\u0080-\uffff]/i);
    if (wrong >= 0) {
      rest = `/${this.hostname.slice(wrong)}${rest}`;
      this.hostname = this.hostname.slice(0, wrong);
    }
  }
  this.hostname = this.hostname.length > 255 ? '' : this.hostname.toLowerCase();
  if (this.hostname !== '') {
    if (six) {
      if (NOT_HOST_6.test(this.hostname)) throw invalid(url);
    } else {
      if (/[^\0-\x7f]/.test(this.hostname)) {
        const ascii = domainToASCII(this.hostname);
        if (ascii === '') throw invalid(url);
        this.hostname = ascii;
      }
      if (NOT_HOST.test(this.hostname)) throw invalid(url);
    }
  }
  this.host = (this.hostname || '') + (this.port ? ':' + this.port : '');
  if (six) {
    this.hostname = this.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = '/' + rest;
  }
  return rest;
};

Url.prototype.parseHost = function () {
  let { host } = this;
  const port = /:[0-9]*$/.exec(host);
  if (port) {
    if (port[0] !== ':') this.port = port[0].slice(1);
    host = host.slice(0, host.length - port[0].length);
  }
  if (host) this.hostname = host;
};

Url.prototype.format = function () {
  let auth = this.auth || '';
  if (auth) auth = encodeURIComponent(auth).replace(/%3A/i, ':').replace(/[!'()*]|%(?:21|27|28|29|2A)/g, (one) => decodeURIComponent(one)) + '@';
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  let query = '';
  if (this.host) host = auth + this.host;
  else if (this.hostname) {
    host = auth + (this.hostname.includes(':') && !(this.hostname[0] === '[') ? `[${this.hostname}]` : this.hostname);
    if (this.port) host += ':' + this.port;
  }
  if (this.query !== null && typeof this.query === 'object') query = querystring.stringify(this.query);
  let search = this.search || (query && '?' + query) || '';
  if (protocol && protocol[protocol.length - 1] !== ':') protocol += ':';
  pathname = pathname.replace(/[#?]/g, (letter) => (letter === '#' ? '%23' : '%3F'));
  if (this.slashes || (!protocol || SLASHED.has(protocol))) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = '/' + pathname;
      host = '//' + host;
    } else if (protocol.startsWith('file')) host = '//';
  }
  search = search.replace(/#/g, '%23');
  if (hash && hash[0] !== '#') hash = '#' + hash;
  if (search && search[0] !== '?') search = '?' + search;
  return protocol + host + pathname + search + hash;
};

Url.prototype.resolve = function (relative) { return this.resolveObject(parse(relative, false, true)).format(); };

Url.prototype.resolveObject = function (relative) {
  if (typeof relative === 'string') {
    const parsed = new Url();
    parsed.parse(relative, false, true);
    relative = parsed;
  }
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) {
    for (const key of Object.keys(relative)) if (key !== 'protocol') result[key] = relative[key];
    if (SLASHED.has(result.protocol) && result.hostname && !result.pathname) {
      result.pathname = '/';
      result.path = '/';
    }
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) return absolute(result, relative);
  return climb(result, relative);
};

// Another protocol: what is known of it decides how much of the relative part is kept.
function absolute(result, relative) {
  if (!SLASHED.has(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !HOSTLESS.has(relative.protocol)) {
    const path = (relative.pathname || '').split('/');
    while (path.length && !(relative.host = path.shift()));
    if (!relative.host) relative.host = '';
    if (!relative.hostname) relative.hostname = '';
    if (path[0] !== '') path.unshift('');
    if (path.length < 2) path.unshift('');
    result.pathname = path.join('/');
  } else result.pathname = relative.pathname;
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
  result.slashes = result.slashes || relative.slashes;
  result.href = result.format();
  return result;
}

function climb(result, relative) {
  const isSource = result.pathname && result.pathname[0] === '/';
  const isAbsolute = relative.host || relative.pathname && relative.pathname[0] === '/';
  let must = isAbsolute || isSource || result.host && relative.pathname;
  const removeAll = must;
  let source = result.pathname && result.pathname.split('/') || [];
  const path = relative.pathname && relative.pathname.split('/') || [];
  const bare = result.protocol && !SLASHED.has(result.protocol);
  if (bare) {
    result.hostname = '';
    result.port = null;
    if (result.host) {
      if (source[0] === '') source[0] = result.host;
      else source.unshift(result.host);
    }
    result.host = '';
    if (relative.protocol) {
      relative.hostname = null;
      relative.port = null;
      result.auth = null;
      if (relative.host) {
        if (path[0] === '') path[0] = relative.host;
        else path.unshift(relative.host);
      }
      relative.host = null;
    }
    must = must && (path[0] === '' || source[0] === '');
  }
  if (isAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    source = path;
  } else if (path.length) {
    source.pop();
    source = source.concat(path);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    if (bare) {
      result.hostname = result.host = source.shift();
      takeAuth(result);
    }
    result.search = relative.search;
    result.query = relative.query;
    if (result.pathname !== null || result.search !== null) {
      result.path = (result.pathname ? result.pathname : '') + (result.search ? result.search : '');
    }
    result.href = result.format();
    return result;
  }
  if (!source.length) {
    result.pathname = null;
    result.path = result.search ? '/' + result.search : null;
    result.href = result.format();
    return result;
  }
  let last = source[source.length - 1];
  const trailing = (result.host || relative.host || source.length > 1) && (last === '.' || last === '..') || last === '';
  let up = 0;
  for (let at = source.length - 1; at >= 0; at--) {
    last = source[at];
    if (last === '.') source.splice(at, 1);
    else if (last === '..') {
      source.splice(at, 1);
      up++;
    } else if (up) {
      source.splice(at, 1);
      up--;
    }
  }
  if (!must && !removeAll) while (up--) source.unshift('..');
  if (must && source[0] !== '' && (!source[0] || source[0][0] !== '/')) source.unshift('');
  if (trailing && source.join('/').slice(-1) !== '/') source.push('');
  const rooted = source[0] === '' || source[0] && source[0][0] === '/';
  if (bare) {
    result.hostname = result.host = rooted ? '' : source.length ? source.shift() : '';
    takeAuth(result);
  }
  must = must || result.host && source.length;
  if (must && !rooted) source.unshift('');
  if (!source.length) {
    result.pathname = null;
    result.path = null;
  } else result.pathname = source.join('/');
  if (result.pathname !== null || result.search !== null) {
    result.path = (result.pathname ? result.pathname : '') + (result.search ? result.search : '');
  }
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  result.href = result.format();
  return result;
}

function takeAuth(result) {
  if (!result.host || result.host.indexOf('@') <= 0) return;
  const [auth, host] = result.host.split('@');
  result.auth = auth;
  result.host = result.hostname = host;
}

function format(value, options) {
  if (typeof value === 'string') return parse(value).format();
  if (typeof value !== 'object' || value === null) throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], value);
  if (!(value instanceof URL)) return Url.prototype.format.call(value);
  if (options) validateObject(options, 'options');
  const { fragment = true, unicode = false, search = true, auth = true } = options || {};
  let text = value.protocol;
  if (value.host !== '' || value.href.startsWith(`${value.protocol}//`)) {
    text += '//';
    if (auth && (value.username || value.password)) text += `${value.username}${value.password ? ':' + value.password : ''}@`;
    text += unicode ? domainToUnicode(value.hostname) : value.hostname;
    if (value.port) text += `:${value.port}`;
  }
  return text + value.pathname + (search ? value.search : '') + (fragment ? value.hash : '');
}

function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

function fileURLToPath(path, options = {}) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  const { pathname, hostname } = path;
  if (options && options.windows) {
    if (/%2f|%5c/i.test(pathname)) throw new ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters');
    const local = decodeURIComponent(pathname.replace(/\//g, '\\'));
    if (hostname !== '') return `\\\\${domainToUnicode(hostname)}${local}`;
    if (!/^\\[a-z]:/i.test(local)) throw new ERR_INVALID_FILE_URL_PATH('must be absolute');
    return local.slice(1);
  }
  if (hostname !== '') throw new ERR_INVALID_FILE_URL_HOST('linux');
  if (/%2f/i.test(pathname)) throw new ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  return decodeURIComponent(pathname);
}

function pathToFileURL(path) {
  validateString(path, 'path');
  const { posix } = require('path');
  let full = posix.resolve(path);
  if (path.endsWith('/') && full !== '/') full += '/';
  const url = new URL('file://');
  url.pathname = full.replace(/%/g, '%25').replace(/\\/g, '%5C').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/\t/g, '%09')
    .replace(/\?/g, '%3F').replace(/#/g, '%23');
  return url;
}

module.exports = {
  Url, parse, format, URL, URLSearchParams, domainToASCII, domainToUnicode, pathToFileURL, fileURLToPath, urlToHttpOptions,
  resolve: (source, relative) => parse(source, false, true).resolve(relative),
  resolveObject: (source, relative) => (source ? parse(source, false, true).resolveObject(relative) : relative),
};
