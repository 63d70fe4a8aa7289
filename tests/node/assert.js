// assert: what passes, what fails, and in which words.
const assert = require('assert');
const facts = (work) => { try { work(); return 'passed'; } catch (e) { return [e.name, e.code, e.message, e.generatedMessage, e.operator, e instanceof assert.AssertionError]; } };
const cases = {
  'strictEqual numbers': () => assert.strictEqual(1, 2), 'strictEqual text': () => assert.strictEqual('a', 'b', 'mine'), 'strictEqual long': () => assert.strictEqual('a'.repeat(20), 'b'.repeat(20)),
  'strictEqual objects': () => assert.strictEqual({ a: 1 }, { a: 1 }), 'strictEqual zero': () => assert.strictEqual(0, -0), 'strictEqual NaN': () => assert.strictEqual(NaN, NaN), 'strictEqual types': () => assert.strictEqual(1, '1'),
  'deepStrictEqual': () => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }), 'deepStrictEqual types': () => assert.deepStrictEqual([1], ['1']), 'deepStrictEqual passes': () => assert.deepStrictEqual(new Map([[1, { a: [] }]]), new Map([[1, { a: [] }]])),
  'deepEqual': () => assert.deepEqual({ a: 1 }, { a: '1' }), 'deepEqual fails': () => assert.deepEqual({ a: 1 }, { a: 2 }), 'equal': () => assert.equal(1, 2), 'equal loose': () => assert.equal(1, '1'), 'notEqual': () => assert.notEqual(1, '1'),
  'notStrictEqual': () => assert.notStrictEqual(1, 1), 'notStrictEqual object': () => { const o = { a: 1 }; assert.notStrictEqual(o, o); }, 'notDeepStrictEqual': () => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }), 'notDeepEqual': () => assert.notDeepEqual([1], [1]),
  'ok': () => assert.ok(0), 'ok message': () => assert.ok(false, 'why'), 'plain': () => assert(null === 1), 'ok nothing': () => assert.ok(), 'ok error': () => assert(false, new TypeError('own')), 'missing': () => assert.equal(1),
  'fail': () => assert.fail(), 'fail text': () => assert.fail('boom'), 'ifError': () => assert.ifError(new Error('e')), 'ifError null': () => assert.ifError(null), 'ifError text': () => assert.ifError('x'),
  'throws': () => assert.throws(() => { throw new TypeError('bad'); }, TypeError), 'throws none': () => assert.throws(() => {}), 'throws none named': () => assert.throws(() => {}, TypeError, 'msg'), 'throws other': () => assert.throws(() => { throw new Error('x'); }, TypeError), 'throws pattern': () => assert.throws(() => { throw new Error('abc'); }, /abc/), 'throws pattern wrong': () => assert.throws(() => { throw new Error('abc'); }, /zzz/), 'throws object': () => assert.throws(() => { throw Object.assign(new Error('m'), { code: 'C' }); }, { message: 'm', code: 'C' }), 'throws object pattern': () => assert.throws(() => { throw new Error('mmm'); }, { message: /m+/ }), 'throws judge': () => assert.throws(() => { throw new Error('m'); }, () => false), 'throws judged': () => assert.throws(() => { throw new Error('m'); }, (e) => e.message === 'm'), 'throws wrong fn': () => assert.throws('x'),
  'throws same message': () => assert.throws(() => { throw new Error('m'); }, 'm'), 'doesNotThrow': () => assert.doesNotThrow(() => { throw new Error('oops'); }, 'text'), 'match': () => assert.match('abc', /x/), 'match passes': () => assert.match('abc', /b/), 'doesNotMatch': () => assert.doesNotMatch('abc', /b/), 'match wrong': () => assert.match(5, /b/),
  'strict equal': () => assert.strict.equal(1, '1'), 'strict deepEqual': () => assert.strict.deepEqual([1], ['1']), 'identical': () => assert.deepStrictEqual([() => 1], [() => 1]),
};
for (const [name, work] of Object.entries(cases)) test(name, () => facts(work));
test('rejects', async () => { await assert.rejects(Promise.reject(new Error('r')), /r/); try { await assert.rejects(async () => {}); } catch (e) { return e.message; } });
test('doesNotReject', async () => { try { await assert.doesNotReject(Promise.reject(new Error('r'))); } catch (e) { return [e.message, e.operator]; } });
test('rejects wrong', () => assert.rejects(5));
test('rejects wrong function', () => assert.rejects(() => 5));
test('AssertionError', () => { const e = new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' }); return [e.message, Object.keys(e), String(e), e.stack.split('\n')[0]]; });
test('strict', () => [assert.strict === require('assert').strict, require('assert/strict') === assert.strict, assert.strict.strict === assert.strict, typeof assert.strict.ok]);
