// `http`: what a request is made of, what becomes of the answer, and the order of the events in between.
const http = require('http');
const https = require('https');
const shown = (error) => (error instanceof Error ? `${error.code}: ${error.message}` : error);
const settle = (turns = 6) => new Promise((resolve) => { (function next() { turns-- ? setImmediate(next) : resolve(); })(); });
const over = (request) => new Promise((resolve) => request.once('close', () => settle().then(resolve)));
const read = (response) => new Promise((resolve, reject) => {
  const parts = [];
  response.on('data', (chunk) => parts.push(chunk)).on('end', () => resolve(Buffer.concat(parts).toString())).on('error', reject);
});
const answer = (request) => new Promise((resolve, reject) => request.on('error', reject).on('response', resolve));
// What the server saw; the port is another in every run.
const echo = async (request) => JSON.parse((await read(await answer(request))).replaceAll(new URL(BASE).host, 'HOST'));

function watch(request, log = []) {
  for (const event of ['socket', 'finish', 'response', 'error', 'close', 'abort', 'timeout', 'drain']) {
    request.on(event, (value) => log.push(`req ${event}${value instanceof Error ? ` ${shown(value)}` : ''}`));
  }
  request.on('response', (response) => {
    for (const event of ['data', 'end', 'close', 'error', 'aborted']) {
      response.on(event, (value) => log.push(`res ${event}${value instanceof Error ? ` ${shown(value)}` : ''}`));
    }
  });
  return log;
}

test('order of a GET', async () => {
  const request = http.get(`${BASE}/json`);
  const log = watch(request);
  log.push('sync');
  process.nextTick(() => log.push('tick'));
  Promise.resolve().then(() => log.push('micro'));
  await over(request);
  return log;
});
test('order of a POST', async () => {
  const log = [];
  const request = http.request(`${BASE}/echo`, { method: 'POST' }, () => log.push('callback'));
  watch(request, log);
  log.push(request.write('one', () => log.push('written')), request.headersSent);
  request.end('two', () => log.push('ended'));
  log.push(request.finished, request.writableEnded, request.writableFinished);
  await over(request);
  return [log, request.writableFinished, request.destroyed, request.closed];
});
test('order of a late end', async () => {
  const request = http.request(`${BASE}/echo`, { method: 'PUT' });
  const log = watch(request);
  setTimeout(() => { request.write('a'); setTimeout(() => request.end('b'), 10); }, 10);
  await over(request);
  return log;
});
test('order with a closing agent', async () => {
  const request = http.get(`${BASE}/json`, { agent: new http.Agent() });
  const log = watch(request);
  await over(request);
  return log;
});
test('order of abort at once', async () => {
  const request = http.get(`${BASE}/json`);
  const log = watch(request);
  request.abort();
  log.push(request.aborted, request.destroyed);
  await over(request);
  return log;
});
test('order of abort in flight', async () => {
  const request = http.get(`${BASE}/slow`);
  const log = watch(request);
  setTimeout(() => request.abort(), 120);
  await over(request);
  return log;
});
test('order of destroy at once', async () => {
  const request = http.get(`${BASE}/json`);
  const log = watch(request);
  request.destroy(); request.destroy(new Error('second'));
  await over(request);
  const other = http.get(`${BASE}/json`);
  const second = watch(other);
  other.destroy(new Error('mine'));
  await over(other);
  return [log, second];
});
test('order of destroy in flight', async () => {
  const request = http.get(`${BASE}/slow`);
  const log = watch(request);
  setTimeout(() => request.destroy(new Error('mine')), 120);
  await over(request);
  return log;
});
test('order of a refused connection', async () => {
  const request = http.get('http://127.0.0.1:1/');
  const log = watch(request);
  let error;
  request.on('error', (failure) => { error = failure; });
  await over(request);
  return [log, error.code, error.message, error.errno, error.syscall, error.address, error.port, Object.keys(error)];
});
test('order of a reset', async () => {
  const request = http.get(`${BASE}/reset`);
  const log = watch(request);
  await over(request);
  return log;
});
test('order of a timeout', async () => {
  const request = http.get(`${BASE}/slow`, { timeout: 120 });
  const log = watch(request);
  request.on('timeout', () => request.destroy());
  await over(request);
  return log;
});
test('a timeout that only tells', async () => {
  const log = [];
  const request = http.get(`${BASE}/slow`);
  request.setTimeout(120, () => log.push('callback'));
  watch(request, log);
  await over(request);
  return log;
});
test('order without a response listener', async () => {
  const request = http.get(`${BASE}/json`);
  const log = [];
  for (const event of ['socket', 'finish', 'close', 'error']) request.on(event, () => log.push(event));
  await over(request);
  return log;
});
test('an unread response', async () => {
  const log = [];
  const request = http.get(`${BASE}/json`);
  request.on('close', () => log.push('close'));
  const response = await answer(request);
  await new Promise((resolve) => setTimeout(resolve, 30));
  log.push(response.readableFlowing, response.complete, response.readableEnded);
  response.resume();
  await over(request);
  return log;
});
test('a response destroyed', async () => {
  const log = [];
  const request = http.get(`${BASE}/big`);
  watch(request, log);
  request.on('response', (response) => response.once('data', () => response.destroy()));
  await over(request);
  return log.filter((line) => line !== 'req finish');
});
test('signal', async () => {
  const controller = new AbortController();
  const request = http.get(`${BASE}/slow`, { signal: controller.signal });
  const log = watch(request);
  setTimeout(() => controller.abort(), 120);
  await over(request);
  return log;
});

test('a GET as sent', () => echo(http.get(`${BASE}/echo?a=1&b=%20`, { headers: { 'X-One': 'a', 'x-two': ['b', 'c'] } })));
test('a POST with a length', () => { const r = http.request(`${BASE}/echo`, { method: 'post' }); const e = echo(r); r.end('grün'); return e; });
test('a POST in chunks', () => { const r = http.request(`${BASE}/echo`, { method: 'POST' }); const e = echo(r); r.write('a'); r.write(Buffer.from('b')); r.end('Yw==', 'base64'); return e; });
test('a POST with content-length', () => { const r = http.request(`${BASE}/echo`, { method: 'POST', headers: { 'content-length': 2 } }); const e = echo(r); r.write('a'); r.end('b'); return e; });
test('an empty POST', () => { const r = http.request(`${BASE}/echo`, { method: 'POST' }); const e = echo(r); r.end(); return e; });
test('a DELETE', () => { const r = http.request(`${BASE}/echo`, { method: 'DELETE' }); const e = echo(r); r.end(); return e; });
test('auth', () => echo(http.get(`${BASE.replace('//', '//me:p%40ss@')}/echo`)));
test('a closing agent as sent', () => echo(http.get(`${BASE}/echo`, { agent: false })));
test('a keeping agent as sent', () => echo(http.get(`${BASE}/echo`, { agent: new http.Agent({ keepAlive: true }) })));
test('headers as a list', () => echo(http.get(`${BASE}/echo`, { headers: ['A', '1', 'Host', 'HOST', 'A', '2'] })));
test('own connection header', () => echo(http.get(`${BASE}/echo`, { headers: { connection: 'close', host: 'HOST' } })));
test('argument forms', async () => {
  const url = new URL(`${BASE}/echo?x=1`);
  const parts = { hostname: url.hostname, port: url.port, path: '/echo?x=2' };
  const seen = [];
  seen.push((await echo(http.get(url))).url, (await echo(http.get(parts))).url, (await echo(http.get({ ...parts, host: 'wrong' }))).url);
  seen.push(await new Promise((resolve) => http.get(url, (response) => resolve(read(response).then((text) => JSON.parse(text).url)))));
  seen.push(await new Promise((resolve) => http.get(url.href, { path: '/echo?x=3' }, (response) => resolve(read(response).then((text) => JSON.parse(text).url)))));
  seen.push((await echo(http.request(url, { method: 'OPTIONS' }).end())).method);
  return seen;
});
test('set, get and remove headers', () => {
  const r = http.request(`${BASE}/echo`, { headers: { A: '1' } });
  r.on('error', () => {});
  r.setHeader('B-b', ['x', 'y']); r.setHeader('C', 5); r.removeHeader('a'); r.appendHeader('C', '6'); r.setHeaders(new Map([['D', '7']]));
  const log = [r.getHeader('b-B'), r.getHeader('nope'), r.hasHeader('c'), { ...r.getHeaders(), host: '' }, r.getHeaderNames(), r.getRawHeaderNames(), r.headersSent];
  r.flushHeaders();
  for (const work of [() => r.setHeader('x', '1'), () => r.removeHeader('c'), () => r.appendHeader('c', '1')]) try { work(); } catch (error) { log.push(shown(error)); }
  r.destroy();
  return [log, r.method, r.path, r.protocol, r.host, r.agent === http.globalAgent];
});
test('what is refused', async () => {
  const log = [];
  const works = [
    () => http.request({ method: 'A B' }), () => http.request({ method: 5 }), () => http.request({ path: '/a b' }),
    () => http.request('https://127.0.0.1/'), () => https.request('http://127.0.0.1/'), () => http.request({ host: 5 }), () => http.request({ agent: 5 }),
    () => http.request('nonsense'), () => http.request({ headers: { 'a b': '1' } }), () => http.request({ headers: { a: 'x\ny' } }), () => http.request({ headers: { a: undefined } }),
    () => http.request({ timeout: 'x' }), () => http.validateHeaderName('a b'), () => http.validateHeaderValue('a', undefined), () => http.validateHeaderValue('a', 'ü€'),
    () => http.validateHeaderName(''), () => http.validateHeaderName('ok'), () => new http.Agent({ maxTotalSockets: 0 }), () => new http.Agent({ scheduling: 'x' }),
  ];
  for (const work of works) {
    try { const r = work(); log.push(r === undefined ? 'fine' : 'made'); if (r && r.on) r.on('error', () => {}).destroy(); } catch (error) { log.push(`${error.name} ${shown(error)}`); }
  }
  const r = http.request(`${BASE}/echo`, { method: 'POST' });
  for (const work of [() => r.write(null), () => r.write(5), () => r.end({})]) try { work(); } catch (error) { log.push(shown(error)); }
  r.on('error', () => {}).destroy();
  await settle();
  return log;
});
test('write after end', async () => {
  const r = http.request(`${BASE}/echo`, { method: 'POST' });
  const log = watch(r);
  r.end('x');
  log.push(r.write('y', (error) => log.push(`cb ${shown(error)}`)));
  await over(r);
  return log.filter((line) => typeof line !== 'string' || !line.includes('socket'));
});
test('a response', async () => {
  const request = http.get(`${BASE}/head`);
  const response = await answer(request);
  const log = [response.statusCode, response.statusMessage, response.httpVersion, response.httpVersionMajor, response.headers['x-a'], response.headers['set-cookie'],
    response.headers.etag, response.headers['content-type'], response.headersDistinct['x-a'], response.rawHeaders.slice(0, 12), response.complete, response.aborted,
    response.req === request, request.res === response, response.socket === request.socket, response.url, response.method, response.trailers];
  log.push(await read(response), response.complete, response.readableEnded);
  return log;
});
test('statuses', async () => {
  const log = [];
  for (const status of [201, 204, 301, 404, 418, 500]) {
    const response = await answer(http.get(`${BASE}/status/${status}`));
    log.push([response.statusCode, response.statusMessage, await read(response)]);
  }
  const head = await answer(http.request(`${BASE}/json`, { method: 'HEAD' }).end());
  log.push([head.statusCode, head.headers['content-length'], await read(head)]);
  return log;
});
test('a big body', async () => {
  const text = await read(await answer(http.get(`${BASE}/big`)));
  const r = http.request(`${BASE}/echo`, { method: 'POST' });
  const sent = echo(r);
  r.end('y'.repeat(70000));
  return [text.length, (await sent).body.length];
});
test('set encoding, iterate, pipe', async () => {
  const one = await answer(http.get(`${BASE}/json`));
  one.setEncoding('utf8');
  let text = '';
  for await (const chunk of one) text += chunk;
  const { PassThrough } = require('stream');
  const through = (await answer(http.get(`${BASE}/json`))).pipe(new PassThrough());
  let piped = '';
  for await (const chunk of through) piped += chunk;
  return [text, piped];
});
test('a stream piped into a request', async () => {
  const { Readable } = require('stream');
  const r = http.request(`${BASE}/echo`, { method: 'POST' });
  const seen = echo(r);
  Readable.from([Buffer.from('a'), Buffer.from('b')]).pipe(r);
  return seen;
});
test('encoded bodies stay as they are', async () => {
  const response = await answer(http.get(`${BASE}/gzip`));
  const parts = [];
  for await (const chunk of response) parts.push(chunk);
  return [response.headers['content-encoding'], [...Buffer.concat(parts).subarray(0, 3)]];
});
test('shapes', () => [
  http.METHODS.length, http.METHODS[0], http.STATUS_CODES[404], http.STATUS_CODES[418], http.maxHeaderSize, typeof http.createServer, http.Agent.defaultMaxSockets,
  http.globalAgent.options, http.globalAgent.maxSockets, http.globalAgent.protocol, https.globalAgent.protocol, https.globalAgent.defaultPort,
  new https.Agent({ keepAlive: true, maxSockets: 5 }).maxSockets, https.Agent({}) instanceof http.Agent, http.globalAgent.getName({ host: 'a', port: 80 }),
  https.globalAgent.getName({ host: 'a', port: 443 }), Object.keys(http).sort(), Object.keys(https).sort(),
  http.ClientRequest.prototype instanceof http.OutgoingMessage, http.IncomingMessage.prototype instanceof require('stream').Readable,
]);
test('inherits from what http has', async () => {
  const util = require('util');
  function Mine(...args) { http.ClientRequest.apply(this, args); }
  util.inherits(Mine, http.ClientRequest);
  const r = new Mine(`${BASE}/json`);
  const text = answer(r).then(read);
  r.end();
  const message = new http.IncomingMessage();
  message.push('x'); message.push(null);
  return [await text, await read(message)];
});
