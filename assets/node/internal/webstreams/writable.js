// `WritableStream` of the web: controller and writer.
const {
  STATE, invalidState, typeError, wrongThis, deferred, handled, settled, rejected, invoke, methods, Queue, strategyOf,
  enumerable,
} = require('internal/webstreams/shared');
const { codes } = require('internal/errors');
const INTERNAL = Symbol('internal');
const CLOSE = Symbol('close');

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    if (sink === null || typeof sink !== 'object') throw typeError('sink', 'Object', sink);
    if (sink.type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', sink.type);
    methods(sink, ['start', 'write', 'close', 'abort'], 'sink');
    const { mark, size } = strategyOf(strategy, 1);
    const state = {
      phase: 'writable', error: undefined, writer: undefined, requests: [], inFlight: undefined, closing: undefined,
      closeInFlight: undefined, aborting: undefined, backpressure: false, ended: deferred(),
    };
    handled(state.ended.promise);
    this[STATE] = state;
    state.controller = new WritableStreamDefaultController(INTERNAL, this, sink, mark, size);
    state.controller[STATE].begin();
  }

  get locked() {
    if (!isWritableStream(this)) throw wrongThis('WritableStream');
    return this[STATE].writer !== undefined;
  }

  abort(reason = undefined) {
    if (!isWritableStream(this)) return Promise.reject(wrongThis('WritableStream'));
    if (this.locked) return Promise.reject(invalidState('WritableStream is locked'));
    return abort(this, reason);
  }

  close() {
    if (!isWritableStream(this)) return Promise.reject(wrongThis('WritableStream'));
    if (this.locked) return Promise.reject(invalidState('WritableStream is locked'));
    if (isClosing(this)) return Promise.reject(invalidState('Failure closing WritableStream'));
    return close(this);
  }

  getWriter() {
    if (!isWritableStream(this)) throw wrongThis('WritableStream');
    return new WritableStreamDefaultWriter(this);
  }
}
enumerable(WritableStream, ['locked', 'abort', 'close', 'getWriter']);

const isWritableStream = (value) => Object(value) === value && value[STATE] !== undefined && value instanceof WritableStream;
const isClosing = (stream) => Boolean(stream[STATE].closing || stream[STATE].closeInFlight);

function setBackpressure(stream, on) {
  const state = stream[STATE];
  if (state.writer && on !== state.backpressure) {
    if (on) state.writer[STATE].ready = deferred();
    else state.writer[STATE].ready.resolve();
  }
  state.backpressure = on;
}

function close(stream) {
  const state = stream[STATE];
  if (state.phase === 'closed' || state.phase === 'errored') {
    return Promise.reject(invalidState('WritableStream is closed'));
  }
  state.closing = deferred();
  const { promise } = state.closing;
  if (state.writer && state.backpressure && state.phase === 'writable') state.writer[STATE].ready.resolve();
  state.controller[STATE].queue.add(CLOSE, 0);
  state.controller[STATE].advance();
  return promise;
}

function abort(stream, reason) {
  const state = stream[STATE];
  if (state.phase === 'closed' || state.phase === 'errored') return Promise.resolve();
  state.controller[STATE].abortController.abort(reason);
  if (state.phase === 'closed' || state.phase === 'errored') return Promise.resolve();
  if (state.aborting) return state.aborting.done.promise;
  const wasErroring = state.phase === 'erroring';
  state.aborting = { done: deferred(), reason: wasErroring ? undefined : reason, wasErroring };
  if (!wasErroring) startErroring(stream, reason);
  return state.aborting ? state.aborting.done.promise : Promise.resolve();
}

function fail(writer, name, reason) {
  const state = writer[STATE];
  state[name].reject(reason);
  handled(state[name].promise);
}

function startErroring(stream, reason) {
  const state = stream[STATE];
  state.phase = 'erroring';
  state.error = reason;
  if (state.writer) rejectReady(state.writer, reason);
  if (!state.inFlight && !state.closeInFlight && state.controller[STATE].started) finishErroring(stream);
}

function rejectReady(writer, reason) {
  const state = writer[STATE];
  // A promise that is resolved already cannot be rejected: there is a new one.
  if (!state.stream[STATE].backpressure) state.ready = deferred();
  fail(writer, 'ready', reason);
}

function finishErroring(stream) {
  const state = stream[STATE];
  state.phase = 'errored';
  state.controller[STATE].queue.clear();
  for (const request of state.requests.splice(0)) request.reject(state.error);
  const { aborting } = state;
  if (!aborting) return rejectClose(stream);
  state.aborting = undefined;
  if (aborting.wasErroring) {
    aborting.done.reject(state.error);
    return rejectClose(stream);
  }
  const { sink } = state.controller[STATE];
  state.controller[STATE].sink = {};
  return invoke(sink, 'abort', aborting.reason).then(() => {
    aborting.done.resolve();
    rejectClose(stream);
  }, (reason) => {
    aborting.done.reject(reason);
    rejectClose(stream);
  });
}

function rejectClose(stream) {
  const state = stream[STATE];
  if (state.closing) {
    state.closing.reject(state.error);
    state.closing = undefined;
  }
  state.ended.reject(state.error);
  if (state.writer) fail(state.writer, 'closed', state.error);
}

function dealWith(stream, reason) {
  if (stream[STATE].phase === 'writable') startErroring(stream, reason);
  else finishErroring(stream);
}

class WritableStreamDefaultController {
  constructor(token, stream, sink, mark, size) {
    if (token !== INTERNAL) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[STATE] = new Core(stream, this, sink, mark, size);
  }

  get signal() { return this[STATE].abortController.signal; }

  error(reason = undefined) {
    if (this[STATE].stream[STATE].phase === 'writable') this[STATE].error(reason);
  }
}
enumerable(WritableStreamDefaultController, ['signal', 'error']);

class Core {
  queue = new Queue();
  started = false;
  #abortController;

  constructor(stream, controller, sink, mark, size) {
    Object.assign(this, { stream, controller, sink, mark, size });
  }

  get abortController() {
    this.#abortController ??= new AbortController();
    return this.#abortController;
  }

  begin() {
    const { stream, sink } = this;
    setBackpressure(stream, this.desired <= 0);
    const result = sink.start ? sink.start(this.controller) : undefined;
    Promise.resolve(result).then(() => {
      this.started = true;
      this.advance();
    }, (reason) => {
      this.started = true;
      dealWith(stream, reason);
    });
  }

  get desired() { return this.mark - this.queue.size; }

  error(reason) {
    this.sink = {};
    startErroring(this.stream, reason);
  }

  advance() {
    const { stream, queue } = this;
    const state = stream[STATE];
    if (!this.started || state.inFlight) return;
    if (state.phase === 'erroring') {
      finishErroring(stream);
      return;
    }
    if (queue.empty) return;
    if (queue.list[0].value === CLOSE) this.finish();
    else this.hand(queue.list[0].value);
  }

  finish() {
    const { stream } = this;
    const state = stream[STATE];
    state.closeInFlight = state.closing;
    state.closing = undefined;
    this.queue.take();
    const result = invoke(this.sink, 'close');
    this.sink = {};
    result.then(() => {
      state.closeInFlight.resolve();
      state.closeInFlight = undefined;
      if (state.phase === 'erroring') {
        state.error = undefined;
        if (state.aborting) state.aborting.done.resolve();
        state.aborting = undefined;
      }
      state.phase = 'closed';
      state.ended.resolve();
      if (state.writer) state.writer[STATE].closed.resolve();
    }, (reason) => {
      state.closeInFlight.reject(reason);
      state.closeInFlight = undefined;
      if (state.aborting) state.aborting.done.reject(reason);
      state.aborting = undefined;
      dealWith(stream, reason);
    });
  }

  hand(chunk) {
    const { stream, queue } = this;
    const state = stream[STATE];
    state.inFlight = state.requests.shift();
    invoke(this.sink, 'write', chunk, this.controller).then(() => {
      state.inFlight.resolve();
      state.inFlight = undefined;
      queue.take();
      if (!isClosing(stream) && state.phase === 'writable') setBackpressure(stream, this.desired <= 0);
      this.advance();
    }, (reason) => {
      if (state.phase === 'writable') this.sink = {};
      state.inFlight.reject(reason);
      state.inFlight = undefined;
      dealWith(stream, reason);
    });
  }

  write(chunk, size) {
    const { stream, queue } = this;
    try {
      queue.add(chunk, size);
    } catch (reason) {
      if (stream[STATE].phase === 'writable') this.error(reason);
      return;
    }
    if (!isClosing(stream) && stream[STATE].phase === 'writable') setBackpressure(stream, this.desired <= 0);
    this.advance();
  }
}

class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!isWritableStream(stream)) throw typeError('stream', 'WritableStream', stream);
    const state = stream[STATE];
    if (state.writer) throw invalidState('WritableStream is locked');
    state.writer = this;
    const own = { stream };
    this[STATE] = own;
    if (state.phase === 'writable') {
      own.ready = !isClosing(stream) && state.backpressure ? deferred() : settled();
      own.closed = deferred();
    } else if (state.phase === 'closed') {
      own.ready = settled();
      own.closed = settled();
    } else {
      own.ready = rejected(state.error);
      own.closed = state.phase === 'erroring' ? deferred() : rejected(state.error);
    }
    handled(own.closed.promise);
  }

  get closed() { return this[STATE].closed.promise; }
  get ready() { return this[STATE].ready.promise; }

  get desiredSize() {
    const { stream } = this[STATE];
    if (!stream) throw invalidState('Writer is not bound to a WritableStream');
    const { phase, controller } = stream[STATE];
    if (phase === 'errored' || phase === 'erroring') return null;
    return phase === 'closed' ? 0 : controller[STATE].desired;
  }

  abort(reason = undefined) {
    const { stream } = this[STATE];
    return stream ? abort(stream, reason) : Promise.reject(invalidState('Writer is not bound to a WritableStream'));
  }

  close() {
    const { stream } = this[STATE];
    if (!stream) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    if (isClosing(stream)) return Promise.reject(invalidState('Failure to close WritableStream'));
    return close(stream);
  }

  write(chunk = undefined) {
    const { stream } = this[STATE];
    if (!stream) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    const state = stream[STATE];
    const core = state.controller[STATE];
    let size;
    try {
      size = core.size(chunk);
    } catch (reason) {
      if (state.phase === 'writable') core.error(reason);
      size = 1;
    }
    if (this[STATE].stream !== stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
    if (state.phase === 'errored') return Promise.reject(state.error);
    if (isClosing(stream) || state.phase === 'closed') return Promise.reject(invalidState('WritableStream is closed'));
    if (state.phase === 'erroring') return Promise.reject(state.error);
    const request = deferred();
    state.requests.push(request);
    core.write(chunk, size);
    return request.promise;
  }

  releaseLock() {
    const { stream } = this[STATE];
    if (!stream) return;
    const reason = invalidState('Writer has been released');
    const { phase } = stream[STATE];
    if (phase === 'writable' && stream[STATE].backpressure) this[STATE].ready.reject(reason);
    this[STATE].ready = rejected(reason);
    if (phase === 'writable') this[STATE].closed.reject(reason);
    this[STATE].closed = rejected(reason);
    stream[STATE].writer = undefined;
    this[STATE].stream = undefined;
  }
}
enumerable(WritableStreamDefaultWriter, ['closed', 'ready', 'desiredSize', 'abort', 'close', 'write', 'releaseLock']);

module.exports = { WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController, isWritableStream, isClosing };
