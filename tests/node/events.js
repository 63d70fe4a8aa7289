// EventEmitter and the functions around it.
const EventEmitter = require('events');
const util = require('util');
const { once, on, getEventListeners, errorMonitor, setMaxListeners, getMaxListeners, addAbortListener } = EventEmitter;

test('order and arguments', () => {
  const e = new EventEmitter();
  const seen = [];
  e.on('a', (...args) => seen.push(['first', ...args]));
  e.prependListener('a', () => seen.push('before'));
  e.once('a', () => seen.push('once'));
  return [e.emit('a', 1, 2, 3), e.emit('a'), e.emit('none'), seen, e.listenerCount('a')];
});
test('removal while emitting', () => {
  const e = new EventEmitter();
  const seen = [];
  const b = () => seen.push('b');
  e.on('x', () => { seen.push('a'); e.off('x', b); });
  e.on('x', b);
  e.emit('x');
  e.emit('x');
  return seen;
});
test('newListener and removeListener', () => {
  const e = new EventEmitter();
  const seen = [];
  e.on('newListener', (name, fn) => seen.push(['new', name, fn.name]));
  e.on('removeListener', (name, fn) => seen.push(['gone', name, fn.name]));
  function mine() {}
  e.once('x', mine);
  e.emit('x');
  e.on('x', mine).removeAllListeners('x');
  e.removeAllListeners();
  return [seen, e.eventNames()];
});
test('listeners and rawListeners', () => {
  const e = new EventEmitter();
  function f() {}
  e.once('x', f);
  return [e.listeners('x')[0] === f, e.rawListeners('x')[0] === f, e.rawListeners('x')[0].listener === f, e.rawListeners('x')[0].name];
});
test('names', () => { const e = new EventEmitter(); const s = Symbol('s'); e.on('a', () => {}).on(s, () => {}); return e.eventNames(); });
test('unhandled error', () => new EventEmitter().emit('error', new RangeError('boom')));
test('unhandled other', () => new EventEmitter().emit('error', { a: 1 }));
test('unhandled nothing', () => new EventEmitter().emit('error'));
test('error monitor', () => { const e = new EventEmitter(); const seen = []; e.on(errorMonitor, (x) => seen.push(x.message)); try { e.emit('error', new Error('m')); } catch (x) { seen.push('thrown'); } return seen; });
for (const bad of [undefined, null, 5, 'x', {}]) test(`listener ${bad}`, () => new EventEmitter().on('a', bad));
test('setMaxListeners wrong', () => new EventEmitter().setMaxListeners(-1));
test('max listeners', () => { const e = new EventEmitter(); return [e.getMaxListeners(), e.setMaxListeners(3) === e, e.getMaxListeners(), EventEmitter.defaultMaxListeners]; });
test('inherits', () => {
  function Old() { EventEmitter.call(this); this.own = 1; }
  util.inherits(Old, EventEmitter);
  const o = new Old();
  let got;
  o.on('x', (v) => { got = v; });
  o.emit('x', 7);
  class New extends EventEmitter {}
  return [got, o instanceof EventEmitter, Object.keys(o), new New().on('a', () => {}) instanceof New, Old.super_ === EventEmitter];
});
test('without constructor', () => { const o = Object.create(EventEmitter.prototype); let n = 0; o.on('x', () => n++); o.emit('x'); return n; });
test('mixed in', () => { const o = Object.assign({}, EventEmitter.prototype); let n = 0; o.on('x', () => n++); o.emit('x'); return n; });
test('inspected', () => util.inspect(new EventEmitter()));
test('once promise', async () => { const e = new EventEmitter(); setTimeout(() => e.emit('x', 1, 2), 1); return once(e, 'x'); });
test('once rejects', async () => { const e = new EventEmitter(); setTimeout(() => e.emit('error', new Error('no')), 1); return once(e, 'x'); });
test('once aborted', async () => { const c = new AbortController(); setTimeout(() => c.abort(), 1); return once(new EventEmitter(), 'x', { signal: c.signal }); });
test('once on target', async () => { const t = new EventTarget(); setTimeout(() => t.dispatchEvent(new Event('x')), 1); return (await once(t, 'x'))[0].type; });
test('async iterator', async () => {
  const e = new EventEmitter();
  setTimeout(() => { e.emit('x', 1); e.emit('x', 2, 3); e.emit('end'); }, 1);
  const seen = [];
  for await (const args of on(e, 'x', { close: ['end'] })) seen.push(args);
  return [seen, e.listenerCount('x')];
});
test('async iterator fails', async () => { const e = new EventEmitter(); setTimeout(() => { e.emit('x', 1); e.emit('error', new Error('it')); }, 1); const seen = []; try { for await (const [v] of on(e, 'x')) seen.push(v); } catch (x) { seen.push(x.message); } return seen; });
test('async iterator aborted', async () => { const c = new AbortController(); setTimeout(() => c.abort(), 1); for await (const x of on(new EventEmitter(), 'x', { signal: c.signal })) return x; });
test('statics', () => [typeof EventEmitter.EventEmitter, EventEmitter.captureRejections, String(EventEmitter.captureRejectionSymbol), String(errorMonitor), EventEmitter.usingDomains, typeof EventEmitter.EventEmitterAsyncResource, EventEmitter.listenerCount(new EventEmitter(), 'x')]);
test('getEventListeners', () => { const t = new EventTarget(); const f = () => {}; t.addEventListener('x', f); return [getEventListeners(t, 'x').length, getEventListeners(new EventEmitter().on('y', f), 'y')[0] === f]; });
test('getMaxListeners', () => { const t = new EventTarget(); setMaxListeners(5, t); return [getMaxListeners(t), getMaxListeners(new EventEmitter())]; });
test('addAbortListener', () => { const c = new AbortController(); let n = 0; addAbortListener(c.signal, () => n++); c.abort(); return n; });
test('warning of a leak', async () => {
  const e = new EventEmitter();
  const told = once(process, 'warning');
  for (let i = 0; i < 11; i++) e.on('leak', () => {});
  const [w] = await told;
  return [w.name, w.message, w.count, w.type];
});

test('event target', () => {
  const t = new EventTarget();
  const seen = [];
  const f = (e) => seen.push(['f', e.type, e.target === t, e.currentTarget === t, e.eventPhase, e.composedPath().length]);
  t.addEventListener('x', f);
  t.addEventListener('x', f);
  t.addEventListener('x', { handleEvent(e) { seen.push(['object', e.detail]); e.preventDefault(); } }, { once: true });
  return [t.dispatchEvent(new CustomEvent('x', { detail: 5, cancelable: true })), t.dispatchEvent(new Event('x', { cancelable: true })), seen];
});
test('stop immediate', () => { const t = new EventTarget(); let n = 0; t.addEventListener('x', (e) => { n++; e.stopImmediatePropagation(); }); t.addEventListener('x', () => n++); t.dispatchEvent(new Event('x')); return n; });
test('event fields', () => { const e = new Event('t', { bubbles: true }); return [e.bubbles, e.cancelable, e.composed, e.defaultPrevented, e.returnValue, e.target, e.eventPhase, Event.AT_TARGET, typeof e.timeStamp, String(e), e.isTrusted, e.cancelBubble]; });
test('event without type', () => new Event());
test('dispatch wrong', () => new EventTarget().dispatchEvent({}));
test('dispatch twice', () => { const t = new EventTarget(); const e = new Event('x'); let r; t.addEventListener('x', () => { try { t.dispatchEvent(e); } catch (x) { r = [x.code, x.message]; } }); t.dispatchEvent(e); return r; });
test('listener wrong', () => new EventTarget().addEventListener('x', 5));
test('listener signal', () => { const t = new EventTarget(); const c = new AbortController(); let n = 0; t.addEventListener('x', () => n++, { signal: c.signal }); t.dispatchEvent(new Event('x')); c.abort(); t.dispatchEvent(new Event('x')); return n; });
test('abort', () => {
  const c = new AbortController();
  const seen = [];
  c.signal.onabort = (e) => seen.push(['on', e.type]);
  c.signal.addEventListener('abort', () => seen.push('listener'));
  c.abort();
  c.abort();
  return [seen, c.signal.aborted, c.signal.reason.name, c.signal.reason.message, c.signal.reason.code, c.signal.reason instanceof DOMException];
});
test('abort reason', () => { const c = new AbortController(); c.abort('why'); try { c.signal.throwIfAborted(); } catch (e) { return e; } });
test('AbortSignal.abort', () => [AbortSignal.abort().aborted, AbortSignal.abort(5).reason]);
test('AbortSignal.any', () => { const a = new AbortController(); const s = AbortSignal.any([a.signal, new AbortController().signal]); const seen = []; s.addEventListener('abort', () => seen.push(s.reason)); a.abort('r'); return [s.aborted, seen, AbortSignal.any([AbortSignal.abort(1)]).reason]; });
test('AbortSignal.timeout', async () => { const s = AbortSignal.timeout(5); await new Promise((r) => setTimeout(r, 30)); return [s.aborted, s.reason.name, s.reason.message, s.reason.code]; });
test('new AbortSignal', () => new AbortSignal());
test('signals shown', () => [util.inspect(new AbortController()), util.inspect(AbortSignal.abort()), util.inspect(new EventTarget())]);
test('DOMException', () => { const e = new DOMException('m', 'DataCloneError'); return [e.name, e.message, e.code, String(e), e instanceof Error, Object.keys(e), DOMException.ABORT_ERR, e.DATA_CLONE_ERR, Object.prototype.toString.call(e), new DOMException().name, new DOMException('x', { name: 'N', cause: 1 }).cause]; });
