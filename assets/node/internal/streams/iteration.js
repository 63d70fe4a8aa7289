// Readables and iterables, one as the other: `for await` over a stream, `Readable.from`.
const { codes } = require('internal/errors');
const { joined, destroyer } = require('internal/streams/lifecycle');

async function* chunks(stream, options) {
  let wake = () => {};
  function next(resolve) {
    if (this === stream) {
      wake();
      wake = () => {};
    } else {
      wake = resolve;
    }
  }
  stream.on('readable', next);
  let error;
  const clean = require('internal/streams/finished')(stream, { writable: false }, (failure) => {
    error = failure ? joined(error, failure) : null;
    wake();
    wake = () => {};
  });
  try {
    while (true) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (error) throw error;
      else if (error === null) return;
      else await new Promise(next);
    }
  } catch (failure) {
    error = joined(error, failure);
    throw error;
  } finally {
    const ends = error || !options || options.destroyOnReturn !== false;
    if (ends && (error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', next);
      clean();
    }
  }
}

function iterate(stream, options) {
  if (typeof stream.read !== 'function') {
    const Readable = require('internal/streams/readable');
    stream = Readable.wrap(stream, { objectMode: true });
  }
  const iterator = chunks(stream, options);
  iterator.stream = stream;
  return iterator;
}

function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  let iterator;
  if (iterable && iterable[Symbol.asyncIterator]) iterator = iterable[Symbol.asyncIterator]();
  else if (iterable && iterable[Symbol.iterator]) iterator = iterable[Symbol.iterator]();
  else throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);

  const stream = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  let reading = false;
  const next = async () => {
    while (true) {
      try {
        const step = iterator.next();
        const { value, done } = typeof step.then === 'function' ? await step : step;
        if (done) {
          stream.push(null);
        } else {
          const chunk = value && typeof value.then === 'function' ? await value : value;
          if (chunk === null) {
            reading = false;
            throw new codes.ERR_STREAM_NULL_VALUES();
          }
          if (stream.push(chunk)) continue;
          reading = false;
        }
      } catch (error) {
        stream.destroy(error);
      }
      break;
    }
  };
  const close = async (error) => {
    if (error !== null && error !== undefined && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  };
  stream._read = () => {
    if (reading) return;
    reading = true;
    next();
  };
  stream._destroy = (error, callback) => {
    close(error).then(
      () => process.nextTick(callback, error),
      (failure) => process.nextTick(callback, failure || error),
    );
  };
  return stream;
}

module.exports = { iterate, from };
