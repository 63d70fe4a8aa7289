// The class that writes to streams, and the module that is the global object.
const { Console } = require('console');

const sink = () => ({ text: '', write(chunk) { this.text += chunk; return true; }, listenerCount: () => 0, once() {}, removeListener() {} });

test('the module is the global console', () => {
  return [require('console') === console, require('node:console') === console, typeof Console, console.Console === Console];
});

test('lines go where they belong', () => {
  const out = sink();
  const err = sink();
  const mine = new Console(out, err);
  mine.log('a %s', 'b', { c: 1 });
  mine.info([1, 2]);
  mine.debug('d');
  mine.warn('w');
  mine.error(new RangeError('r').message);
  mine.assert(true, 'unseen');
  mine.assert(false, 'seen %d', 4);
  mine.assert(false);
  mine.assert(false, { x: 1 });
  mine.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
  return [out.text, err.text];
});

test('groups indent, counts count', () => {
  const out = sink();
  const mine = new Console({ stdout: out, groupIndentation: 4 });
  mine.group('outer');
  mine.log('one\ntwo');
  mine.groupCollapsed();
  mine.log('deeper');
  mine.groupEnd();
  mine.groupEnd();
  mine.groupEnd();
  mine.log('back');
  mine.count();
  mine.count('x');
  mine.count('x');
  mine.countReset('x');
  mine.count('x');
  const { log } = mine;
  log('taken off');
  return out.text;
});

test('what is no stream is refused', () => {
  return [undefined, null, {}, { stdout: 1 }].map((wrong) => {
    try {
      return new Console(wrong);
    } catch (error) {
      return [error.name, error.code, error.message];
    }
  });
});

test('nothing is traced', () => {
  const { createTracing, getEnabledCategories } = require('trace_events');
  const tracing = createTracing({ categories: ['node', 'v8'] });
  return [tracing.enabled, tracing.categories, getEnabledCategories()];
});
