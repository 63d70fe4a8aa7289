// structuredClone, TextEncoder and TextDecoder, MessageChannel, as globals.
const util = require('util');
const { MessageChannel: MC, receiveMessageOnPort, isMainThread, threadId, BroadcastChannel: BC } = require('worker_threads');

test('clone', () => {
  const o = { n: 1, s: 'x', u: undefined, nul: null, big: 1n, d: new Date(5), r: /a/gi, a: [1, , 3], m: new Map([[{ k: 1 }, new Set([1])]]), bytes: new Uint8Array([1, 2]), floats: new Float64Array([1.5]), b: new Boolean(false), st: new String('s') };
  o.self = o;
  const c = structuredClone(o);
  return [util.inspect(c), c !== o, c.self === c, c.m !== o.m, c.bytes.buffer !== o.bytes.buffer];
});
test('clone error', () => { class Mine extends TypeError { constructor(m) { super(m); this.name = 'Mine'; this.extra = 1; } } const e = structuredClone(new RangeError('m', { cause: { a: 1 } })); const f = structuredClone(new Mine('x')); return [e instanceof RangeError, e.message, e.cause, e.name, typeof e.stack, f.constructor.name, f.name, f.extra, Object.keys(f)]; });
test('clone instance', () => { class P { constructor() { this.x = 1; } get y() { return 2; } } const c = structuredClone(new P()); return [c, c.constructor.name]; });
test('clone memory', () => { const m = new ArrayBuffer(4); const a = new Uint8Array(m); const c = structuredClone({ a, v: new DataView(m, 1, 2) }); return [c.a.buffer === c.v.buffer, c.v.byteOffset, c.v.byteLength]; });
test('clone getter', () => structuredClone({ get a() { return 5; } }));
test('clone buffer', () => { const c = structuredClone(Buffer.from('hi')); return [c.constructor.name, c.length]; });
for (const [name, value] of Object.entries({ function: function f() {}, symbol: Symbol('s'), weak: new WeakMap(), promise: Promise.resolve() })) {
  test(`clone of ${name}`, () => structuredClone(value));
  test(`clone with ${name}`, () => { try { structuredClone({ value }); } catch (e) { return [e.name, e.code, e instanceof DOMException]; } });
}
test('clone nothing', () => structuredClone());
test('encoder', () => { const e = new TextEncoder(); return [[...e.encode('aé€😀\ud800')], e.encoding, e.encode().length, e.encodeInto('a€b', new Uint8Array(3)), e.encodeInto('a€b', new Uint8Array(4)), e.encode('x') instanceof Uint8Array]; });
for (const label of ['utf-8', 'UTF8', 'utf-16le', 'utf-16', 'latin1', 'ascii', 'iso-8859-1', 'windows-1252', 'unicode-1-1-utf-8', ' utf-8 ', 'windows-1251', 'shift_jis', 'euc-kr', 'gbk', 'big5', 'iso-8859-2', 'koi8-r', 'macintosh']) {
  test(`decoder ${label}`, () => { const d = new TextDecoder(label); return [d.encoding, d.fatal, d.ignoreBOM, d.decode(new Uint8Array([0x41, 0x42, 0xe9, 0x80, 0x20, 0x41]))]; });
}
for (const label of ['nope', '', 'utf-7']) test(`decoder ${label} unknown`, () => new TextDecoder(label));
test('decoder mark', () => { const b = new Uint8Array([0xef, 0xbb, 0xbf, 0x61]); return [new TextDecoder().decode(b), new TextDecoder('utf-8', { ignoreBOM: true }).decode(b)]; });
test('decoder fatal', () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])));
test('decoder replaces', () => new TextDecoder().decode(new Uint8Array([0x61, 0xff, 0xe2, 0x82, 0x62])));
test('decoder stream', () => { const d = new TextDecoder(); return [d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }), d.decode(new Uint8Array([0xac]), { stream: true }), d.decode(new Uint8Array([0xf0]), { stream: true }), d.decode()]; });
test('decoder inputs', () => { const d = new TextDecoder(); const m = new Uint8Array([97, 98, 99]).buffer; return [d.decode(m), d.decode(new DataView(m, 1)), d.decode(), d.decode(Buffer.from('é')), d.decode(undefined)]; });
test('decoder wrong', () => new TextDecoder().decode('x'));
test('globals', () => [util.TextDecoder === TextDecoder, util.TextEncoder === TextEncoder, Object.prototype.toString.call(new TextEncoder()), MC === MessageChannel, typeof MessagePort, typeof MessageEvent, typeof Event, typeof performance.now()]);
test('channel', () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); const seen = []; port2.onmessage = (e) => { seen.push(e.data); if (seen.length === 2) { port1.close(); done([seen, seen[1].d instanceof Date]); } }; port1.postMessage({ a: [1] }); port1.postMessage({ d: new Date(0) }); }));
test('channel on', () => new Promise((done) => { const { port1, port2 } = new MC(); port2.on('message', (m) => { port1.close(); done(m); }); port1.postMessage(7); }));
test('channel closed', () => new Promise((done) => { const { port1, port2 } = new MC(); port2.on('close', () => done('closed')); port1.close(); }));
test('channel refuses', () => { const { port1 } = new MC(); try { port1.postMessage(() => {}); } catch (e) { return [e.name, e.code]; } finally { port1.close(); } });
test('receive', () => { const { port1, port2 } = new MC(); port1.postMessage('r'); const r = [receiveMessageOnPort(port2), receiveMessageOnPort(port2)]; port1.close(); return r; });
test('broadcast', () => new Promise((done) => { const a = new BC('n'); const b = new BC('n'); b.onmessage = (e) => { a.close(); b.close(); done(e.data); }; a.postMessage('hi'); }));
test('main thread', () => [isMainThread, threadId]);
