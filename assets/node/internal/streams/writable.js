// `Writable`: a sink that takes one chunk at a time and keeps the others waiting, in Node's ticks.
const Stream = require('internal/streams/legacy');
const { highWaterMark, commonState, construct, destroy, undestroy, errorOrDestroy } = require('internal/streams/lifecycle');
const { codes } = require('internal/errors');
const { nextTick } = process;

const DUPLEX = Symbol.for('hookbench.stream.duplex');
const FINISHED = Symbol('onFinished');
const nothing = () => {};

function WritableState(options, stream, duplex) {
  if (duplex === undefined) duplex = Boolean(stream && stream[DUPLEX]);
  this.objectMode = Boolean(options && (options.objectMode || (duplex && options.writableObjectMode)));
  this.highWaterMark = highWaterMark(options, duplex ? 'writableHighWaterMark' : '', this.objectMode);
  this.finalCalled = false;
  this.needDrain = false;
  this.ending = false;
  this.ended = false;
  this.finished = false;
  this.decodeStrings = !options || options.decodeStrings !== false;
  this.defaultEncoding = (options && options.defaultEncoding) || 'utf8';
  this.length = 0;
  this.writing = false;
  this.corked = 0;
  this.bufferProcessing = false;
  this.onwrite = (error) => written(stream, this, error);
  this.writecb = null;
  this.writelen = 0;
  this.afterWriteTickInfo = null;
  this.afterWritePending = false;
  emptyBuffer(this);
  this.pendingcb = 0;
  this.prefinished = false;
  commonState(this, options);
  this[FINISHED] = [];
}
WritableState.prototype.getBuffer = function () { return this.buffered.slice(this.bufferedIndex); };
Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  get() { return this.buffered.length - this.bufferedIndex; },
});

function emptyBuffer(state) {
  state.buffered = [];
  state.bufferedIndex = 0;
  state.allBuffers = true;
  state.allNoop = true;
}

function Writable(options) {
  const duplex = this !== undefined && this !== null && this[DUPLEX] === true;
  if (!duplex && !Function.prototype[Symbol.hasInstance].call(Writable, this)) return new Writable(options);
  this._writableState = new WritableState(options, this, duplex);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/abort').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  construct(this, () => {
    const state = this._writableState;
    if (!state.writing) clearBuffer(this, state);
    finishIfDone(this, state);
  });
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;
// A Duplex is an instance too, though it inherits from Readable.
Object.defineProperty(Writable, Symbol.hasInstance, {
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && Boolean(object) && object._writableState instanceof WritableState;
  },
});

const proto = Writable.prototype;
proto.pipe = function () { errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE()); };

// ---- writing

function put(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof callback !== 'function') callback = nothing;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (!state.objectMode) {
    if (!encoding) encoding = state.defaultEncoding;
    else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    if (typeof chunk === 'string') {
      if (state.decodeStrings !== false) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Buffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }
  let error;
  if (state.ending) error = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if (state.destroyed) error = new codes.ERR_STREAM_DESTROYED('write');
  if (error) {
    nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrKeep(stream, state, chunk, encoding, callback);
}

function writeOrKeep(stream, state, chunk, encoding, callback) {
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  const room = state.length < state.highWaterMark;
  if (!room) state.needDrain = true;
  if (state.writing || state.corked || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback });
    if (state.allBuffers && encoding !== 'buffer') state.allBuffers = false;
    if (state.allNoop && callback !== nothing) state.allNoop = false;
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.writing = true;
    state.sync = true;
    stream._write(chunk, encoding, state.onwrite);
    state.sync = false;
  }
  return room && !state.errored && !state.destroyed;
}

function hand(stream, state, all, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  else if (all) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.sync = false;
}

function written(stream, state, error) {
  const { sync, writecb: callback } = state;
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (error) {
    if (!state.errored) state.errored = error;
    const r = stream._readableState;
    if (r && !r.errored) r.errored = error;
    if (sync) nextTick(writeFailed, stream, state, error, callback);
    else writeFailed(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) clearBuffer(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, callback);
  } else if (callback === nothing) {
    const drains = state.needDrain && !state.ending && !state.destroyed && state.length === 0;
    if (drains && !state.afterWritePending) {
      state.afterWritePending = true;
      nextTick(afterWrite, stream, state, 1, callback);
    } else {
      state.pendingcb--;
      if (state.ending) finishIfDone(stream, state, true);
    }
  } else if (state.afterWriteTickInfo && state.afterWriteTickInfo.callback === callback) {
    state.afterWriteTickInfo.count++;
  } else {
    const info = { count: 1, callback };
    state.afterWriteTickInfo = info;
    state.afterWritePending = true;
    nextTick(() => {
      state.afterWriteTickInfo = null;
      afterWrite(stream, state, info.count, callback);
    });
  }
}

function writeFailed(stream, state, error, callback) {
  --state.pendingcb;
  callback(error);
  refuseKept(state);
  errorOrDestroy(stream, error);
}

function afterWrite(stream, state, count, callback) {
  state.afterWritePending = false;
  if (!state.ending && !stream.destroyed && state.length === 0 && state.needDrain) {
    state.needDrain = false;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if (state.destroyed) refuseKept(state);
  finishIfDone(stream, state, true);
}

// What waits is told that it will never be written.
function refuseKept(state) {
  if (state.writing) return;
  for (let at = state.bufferedIndex; at < state.buffered.length; at++) {
    const { chunk, callback } = state.buffered[at];
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored || new codes.ERR_STREAM_DESTROYED('write'));
  }
  for (const callback of state[FINISHED].splice(0)) {
    callback(state.errored || new codes.ERR_STREAM_DESTROYED('end'));
  }
  emptyBuffer(state);
}

function clearBuffer(stream, state) {
  if (state.corked || state.bufferProcessing || state.destroyed || !state.constructed) return;
  const { buffered } = state;
  let at = state.bufferedIndex;
  const count = buffered.length - at;
  if (count === 0) return;
  state.bufferProcessing = true;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const rest = buffered.slice(at);
    const callback = state.allNoop ? nothing : (error) => {
      for (const one of rest) one.callback(error);
    };
    rest.allBuffers = state.allBuffers;
    hand(stream, state, true, state.length, rest, '', callback);
    emptyBuffer(state);
  } else {
    do {
      const { chunk, encoding, callback } = buffered[at];
      buffered[at++] = null;
      hand(stream, state, false, state.objectMode ? 1 : chunk.length, chunk, encoding, callback);
    } while (at < buffered.length && !state.writing);
    if (at === buffered.length) {
      emptyBuffer(state);
    } else if (at > 256) {
      buffered.splice(0, at);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = at;
    }
  }
  state.bufferProcessing = false;
}

proto.write = function (chunk, encoding, callback) {
  if (typeof encoding === 'function') return put(this, chunk, null, encoding) === true;
  return put(this, chunk, encoding, callback) === true;
};
proto._write = function (chunk, encoding, callback) {
  if (!this._writev) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};
proto._writev = null;

proto.cork = function () { this._writableState.corked++; };
proto.uncork = function () {
  const state = this._writableState;
  if (!state.corked) return;
  state.corked--;
  if (!state.writing) clearBuffer(this, state);
};
proto.setDefaultEncoding = function (encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// ---- ending

proto.end = function (chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = put(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  if (state.corked) {
    state.corked = 1;
    this.uncork();
  }
  if (!error) {
    if (!state.errored && !state.ending) {
      state.ending = true;
      finishIfDone(this, state, true);
      state.ended = true;
    } else if (state.finished) {
      error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
    } else if (state.destroyed) {
      error = new codes.ERR_STREAM_DESTROYED('end');
    }
  }
  if (typeof callback === 'function') {
    if (error || state.errored) nextTick(callback, error || state.errored);
    else if (state.finished) nextTick(callback);
    else state[FINISHED].push(callback);
  }
  return this;
};

function canFinish(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored
    && state.buffered.length === 0 && !state.finished && !state.writing && !state.errorEmitted && !state.closeEmitted;
}

function runFinal(stream, state) {
  let called = false;
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error || new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      for (const callback of state[FINISHED].splice(0)) callback(error);
      errorOrDestroy(stream, error, state.sync);
    } else if (canFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      state.pendingcb++;
      nextTick(finish, stream, state);
    }
  };
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

function finishIfDone(stream, state, sync) {
  if (!canFinish(state)) return;
  if (!state.prefinished && !state.finalCalled) {
    if (typeof stream._final === 'function' && !state.destroyed) {
      state.finalCalled = true;
      runFinal(stream, state);
    } else {
      state.prefinished = true;
      stream.emit('prefinish');
    }
  }
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    nextTick(() => {
      if (canFinish(state)) finish(stream, state);
      else state.pendingcb--;
    });
  } else if (canFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  for (const callback of state[FINISHED].splice(0)) callback(null);
  stream.emit('finish');
  if (!state.autoDestroy) return;
  const r = stream._readableState;
  if (!r || (r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy();
}

proto.destroy = function (error, callback) {
  const state = this._writableState;
  if (!state.destroyed && (state.bufferedIndex < state.buffered.length || state[FINISHED].length)) {
    nextTick(refuseKept, state);
  }
  destroy.call(this, error, callback);
  return this;
};
proto._undestroy = undestroy;
proto._destroy = function (error, callback) { callback(error); };
proto[Symbol.for('nodejs.rejection')] = function (error) { this.destroy(error); };

Writable.fromWeb = (stream, options) => require('internal/webstreams/adapters').writableFromWeb(stream, options);
Writable.toWeb = (stream) => require('internal/webstreams/adapters').writableToWeb(stream);

const own = (get, set) => ({ get, set, enumerable: false, configurable: true });
const of = (key, otherwise) => own(function () {
  return this._writableState ? this._writableState[key] : otherwise;
});
Object.defineProperties(proto, {
  closed: of('closed', false),
  errored: of('errored', null),
  destroyed: own(
    function () { return this._writableState ? this._writableState.destroyed : false; },
    function (value) { if (this._writableState) this._writableState.destroyed = value; },
  ),
  writable: own(
    function () {
      const w = this._writableState;
      return Boolean(w) && w.writable !== false && !w.destroyed && !w.errored && !w.ending && !w.ended;
    },
    function (value) { if (this._writableState) this._writableState.writable = Boolean(value); },
  ),
  writableFinished: of('finished', false),
  writableObjectMode: of('objectMode', false),
  writableBuffer: own(function () { return this._writableState && this._writableState.getBuffer(); }),
  writableEnded: of('ending', false),
  writableNeedDrain: own(function () {
    const w = this._writableState;
    return w ? !w.destroyed && !w.ending && w.needDrain : false;
  }),
  writableHighWaterMark: of('highWaterMark'),
  writableCorked: of('corked', 0),
  writableLength: of('length'),
  writableAborted: own(function () {
    const w = this._writableState;
    return Boolean(w.writable !== false && (w.destroyed || w.errored) && !w.finished);
  }),
});

module.exports = Writable;
