// `stream/web`: readable, writable and transform streams, their readers and writers, and the ways to Node's own.
const {
  ReadableStream, WritableStream, TransformStream, ByteLengthQueuingStrategy, CountQueuingStrategy,
  TextEncoderStream, TextDecoderStream,
} = require('stream/web');
const { Readable, Writable } = require('stream');

const shown = (error) => `${error.code || error.name}: ${error.message}`;
const all = async (stream) => { const list = []; for await (const chunk of stream) list.push(chunk); return list; };
const quiet = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const of = (...chunks) => new ReadableStream({ start(controller) { for (const chunk of chunks) controller.enqueue(chunk); controller.close(); } });

test('read', async () => {
  const reader = of('a', 'b').getReader();
  return [await reader.read(), await reader.read(), await reader.read(), await reader.closed];
});
test('pull and backpressure', async () => {
  const log = [];
  let n = 0;
  const stream = new ReadableStream({
    start(controller) { log.push(`start ${controller.desiredSize}`); },
    pull(controller) { log.push(`pull ${controller.desiredSize}`); controller.enqueue(n++); if (n > 3) controller.close(); },
    cancel(reason) { log.push(`cancel ${reason}`); },
  }, { highWaterMark: 2 });
  log.push('made');
  await quiet();
  log.push('quiet');
  const reader = stream.getReader();
  log.push((await reader.read()).value);
  await quiet();
  log.push(await reader.cancel('enough'));
  return log;
});
test('order of reads', async () => {
  const log = [];
  let controller;
  const reader = new ReadableStream({ start(c) { controller = c; }, pull() { log.push('pull'); } }).getReader();
  reader.read().then(({ value }) => log.push(value));
  reader.read().then(({ value }) => log.push(value));
  reader.closed.then(() => log.push('closed'));
  await quiet();
  controller.enqueue('a'); log.push('between'); controller.enqueue('b'); controller.close(); log.push('after');
  await quiet();
  return log;
});
test('iteration', async () => [await all(of(1, 2, 3)), await all(ReadableStream.from(['x', 'y']))]);
test('iteration left early', async () => {
  const log = [];
  const make = () => new ReadableStream({ pull(c) { c.enqueue('x'); }, cancel(reason) { log.push(`cancel ${reason}`); } });
  const one = make();
  for await (const chunk of one) { log.push(chunk); break; }
  const two = make();
  for await (const chunk of two.values({ preventCancel: true })) { log.push(chunk); break; }
  return [log, one.locked, two.locked];
});
test('errors reach the reader', async () => {
  const log = [];
  const bad = new ReadableStream({ pull() { throw new Error('pull'); } });
  try { await bad.getReader().read(); } catch (error) { log.push(shown(error)); }
  const start = new ReadableStream({ start() { return Promise.reject(new Error('start')); } });
  try { await all(start); } catch (error) { log.push(shown(error)); }
  const later = new ReadableStream({ start(c) { c.enqueue(1); c.error(new Error('later')); } });
  try { await all(later); } catch (error) { log.push(shown(error)); }
  try { new ReadableStream({ start() { throw new Error('sync'); } }); } catch (error) { log.push(shown(error)); }
  return log;
});
test('locks', async () => {
  const stream = of(1);
  const log = [stream.locked];
  const reader = stream.getReader();
  log.push(stream.locked);
  for (const work of [() => stream.getReader(), () => stream.cancel(), () => stream.tee(), () => stream.pipeThrough(new TransformStream()), () => stream.pipeTo(new WritableStream())]) {
    try { await work(); } catch (error) { log.push(shown(error)); }
  }
  reader.releaseLock();
  log.push(stream.locked);
  try { await reader.read(); } catch (error) { log.push(shown(error)); }
  try { await reader.closed; } catch (error) { log.push(shown(error)); }
  return log;
});
test('controller misuse', () => {
  const log = [];
  new ReadableStream({ start(c) {
    c.close();
    for (const work of [() => c.enqueue(1), () => c.close()]) try { work(); } catch (error) { log.push(shown(error)); }
  } });
  for (const work of [() => new ReadableStream(null), () => new ReadableStream({ pull: 5 }), () => new ReadableStream({ type: 'x' }),
    () => new ReadableStream({}, { highWaterMark: -1 }), () => new ReadableStream({}, { size: 1 }), () => new CountQueuingStrategy({})]) {
    try { log.push(typeof work()); } catch (error) { log.push(shown(error)); }
  }
  return log;
});
test('tee', async () => {
  const [a, b] = of(1, 2, 3).tee();
  const log = [await all(a), await all(b)];
  let reason;
  const [c, d] = new ReadableStream({ cancel(why) { reason = why; } }).tee();
  await Promise.all([c.cancel('c'), d.cancel('d')]);
  return [log, reason];
});
test('strategies', () => {
  const bytes = new ByteLengthQueuingStrategy({ highWaterMark: 10 });
  const count = new CountQueuingStrategy({ highWaterMark: 3 });
  return [bytes.highWaterMark, bytes.size(new Uint8Array(4)), count.highWaterMark, count.size('x'), bytes.size.name];
});
test('bytes', async () => {
  const make = () => new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2, 3, 4, 5])); c.close(); } });
  const reader = make().getReader({ mode: 'byob' });
  const first = await reader.read(new Uint8Array(3));
  const second = await reader.read(new Uint8Array(3));
  return [[...first.value], first.done, [...second.value], (await all(make())).map((chunk) => [...chunk])];
});
test('write', async () => {
  const log = [];
  const stream = new WritableStream({
    start(c) { log.push(`start ${typeof c.error}`); },
    write(chunk) { log.push(`write ${chunk}`); },
    close() { log.push('close'); },
    abort(reason) { log.push(`abort ${reason}`); },
  });
  const writer = stream.getWriter();
  log.push(writer.desiredSize);
  writer.write('a').then(() => log.push('a done'));
  log.push(writer.desiredSize);
  writer.ready.then(() => log.push('ready'));
  writer.write('b').then(() => log.push('b done'));
  writer.close().then(() => log.push('closed'));
  await quiet();
  log.push(writer.desiredSize, await writer.closed);
  return log;
});
test('write fails', async () => {
  const log = [];
  const writer = new WritableStream({ write(chunk) { throw new Error(`no ${chunk}`); } }).getWriter();
  const tell = (name) => [() => log.push(`${name} fine`), (error) => log.push(`${name} ${shown(error)}`)];
  writer.write('a').then(...tell('a')); writer.write('b').then(...tell('b')); writer.closed.then(...tell('closed')); writer.ready.then(...tell('ready'));
  await quiet();
  writer.write('c').then(...tell('c')); writer.close().then(...tell('close'));
  await quiet();
  return [log, writer.desiredSize];
});
test('abort', async () => {
  const log = [];
  const stream = new WritableStream({ write() { return new Promise(() => {}); }, abort(reason) { log.push(`abort ${reason}`); } });
  const idle = new WritableStream({ abort(reason) { log.push(`abort ${reason}`); } });
  await idle.abort('why');
  const writer = stream.getWriter();
  writer.write('x').catch(() => {});
  writer.closed.catch((reason) => log.push(`closed ${reason}`));
  try { await stream.abort(); } catch (error) { log.push(shown(error)); }
  return log;
});
test('writer misuse', async () => {
  const log = [];
  const stream = new WritableStream();
  const writer = stream.getWriter();
  for (const work of [() => stream.getWriter(), () => stream.close(), () => writer.close(), () => writer.close(), () => { writer.releaseLock(); return writer.write(1); }, () => writer.closed]) {
    try { log.push(await work()); } catch (error) { log.push(shown(error)); }
  }
  return log;
});
test('transform', async () => {
  const log = [];
  const upper = new TransformStream({
    start(c) { c.enqueue('first'); },
    transform(chunk, c) { c.enqueue(chunk.toUpperCase()); },
    flush(c) { c.enqueue('last'); },
  });
  log.push(await all(of('a', 'b').pipeThrough(upper)));
  log.push(await all(of(1, 2).pipeThrough(new TransformStream())));
  const bad = new TransformStream({ transform() { throw new Error('bad'); } });
  try { await all(of('a').pipeThrough(bad)); } catch (error) { log.push(shown(error)); }
  const short = new TransformStream({ transform(chunk, c) { c.enqueue(chunk); c.terminate(); } });
  log.push(await all(of('a', 'b').pipeThrough(short)));
  return log;
});
test('transform holds back', async () => {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const log = [writer.desiredSize];
  writer.write('a').then(() => log.push('a written')); writer.write('b').then(() => log.push('b written'));
  await quiet();
  log.push(writer.desiredSize);
  const reader = readable.getReader();
  log.push((await reader.read()).value);
  await quiet();
  log.push((await reader.read()).value);
  await quiet();
  return log;
});
test('pipeTo', async () => {
  const log = [];
  const sink = () => new WritableStream({ write(chunk) { log.push(chunk); }, close() { log.push('close'); }, abort(reason) { log.push(`abort ${reason}`); } });
  await of('a', 'b').pipeTo(sink());
  const open = sink();
  await of('c').pipeTo(open, { preventClose: true });
  log.push(open.locked);
  await new ReadableStream({ start(c) { c.error('broken'); } }).pipeTo(sink()).catch((reason) => log.push(`failed ${reason}`));
  const source = new ReadableStream({ pull(c) { c.enqueue('x'); }, cancel(reason) { log.push(`cancel ${reason}`); } });
  await source.pipeTo(new WritableStream({ write() { throw new Error('full'); } })).catch((error) => log.push(shown(error)));
  const controller = new AbortController();
  const endless = new ReadableStream({ cancel(reason) { log.push(`cancel ${reason.name}`); } });
  const over = endless.pipeTo(sink(), { signal: controller.signal });
  controller.abort();
  await over.catch((error) => log.push(error.name));
  return log;
});
test('text', async () => {
  const encoded = await all(of('grün', ' €').pipeThrough(new TextEncoderStream()));
  const decoded = await all(of(...encoded.flatMap((chunk) => [...chunk].map((byte) => Uint8Array.of(byte)))).pipeThrough(new TextDecoderStream()));
  return [encoded.map((chunk) => [...chunk]), decoded.join(''), new TextEncoderStream().encoding, new TextDecoderStream('latin1').encoding];
});
test('to and from Node', async () => {
  const log = [];
  log.push(await all(Readable.toWeb(Readable.from(['a', 'b']))));
  log.push((await all(Readable.fromWeb(of(Buffer.from('x'), Buffer.from('y'))))).map(String));
  log.push(await all(Readable.fromWeb(of(1, 2), { objectMode: true })));
  const sink = Writable.fromWeb(new WritableStream({ write(chunk) { log.push(String(chunk)); }, close() { log.push('close'); } }));
  sink.write('a'); sink.end('b');
  await new Promise((resolve) => sink.on('finish', resolve));
  const web = Writable.toWeb(new Writable({ write(chunk, encoding, callback) { log.push(`node ${chunk}`); callback(); }, final(callback) { log.push('final'); callback(); } }));
  const writer = web.getWriter();
  await writer.write('z'); await writer.close();
  return log;
});
test('shapes', () => {
  const names = ['ReadableStream', 'WritableStream', 'TransformStream', 'ReadableStreamDefaultReader', 'WritableStreamDefaultWriter'];
  const web = require('stream/web');
  return [names.map((name) => [typeof web[name], web[name].length, globalThis[name] === web[name]]),
    Object.prototype.toString.call(of()), Object.prototype.toString.call(new WritableStream()), Object.keys(web).sort()];
});
