// How a stream of either side begins (`_construct`), fails and is destroyed, each step in Node's tick.
const { codes, AbortError } = require('internal/errors');

const CONSTRUCTED = Symbol('constructed');
const DESTROYED = Symbol('destroyed');
const { nextTick } = process;
// What buffers hold where nothing is said: bytes, or objects.
const defaults = { bytes: 16384, objects: 16 };

function highWaterMark(options, key, objectMode) {
  const given = options && (options.highWaterMark != null ? options.highWaterMark : options[key]);
  if (given === null || given === undefined) return objectMode ? defaults.objects : defaults.bytes;
  if (!Number.isInteger(given) || given < 0) {
    const name = `options.${key || 'highWaterMark'}`;
    throw new codes.ERR_INVALID_ARG_VALUE(name, given);
  }
  return Math.floor(given);
}

// What both sides know of their end.
function commonState(state, options) {
  state.constructed = true;
  state.sync = true;
  state.errorEmitted = false;
  state.emitClose = !options || options.emitClose !== false;
  state.autoDestroy = !options || options.autoDestroy !== false;
  state.destroyed = false;
  state.errored = null;
  state.closed = false;
  state.closeEmitted = false;
}

function sides(stream) {
  const both = [];
  if (stream._readableState) both.push(stream._readableState);
  if (stream._writableState) both.push(stream._writableState);
  return both;
}

function note(both, error) {
  if (!error) return;
  for (const state of both) if (!state.errored) state.errored = error;
}

function joined(first, second) {
  if (!first || !second || first === second) return first || second;
  if (Array.isArray(second.errors)) {
    second.errors.push(first);
    return second;
  }
  const both = new AggregateError([second, first], second.message);
  both.code = second.code;
  return both;
}

function emitClose(stream) {
  const both = sides(stream);
  for (const state of both) state.closeEmitted = true;
  if (both.some((state) => state.emitClose)) stream.emit('close');
}

function emitError(stream, error) {
  const both = sides(stream);
  if (both.some((state) => state.errorEmitted)) return;
  for (const state of both) state.errorEmitted = true;
  stream.emit('error', error);
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function tearDown(stream, error, callback) {
  let called = false;
  const done = (failure) => {
    if (called) return;
    called = true;
    const both = sides(stream);
    note(both, failure);
    for (const state of both) state.closed = true;
    if (typeof callback === 'function') callback(failure);
    if (failure) nextTick(emitErrorAndClose, stream, failure);
    else nextTick(emitClose, stream);
  };
  try {
    stream._destroy(error || null, done);
  } catch (failure) {
    done(failure);
  }
}

function destroy(error, callback) {
  const both = sides(this);
  if (both.some((state) => state.destroyed)) {
    if (typeof callback === 'function') callback();
    return this;
  }
  note(both, error);
  for (const state of both) state.destroyed = true;
  const main = this._writableState || this._readableState;
  if (main && !main.constructed) {
    this.once(DESTROYED, (other) => tearDown(this, joined(other, error), callback));
  } else {
    tearDown(this, error, callback);
  }
  return this;
}

function undestroy() {
  const { _readableState: r, _writableState: w } = this;
  for (const state of sides(this)) {
    state.constructed = true;
    state.closed = false;
    state.closeEmitted = false;
    state.destroyed = false;
    state.errored = null;
    state.errorEmitted = false;
  }
  if (r) {
    r.reading = false;
    r.ended = r.readable === false;
    r.endEmitted = r.readable === false;
  }
  if (w) {
    w.finalCalled = false;
    w.prefinished = false;
    w.ended = w.ending = w.finished = w.writable === false;
  }
}

function errorOrDestroy(stream, error, sync) {
  const both = sides(stream);
  if (both.some((state) => state.destroyed)) return;
  if (both.some((state) => state.autoDestroy)) {
    stream.destroy(error);
  } else if (error) {
    note(both, error);
    if (sync) nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

function runConstruct(stream) {
  let called = false;
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error || new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    const both = sides(stream);
    for (const state of both) state.constructed = true;
    const main = stream._writableState || stream._readableState;
    if (main.destroyed) stream.emit(DESTROYED, error);
    else if (error) errorOrDestroy(stream, error, true);
    else nextTick(() => stream.emit(CONSTRUCTED));
  };
  try {
    stream._construct((error) => nextTick(done, error));
  } catch (error) {
    nextTick(done, error);
  }
}

function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  for (const state of sides(stream)) state.constructed = false;
  stream.once(CONSTRUCTED, callback);
  if (stream.listenerCount(CONSTRUCTED) === 1) nextTick(runConstruct, stream);
}

const isRequest = (stream) => Boolean(stream && stream.setHeader && typeof stream.abort === 'function');

// Ends any kind of stream, those of old libraries too.
function destroyer(stream, error) {
  if (!stream || stream.destroyed) return;
  const r = stream._readableState;
  const w = stream._writableState;
  const done = (!r || r.endEmitted || r.readable === false) && (!w || w.finished || w.writable === false);
  if (!error && !done) error = new AbortError();
  if (isRequest(stream)) stream.abort();
  else if (isRequest(stream.req)) stream.req.abort();
  else if (typeof stream.destroy === 'function') stream.destroy(error);
  else if (typeof stream.close === 'function') stream.close();
}

module.exports = {
  highWaterMark, commonState, construct, destroy, undestroy, destroyer, errorOrDestroy, isRequest, joined, defaults,
};
