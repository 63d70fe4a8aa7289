// util: promises and callbacks, types, equality, arguments, texts, inspection.
const util = require('util');
const { inspect } = util;

test('promisify', async () => [await util.promisify((a, cb) => cb(null, a + 1, 9))(1), await util.promisify(setTimeout)(1, 'v'), util.promisify(setTimeout).name, typeof util.promisify.custom]);
test('promisify rejects', () => util.promisify((cb) => cb(new Error('no')))());
test('promisify this', async () => { const o = { v: 3, f(cb) { cb(null, this.v); } }; return [await util.promisify(o.f).call(o)]; });
test('promisify custom', async () => { const f = () => {}; f[util.promisify.custom] = () => Promise.resolve('c'); return util.promisify(f)(); });
test('promisify wrong', () => util.promisify('x'));
test('callbackify', () => new Promise((r) => util.callbackify(async (a) => a * 2)(4, (e, v) => r([e, v]))));
test('callbackify rejects', () => new Promise((r) => util.callbackify(async () => { throw new Error('x'); })((e, v) => r([e.message, v]))));
test('callbackify falsy', () => new Promise((r) => util.callbackify(() => Promise.reject(null))((e) => r([e.code, e.message, e.reason]))));
test('callbackify name', () => { async function named(a, b) {} return [util.callbackify(named).name, util.callbackify(named).length]; });
test('callbackify no callback', () => util.callbackify(async () => {})());
test('inherits', () => { function A() {} function B() {} B.prototype.x = 1; util.inherits(A, B); return [new A().x, A.super_ === B, new A() instanceof B]; });
test('inherits wrong', () => util.inherits(null, Object));
test('inherits wrong parent', () => util.inherits(function () {}, {}));
test('deprecate', async () => { const told = []; process.on('warning', (w) => told.push([w.name, w.code, w.message])); function f(a) { return a; } const d = util.deprecate(f, 'old', 'DEP9'); const r = [d(1), d(2), d.name, d.length]; await new Promise((res) => setImmediate(res)); process.removeAllListeners('warning'); return r; });
const values = { date: new Date(0), regexp: /x/, map: new Map(), set: new Set(), weakmap: new WeakMap(), weakset: new WeakSet(), promise: Promise.resolve(), error: new TypeError('t'), fakeError: Object.create(Error.prototype), bytes: new Uint8Array(1), buffer: Buffer.alloc(1), memory: new ArrayBuffer(1), view: new DataView(new ArrayBuffer(1)), floats: new Float64Array(1), big: new BigInt64Array(1), string: new String('x'), number: new Number(1), boolean: new Boolean(true), symbol: Object(Symbol('s')), bigint: Object(1n), async: async () => {}, generator: function* () {}, asyncGenerator: async function* () {}, iterator: [][Symbol.iterator](), generated: (function* () {})(), mapIterator: new Map().keys(), setIterator: new Set().values(), args: (function () { return arguments; })(1), plain: {}, null: null, text: 'x', proxy: new Proxy({}, {}), subclass: new (class X extends Map {})() };
for (const [name, value] of Object.entries(values)) {
  test(`types of ${name}`, () => Object.keys(util.types).filter((key) => { try { return util.types[key](value); } catch { return false; } }).sort());
}
test('deep equal', () => {
  const a = {}; a.self = a; const b = {}; b.self = b;
  return [[1, 1], [1, '1'], [NaN, NaN], [0, -0], [{ a: 1 }, { a: 1 }], [{ a: 1 }, { a: 1, b: undefined }], [[1, , 3], [1, undefined, 3]], [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])], [new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }])], [new Date(1), new Date(1)], [new Date(1), new Date(2)], [/a/g, /a/i], [new Error('a'), new Error('a')], [new Error('a'), new Error('b')], [Buffer.from('a'), Buffer.from('a')], [Buffer.from('a'), new Uint8Array([97])], [a, b], [new (class A {})(), {}], [Object.create(null), {}], [new Number(1), new Number(1)], [new Number(1), new Number(2)], [{ [Symbol.for('x')]: 1 }, { [Symbol.for('x')]: 2 }], [null, {}], [[1, 2], { 0: 1, 1: 2, length: 2 }], [new Float32Array([0]), new Float32Array([-0])], [() => {}, () => {}], ['a', 'a'], [1n, 1n]].map(([x, y]) => util.isDeepStrictEqual(x, y));
});
test('format', () => [util.format('%s %d %i %f %j %o %O %c %% %x', 'a', '42', '42.9', '1.5', { a: 1 }, [1], { b: { c: { d: {} } } }, 'css'), util.format('a', 'b', { c: 1 }), util.format(1, 2), util.format('%s', null, undefined, 5n, Symbol('q'), -0), util.format('%d', '0x10', 5n), util.format('%s', { toString: () => 'mine' }), util.format('%s', new (class T { toString() { return 'T!'; } })()), util.format('%i %f', 'x', 'y'), util.format('%%s', 1), util.format('%', 1), util.format()]);
test('debuglog', () => [typeof util.debuglog('x'), util.debuglog('x').enabled, util.debuglog('x')('y')]);
test('styleText', () => [util.styleText('red', 'x'), util.styleText(['bold', 'underline'], 'y', { validateStream: false })]);
test('styleText wrong', () => { try { util.styleText('nope', 'x'); } catch (e) { return [e.code, e.message.slice(0, 60)]; } });
test('strip', () => [util.stripVTControlCharacters('\u001b[31mred\u001b[39m \u001b]8;;http://a\u0007link\u001b]8;;\u0007')]);
test('system errors', () => [util.getSystemErrorName(-2), util.getSystemErrorName(-111), util.getSystemErrorMap().get(-2)]);
test('system error wrong', () => util.getSystemErrorName(5));
test('toUSVString', () => util.toUSVString('a\ud800b'));
test('aborted', async () => { const c = new AbortController(); const p = util.aborted(c.signal, {}); c.abort(); return [await p]; });
test('parseArgs', () => ({ ...util.parseArgs({ args: ['-f', '--bar', 'b', 'pos', '--num=5', '-xyz', '--', '--rest'], options: { foo: { type: 'boolean', short: 'f' }, bar: { type: 'string' }, num: { type: 'string', default: '1' }, x: { type: 'boolean', short: 'x' }, y: { type: 'boolean', short: 'y' }, z: { type: 'boolean', short: 'z' }, def: { type: 'string', default: 'd' } }, allowPositionals: true }) }));
test('parseArgs tokens', () => util.parseArgs({ args: ['-a', '--b=c', 'd'], strict: false, tokens: true }));
test('parseArgs multiple', () => util.parseArgs({ args: ['-a', '1', '-a', '2'], options: { a: { type: 'string', short: 'a', multiple: true } } }).values.a);
test('parseArgs unknown', () => util.parseArgs({ args: ['--nope'] }));
test('parseArgs positional', () => util.parseArgs({ args: ['x'] }));
test('parseArgs missing', () => util.parseArgs({ args: ['--a'], options: { a: { type: 'string' } } }));
test('parseArgs extra', () => util.parseArgs({ args: ['--a=1'], options: { a: { type: 'boolean' } } }));
test('parseArgs ambiguous', () => util.parseArgs({ args: ['--a', '-b'], options: { a: { type: 'string' } } }));
test('old predicates', () => [util.isArray([]), util.isString('x'), util.isObject(null), util.isError(new Error()), util.isPrimitive(null), util.isRegExp(/x/), util.isFunction(test), util.isBuffer(Buffer.alloc(0)), util._extend({ a: 1 }, { b: 2 })]);

const shown = {
  nested: { a: { b: { c: { d: 1 } } } }, array: [1, , 3, undefined, null], long: Array.from({ length: 120 }, (_, i) => i), strings: ['a', "it's", 'q"\'', '`\'"'],
  map: new Map([['a', { b: 1 }], [{ k: 1 }, 2]]), set: new Set([1, [2]]), class: class Foo extends Map {}, function: function named() {}, arrow: () => {}, instance: new (class Foo { x = 1; })(), bare: Object.create(null), bareFull: Object.assign(Object.create(null), { a: 1 }),
  symbolKey: { [Symbol('s')]: 1, 'a-b': 2 }, getter: { get a() { return 1; }, set a(v) {}, get b() { return 2; }, set c(v) {} }, date: new Date(0), badDate: new Date(NaN), regexp: /a/gi, boxed: [new String('x'), new Number(-0), Object(1n), Object(Symbol('z'))],
  typed: [new Uint8Array([1, 2, 3]), new Float64Array(2), new BigInt64Array(1)], memory: new ArrayBuffer(3), view: new DataView(new ArrayBuffer(2), 1), promise: [Promise.resolve(4), new Promise(() => {})], weak: [new WeakMap(), new WeakSet()], tagged: { [Symbol.toStringTag]: 'Tag', a: 1 }, errorKey: { e: Object.assign(new RangeError('m'), { stack: 'RangeError: m\n    at x' }) }, circular: (() => { const o = { a: {} }; o.a.o = o; return o; })(), negative: [-0, 0, NaN, 1e21], text: 'multi\nline', longText: 'x'.repeat(100), custom: { [inspect.custom]: (d, o) => `custom ${d} ${typeof o.stylize}` }, customObject: { [inspect.custom]: () => ({ replaced: true }) }, wide: { aaaaaaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbbbbbbbbb', cccccccccccccccccccc: 'dddddddddddddddddddddddddd', e: 1 }, manyStrings: Array.from({ length: 30 }, (_, i) => 'item' + i), args: (function () { return arguments; })(1, 2), generator: (function* () {})(), sub: new (class Bar extends Array {})(3), subMap: new (class Baz extends Map {})([[1, 2]]), async: async () => {}, symbol: Symbol('q'), big: 123n, emptyish: [{}, [], new Map(), new Set(), ''],
};
for (const [name, value] of Object.entries(shown)) test(`shown ${name}`, () => inspect(value));
test('options', () => [inspect({ a: { b: { c: {} } } }, { depth: 0 }), inspect({ a: { b: 1 } }, { compact: false }), inspect([1, 2, 3], { maxArrayLength: 1 }), inspect('abcdef', { maxStringLength: 3 }), inspect({ b: 1, a: 2 }, { sorted: true }), inspect({ a: 1 }, { depth: -1 }), inspect([[[[1]]]], false, null), inspect([1], true), inspect({ a: 'x'.repeat(50), b: 'y'.repeat(40) }, { breakLength: 40 }), inspect({ a: { b: 1 } }, { breakLength: Infinity })]);
test('default options', () => [inspect.defaultOptions.depth, Object.keys(inspect.defaultOptions).length]);
