// One HTTP exchange for the stand-ins: sent through the outbox, redirects followed, packed bodies unpacked.
const outbox = require('internal/outbox');
const { joined, connectionError } = require('internal/http/common');

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const find = (headers, name) => headers.findIndex(([key]) => key.toLowerCase() === name);

function unpacked(answer, headers) {
  const encoding = (headers['content-encoding'] || '').toLowerCase();
  const body = Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
  if (body.length === 0) return body;
  if (encoding === 'gzip' || encoding === 'x-gzip') return require('zlib').gunzipSync(body);
  if (encoding === 'deflate') return require('zlib').unzipSync(body);
  if (encoding === 'br') return require('zlib').brotliDecompressSync(body);
  return body;
}

// `call`: method, url, headers as pairs, body. `options`: redirects (how many, 0 for none), follow(status, method) tells
// whether and how a redirect is followed, tooMany() makes the error, unpack, referer. Answers `{cancel}`.
function exchange(call, options, callback) {
  const mark = call.mark || (outbox.here ? outbox.here() : undefined);
  let { method, url, body } = call;
  let headers = call.headers.slice();
  let hops = 0;
  let id = 0;

  const hop = () => {
    let at;
    let invalid;
    try {
      at = new URL(url);
    } catch (error) {
      // A placeholder in place of the address: what would have been sent is shown all the same, and a mock may answer.
      if (hops > 0) throw error;
      invalid = error;
      at = { host: '', hostname: '', href: url, port: '', protocol: '' };
    }
    const out = headers.concat([['Host', at.host], ['Connection', options.connection || 'keep-alive']]
      .filter(([name, value]) => value && find(headers, name.toLowerCase()) < 0));
    const sent = body ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array();
    id = outbox.send({ method, url: at.href.split('#')[0], headers: out, body: sent, ...mark }, (failure, answer) => {
      id = 0;
      if (failure) {
        if (invalid) {
          callback(invalid);
          return;
        }
        const port = at.port || (at.protocol === 'https:' ? 443 : 80);
        callback(connectionError(failure, at.hostname, port));
        return;
      }
      const raw = answer.headers.flat();
      const all = joined(raw);
      if (REDIRECTS.has(answer.status) && all.location) {
        const next = options.follow(answer.status, method);
        if (next) {
          if (hops >= options.redirects) {
            callback(options.tooMany());
            return;
          }
          hops++;
          redirect(next, all.location, at);
          return;
        }
      }
      let content;
      try {
        content = options.unpack ? unpacked(answer, all) : Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
      } catch (error) {
        callback(error);
        return;
      }
      callback(null, {
        status: answer.status, statusText: answer.statusText, headers: all, raw, body: content, url, method, hops,
        sent: out,
      });
    });
  };

  const redirect = (nextMethod, location, at) => {
    const next = new URL(location, at);
    if (nextMethod !== method) {
      method = nextMethod;
      body = null;
      headers = headers.filter(([name]) => !/^content-|^transfer-encoding$/i.test(name));
    }
    if (options.referer) {
      const rest = headers.filter(([name]) => !/^(?:referer|host)$/i.test(name));
      headers = [['referer', at.href], ['host', next.host], ...rest];
    }
    const leaves = next.host !== at.host;
    if (leaves) headers = headers.filter(([name]) => !/^(?:authorization|cookie|proxy-authorization)$/i.test(name));
    if (leaves && !options.referer) headers = headers.filter(([name]) => name.toLowerCase() !== 'host');
    url = next.href;
    hop();
  };
  hop();
  return { cancel() { if (id) outbox.abort(id); } };
}

module.exports = { exchange };
