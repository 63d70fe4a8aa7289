// `map`, `filter` and their kin on readables.
const { codes, coded, AbortError } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInteger, validateObject } = require('internal/validators');

function check(work, options) {
  if (typeof work !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'AsyncFunction'], work);
  if (options !== null && options !== undefined) validateObject(options, 'options');
  if (options && options.signal !== null && options.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
  }
  const concurrency = options && options.concurrency !== undefined ? Math.floor(options.concurrency) : 1;
  validateInteger(concurrency, 'options.concurrency', 1);
  return concurrency;
}

const stream = (source) => require('internal/streams/readable').from(source);

// Results in order, at most `concurrency` at work at once.
async function* mapped(source, work, options, concurrency) {
  const controller = new AbortController();
  const outer = options && options.signal;
  const abort = () => controller.abort(outer.reason);
  if (outer) {
    if (outer.aborted) abort();
    else outer.addEventListener('abort', abort, { once: true });
  }
  const { signal } = controller;
  const waiting = [];
  try {
    for await (const chunk of source) {
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      const result = (async () => work(chunk, { signal }))();
      result.catch(() => {});
      waiting.push(result);
      if (waiting.length >= concurrency) yield await waiting.shift();
    }
    while (waiting.length > 0) yield await waiting.shift();
  } finally {
    controller.abort();
    if (outer) outer.removeEventListener('abort', abort);
  }
}

function map(source, work, options) {
  const concurrency = check(work, options);
  return stream(mapped(source, work, options, concurrency));
}

function filter(source, work, options) {
  const concurrency = check(work, options);
  return stream((async function* () {
    const judged = mapped(source, async (chunk, more) => ({ chunk, kept: await work(chunk, more) }), options, concurrency);
    for await (const { chunk, kept } of judged) if (kept) yield chunk;
  })());
}

function flatMap(source, work, options) {
  const concurrency = check(work, options);
  return stream((async function* () {
    for await (const part of mapped(source, work, options, concurrency)) yield* part;
  })());
}

function count(number) {
  const whole = Number(number);
  if (Number.isNaN(whole)) return 0;
  if (whole < 0) throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', whole);
  return whole;
}

function take(source, number) {
  let left = count(number);
  return stream((async function* () {
    for await (const chunk of source) {
      if (left-- > 0) yield chunk;
      if (left <= 0) return;
    }
  })());
}

function drop(source, number) {
  let left = count(number);
  return stream((async function* () {
    for await (const chunk of source) if (left-- <= 0) yield chunk;
  })());
}

async function forEach(source, work, options) {
  const concurrency = check(work, options);
  for await (const _ of mapped(source, async (...args) => { await work(...args); }, options, concurrency));
}

async function toArray(source, options) {
  const { signal } = options || {};
  const list = [];
  for await (const chunk of source) {
    if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
    list.push(chunk);
  }
  return list;
}

async function find(source, work, options) {
  for await (const chunk of filter(source, work, options)) return chunk;
  return undefined;
}

async function some(source, work, options) {
  for await (const _ of filter(source, work, options)) return true;
  return false;
}

async function every(source, work, options) {
  check(work, options);
  return !(await some(source, async (...args) => !(await work(...args)), options));
}

async function reduce(source, ...args) {
  const [work, initial, options] = args;
  validateFunction(work, 'reducer');
  let has = args.length > 1;
  let value = initial;
  const signal = (options && options.signal) || new AbortController().signal;
  for await (const chunk of source) {
    if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
    value = has ? await work(value, chunk, { signal }) : chunk;
    has = true;
  }
  if (!has) throw coded(TypeError, 'ERR_MISSING_ARGS', 'Reduce of an empty stream requires an initial value');
  return value;
}

module.exports = { map, filter, flatMap, take, drop, forEach, toArray, find, some, every, reduce };
