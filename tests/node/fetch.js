// `fetch` with Headers, Request, Response, FormData, Blob and File.
const shown = (error) => (error instanceof Error ? `${error.name}${error.code ? ` ${error.code}` : ''}: ${error.message}` : error);
const attempt = async (work) => { try { return await work(); } catch (error) { return shown(error); } };
// What the server saw; the port is another in every run, and so are boundaries.
const echo = async (...args) => {
  const seen = await (await fetch(...args)).text();
  return JSON.parse(seen.replaceAll(new URL(BASE).host, 'HOST').replaceAll(/formdata-undici-0\d{11}/g, 'BOUNDARY'));
};

test('a GET as sent', () => echo(`${BASE}/echo?a=1#part`));
test('own headers as sent', () => echo(`${BASE}/echo`, { headers: { Accept: 'text/html', 'X-One': 'a', 'user-agent': 'me', authorization: 'Bearer x' } }));
test('a POST of text', () => echo(`${BASE}/echo`, { method: 'post', body: 'grün' }));
test('a POST of JSON', () => echo(`${BASE}/echo`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ a: 1 }) }));
test('a POST of a form', () => echo(`${BASE}/echo`, { method: 'POST', body: new URLSearchParams({ a: '1', b: 'two words' }) }));
test('a POST of bytes', () => echo(`${BASE}/echo`, { method: 'PUT', body: new Uint8Array([65, 66]) }));
test('a POST of an ArrayBuffer', () => echo(`${BASE}/echo`, { method: 'PATCH', body: new Uint8Array([65, 66]).buffer }));
test('a POST of a blob', () => echo(`${BASE}/echo`, { method: 'POST', body: new Blob(['blob'], { type: 'text/x' }) }));
test('a POST of nothing', () => echo(`${BASE}/echo`, { method: 'POST' }));
test('a DELETE', () => echo(`${BASE}/echo`, { method: 'DELETE' }));
test('a DELETE with a body', () => echo(`${BASE}/echo`, { method: 'DELETE', body: 'x' }));
test('a POST of a stream', () => echo(`${BASE}/echo`, { method: 'POST', duplex: 'half', body: new ReadableStream({ start(c) { c.enqueue(Buffer.from('a')); c.enqueue(Buffer.from('b')); c.close(); } }) }));
test('a POST of FormData', () => {
  const form = new FormData();
  form.append('a "b"', 'one\ntwo'); form.append('file', new Blob(['x'], { type: 'text/plain' }), 'n.txt'); form.append('plain', new File(['y'], 'f'));
  return echo(`${BASE}/echo`, { method: 'POST', body: form });
});
test('a Request as sent', () => echo(new Request(`${BASE}/echo`, { method: 'PUT', headers: [['a', '1'], ['a', '2']], body: 'x' }), { headers: { b: '3' } }));
test('a response', async () => {
  const response = await fetch(`${BASE}/head`);
  const log = [response.status, response.statusText, response.ok, response.type, response.redirected, response.url === `${BASE}/head`, response.headers.get('x-a'), response.headers.getSetCookie(),
    [...response.headers].map(([name]) => name).filter((name) => !['date', 'connection', 'keep-alive'].includes(name)), response.bodyUsed];
  log.push(await response.text(), response.bodyUsed, await attempt(() => response.text()), await attempt(() => response.clone()));
  return log;
});
test('json, bytes, blob, forms', async () => {
  const get = (path) => fetch(`${BASE}${path}`);
  const blob = await (await get('/head')).blob();
  return [await (await get('/json')).json(), [...new Uint8Array(await (await get('/status/200')).arrayBuffer())].length, blob.size, blob.type,
    (await attempt(async () => (await get('/head')).json())).split(':')[0], [...await (await get('/form')).formData()], await attempt(async () => (await get('/head')).formData())];
});
test('unpacked', async () => {
  const response = await fetch(`${BASE}/gzip`);
  return [response.headers.get('content-encoding'), await response.text()];
});
test('body as a stream', async () => {
  const response = await fetch(`${BASE}/big`);
  let size = 0;
  for await (const chunk of response.body) size += chunk.length;
  const other = await fetch(`${BASE}/json`);
  const reader = other.body.getReader();
  const first = await reader.read();
  return [size, response.bodyUsed, first.value instanceof Uint8Array, Buffer.from(first.value).toString(), (await reader.read()).done, other.body === other.body];
});
test('clone', async () => {
  const response = await fetch(`${BASE}/json`);
  const copy = response.clone();
  return [await response.text(), await copy.text(), copy.status, copy.url === response.url];
});
test('statuses', async () => {
  const log = [];
  for (const status of [201, 204, 304, 404, 500]) {
    const response = status === 304 ? null : await fetch(`${BASE}/status/${status}`);
    if (response) log.push([response.status, response.statusText, response.ok, response.body === null, await response.text()]);
  }
  const head = await fetch(`${BASE}/json`, { method: 'HEAD' });
  log.push([head.status, await head.text()]);
  return log;
});
test('redirects', async () => {
  const to = (status, path, more) => `${BASE}/redirect/${status}?to=${encodeURIComponent(path)}${more || ''}`;
  const log = [];
  for (const status of [301, 302, 303, 307, 308]) {
    const seen = await echo(to(status, '/echo'), { method: 'POST', body: 'x', headers: { 'content-type': 'text/x', 'x-a': '1' } });
    log.push([status, seen.method, seen.body, seen.headers.map(([name]) => name).join()]);
  }
  const followed = await fetch(to(302, '/json'));
  log.push(followed.redirected, followed.url === `${BASE}/json`);
  const manual = await fetch(to(302, '/json'), { redirect: 'manual' });
  log.push(manual.status, manual.type, manual.headers.get('location'), manual.redirected);
  log.push(await attempt(() => fetch(to(302, '/json'), { redirect: 'error' })));
  const twice = await fetch(to(302, to(302, '/status/201')));
  log.push(twice.status);
  const loop = await fetch(to(302, `${BASE}/redirect/302?to=`)).catch((error) => error.cause.message);
  log.push(typeof loop);
  const elsewhere = await fetch(to(302, 'ftp://x/')).catch((error) => [error.message, error.cause.message]);
  log.push(elsewhere);
  return log;
});
test('what fails', async () => {
  const log = [];
  for (const url of ['http://127.0.0.1:1/', 'http://127.0.0.1:2/', 'nonsense', 'foo:bar', 'about:blank', 'http://a:b@127.0.0.1/', `${BASE}/reset`]) {
    log.push(await fetch(url).then(() => 'fine', (error) => [shown(error), shown(error.cause)]));
  }
  return log;
});
test('the cause of a refusal', async () => {
  const { cause } = await fetch('http://127.0.0.1:2/x').catch((error) => error);
  return [cause.code, cause.errno, cause.syscall, cause.address, cause.port, cause.message];
});
test('abort', async () => {
  const controller = new AbortController();
  const over = fetch(`${BASE}/slow`, { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  const log = [await over.catch(shown)];
  log.push(await fetch(`${BASE}/json`, { signal: controller.signal }).catch(shown));
  const why = new AbortController();
  why.abort('why');
  log.push(await fetch(`${BASE}/json`, { signal: why.signal }).catch(shown));
  return log;
});
test('timeout signal', async () => (await fetch(`${BASE}/slow`, { signal: AbortSignal.timeout(30) }).catch((error) => error)).name);
test('data URLs', async () => {
  const log = [];
  for (const url of ['data:,hello%20world', 'data:text/html;base64,PGI+', 'data:application/json,{"a":1}']) {
    const response = await fetch(url);
    log.push([response.status, response.headers.get('content-type'), await response.text()]);
  }
  return log;
});

test('Headers', async () => {
  const h = new Headers({ 'Content-Type': 'text/x', B: ' padded ' });
  h.append('b', '2'); h.append('Set-Cookie', 'a=1'); h.append('set-cookie', 'b=2'); h.set('A', '1');
  const log = [[...h], h.get('CONTENT-TYPE'), h.get('none'), h.has('b'), h.getSetCookie(), [...h.keys()], [...h.values()], Object.prototype.toString.call(h)];
  h.delete('b'); h.forEach((value, name, self) => log.push(`${name}=${value} ${self === h}`));
  log.push([...new Headers([['a', '1'], ['a', '2']])], [...new Headers(h)].length, [...new Headers()].length);
  for (const work of [() => new Headers([['a']]), () => h.append('a b', '1'), () => h.append('a', 'x\ny'), () => h.append('a'), () => h.get(), () => new Headers({ 'a b': '1' })]) log.push(await attempt(work));
  return log;
});
test('Request', async () => {
  const r = new Request('http://h.test/a b?q#f', { method: 'post', body: 'x', headers: { a: '1' } });
  const log = [r.method, r.url, r.headers.get('content-type'), r.redirect, r.credentials, r.mode, r.cache, r.referrer, r.duplex, r.keepalive, r.destination, r.signal.aborted, r.bodyUsed, r.body instanceof ReadableStream];
  const copy = r.clone();
  log.push(await copy.text(), await r.text(), r.bodyUsed, new Request(new Request('http://h.test/', { method: 'PUT' })).method);
  for (const work of [() => new Request('/x'), () => new Request('http://a:b@h.test/'), () => new Request('http://h.test/', { body: 'x' }), () => new Request('http://h.test/', { method: 'TRACE' }),
    () => new Request('http://h.test/', { method: 'A B' }), () => new Request(), () => new Request('http://h.test/', { method: 'POST', body: new ReadableStream() }), () => r.clone()]) log.push(await attempt(work));
  return log;
});
test('Response', async () => {
  const r = new Response('{"a":1}', { status: 201, statusText: 'Made', headers: { a: '1' } });
  const log = [r.status, r.statusText, r.ok, r.type, r.url, r.redirected, r.headers.get('content-type'), await r.clone().json(), await r.text(), r.bodyUsed];
  log.push(await Response.json({ b: 2 }, { status: 202 }).json(), Response.json(1).headers.get('content-type'), Response.error().type, Response.error().status, Response.redirect('http://h.test/x', 301).headers.get('location'));
  log.push(new Response().body, await new Response(null).text(), await new Response(new URLSearchParams('a=1')).text(), await new Response(Buffer.from('bytes')).text());
  const form = new FormData(); form.append('a', 'b');
  log.push([...await new Response(form).formData()]);
  for (const work of [() => new Response('x', { status: 204 }), () => new Response('', { status: 99 }), () => Response.redirect('/x'), () => Response.redirect('http://h.test/', 200), () => Response.json(undefined)]) log.push(await attempt(work));
  return log;
});
test('FormData', async () => {
  const f = new FormData();
  f.append('a', 1); f.append('a', 'two'); f.append('f', new Blob(['x']), 'name.txt'); f.set('b', null);
  const log = [f.get('a'), f.getAll('a'), f.get('none'), f.has('b'), f.get('b'), [...f.keys()], f.get('f').name, f.get('f') instanceof File, f.get('f').size];
  f.set('a', 'only'); f.delete('f');
  log.push([...f], Object.prototype.toString.call(f));
  for (const work of [() => f.append('a'), () => f.append('a', 'b', 'c'), () => f.get()]) log.push((await attempt(work)).split(':')[0]);
  return log;
});
test('Blob and File', async () => {
  const b = new Blob(['a€', new Uint8Array([66]), new Blob(['c']), new Uint8Array([68, 69]).buffer, 5], { type: 'Text/Plain' });
  const part = b.slice(1, 4, 'x/y');
  const file = new File(['data'], 'f.txt', { type: 'text/plain', lastModified: 5 });
  let streamed = '';
  for await (const chunk of b.stream()) streamed += Buffer.from(chunk);
  const log = [b.size, b.type, await b.text(), part.size, part.type, await part.text(), (await b.slice(-2).text()), (await b.arrayBuffer()).byteLength, streamed,
    file.name, file.size, file.type, file.lastModified, file instanceof Blob, Object.prototype.toString.call(file), Object.prototype.toString.call(b)];
  for (const work of [() => new Blob('x'), () => new Blob(5), () => new File(['x'])]) log.push(await attempt(work));
  return log;
});
