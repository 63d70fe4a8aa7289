// The globals under the names Node's `timers` module gives them.
const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = globalThis;
module.exports = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
Object.defineProperty(module.exports, 'promises', {
  enumerable: true, configurable: true, get: () => require('timers/promises'),
});
