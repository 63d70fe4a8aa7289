// async_hooks, diagnostics_channel, timers, process, perf_hooks.
const { AsyncLocalStorage, AsyncResource, executionAsyncId, createHook } = require('async_hooks');
const dc = require('diagnostics_channel');
const timers = require('timers');
const tp = require('timers/promises');
const { performance, PerformanceObserver, createHistogram } = require('perf_hooks');

const wait = (ms) => new Promise((r) => setTimeout(r, ms));
test('run', () => { const s = new AsyncLocalStorage(); return [s.run(1, () => s.getStore()), s.getStore(), s.run(1, (a, b) => a + b, 2, 3)]; });
test('follows', async () => {
  const s = new AsyncLocalStorage();
  const seen = [];
  const note = (name) => seen.push([name, s.getStore()]);
  await s.run('in', async () => {
    note('sync');
    await null;
    note('await');
    await Promise.all([new Promise((r) => setTimeout(() => { note('timeout'); r(); }, 1)), new Promise((r) => setImmediate(() => { note('immediate'); r(); })), new Promise((r) => process.nextTick(() => { note('tick'); r(); })), new Promise((r) => queueMicrotask(() => { note('microtask'); r(); })), Promise.resolve().then(() => note('then'))]);
    note('after all');
    for await (const x of (async function* () { note('generator'); yield 1; })()) note('for await');
    await s.run('inner', async () => { await wait(1); note('inner'); });
    note('out of inner');
    s.exit(() => note('exit'));
  });
  note('outside');
  return seen.sort((a, b) => (a[0] < b[0] ? -1 : 1));
});
test('two at once', async () => { const s = new AsyncLocalStorage(); const one = async (n) => s.run(n, async () => { await wait(3 - n); return s.getStore(); }); return Promise.all([one(1), one(2)]); });
test('two storages', () => { const a = new AsyncLocalStorage(); const b = new AsyncLocalStorage(); return a.run(1, () => b.run(2, () => [a.getStore(), b.getStore()])); });
test('enterWith', async () => { const s = new AsyncLocalStorage(); s.enterWith('e'); await wait(1); const r = s.getStore(); s.disable(); return [r, s.getStore()]; });
test('throws out of run', () => { const s = new AsyncLocalStorage(); try { s.run(1, () => { throw new Error('x'); }); } catch (e) { return [e.message, s.getStore()]; } });
test('snapshot and bind', () => { const s = new AsyncLocalStorage(); const [snap, bound] = s.run('then', () => [AsyncLocalStorage.snapshot(), AsyncLocalStorage.bind(() => s.getStore())]); return [snap(() => s.getStore()), bound(), s.getStore()]; });
test('AsyncResource', () => { const s = new AsyncLocalStorage(); const r = s.run('r', () => new AsyncResource('T')); return [r.runInAsyncScope(() => s.getStore()), r.runInAsyncScope(function (a) { return [this.x, a]; }, { x: 1 }, 2), typeof r.asyncId(), r.bind(function () { return this; }, 5)() == 5, typeof executionAsyncId(), AsyncResource.bind((a, b) => a).length]; });
test('AsyncResource wrong', () => new AsyncResource(5));
test('AsyncResource empty', () => createHook({ init: 5 }));

test('channel', () => { const c = dc.channel('c'); const seen = []; const f = (m, n) => seen.push([m, n]); c.subscribe(f); c.publish({ a: 1 }); const had = c.hasSubscribers; c.unsubscribe(f); c.publish(2); return [seen, had, c.hasSubscribers, c.name, dc.channel('c') === c, dc.hasSubscribers('c')]; });
test('channel wrong', () => dc.channel(5));
test('tracing', () => { const t = dc.tracingChannel('t'); const seen = []; t.subscribe({ start: (m) => seen.push(['start', m.x]), end: (m) => seen.push(['end', m.result]), error: (m) => seen.push(['error', m.error.message]) }); const r = t.traceSync((a) => a + 1, { x: 1 }, null, 4); try { t.traceSync(() => { throw new Error('e'); }, {}); } catch {} return [r, seen]; });
test('tracing promise', async () => { const t = dc.tracingChannel('p'); const seen = []; t.subscribe({ start: () => seen.push('start'), end: () => seen.push('end'), asyncStart: (m) => seen.push(['asyncStart', m.result]), asyncEnd: () => seen.push('asyncEnd') }); return [await t.tracePromise(async () => 7, {}), seen]; });
test('tracing callback', () => new Promise((done) => { const t = dc.tracingChannel('q'); const seen = []; t.subscribe({ asyncStart: (m) => seen.push(m.result) }); t.traceCallback((a, cb) => setImmediate(cb, null, a * 2), 1, {}, null, 4, (e, v) => done([e, v, seen])); }));
test('bound store', () => { const c = dc.channel('s'); const s = new AsyncLocalStorage(); c.bindStore(s, (m) => m.v); return c.runStores({ v: 9 }, () => s.getStore()); });

test('timers', () => [Object.keys(timers).filter((k) => !/^_|enroll|unenroll|active/.test(k)).sort(), timers.setTimeout === setTimeout, timers.promises === tp]);
test('promise timers', async () => [await tp.setTimeout(1, 'v'), await tp.setImmediate('i'), await tp.setTimeout(1)]);
test('promise timer aborted', () => { const c = new AbortController(); setTimeout(() => c.abort('r'), 1); return tp.setTimeout(1000, 0, { signal: c.signal }); });
test('promise timer wrong', () => tp.setTimeout(1, 0, { signal: 5 }));
test('promise interval', async () => { const seen = []; for await (const v of tp.setInterval(1, 'x')) { seen.push(v); if (seen.length === 3) break; } return seen; });
test('scheduler', async () => [await tp.scheduler.wait(1), await tp.scheduler.yield()]);
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']) test(`${name} wrong`, () => globalThis[name]('x'));
test('nextTick wrong', () => process.nextTick(5));
test('timer object', () => { const t = setTimeout(() => {}, 1); const r = [t.hasRef(), t.unref() === t, t.hasRef(), t.ref().hasRef(), typeof t[Symbol.toPrimitive](), t.constructor.name]; clearTimeout(t); return r; });

test('process', () => [typeof process.version, process.platform, process.argv.length, typeof process.pid, Array.isArray(process.execArgv), process.title, process.release.name, typeof process.hrtime()[0], typeof process.hrtime.bigint(), process.hrtime(process.hrtime()).length, Object.keys(process.memoryUsage()).sort(), typeof process.uptime(), process.stdout.isTTY === true, typeof process.stdout.write, process.exitCode, String(process), process.constructor.name, process instanceof require('events'), typeof process.features, process.allowedNodeEnvironmentFlags instanceof Set, process.emitWarning.length > 0 || true, typeof process.umask(), process.cpuUsage().user >= 0]);
test('process emits', () => { const seen = []; process.once('mine', (a) => seen.push(a)); return [process.emit('mine', 3), process.emit('mine', 4), seen, process.listenerCount('mine')]; });
test('process warning', () => new Promise((done) => { process.once('warning', (w) => done([w.name, w.message, w.code, w.detail])); process.emitWarning('careful', { type: 'MineWarning', code: 'M1', detail: 'more' }); }));
test('process warning wrong', () => process.emitWarning(5));
test('uncaughtException', () => new Promise((done) => { process.once('uncaughtException', (e, origin) => done([e.message, origin])); setTimeout(() => { throw new Error('loose'); }, 1); }));
test('unhandledRejection', () => new Promise((done) => { process.once('unhandledRejection', (e, p) => done([e.message, p instanceof Promise])); Promise.reject(new Error('lost')); }));
test('getBuiltinModule', () => [typeof process.getBuiltinModule('fs').readFile, process.getBuiltinModule('nope')]);

test('performance', () => { const m = performance.mark('a', { detail: 1 }); performance.mark('b'); const x = performance.measure('m', 'a', 'b'); const r = [m.name, m.entryType, m.detail, m.duration, x.entryType, x.duration >= 0, performance.getEntriesByName('a').length, performance.getEntriesByType('measure').length, typeof performance.timeOrigin, performance.now() > 0]; performance.clearMarks(); performance.clearMeasures(); return [...r, performance.getEntriesByType('mark').length]; });
test('measure unknown', () => performance.measure('x', 'nope'));
test('observer', () => new Promise((done) => { const o = new PerformanceObserver((list) => { o.disconnect(); done(list.getEntries().map((e) => e.name)); }); o.observe({ entryTypes: ['mark'] }); performance.mark('seen'); }));
test('timerify', () => { const f = performance.timerify(function add(a, b) { return a + b; }); return [f(1, 2), f.name, f.length]; });
test('histogram', () => { const h = createHistogram(); h.record(5); h.record(15); return [h.min, h.max, h.mean, h.count]; });
