// Errors of core modules: code, class, text.
const { EventEmitter } = require('events');
const util = require('util');

test('a coded error', () => {
  try {
    new EventEmitter().on('x', 5);
  } catch (error) {
    return [error.name, error.code, error.message, String(error), error instanceof TypeError,
      Object.keys(error), error.stack.split('\n')[0]];
  }
});
for (const [name, value] of Object.entries({
  undefined: undefined, null: null, text: 'abc', long: 'x'.repeat(60), number: 5, big: 5n, function: function f() {},
  arrow: () => {}, object: {}, bare: Object.create(null), array: [], date: new Date(0), symbol: Symbol('s'), true: true,
})) {
  test(`received ${name}`, () => util.promisify(typeof value === 'function' ? { value } : value));
}
