// Runs one case in Node as Hookbench runs it: HTTP goes to a server of this process, which gives the mocks' answers.
// node harness.js CASE MOCKS, in the folder with node_modules; prints {result, requests} as JSON.
const fs = require('fs');
const http = require('http');
const https = require('https');
const path = require('path');

const [, , file, mocksFile] = process.argv;
const mocks = JSON.parse(fs.readFileSync(mocksFile, 'utf8'));
const glob = (pattern) => new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.?+^$()|[\]{}\\]/g, '\\$&')).join('.*')}$`);
const requests = [];

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const url = request.headers['x-original-url'];
    const given = request.headers;
    requests.push({ method: request.method, url, body: Buffer.concat(parts).toString(), type: given['content-type'] || null, authorization: given.authorization || null });
    const mock = mocks.find((one) => (one.method === '*' || one.method === request.method) && glob(one.url).test(url));
    if (!mock) {
      response.writeHead(500).end(`no mock for ${request.method} ${url}`);
      return;
    }
    const { status, headers, body } = mock.respond;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
});

// Every client ends in these two; the address is changed there and nothing else.
function redirect(scheme, original) {
  return (first, second, third) => {
    let options = {};
    if (typeof first === 'string' || first instanceof URL) {
      const url = new URL(first);
      options = { hostname: url.hostname, port: url.port, path: url.pathname + url.search, ...(typeof second === 'object' ? second : {}) };
    } else {
      options = { ...first };
    }
    const callback = [first, second, third].find((one) => typeof one === 'function');
    const host = (options.hostname || options.host || 'localhost').split(':')[0];
    const port = options.port && Number(options.port) !== (scheme === 'https:' ? 443 : 80) ? `:${options.port}` : '';
    const url = `${scheme}//${host}${port}${options.path || '/'}`;
    const sent = original({
      method: options.method, path: options.path, headers: Array.isArray(options.headers) ? options.headers : { host: host + port, ...options.headers, 'x-original-url': url },
      auth: options.auth, timeout: options.timeout, signal: options.signal, host: '127.0.0.1', port: server.address().port,
    }, callback);
    if (!sent.hasHeader('x-original-url')) sent.setHeader('x-original-url', url);
    return sent;
  };
}

server.listen(0, '127.0.0.1', async () => {
  const plain = http.request;
  http.request = redirect('http:', plain);
  https.request = redirect('https:', plain);
  for (const module of [http, https]) {
    module.get = (...args) => {
      const sent = module.request(...args);
      sent.end();
      return sent;
    };
  }
  const fetched = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init);
    const headers = new Headers(asked.headers);
    headers.set('x-original-url', asked.url);
    const { pathname, search } = new URL(asked.url);
    const body = asked.body ? Buffer.from(await asked.arrayBuffer()) : undefined;
    return fetched(`http://127.0.0.1:${server.address().port}${pathname}${search}`, { method: asked.method, headers, body, redirect: asked.redirect });
  };
  const module = { exports: {} };
  let result;
  try {
    const require = require_(path.resolve('case.js'));
    new Function('require', 'module', 'exports', fs.readFileSync(file, 'utf8'))(require, module, module.exports);
    result = await module.exports();
  } catch (error) {
    result = { thrown: String(error), code: error && error.code };
  }
  process.stdout.write(JSON.stringify({ result, requests }));
  process.exit(0);
});

function require_(place) {
  return require('module').createRequire(place);
}
