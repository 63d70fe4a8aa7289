// `stream`: what each class does, and above all in which order.
const stream = require('stream');
const { Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline } = stream;
const util = require('util');

const EVENTS = ['data', 'end', 'close', 'error', 'readable', 'pause', 'resume', 'finish', 'drain', 'pipe', 'unpipe', 'prefinish'];
const shown = (value) => (Buffer.isBuffer(value) ? `<${value}>` : value instanceof Error ? `${value.code || value.name}: ${value.message}` : typeof value === 'object' && value ? 'object' : value);
const quiet = () => new Promise((resolve) => { let turns = 4; (function next() { turns-- ? setImmediate(next) : resolve(); })(); });

// Everything that happens to the streams, with ticks and microtasks in between as marks.
function watch(streams, events = EVENTS) {
  const log = [];
  for (const [name, one] of Object.entries(streams)) {
    for (const event of events) {
      one.on(event, (...args) => log.push(`${name} ${event}${args.length ? ' ' + args.map(shown).join(',') : ''}`));
    }
  }
  return log;
}
const marks = (log, label = '') => {
  log.push(`sync${label}`);
  process.nextTick(() => { log.push(`tick${label}`); process.nextTick(() => log.push(`tick2${label}`)); });
  Promise.resolve().then(() => log.push(`micro${label}`)).then(() => log.push(`micro2${label}`));
  setImmediate(() => log.push(`immediate${label}`));
};
const QUIET = ['data', 'end', 'close', 'error', 'pause', 'resume', 'finish', 'drain'];

// ---- Readable
test('flowing from push', async () => {
  const r = new Readable({ read() {} });
  const log = watch({ r }, ['data', 'end', 'close', 'error', 'pause', 'resume']);
  r.push('a'); r.push(Buffer.from('b')); r.push(null); marks(log);
  await quiet();
  return log;
});
test('flowing from read', async () => {
  let n = 0;
  const r = new Readable({ read(size) { this.push(n < 3 ? `${n++}:${size}` : null); } });
  const log = watch({ r }, ['data', 'end', 'close', 'resume']); marks(log);
  await quiet();
  return [log, r.readableEnded, r.destroyed, r.closed, r.readable, n];
});
test('readable event', async () => {
  const r = new Readable({ read() {} });
  const log = watch({ r }, ['readable', 'end', 'close']);
  r.on('readable', () => { let chunk; while ((chunk = r.read()) !== null) log.push(`got ${chunk}`); });
  r.push('one'); r.push('two'); marks(log); setImmediate(() => { r.push('three'); r.push(null); });
  await quiet();
  return log;
});
test('readable event without reading', async () => {
  const r = new Readable({ read() {} });
  const log = watch({ r }, ['readable', 'end', 'close']);
  r.push('one'); marks(log);
  await quiet();
  return [log, r.readableLength, r.readableFlowing, r.listenerCount('readable')];
});
test('read by number', async () => {
  const r = new Readable({ read() {} });
  r.push('abcdef'); r.push('ghi');
  const log = [String(r.read(2)), r.readableLength, String(r.read(5)), r.read(5), String(r.read(0)), r.readableLength];
  r.push(null);
  log.push(String(r.read(5)), r.read(), r.readableEnded);
  await quiet();
  return [log, r.readableEnded, r.readableHighWaterMark];
});
test('read a lot raises the mark', () => {
  const r = new Readable({ read() {}, highWaterMark: 10 });
  r.read(100);
  return r.readableHighWaterMark;
});
test('unshift', async () => {
  const r = new Readable({ read() {} });
  r.push('world'); r.unshift('hello '); r.push(null);
  const log = [];
  for await (const chunk of r) log.push(shown(chunk));
  try { r.unshift('late'); } catch (error) { log.push(error.code); }
  return log;
});
test('push after the end', async () => {
  const r = new Readable({ read() {} });
  const log = watch({ r }, QUIET);
  r.push('a'); r.push(null); log.push(r.push('b')); marks(log);
  await quiet();
  return [log, shown(r.errored)];
});
test('unshift after the end', async () => {
  const r = Readable.from(['a']);
  const log = watch({ r }, QUIET);
  r.on('end', () => log.push(r.unshift('x')));
  await quiet();
  return log;
});
test('a chunk of the wrong type', async () => {
  const r = new Readable({ read() {} });
  const log = watch({ r }, QUIET);
  r.push(5); marks(log);
  await quiet();
  return log;
});
test('read that throws', async () => {
  const r = new Readable({ read() { throw new Error('no'); } });
  const log = watch({ r }, QUIET);
  marks(log);
  await quiet();
  return log;
});
test('no _read', async () => {
  const log = watch({ r: new Readable() }, QUIET);
  await quiet();
  return log;
});
test('pause and resume', async () => {
  const r = new Readable({ read() {} });
  const log = watch({ r }, QUIET);
  r.on('data', () => { r.pause(); log.push(r.isPaused()); setImmediate(() => r.resume()); });
  r.push('a'); r.push('b'); r.push(null);
  for (let turn = 0; turn < 3; turn++) await quiet();
  return log;
});
test('set encoding', async () => {
  const r = new Readable({ read() {} });
  const bytes = Buffer.from('grün €');
  for (const byte of bytes) r.push(Buffer.from([byte]));
  r.setEncoding('utf8');
  r.push(Buffer.from([0xe2, 0x82]));
  r.push(null);
  const log = watch({ r }, QUIET);
  await quiet();
  return [log, r.readableEncoding];
});
test('encoding option', async () => {
  const r = new Readable({ read() {}, encoding: 'hex' });
  r.push('ab'); r.push(Buffer.from('c')); r.push(null);
  const log = watch({ r }, QUIET);
  await quiet();
  return log;
});
test('object mode', async () => {
  const r = new Readable({ objectMode: true, read() {} });
  for (const value of [1, '', 0, false, { a: 1 }, undefined]) r.push(value);
  r.push(null);
  const log = [];
  r.on('data', (value) => log.push(value));
  await quiet();
  return [log, r.readableObjectMode, r.readableHighWaterMark];
});
test('destroy', async () => {
  const r = new Readable({ read() {}, destroy(error, callback) { log.push('destroy ' + shown(error)); callback(error); } });
  const log = watch({ r }, QUIET);
  r.destroy(new Error('over')); r.destroy(new Error('again')); marks(log);
  await quiet();
  return [log, r.destroyed, r.closed, shown(r.errored), r.readableAborted, r.push('x'), r.read()];
});
test('destroy without an error, callback later', async () => {
  const r = new Readable({ read() {}, destroy(error, callback) { setImmediate(callback, error); } });
  const log = watch({ r }, QUIET);
  r.destroy(); log.push(r.closed); marks(log);
  await quiet();
  return [log, r.closed];
});
test('destroy with another error from _destroy', async () => {
  const r = new Readable({ read() {}, destroy(error, callback) { callback(new Error('other')); } });
  const log = watch({ r }, QUIET);
  r.destroy(new Error('first'));
  await quiet();
  return [log, r.errored.message];
});
test('emitClose and autoDestroy', async () => {
  const a = Readable.from(['x'], { emitClose: false });
  const b = Readable.from(['x'], { autoDestroy: false });
  const log = watch({ a, b }, QUIET);
  await quiet();
  return [log, a.destroyed, b.destroyed];
});
test('construct', async () => {
  const log = [];
  const r = new Readable({
    construct(callback) { log.push('construct'); setImmediate(callback); },
    read() { log.push('read'); this.push('x'); this.push(null); },
  });
  log.push('made');
  r.on('data', (chunk) => log.push(shown(chunk))).on('close', () => log.push('close'));
  await quiet();
  return log;
});
test('construct that fails', async () => {
  const w = new Writable({ construct(callback) { callback(new Error('no')); }, write(c, e, cb) { cb(); } });
  const log = watch({ w }, QUIET);
  w.write('x', (error) => log.push('written ' + shown(error)));
  await quiet();
  return log;
});
test('async iteration', async () => {
  const r = new Readable({ read() {} });
  r.push('a'); setImmediate(() => { r.push('b'); setImmediate(() => r.push(null)); });
  const log = watch({ r }, ['end', 'close']);
  for await (const chunk of r) log.push(shown(chunk));
  log.push('left');
  await quiet();
  return log;
});
test('async iteration left early', async () => {
  const r = Readable.from(['a', 'b', 'c']);
  const log = watch({ r }, ['end', 'close', 'error']);
  for await (const chunk of r) { log.push(chunk); break; }
  log.push(r.destroyed);
  await quiet();
  return log;
});
test('async iteration kept open', async () => {
  const r = Readable.from(['a', 'b', 'c']);
  const log = [];
  for await (const chunk of r.iterator({ destroyOnReturn: false })) { log.push(chunk); break; }
  log.push(r.destroyed);
  for await (const chunk of r) log.push(chunk);
  return log;
});
test('async iteration of a failure', async () => {
  const r = new Readable({ read() {} });
  r.push('a'); setImmediate(() => r.destroy(new Error('broken')));
  const log = [];
  try { for await (const chunk of r) log.push(shown(chunk)); } catch (error) { log.push(shown(error)); }
  return log;
});
test('async iteration of what was destroyed', async () => {
  const r = new Readable({ read() {} });
  r.destroy();
  try { for await (const chunk of r) return chunk; } catch (error) { return shown(error); }
});
test('from', async () => {
  const log = [];
  for (const source of [['a', 'b'], 'text', Buffer.from('bytes'), new Set([1, 2]), (async function* () { yield 1; yield 2; })(), [Promise.resolve(7)]]) {
    for await (const chunk of Readable.from(source)) log.push(shown(chunk));
  }
  try { Readable.from(5); } catch (error) { log.push(error.code, error.message); }
  try { for await (const chunk of Readable.from([null])) log.push(chunk); } catch (error) { log.push(error.code); }
  return log;
});
test('from a generator that throws', async () => {
  const r = Readable.from((function* () { try { yield 1; throw new Error('inside'); } finally { log.push('finally'); } })());
  const log = watch({ r }, QUIET);
  await quiet();
  return log;
});
test('from is closed on destroy', async () => {
  const r = Readable.from((async function* () { try { yield 1; yield 2; } finally { log.push('finally'); } })());
  const log = watch({ r }, QUIET);
  r.once('data', () => r.destroy());
  await quiet();
  return log;
});
test('operators', async () => {
  const of = () => Readable.from([1, 2, 3, 4, 5]);
  return [
    await of().map((x) => x * 2).toArray(), await of().filter(async (x) => x % 2).toArray(),
    await of().flatMap((x) => [x, -x]).toArray(), await of().take(2).toArray(), await of().drop(3).toArray(),
    await of().some((x) => x > 4), await of().every((x) => x > 4), await of().find((x) => x > 2),
    await of().reduce((a, b) => a + b), await of().reduce((a, b) => a + b, 10), await of().forEach(() => {}),
    await Readable.from([]).reduce((a, b) => a).catch(shown),
    await of().map(async (x) => x, { concurrency: 3 }).toArray(), await of().map((x) => { if (x > 2) throw new Error('three'); return x; }).toArray().catch(shown),
  ];
});
test('states of a fresh readable', () => {
  const r = new Readable();
  return [r.readable, r.readableFlowing, r.readableEnded, r.readableLength, r.readableHighWaterMark, r.readableEncoding,
    r.readableObjectMode, r.destroyed, r.closed, r.errored, r.readableDidRead, r.readableAborted, r.isPaused(), r.writable];
});
test('wrap', async () => {
  const { EventEmitter } = require('events');
  const old = new EventEmitter();
  old.pause = () => log.push('old pause'); old.resume = () => log.push('old resume');
  const r = new Readable().wrap(old);
  const log = watch({ r }, ['data', 'end', 'close']);
  old.emit('data', Buffer.from('x')); old.emit('end');
  await quiet();
  return log;
});
test('signal option', async () => {
  const controller = new AbortController();
  const r = new Readable({ read() {}, signal: controller.signal });
  const log = watch({ r }, QUIET);
  controller.abort(); marks(log);
  await quiet();
  return log;
});
test('a listener for data removed', async () => {
  const r = new Readable({ read() {} });
  const log = [];
  const one = (chunk) => log.push(shown(chunk));
  r.on('data', one); r.push('a'); await quiet();
  r.removeListener('data', one); r.push('b'); await quiet();
  log.push(r.readableFlowing);
  r.pause(); r.on('data', one); r.push('c'); await quiet();
  log.push(r.readableLength);
  return log;
});
test('readable and data together', async () => {
  const r = Readable.from(['a', 'b']);
  const log = [];
  r.on('data', (chunk) => log.push('data ' + chunk));
  r.on('readable', () => log.push('readable ' + r.read()));
  await quiet();
  log.push(r.readableFlowing);
  return log;
});

// ---- Writable
test('write, end, finish, close', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { log.push(`write ${chunk} ${encoding}`); callback(); } });
  const log = watch({ w });
  log.push(w.write('a', () => log.push('a done'))); w.write('b', 'latin1', () => log.push('b done'));
  w.end('c', () => log.push('end done')); marks(log);
  await quiet();
  return [log, w.writableEnded, w.writableFinished, w.destroyed, w.closed, w.writable];
});
test('slow writes wait', async () => {
  const w = new Writable({ highWaterMark: 3, write(chunk, encoding, callback) { log.push(`write ${chunk}`); setImmediate(callback); } });
  const log = watch({ w });
  log.push(w.write('ab'), w.write('c'), w.write('d'), w.writableLength, w.writableNeedDrain);
  w.on('drain', () => w.end());
  await quiet(); await quiet();
  return log;
});
test('writev', async () => {
  const w = new Writable({
    writev(chunks, callback) { log.push(chunks.map(({ chunk, encoding }) => `${chunk}/${encoding}`)); setImmediate(callback); },
  });
  const log = [];
  for (const part of ['a', 'b', 'c']) w.write(part, () => log.push(part));
  w.end(() => log.push('end'));
  await quiet();
  return log;
});
test('cork', async () => {
  const w = new Writable({
    write(chunk, encoding, callback) { log.push(`one ${chunk}`); callback(); },
    writev(chunks, callback) { log.push(`all ${chunks.length}`); callback(); },
  });
  const log = [];
  w.cork(); w.cork(); w.write('a'); w.write('b'); log.push(w.writableCorked, w.writableBuffer.length);
  w.uncork(); log.push('still'); w.uncork(); log.push('open');
  w.write('c'); w.cork(); w.write('d'); w.end();
  await quiet();
  return log;
});
test('decodeStrings false', async () => {
  const log = [];
  const w = new Writable({ decodeStrings: false, write(chunk, encoding, callback) { log.push(typeof chunk, encoding); callback(); } });
  w.write('a'); w.write('b', 'hex'); w.setDefaultEncoding('latin1'); w.write('c'); w.write(new Uint8Array(1));
  return log;
});
test('write after end', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(); } });
  const log = watch({ w });
  w.end('a'); log.push(w.write('b', (error) => log.push('cb ' + shown(error)))); marks(log);
  await quiet();
  return log;
});
test('end twice', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(); } });
  const log = watch({ w });
  w.end((e) => log.push('first ' + shown(e))); w.end((e) => log.push('second ' + shown(e)));
  await quiet();
  w.end((e) => log.push('third ' + shown(e)));
  await quiet();
  return log;
});
test('end with a chunk twice', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(); } });
  const log = watch({ w });
  w.end('x'); w.end('y', (e) => log.push('cb ' + shown(e)));
  await quiet();
  return log;
});
test('write fails at once', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(new Error('full')); } });
  const log = watch({ w });
  log.push(w.write('a', (e) => log.push('a ' + shown(e)))); log.push(w.write('b', (e) => log.push('b ' + shown(e)))); marks(log);
  await quiet();
  return log;
});
test('write fails later', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { setImmediate(callback, new Error('full')); } });
  const log = watch({ w });
  w.write('a', (e) => log.push('a ' + shown(e))); w.write('b', (e) => log.push('b ' + shown(e))); w.end((e) => log.push('end ' + shown(e)));
  await quiet();
  return log;
});
test('destroy while writing', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { setImmediate(callback); } });
  const log = watch({ w });
  w.write('a', (e) => log.push('a ' + shown(e))); w.write('b', (e) => log.push('b ' + shown(e))); w.end((e) => log.push('end ' + shown(e)));
  w.destroy();
  await quiet();
  w.write('c', (e) => log.push('c ' + shown(e)));
  await quiet();
  return [log, w.writableAborted, w.writable];
});
test('final', async () => {
  const w = new Writable({
    write(chunk, encoding, callback) { setImmediate(callback); },
    final(callback) { log.push('final'); setImmediate(callback); },
  });
  const log = watch({ w });
  w.write('a'); w.end(); marks(log);
  await quiet();
  return log;
});
test('final that fails', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(); }, final(callback) { callback(new Error('final')); } });
  const log = watch({ w });
  w.end((e) => log.push('cb ' + shown(e)));
  await quiet();
  return log;
});
test('callback twice', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(); callback(); } });
  const log = watch({ w });
  w.write('a');
  await quiet();
  return log;
});
test('wrong writes', async () => {
  const log = [];
  const w = new Writable({ write(chunk, encoding, callback) { callback(); } });
  for (const work of [() => w.write(null), () => w.write(5), () => w.write('a', 'nope'), () => w.setDefaultEncoding('nope'), () => new Writable().write('a')]) {
    try { log.push(work()); } catch (error) { log.push(error.code, error.message); }
  }
  const o = new Writable({ objectMode: true, write(chunk, encoding, callback) { log.push(chunk, encoding); callback(); } });
  o.write(5); o.write('t'); o.write({});
  try { o.write(null); } catch (error) { log.push(error.code); }
  return log;
});
test('pipe from a writable', async () => {
  const w = new Writable({ write() {} });
  const log = watch({ w });
  w.pipe(w);
  await quiet();
  return log;
});
test('states of a fresh writable', () => {
  const w = new Writable();
  return [w.writable, w.writableEnded, w.writableFinished, w.writableLength, w.writableHighWaterMark, w.writableObjectMode,
    w.writableCorked, w.writableNeedDrain, w.destroyed, w.closed, w.errored, w.writableAborted, w.readable];
});
test('high water marks', () => {
  const log = [];
  for (const options of [{ highWaterMark: 0 }, { highWaterMark: 5 }, { objectMode: true }, { highWaterMark: -1 }, { highWaterMark: 'x' }, { readableHighWaterMark: 3, writableHighWaterMark: 4 }]) {
    try {
      const d = new Duplex(options);
      log.push([d.readableHighWaterMark, d.writableHighWaterMark]);
    } catch (error) { log.push(error.code, error.message); }
  }
  return [log, stream.getDefaultHighWaterMark(true), stream.getDefaultHighWaterMark(false)];
});

// ---- Duplex, Transform
test('transform', async () => {
  const t = new Transform({
    transform(chunk, encoding, callback) { callback(null, String(chunk).toUpperCase()); },
    flush(callback) { this.push('!'); callback(); },
  });
  const log = watch({ t });
  t.write('a'); t.write('b'); t.end('c'); marks(log);
  await quiet();
  return log;
});
test('transform that fails', async () => {
  const t = new Transform({ transform(chunk, encoding, callback) { callback(new Error('bad')); } });
  const log = watch({ t });
  t.write('a', (e) => log.push('cb ' + shown(e)));
  await quiet();
  return log;
});
test('flush with data and with an error', async () => {
  const a = new Transform({ transform(c, e, cb) { cb(); }, flush(cb) { cb(null, 'tail'); } });
  const b = new Transform({ transform(c, e, cb) { cb(); }, flush(cb) { cb(new Error('flush')); } });
  const log = watch({ a, b }, QUIET);
  a.end(); b.end();
  await quiet();
  return log;
});
test('transform holds back', async () => {
  const t = new PassThrough({ highWaterMark: 2 });
  const log = [t.write('ab'), t.write('cd'), t.readableLength, t.writableLength];
  log.push(String(t.read()), t.readableLength);
  await quiet();
  log.push(t.readableLength, t.writableLength);
  return log;
});
test('final replaced', async () => {
  const t = new Transform({ transform(c, e, cb) { cb(null, c); }, final(cb) { log.push('final'); cb(); }, flush(cb) { log.push('flush'); cb(); } });
  const log = watch({ t }, QUIET);
  t.end('x');
  await quiet();
  return log;
});
test('duplex sides', async () => {
  const d = new Duplex({ read() { this.push('r'); this.push(null); }, write(chunk, encoding, callback) { log.push(`w ${chunk}`); callback(); } });
  const log = watch({ d });
  d.end('x');
  await quiet();
  return [log, d.destroyed, d instanceof Readable, d instanceof Writable, d.allowHalfOpen];
});
test('half open', async () => {
  const d = new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write(chunk, encoding, callback) { callback(); } });
  const log = watch({ d });
  await quiet();
  return [log, d.writableEnded];
});
test('one side only', async () => {
  const a = new Duplex({ readable: false, write(c, e, cb) { cb(); } });
  const b = new Duplex({ writable: false, read() { this.push(null); } });
  const log = watch({ a, b }, QUIET);
  const before = [a.readable, a.writable, b.readable, b.writable];
  a.end();
  await quiet();
  return [before, log];
});

// ---- pipe
test('pipe', async () => {
  const r = Readable.from(['a', 'b']);
  const w = new Writable({ objectMode: true, write(chunk, encoding, callback) { log.push(`write ${chunk}`); callback(); } });
  const log = watch({ r, w }, ['end', 'close', 'finish', 'pipe', 'unpipe', 'pause', 'resume']);
  log.push(r.pipe(w) === w); marks(log);
  await quiet();
  return log;
});
test('pipe waits for drain', async () => {
  const r = new Readable({ read() {} });
  const w = new Writable({ highWaterMark: 1, write(chunk, encoding, callback) { log.push(`write ${chunk}`); setImmediate(callback); } });
  const log = watch({ r, w }, ['end', 'close', 'finish', 'pause', 'resume', 'drain']);
  r.push('a'); r.push('b'); r.push('c'); r.push(null); r.pipe(w);
  await quiet(); await quiet(); await quiet();
  return log;
});
test('pipe to two', async () => {
  const r = new Readable({ read() {} });
  const make = (name, slow) => new Writable({ highWaterMark: 1, write(chunk, encoding, callback) { log.push(`${name} ${chunk}`); slow ? setImmediate(callback) : callback(); } });
  const log = [];
  const [a, b] = [make('a', true), make('b', false)];
  r.pipe(a); r.pipe(b);
  r.push('1'); r.push('2'); r.push(null);
  await quiet(); await quiet();
  return [log, a.writableFinished, b.writableFinished];
});
test('pipe without end', async () => {
  const w = new Writable({ write(chunk, encoding, callback) { callback(); } });
  Readable.from([Buffer.from('a')]).pipe(w, { end: false });
  await quiet();
  return [w.writableEnded, w.listenerCount('unpipe'), w.listenerCount('error'), w.listenerCount('finish'), w.listenerCount('close')];
});
test('unpipe', async () => {
  const r = new Readable({ read() {} });
  const w = new Writable({ write(chunk, encoding, callback) { log.push(`write ${chunk}`); callback(); } });
  const log = watch({ r, w }, ['pause', 'resume', 'unpipe', 'pipe']);
  r.pipe(w); r.push('a'); await quiet();
  r.unpipe(w); r.push('b'); await quiet();
  log.push(r.readableFlowing, r.isPaused(), r.readableLength);
  r.unpipe(); r.pipe(w); await quiet();
  return log;
});
test('an error of the destination', async () => {
  const r = new Readable({ read() {} });
  const w = new Writable({ write(chunk, encoding, callback) { callback(new Error('full')); } });
  const log = watch({ r, w }, [...QUIET, 'unpipe']);
  r.pipe(w); r.push('a');
  await quiet();
  return [log, r.destroyed, r.readableFlowing];
});
test('legacy stream pipe', async () => {
  const source = new stream();
  source.readable = true;
  const w = new Writable({ write(chunk, encoding, callback) { log.push(`write ${chunk}`); callback(); } });
  const log = watch({ w }, ['pipe', 'finish', 'close']);
  source.pipe(w); source.emit('data', 'x'); source.emit('end');
  await quiet();
  return [log, source instanceof stream, source instanceof require('events')];
});

// ---- old ways
test('inherits', async () => {
  function Old(options) { Readable.call(this, options); this.left = 2; }
  util.inherits(Old, Readable);
  Old.prototype._read = function () { this.push(this.left-- > 0 ? 'x' : null); };
  function Both() { if (!(this instanceof Both)) return new Both(); Transform.call(this); }
  util.inherits(Both, Transform);
  Both.prototype._transform = function (chunk, encoding, callback) { callback(null, `[${chunk}]`); };
  function Base() { stream.call(this); }
  util.inherits(Base, stream);
  const log = [];
  new Old().pipe(Both()).on('data', (chunk) => log.push(shown(chunk)));
  await quiet();
  const base = new Base();
  base.on('x', (value) => log.push(value)); base.emit('x', 5);
  return [log, Old.super_ === Readable, base.pipe.length, base instanceof stream.Stream];
});
test('callable without new', () => [Readable() instanceof Readable, Writable() instanceof Writable, Duplex() instanceof Duplex,
  Transform() instanceof Transform, PassThrough() instanceof PassThrough, Duplex() instanceof Writable, Readable() instanceof Writable]);
test('classes', async () => {
  class Count extends Readable { #n = 0; _read() { this.push(this.#n < 2 ? String(this.#n++) : null); } }
  class Sink extends Writable { parts = []; _write(chunk, encoding, callback) { this.parts.push(String(chunk)); callback(); } }
  const sink = new Sink();
  new Count().pipe(sink);
  await quiet();
  return [sink.parts, sink instanceof Writable, new Count() instanceof Writable];
});
test('what stream exports', () => Object.keys(stream).sort());

// ---- finished, pipeline
test('finished', async () => {
  const log = [];
  const cases = {
    ended: () => { const r = Readable.from(['a']); r.resume(); return r; },
    failed: () => { const r = new Readable({ read() {} }); setImmediate(() => r.destroy(new Error('x'))); return r; },
    early: () => { const r = new Readable({ read() {} }); setImmediate(() => r.destroy()); return r; },
    written: () => { const w = new Writable({ write(c, e, cb) { cb(); } }); w.end('x'); return w; },
    duplex: () => { const p = new PassThrough(); p.end('x'); p.resume(); return p; },
    over: () => { const r = new Readable({ read() {} }); r.destroy(); return r; },
    unread: () => { const p = new PassThrough(); p.end('x'); return p; },
  };
  for (const [name, make] of Object.entries(cases)) {
    finished(make(), (error) => log.push(`${name} ${error ? shown(error) : 'fine'}`));
    await quiet();
  }
  try { finished({}, () => {}); } catch (error) { log.push(error.message); }
  try { finished(new Readable()); } catch (error) { log.push(error.message); }
  return log;
});
test('finished cleans up', async () => {
  const r = new Readable({ read() {} });
  const before = r.eventNames().length;
  const clean = finished(r, () => log.push('told'));
  const log = [r.eventNames().length > before];
  clean(); r.destroy();
  await quiet();
  return [log, r.eventNames().length];
});
test('finished promise', async () => {
  const { finished: done } = require('stream/promises');
  const r = Readable.from(['a']); r.resume();
  const good = await done(r);
  const bad = new Readable({ read() {} }); bad.destroy(new Error('no'));
  return [good, await done(bad).catch(shown), util.promisify(finished) === done, stream.promises === require('stream/promises')];
});
test('pipeline', async () => {
  const log = [];
  const w = new Writable({ write(chunk, encoding, callback) { log.push(shown(chunk)); callback(); } });
  const result = pipeline(Readable.from(['a', 'b']), new Transform({ transform(c, e, cb) { cb(null, c + '!'); } }), w, (error) => log.push(`done ${shown(error)}`));
  log.push(result === w);
  await quiet();
  return [log, w.destroyed];
});
test('pipeline that fails', async () => {
  const log = [];
  const r = new Readable({ read() {} });
  const t = new PassThrough();
  const w = new Writable({ write(chunk, encoding, callback) { callback(new Error('disk')); } });
  watch({ r, t, w }, ['error', 'close']).push = (line) => log.push(line);
  pipeline(r, t, w, (error) => log.push(`done ${shown(error)}`));
  r.push('x');
  await quiet();
  return [log, r.destroyed, t.destroyed, w.destroyed];
});
test('pipeline whose source closes early', async () => {
  const log = [];
  const r = new Readable({ read() {} });
  const w = new Writable({ write(chunk, encoding, callback) { callback(); } });
  pipeline(r, w, (error) => log.push(shown(error)));
  r.destroy();
  await quiet();
  return [log, w.destroyed];
});
test('pipeline of generators', async () => {
  const { pipeline: run } = require('stream/promises');
  const value = await run(
    async function* () { yield 'a'; yield 'b'; },
    async function* (source) { for await (const chunk of source) yield chunk.toUpperCase(); },
    async (source) => { let all = ''; for await (const chunk of source) all += chunk; return all; },
  );
  const log = [];
  await run(['x', 'y'], new PassThrough({ objectMode: true }), async function* (source) { for await (const c of source) { log.push(c); yield c; } }, new Writable({ objectMode: true, write(c, e, cb) { log.push(`w ${c}`); cb(); } }));
  const bad = await run(['a'], async (source) => { for await (const c of source) throw new Error('in ' + c); }).catch(shown);
  return [value, log, bad];
});
test('pipeline aborted', async () => {
  const { pipeline: run } = require('stream/promises');
  const controller = new AbortController();
  const r = new Readable({ read() {} });
  const over = run(r, new PassThrough(), new Writable({ write(c, e, cb) { cb(); } }), { signal: controller.signal }).catch((e) => [e.name, e.code, e.message]);
  setImmediate(() => controller.abort());
  return [await over, r.destroyed];
});
test('pipeline arguments', () => {
  const log = [];
  for (const work of [() => pipeline(() => {}), () => pipeline(new PassThrough(), new PassThrough()), () => pipeline(() => 5, new PassThrough(), () => {})]) {
    try { work(); } catch (error) { log.push(error.code, error.message); }
  }
  return log;
});
test('compose', async () => {
  const two = stream.compose(
    async function* (source) { for await (const chunk of source) yield String(chunk) + 'a'; },
    new Transform({ transform(c, e, cb) { cb(null, c + 'b'); } }),
  );
  const log = [];
  two.on('data', (chunk) => log.push(String(chunk))).on('end', () => log.push('end'));
  two.write('1'); two.end('2');
  await quiet();
  return log;
});
test('addAbortSignal', async () => {
  const controller = new AbortController();
  const r = stream.addAbortSignal(controller.signal, new Readable({ read() {} }));
  const log = watch({ r }, QUIET);
  controller.abort(new Error('why'));
  await quiet();
  return [log, r.errored.cause.message];
});
test('consumers', async () => {
  const { text, json, buffer, arrayBuffer } = require('stream/consumers');
  const of = (...parts) => Readable.from(parts.map((part) => Buffer.from(part)));
  return [await text(of('a', 'b€')), await json(of('{"a":', '1}')), String(await buffer(of('x', 'y'))), (await arrayBuffer(of('xyz'))).byteLength,
    await json(of('{')).catch((e) => e.name)];
});
test('is', () => {
  const r = new Readable({ read() {} });
  const w = new Writable({ write() {} });
  const before = [stream.isReadable(r), stream.isErrored(r), stream.isDisturbed(r), stream.isReadable(w), stream.isReadable({})];
  r.push('x'); r.read(); r.destroy(new Error('x')).on('error', () => {});
  return [before, stream.isReadable(r), stream.isErrored(r), stream.isDisturbed(r)];
});
