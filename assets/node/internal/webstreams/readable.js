// `ReadableStream` of the web: controllers, readers, `tee`, async iteration. Bytes are given out by `bytes.js`.
const {
  STATE, invalidState, typeError, wrongThis, deferred, handled, settled, rejected, invoke, methods, Queue, strategyOf,
  enumerable,
} = require('internal/webstreams/shared');
const { codes } = require('internal/errors');
const INTERNAL = Symbol('internal');

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    if (source === null || typeof source !== 'object') throw typeError('source', 'Object', source);
    const { type } = source;
    if (type !== undefined && `${type}` !== 'bytes') throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
    methods(source, ['start', 'pull', 'cancel'], 'source');
    const bytes = type !== undefined;
    const { mark, size } = strategyOf(strategy, bytes ? 0 : 1);
    if (bytes && strategy && strategy.size !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', strategy.size);
    }
    const state = { phase: 'readable', reader: undefined, error: undefined, disturbed: false, ended: deferred(), bytes };
    handled(state.ended.promise);
    this[STATE] = state;
    state.controller = bytes
      ? new ReadableByteStreamController(INTERNAL, this, source, mark, size)
      : new ReadableStreamDefaultController(INTERNAL, this, source, mark, size);
    state.controller[STATE].begin();
  }

  static from(iterable) {
    let iterator;
    if (iterable && iterable[Symbol.asyncIterator]) iterator = iterable[Symbol.asyncIterator]();
    else if (iterable && iterable[Symbol.iterator]) iterator = iterable[Symbol.iterator]();
    else throw new codes.ERR_ARG_NOT_ITERABLE(require('util').inspect(iterable));
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(await value);
      },
      async cancel(reason) {
        if (typeof iterator.return === 'function') await iterator.return(reason);
      },
    }, { highWaterMark: 0 });
  }

  get locked() { return stateOf(this).reader !== undefined; }

  cancel(reason) {
    if (!isReadableStream(this)) return Promise.reject(wrongThis('ReadableStream'));
    if (this.locked) return Promise.reject(invalidState('ReadableStream is locked'));
    return cancel(this, reason);
  }

  getReader(options = {}) {
    stateOf(this);
    if (options !== undefined && (options === null || typeof options !== 'object')) throw typeError('options', 'Object', options);
    if (options.mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${options.mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', options.mode);
    const { ReadableStreamBYOBReader } = require('internal/webstreams/bytes');
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = {}) {
    stateOf(this);
    const { readable, writable } = transform || {};
    if (!isReadableStream(readable)) throw typeError('transform.readable', 'ReadableStream', readable);
    if (!writable || !(STATE in writable)) throw typeError('transform.writable', 'WritableStream', writable);
    if (this.locked) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    handled(require('internal/webstreams/pipe').pipeTo(this, writable, options));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      stateOf(this);
      if (!destination || !(STATE in Object(destination)) || typeof destination.getWriter !== 'function') {
        throw typeError('transform.writable', 'WritableStream', destination);
      }
      if (this.locked) throw invalidState('The ReadableStream is locked');
      if (destination.locked) throw invalidState('The WritableStream is locked');
    } catch (error) {
      return Promise.reject(error);
    }
    return require('internal/webstreams/pipe').pipeTo(this, destination, options);
  }

  tee() {
    stateOf(this);
    return tee(this);
  }

  values(options = {}) {
    stateOf(this);
    if (options !== undefined && (options === null || typeof options !== 'object')) throw typeError('options', 'Object', options);
    const reader = new ReadableStreamDefaultReader(this);
    let done = false;
    let last;
    const step = async () => {
      if (done) return { value: undefined, done: true };
      let result;
      try {
        result = await reader.read();
      } catch (error) {
        done = true;
        reader.releaseLock();
        throw error;
      }
      if (result.done) {
        done = true;
        reader.releaseLock();
      }
      return result;
    };
    const leave = async (value) => {
      if (done) return { value, done: true };
      done = true;
      if (options.preventCancel) {
        reader.releaseLock();
      } else {
        const over = reader.cancel(value);
        reader.releaseLock();
        await over;
      }
      return { value, done: true };
    };
    const queue = (work) => {
      last = last ? last.then(work, work) : work();
      return last;
    };
    return Object.setPrototypeOf({
      next() { return queue(step); },
      return(value) { return queue(() => leave(value)); },
    }, ASYNC_ITERATOR);
  }

  [Symbol.asyncIterator](options) { return this.values(options); }
}
const ASYNC_ITERATOR = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));
enumerable(ReadableStream, ['locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values']);

const isReadableStream = (value) => Object(value) === value && value[STATE] !== undefined && value instanceof ReadableStream;
function stateOf(stream) {
  if (!isReadableStream(stream)) throw wrongThis('ReadableStream');
  return stream[STATE];
}

// ---- ends

function close(stream) {
  const state = stream[STATE];
  state.phase = 'closed';
  state.ended.resolve();
  const { reader } = state;
  if (!reader) return;
  reader[STATE].closed.resolve();
  for (const request of reader[STATE].requests.splice(0)) request.close();
}

function error(stream, reason) {
  const state = stream[STATE];
  state.phase = 'errored';
  state.error = reason;
  state.ended.reject(reason);
  const { reader } = state;
  if (!reader) return;
  reader[STATE].closed.reject(reason);
  handled(reader[STATE].closed.promise);
  for (const request of reader[STATE].requests.splice(0)) request.fail(reason);
}

function cancel(stream, reason) {
  const state = stream[STATE];
  state.disturbed = true;
  if (state.phase === 'closed') return Promise.resolve();
  if (state.phase === 'errored') return Promise.reject(state.error);
  close(stream);
  return state.controller[STATE].cancel(reason).then(() => undefined);
}

// ---- readers

function lock(reader, stream) {
  const state = stream[STATE];
  state.reader = reader;
  const closed = state.phase === 'readable' ? deferred() : state.phase === 'closed' ? settled() : rejected(state.error);
  reader[STATE] = { stream, requests: [], closed };
}

function release(reader) {
  const state = reader[STATE];
  const { stream, requests } = state;
  if (!stream) return;
  const reason = invalidState('Reader released');
  if (stream[STATE].phase === 'readable') state.closed.reject(reason);
  else state.closed = rejected(reason);
  handled(state.closed.promise);
  stream[STATE].reader = undefined;
  state.stream = undefined;
  for (const request of requests.splice(0)) request.fail(reason);
}

// What the two kinds of readers have in common.
class Reader {
  get closed() { return this[STATE].closed.promise; }

  cancel(reason) {
    const { stream } = this[STATE];
    return stream ? cancel(stream, reason) : Promise.reject(invalidState('The reader is not bound to a ReadableStream'));
  }

  releaseLock() { release(this); }
}
class ReadableStreamDefaultReader extends Reader {
  constructor(stream) {
    super();
    if (!isReadableStream(stream)) throw typeError('stream', 'ReadableStream', stream);
    if (stream.locked) throw invalidState('ReadableStream is locked');
    lock(this, stream);
  }

  read() {
    const state = this[STATE];
    if (!state) return Promise.reject(wrongThis('ReadableStreamDefaultReader'));
    if (!state.stream) return Promise.reject(invalidState('The reader is not attached to a stream'));
    const result = deferred();
    read(this, {
      give: (value) => result.resolve({ value, done: false }),
      close: () => result.resolve({ value: undefined, done: true }),
      fail: result.reject,
    });
    return result.promise;
  }
}
enumerable(ReadableStreamDefaultReader, ['read']);

function read(reader, request) {
  const { stream } = reader[STATE];
  const state = stream[STATE];
  state.disturbed = true;
  if (state.phase === 'closed') request.close();
  else if (state.phase === 'errored') request.fail(state.error);
  else state.controller[STATE].pull(request);
}

// ---- controllers

// The hidden half of a controller.
class Core {
  queue = new Queue();
  started = false;
  closing = false;
  pulling = false;
  again = false;

  constructor(stream, controller, source, mark, size) {
    Object.assign(this, { stream, controller, source, mark, size });
  }

  begin() {
    const { source, controller } = this;
    const result = source.start ? source.start(controller) : undefined;
    Promise.resolve(result).then(() => {
      this.started = true;
      this.more();
    }, (reason) => this.error(reason));
  }

  get open() { return !this.closing && this.stream[STATE].phase === 'readable'; }

  get desired() {
    const { phase } = this.stream[STATE];
    if (phase === 'errored') return null;
    return phase === 'closed' ? 0 : this.mark - this.queue.size;
  }

  get waiting() {
    const { reader } = this.stream[STATE];
    return reader ? reader[STATE].requests.length : 0;
  }

  more() {
    if (!this.open || !this.started || !(this.waiting > 0 || this.desired > 0)) return;
    if (this.pulling) {
      this.again = true;
      return;
    }
    this.pulling = true;
    invoke(this.source, 'pull', this.controller).then(() => {
      this.pulling = false;
      if (!this.again) return;
      this.again = false;
      this.more();
    }, (reason) => this.error(reason));
  }

  pull(request) {
    if (!this.queue.empty) {
      const chunk = this.queue.take();
      if (request.limit < chunk.byteLength) {
        // The rest waits in front.
        const rest = chunk.subarray(request.limit);
        this.queue.list.unshift({ value: rest, size: rest.byteLength });
        this.queue.size += rest.byteLength;
        request.give(chunk.subarray(0, request.limit));
        return;
      }
      if (this.closing && this.queue.empty) {
        this.source = {};
        close(this.stream);
      } else {
        this.more();
      }
      request.give(chunk);
      return;
    }
    this.stream[STATE].reader[STATE].requests.push(request);
    this.more();
  }

  enqueue(chunk) {
    if (this.waiting > 0) {
      const request = this.stream[STATE].reader[STATE].requests.shift();
      const limit = request.limit < chunk.byteLength ? request.limit : undefined;
      if (limit) this.queue.add(chunk.subarray(limit), chunk.byteLength - limit);
      request.give(limit ? chunk.subarray(0, limit) : chunk);
    } else {
      let size;
      try {
        size = this.size(chunk);
        this.queue.add(chunk, size);
      } catch (reason) {
        this.error(reason);
        throw reason;
      }
    }
    this.more();
  }

  close() {
    this.closing = true;
    if (!this.queue.empty) return;
    this.source = {};
    close(this.stream);
  }

  error(reason) {
    if (this.stream[STATE].phase !== 'readable') return;
    this.queue.clear();
    this.source = {};
    error(this.stream, reason);
  }

  cancel(reason) {
    this.queue.clear();
    const result = invoke(this.source, 'cancel', reason);
    this.source = {};
    return result;
  }
}

class ReadableStreamDefaultController {
  constructor(token, stream, source, mark, size) {
    if (token !== INTERNAL) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[STATE] = new Core(stream, this, source, mark, size);
  }

  get desiredSize() { return this[STATE].desired; }

  close() {
    if (!this[STATE].open) throw invalidState('Controller is already closed');
    this[STATE].close();
  }

  enqueue(chunk = undefined) {
    if (!this[STATE].open) throw invalidState('Controller is already closed');
    this[STATE].enqueue(chunk);
  }

  error(reason = undefined) { this[STATE].error(reason); }
}
enumerable(ReadableStreamDefaultController, ['desiredSize', 'close', 'enqueue', 'error']);

class ReadableByteStreamController {
  constructor(token, stream, source, mark) {
    if (token !== INTERNAL) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[STATE] = new Core(stream, this, source, mark, (chunk) => chunk.byteLength);
  }

  get byobRequest() { return null; }
  get desiredSize() { return this[STATE].desired; }

  close() {
    const core = this[STATE];
    if (!core.open) throw invalidState('Controller is already closed');
    core.close();
  }

  enqueue(chunk) {
    if (!ArrayBuffer.isView(chunk)) throw typeError('chunk', ['Buffer', 'TypedArray', 'DataView'], chunk);
    if (chunk.byteLength === 0) throw invalidState('chunk ArrayBuffer is zero-length or detached');
    if (!this[STATE].open) throw invalidState('Controller is already closed');
    this[STATE].enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }

  error(reason = undefined) { this[STATE].error(reason); }
}
enumerable(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error']);

// ---- two of one

function tee(stream) {
  const reader = new ReadableStreamDefaultReader(stream);
  const ended = [false, false];
  const reasons = [];
  const both = deferred();
  const branches = [];
  let reading = false;
  let again = false;

  const pull = () => {
    if (reading) {
      again = true;
      return Promise.resolve();
    }
    reading = true;
    read(reader, {
      give: (value) => queueMicrotask(() => {
        again = false;
        for (const at of [0, 1]) if (!ended[at]) branches[at][STATE].controller[STATE].enqueue(value);
        reading = false;
        if (again) pull();
      }),
      close: () => {
        reading = false;
        for (const at of [0, 1]) if (!ended[at]) branches[at][STATE].controller.close();
        if (!ended[0] || !ended[1]) both.resolve();
      },
      fail: () => { reading = false; },
    });
    return Promise.resolve();
  };
  const cancelled = (at) => (reason) => {
    ended[at] = true;
    reasons[at] = reason;
    if (ended[1 - at]) cancel(stream, [reasons[0], reasons[1]]).then(both.resolve, both.reject);
    return both.promise;
  };
  const bytes = stream[STATE].bytes ? { type: 'bytes' } : {};
  for (const at of [0, 1]) branches.push(new ReadableStream({ ...bytes, pull, cancel: cancelled(at) }));
  reader.closed.then(undefined, (reason) => {
    for (const at of [0, 1]) branches[at][STATE].controller[STATE].error(reason);
    if (!ended[0] || !ended[1]) both.resolve();
  });
  return branches;
}

module.exports = {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, ReadableByteStreamController,
  Reader, lock, read, cancel, isReadableStream,
};
