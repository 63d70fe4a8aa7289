// Timers as promises, with signals.
const { AbortError, codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');
const timers = require('timers');

function checked(options) {
  validateObject(options, 'options');
  const { signal, ref = true } = options;
  validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  return { signal, ref };
}
const aborted = (signal) => new AbortError(undefined, { cause: signal.reason });

function later(start, stop, value, options) {
  let signal;
  let ref;
  try {
    ({ signal, ref } = checked(options));
  } catch (error) {
    return Promise.reject(error);
  }
  if (signal && signal.aborted) return Promise.reject(aborted(signal));
  return new Promise((resolve, reject) => {
    const cancel = () => {
      stop(timer);
      reject(aborted(signal));
    };
    const timer = start(() => {
      if (signal) signal.removeEventListener('abort', cancel);
      resolve(value);
    });
    if (!ref) timer.unref();
    if (signal) signal.addEventListener('abort', cancel, { once: true });
  });
}

function setTimeout(delay, value, options = {}) {
  try {
    if (delay !== undefined) validateNumber(delay, 'delay');
  } catch (error) {
    return Promise.reject(error);
  }
  return later((done) => timers.setTimeout(done, delay), timers.clearTimeout, value, options);
}
function setImmediate(value, options = {}) {
  return later((done) => timers.setImmediate(done), timers.clearImmediate, value, options);
}

async function* setInterval(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, 'delay');
  const { signal, ref } = checked(options);
  if (signal && signal.aborted) throw aborted(signal);
  let due = 0;
  let wake;
  const timer = timers.setInterval(() => {
    due++;
    if (wake) wake();
  }, delay);
  if (!ref) timer.unref();
  const cancel = () => {
    timers.clearInterval(timer);
    if (wake) wake();
  };
  if (signal) signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      if (due === 0 && !(signal && signal.aborted)) {
        await new Promise((resolve) => { wake = resolve; });
        wake = undefined;
      }
      for (; due > 0; due--) yield value;
      if (signal && signal.aborted) throw aborted(signal);
    }
  } finally {
    timers.clearInterval(timer);
    if (signal) signal.removeEventListener('abort', cancel);
  }
}

class Scheduler {
  constructor() { throw new ERR_ILLEGAL_CONSTRUCTOR(); }
  yield() { return setImmediate(); }
  wait(delay, options) { return setTimeout(delay, undefined, options); }
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: Object.create(Scheduler.prototype) };
