// `compose` and `Duplex.from`: several streams, functions or iterables as one duplex.
const kinds = require('internal/streams/kinds');
const finished = require('internal/streams/finished');
const { Duplex } = require('internal/streams/duplex');
const Readable = require('internal/streams/readable');
const { codes, AbortError } = require('internal/errors');
const { destroyer } = require('internal/streams/lifecycle');

// A duplex whose writable side is one stream and whose readable side is another.
function joinSides(writable, readable) {
  const duplex = new Duplex({
    readableObjectMode: Boolean(readable && readable.readableObjectMode),
    writableObjectMode: Boolean(writable && writable.writableObjectMode),
    readable: Boolean(readable),
    writable: Boolean(writable),
  });
  let onDrain;
  let onFinish;
  let onClose;
  const over = (error) => {
    const tell = onClose;
    onClose = null;
    if (tell) tell(error);
    else if (error) duplex.destroy(error);
  };
  if (writable) {
    finished(writable, { readable: false }, (error) => {
      if (error) destroyer(readable, error);
      over(error);
    });
    duplex._write = (chunk, encoding, callback) => {
      if (writable.write(chunk, encoding)) callback();
      else onDrain = callback;
    };
    duplex._final = (callback) => {
      writable.end();
      onFinish = callback;
    };
    writable.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      if (callback) callback();
    });
    writable.on('finish', () => {
      const callback = onFinish;
      onFinish = null;
      if (callback) callback();
    });
  }
  if (readable) {
    finished(readable, { writable: false }, (error) => {
      if (error) over(error);
    });
    let wanted = false;
    const give = () => {
      while (wanted) {
        const chunk = readable.read();
        if (chunk === null) return;
        if (!duplex.push(chunk)) wanted = false;
      }
    };
    readable.on('readable', give);
    readable.on('end', () => duplex.push(null));
    duplex._read = () => {
      wanted = true;
      give();
    };
  }
  duplex._destroy = (error, callback) => {
    if (!error && onClose !== null && onFinish) error = new AbortError();
    onDrain = null;
    onFinish = null;
    destroyer(writable, error);
    destroyer(readable, error);
    callback(error);
  };
  return duplex;
}

// A function over an async iterable as a writable side that feeds it.
function fed(work) {
  let waiting = null;
  let open;
  const next = () => new Promise((resolve) => { open = resolve; });
  let coming = next();
  const controller = new AbortController();
  const source = (async function* () {
    while (true) {
      const { chunk, done, callback } = await coming;
      coming = next();
      process.nextTick(callback);
      if (done) return;
      if (controller.signal.aborted) throw new AbortError(undefined, { cause: controller.signal.reason });
      yield chunk;
    }
  })();
  const result = work(source, { signal: controller.signal });
  return {
    result,
    write(chunk, encoding, callback) { open({ chunk, done: false, callback }); },
    final(callback) { open({ done: true, callback }); },
    destroy(error, callback) {
      controller.abort();
      callback(error);
    },
    waiting,
  };
}

function duplexFrom(body) {
  if (body instanceof Duplex) return body;
  if (kinds.isReadableNode(body) && kinds.isWritableNode(body)) return joinSides(body, body);
  if (kinds.isReadableNode(body)) return joinSides(null, body);
  if (kinds.isWritableNode(body)) return joinSides(body, null);
  if (kinds.isWebReadable(body)) return joinSides(null, Readable.fromWeb(body));
  if (kinds.isWebWritable(body)) return joinSides(require('internal/streams/writable').fromWeb(body), null);
  if (typeof body === 'function') {
    const { result, write, final, destroy } = fed(body);
    if (kinds.isIterable(result)) {
      return Readable.from.call(Duplex, result, { objectMode: true }) && withSides(result, { write, final, destroy });
    }
    if (result && typeof result.then === 'function') {
      const duplex = new Duplex({ objectMode: true, readable: false, write, destroy, final(callback) {
        final(() => {
          result.then((value) => {
            if (value === null || value === undefined) process.nextTick(callback, null);
            else callback(new codes.ERR_INVALID_RETURN_VALUE('nully', 'body', value));
          }, (error) => callback(error));
        });
      } });
      result.catch((error) => duplex.destroy(error));
      return duplex;
    }
    throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', 'body', result);
  }
  if (typeof Blob === 'function' && body instanceof Blob) return duplexFrom(body.stream());
  if (kinds.isIterable(body) || typeof body === 'string') {
    return require('internal/streams/iteration').from(Duplex, body, { objectMode: true, writable: false });
  }
  if (body && (body.readable || body.writable) && typeof body === 'object') {
    const side = (one, nodes, web) => (one === undefined || nodes(one) ? one : web(one));
    const Writable = require('internal/streams/writable');
    return joinSides(
      side(body.writable, kinds.isWritableNode, (one) => Writable.fromWeb(one)),
      side(body.readable, kinds.isReadableNode, (one) => Readable.fromWeb(one)),
    );
  }
  if (body && typeof body.then === 'function') {
    const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
    body.then((value) => {
      if (value !== null && value !== undefined) duplex.push(value);
      duplex.push(null);
    }, (error) => duplex.destroy(error));
    return duplex;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('stream',
    ['Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
      '{ readable, writable } pair', 'Promise'], body);
}

function withSides(iterable, sides) {
  const duplex = require('internal/streams/iteration').from(Duplex, iterable, { objectMode: true });
  duplex._write = sides.write;
  duplex._final = sides.final;
  return duplex;
}

function compose(...streams) {
  if (streams.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
  if (streams.length === 1) return duplexFrom(streams[0]);
  const all = streams.map((one, at) => {
    if (kinds.isNode(one)) return one;
    // A function in the middle is a duplex of its own.
    return at === 0 || at === streams.length - 1 || typeof one === 'function' ? duplexFrom(one) : one;
  });
  const head = all[0];
  const { run } = require('internal/streams/pipeline');
  let duplex;
  const tail = run(all, (error) => {
    if (error && duplex) duplex.destroy(error);
  });
  duplex = joinSides(kinds.isWritable(head) ? head : null, kinds.isReadable(tail) ? tail : null);
  return duplex;
}

// Two duplexes, each of which reads what the other writes.
function duplexPair(options) {
  const make = () => {
    let waiting = null;
    const side = new Duplex({
      ...options,
      read() {
        const callback = waiting;
        waiting = null;
        if (callback) callback();
      },
      write(chunk, encoding, callback) {
        if (chunk.length === 0) process.nextTick(callback);
        else {
          side.other.push(chunk);
          side.other.hold(callback);
        }
      },
      final(callback) {
        side.other.on('end', callback);
        side.other.push(null);
      },
    });
    const hold = (callback) => { waiting = callback; };
    Object.defineProperty(side, 'hold', { value: hold });
    return side;
  };
  const pair = [make(), make()];
  Object.defineProperty(pair[0], 'other', { value: pair[1] });
  Object.defineProperty(pair[1], 'other', { value: pair[0] });
  return pair;
}

module.exports = { compose, duplexFrom, duplexPair };
