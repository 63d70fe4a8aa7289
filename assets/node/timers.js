// The globals under the names Node's `timers` module gives them, and their promise forms.
const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = globalThis;
const promises = {
  setTimeout: (delay, value) => new Promise((resolve) => setTimeout(resolve, delay, value)),
  setImmediate: (value) => new Promise((resolve) => setImmediate(resolve, value)),
};
module.exports = {
  setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises,
};
