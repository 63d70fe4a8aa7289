// `Readable`: a source that flows, is read, or is paused, in Node's ticks.
const Stream = require('internal/streams/legacy');
const Chunks = require('internal/streams/chunks');
const { highWaterMark, commonState, construct, destroy, undestroy, errorOrDestroy } = require('internal/streams/lifecycle');
const { codes } = require('internal/errors');
const { nextTick } = process;

const PAUSED = Symbol('paused');
const DUPLEX = Symbol.for('hookbench.stream.duplex');
const LARGEST = 0x40000000;

class ReadableState {
  constructor(options, duplex) {
    this.objectMode = Boolean(options && (options.objectMode || (duplex && options.readableObjectMode)));
    this.highWaterMark = highWaterMark(options, duplex ? 'readableHighWaterMark' : '', this.objectMode);
    this.buffer = new Chunks();
    this.length = 0;
    this.pipes = [];
    this.flowing = null;
    this.ended = false;
    this.endEmitted = false;
    this.reading = false;
    this.needReadable = false;
    this.emittedReadable = false;
    this.readableListening = false;
    this.resumeScheduled = false;
    this[PAUSED] = null;
    commonState(this, options);
    this.defaultEncoding = (options && options.defaultEncoding) || 'utf8';
    this.awaitDrainWriters = null;
    this.multiAwaitDrain = false;
    this.readingMore = false;
    this.dataEmitted = false;
    this.decoder = null;
    this.encoding = null;
    if (options && options.encoding) {
      const { StringDecoder } = require('string_decoder');
      this.decoder = new StringDecoder(options.encoding);
      this.encoding = options.encoding;
    }
  }

  get paused() { return this[PAUSED] !== false && this[PAUSED] !== null; }
  set paused(value) { this[PAUSED] = value; }
  get pipesCount() { return this.pipes.length; }
}

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  const duplex = this[DUPLEX] === true;
  this._readableState = new ReadableState(options, duplex);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal && !duplex) require('internal/streams/abort').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  construct(this, () => {
    if (this._readableState.needReadable) readMoreSoon(this, this._readableState);
  });
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

const proto = Readable.prototype;
proto.destroy = destroy;
proto._undestroy = undestroy;
proto._destroy = function (error, callback) { callback(error); };
proto[Symbol.for('nodejs.rejection')] = function (error) { this.destroy(error); };

// ---- what comes in

function toChunk(stream, state, chunk, encoding, front) {
  if (state.objectMode) return [chunk, encoding];
  if (typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding;
    if (state.encoding === encoding) return [chunk, encoding];
    const bytes = Buffer.from(chunk, encoding);
    return front && state.encoding ? [bytes.toString(state.encoding), encoding] : [bytes, ''];
  }
  if (chunk instanceof Buffer || chunk === null || chunk === undefined) return [chunk, ''];
  if (ArrayBuffer.isView(chunk)) return [Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), ''];
  throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
}

function accept(stream, given, givenEncoding, front) {
  const state = stream._readableState;
  let chunk;
  let encoding;
  let failure;
  try {
    [chunk, encoding] = toChunk(stream, state, given, givenEncoding, front);
  } catch (error) {
    failure = error;
  }
  if (failure) {
    errorOrDestroy(stream, failure);
  } else if (chunk === null) {
    state.reading = false;
    endOfInput(stream, state);
  } else if (state.objectMode || (chunk && chunk.length > 0)) {
    if (front) {
      if (state.endEmitted) errorOrDestroy(stream, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
      else if (state.destroyed || state.errored) return false;
      else add(stream, state, chunk, true);
    } else if (state.ended) {
      errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    } else if (state.destroyed || state.errored) {
      return false;
    } else {
      state.reading = false;
      if (state.decoder && !encoding) {
        chunk = state.decoder.write(chunk);
        if (state.objectMode || chunk.length !== 0) add(stream, state, chunk, false);
        else readMoreSoon(stream, state);
      } else {
        add(stream, state, chunk, false);
      }
    }
  } else if (!front) {
    state.reading = false;
    readMoreSoon(stream, state);
  }
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function forgetWaiting(state) {
  if (state.multiAwaitDrain) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function add(stream, state, chunk, front) {
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    forgetWaiting(state);
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (front) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) announce(stream);
  }
  readMoreSoon(stream, state);
}

function endOfInput(stream, state) {
  if (state.ended) return;
  if (state.decoder) {
    const rest = state.decoder.end();
    if (rest && rest.length) {
      state.buffer.push(rest);
      state.length += state.objectMode ? 1 : rest.length;
    }
  }
  state.ended = true;
  if (state.sync) {
    announce(stream);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    announceNow(stream);
  }
}

proto.push = function (chunk, encoding) { return accept(this, chunk, encoding, false); };
proto.unshift = function (chunk, encoding) { return accept(this, chunk, encoding, true); };

// ---- what goes out

function announce(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  nextTick(announceNow, stream);
}

function announceNow(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}

function readMoreSoon(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  nextTick(readMore, stream, state);
}

function readMore(stream, state) {
  while (!state.reading && !state.ended
    && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (before === state.length) break;
  }
  state.readingMore = false;
}

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

function sizeToRead(size, state) {
  if (size <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (Number.isNaN(size)) return state.flowing && state.length ? state.buffer.first().length : state.length;
  if (size <= state.length) return size;
  return state.ended ? state.length : 0;
}

function takeOut(size, state) {
  if (state.length === 0) return null;
  if (state.objectMode) return state.buffer.shift();
  const asText = Boolean(state.decoder);
  if (size && size < state.length) return state.buffer.take(size, asText);
  const all = state.buffer.all(asText);
  state.buffer.clear();
  return all;
}

function widen(size, state) {
  if (size > LARGEST) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', size);
  let wide = 1;
  while (wide < size) wide *= 2;
  state.highWaterMark = wide;
}

proto.read = function (wanted) {
  const state = this._readableState;
  let size = wanted;
  if (size === undefined) size = NaN;
  else if (!Number.isInteger(size)) size = Number.parseInt(size, 10);
  const asked = size;
  if (size > state.highWaterMark) widen(size, state);
  if (size !== 0) state.emittedReadable = false;

  const full = state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0;
  if (size === 0 && state.needReadable && (full || state.ended)) {
    if (state.length === 0 && state.ended) endSoon(this);
    else announce(this);
    return null;
  }
  size = sizeToRead(size, state);
  if (size === 0 && state.ended) {
    if (state.length === 0) endSoon(this);
    return null;
  }

  const more = state.needReadable || state.length === 0 || state.length - size < state.highWaterMark;
  if (more && !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
    state.reading = true;
    state.sync = true;
    if (state.length === 0) state.needReadable = true;
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state.sync = false;
    if (!state.reading) size = sizeToRead(asked, state);
  }

  const chunk = size > 0 ? takeOut(size, state) : null;
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark;
    size = 0;
  } else {
    state.length -= size;
    forgetWaiting(state);
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    if (asked !== size && state.ended) endSoon(this);
  }
  if (chunk !== null && !state.errorEmitted && !state.closeEmitted) {
    state.dataEmitted = true;
    this.emit('data', chunk);
  }
  return chunk;
};

proto._read = function () { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()'); };

function endSoon(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  nextTick(endNow, state, stream);
}

function endNow(state, stream) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
  state.endEmitted = true;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    nextTick(() => {
      if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
    });
  } else if (state.autoDestroy) {
    const w = stream._writableState;
    if (!w || (w.autoDestroy && (w.finished || w.writable === false))) stream.destroy();
  }
}

// ---- listening, pausing, decoding

proto.on = function (name, listener) {
  const result = Stream.prototype.on.call(this, name, listener);
  const state = this._readableState;
  if (name === 'data') {
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (name === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = true;
    state.needReadable = true;
    state.flowing = false;
    state.emittedReadable = false;
    if (state.length) announce(this);
    else if (!state.reading) nextTick(() => this.read(0));
  }
  return result;
};
proto.addListener = proto.on;

function listeningChanged(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state[PAUSED] === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

proto.removeListener = function (name, listener) {
  const result = Stream.prototype.removeListener.call(this, name, listener);
  if (name === 'readable') nextTick(listeningChanged, this);
  return result;
};
proto.off = proto.removeListener;

proto.removeAllListeners = function (...names) {
  const result = Stream.prototype.removeAllListeners.apply(this, names);
  if (names[0] === 'readable' || names[0] === undefined) nextTick(listeningChanged, this);
  return result;
};

proto.resume = function () {
  const state = this._readableState;
  if (!state.flowing) {
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      nextTick(resumeNow, this, state);
    }
  }
  state[PAUSED] = false;
  return this;
};

function resumeNow(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream);
  if (state.flowing && !state.reading) stream.read(0);
}

proto.pause = function () {
  const state = this._readableState;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state[PAUSED] = true;
  return this;
};

proto.isPaused = function () {
  return this._readableState[PAUSED] === true || this._readableState.flowing === false;
};

proto.setEncoding = function (encoding) {
  const { StringDecoder } = require('string_decoder');
  const state = this._readableState;
  const decoder = new StringDecoder(encoding);
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  let text = '';
  for (const chunk of state.buffer) text += decoder.write(chunk);
  state.buffer.clear();
  if (text !== '') state.buffer.push(text);
  state.length = text.length;
  return this;
};

proto.pipe = function (dest, options) { return require('internal/streams/pipe').pipe(this, dest, options); };
proto.unpipe = function (dest) { return require('internal/streams/pipe').unpipe(this, dest); };

// An emitter of the oldest kind, read through this stream.
proto.wrap = function (old) {
  let paused = false;
  old.on('data', (chunk) => {
    if (!this.push(chunk) && old.pause) {
      paused = true;
      old.pause();
    }
  });
  old.on('end', () => this.push(null));
  old.on('error', (error) => errorOrDestroy(this, error));
  old.on('close', () => this.destroy());
  old.on('destroy', () => this.destroy());
  this._read = () => {
    if (paused && old.resume) {
      paused = false;
      old.resume();
    }
  };
  for (const key of Object.keys(old)) {
    if (this[key] === undefined && typeof old[key] === 'function') this[key] = old[key].bind(old);
  }
  return this;
};

proto[Symbol.asyncIterator] = function () { return require('internal/streams/iteration').iterate(this); };
proto.iterator = function (options) {
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  return require('internal/streams/iteration').iterate(this, options);
};
for (const name of ['map', 'filter', 'flatMap', 'take', 'drop', 'forEach', 'toArray', 'some', 'every', 'find', 'reduce']) {
  const operator = { [name](...args) { return require('internal/streams/operators')[name](this, ...args); } }[name];
  Object.defineProperty(proto, name, { value: operator, writable: true, configurable: true, enumerable: false });
}

Readable.from = (iterable, options) => require('internal/streams/iteration').from(Readable, iterable, options);
Readable.wrap = (source, options) => new Readable({
  objectMode: source.readableObjectMode ?? source.objectMode ?? true,
  ...options,
  destroy(error, callback) {
    require('internal/streams/lifecycle').destroyer(source, error);
    callback(error);
  },
}).wrap(source);
Readable.toWeb = (stream, options) => require('internal/webstreams/adapters').readableToWeb(stream, options);
Readable.fromWeb = (stream, options) => require('internal/webstreams/adapters').readableFromWeb(stream, options);
Readable._fromList = takeOut;

const own = (get, set) => ({ get, set, enumerable: false, configurable: true });
Object.defineProperties(proto, {
  readable: {
    ...own(
      function () {
        const r = this._readableState;
        return Boolean(r) && r.readable !== false && !r.destroyed && !r.errorEmitted && !r.endEmitted;
      },
      function (value) { if (this._readableState) this._readableState.readable = Boolean(value); },
    ),
    enumerable: true,
  },
  readableDidRead: own(function () { return this._readableState.dataEmitted; }),
  readableAborted: own(function () {
    const r = this._readableState;
    return Boolean(r.readable !== false && (r.destroyed || r.errored) && !r.endEmitted);
  }),
  readableHighWaterMark: own(function () { return this._readableState.highWaterMark; }),
  readableBuffer: own(function () { return this._readableState && this._readableState.buffer; }),
  readableFlowing: own(
    function () { return this._readableState.flowing; },
    function (value) { if (this._readableState) this._readableState.flowing = value; },
  ),
  readableLength: own(function () { return this._readableState.length; }),
  readableObjectMode: own(function () { return this._readableState ? this._readableState.objectMode : false; }),
  readableEncoding: own(function () { return this._readableState ? this._readableState.encoding : null; }),
  readableEnded: own(function () { return this._readableState ? this._readableState.endEmitted : false; }),
  errored: own(function () { return this._readableState ? this._readableState.errored : null; }),
  closed: own(function () { return this._readableState ? this._readableState.closed : false; }),
  destroyed: own(
    function () { return this._readableState ? this._readableState.destroyed : false; },
    function (value) { if (this._readableState) this._readableState.destroyed = value; },
  ),
});

module.exports = Readable;
