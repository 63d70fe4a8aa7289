// `fetch`: each hop a call of its own through the outbox; redirects are followed and bodies unpacked here.
const outbox = require('internal/outbox');
const { Headers, lines } = require('internal/fetch/headers');
const { BODY } = require('internal/fetch/body');
const { Request, parts } = require('internal/fetch/request');
const { received, BODILESS, REDIRECTS } = require('internal/fetch/response');

const MOST_REDIRECTS = 20;
// Ports that the Fetch standard keeps from clients: other protocols live there.
const BAD_PORTS = new Set([1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
  6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080]);
const failed = (cause) => new TypeError('fetch failed', { cause });
const plain = (message) => failed(new Error(message));

// What goes out beside the author's own headers, as undici sends it.
function linesOf(url, headers, mode) {
  if (mode === 'bare') return [...lines(headers), ['Host', url.host], ['Connection', 'keep-alive']];
  const all = [['host', url.host], ['connection', 'keep-alive'], ...lines(headers)];
  const add = (name, value) => {
    if (!headers.has(name)) all.push([name, value]);
  };
  add('accept', '*/*');
  add('accept-language', '*');
  all.push(['sec-fetch-mode', mode]);
  add('user-agent', 'node');
  add('accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  return all;
}

function unpacked(bytes, encodings) {
  const zlib = require('zlib');
  for (const encoding of encodings.split(',').map((one) => one.trim().toLowerCase()).reverse()) {
    if (encoding === 'gzip' || encoding === 'x-gzip') bytes = zlib.gunzipSync(bytes);
    else if (encoding === 'br') bytes = zlib.brotliDecompressSync(bytes);
    else if (encoding === 'deflate') {
      // Some servers leave the wrapping out.
      bytes = (bytes[0] & 0x0f) === 8 ? zlib.inflateSync(bytes) : zlib.inflateRawSync(bytes);
    } else break;
  }
  return bytes;
}

function dataUrl(href) {
  const found = /^data:([^,]*),([^#]*)/s.exec(href);
  if (!found) throw plain('invalid data: URL');
  const escaped = found[2].replace(/%([0-9a-fA-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  const packed = /;\s*base64\s*$/i.test(found[1]);
  let type = found[1].replace(/;\s*base64\s*$/i, '').trim();
  if (type.startsWith(';')) type = `text/plain${type}`;
  const bytes = packed ? Buffer.from(escaped, 'base64') : Buffer.from(escaped, 'latin1');
  return { bytes, type: type || 'text/plain;charset=US-ASCII' };
}

function send(call, mark, signal) {
  return new Promise((resolve, reject) => {
    if (signal && signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      outbox.abort(id);
      reject(signal.reason);
    };
    const id = outbox.send({ ...call, ...mark }, (failure, answer) => {
      if (signal) signal.removeEventListener('abort', stop);
      if (failure) reject(failed(causeOf(failure, call.url)));
      else resolve(answer);
    });
    if (signal) signal.addEventListener('abort', stop);
  });
}

function causeOf(failure, url) {
  if (failure.message === 'socket hang up') {
    const cause = new Error('other side closed');
    cause.name = 'SocketError';
    cause.code = 'UND_ERR_SOCKET';
    return cause;
  }
  const { hostname, port, protocol } = new URL(url);
  return require('internal/http/common').connectionError(failure, hostname, port || (protocol === 'https:' ? 443 : 80));
}

async function perform(request, mark, bare) {
  const { follows: signal, redirect, mode } = parts(request);
  if (signal && signal.aborted) throw signal.reason;
  const headers = new Headers(request.headers);
  let { method } = request;
  let url = new URL(request.url);
  let body = request[BODY];
  const urls = [url];

  if (url.protocol === 'data:') {
    const { bytes, type } = dataUrl(url.href);
    return received(200, 'OK', [['content-type', type]], bytes, urls);
  }
  if (url.protocol === 'about:') throw plain('about scheme is not supported');
  if (url.protocol === 'file:') throw plain('not implemented... yet...');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw plain('unknown scheme');

  while (true) {
    if (BAD_PORTS.has(Number(url.port))) throw plain('bad port');
    let bytes = null;
    const chunked = body && body.bytes === null;
    if (body) bytes = body.bytes ?? await body.take();
    const out = linesOf(url, headers, bare ? 'bare' : mode);
    if (chunked) out.push(['transfer-encoding', 'chunked']);
    else if (bytes) out.push([bare ? 'Content-Length' : 'content-length', String(bytes.length)]);
    else if (method === 'POST' || method === 'PUT') out.push([bare ? 'Content-Length' : 'content-length', '0']);
    const answer = await send({ method, url: url.href.split('#')[0], headers: out, body: bytes ?? new Uint8Array() }, mark, signal);

    const location = REDIRECTS.has(answer.status) && answer.headers.find(([name]) => name.toLowerCase() === 'location');
    if (location && redirect === 'error') throw plain('unexpected redirect');
    if (!location || redirect === 'manual') {
      let content = Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
      if (BODILESS.has(answer.status) || method === 'HEAD') {
        content = null;
      } else {
        const packed = answer.headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value);
        if (packed.length && content.length) {
          try {
            content = unpacked(content, packed.join(','));
          } catch (error) {
            throw new TypeError('terminated', { cause: error });
          }
        }
      }
      return received(answer.status, answer.statusText, answer.headers, content, urls);
    }

    let next;
    try {
      next = new URL(location[1], url);
    } catch (error) {
      throw failed(error);
    }
    if (!next.hash && url.hash) next.hash = url.hash;
    if (next.protocol !== 'http:' && next.protocol !== 'https:') throw plain('URL scheme must be a HTTP(S) scheme');
    if (urls.length > MOST_REDIRECTS) throw plain('redirect count exceeded');
    if (answer.status !== 303 && chunked) throw failed();
    if (([301, 302].includes(answer.status) && method === 'POST') || (answer.status === 303 && method !== 'GET' && method !== 'HEAD')) {
      method = 'GET';
      body = null;
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) headers.delete(name);
    }
    if (next.origin !== url.origin) for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) headers.delete(name);
    url = next;
    urls.push(url);
  }
}

// Not `async`: what the author calls is noted while it is on the stack.
function start(bare, given, input, init) {
  try {
    require('internal/fetch/headers').need(given, 1, 'globalThis.fetch');
    const mark = outbox.here ? outbox.here() : undefined;
    return perform(new Request(input, init), mark, bare);
  } catch (error) {
    return Promise.reject(error);
  }
}

function fetch(input, init = undefined) {
  return start(false, arguments.length, input, init);
}

module.exports = { fetch, bare: (input, init) => start(true, 1, input, init) };
