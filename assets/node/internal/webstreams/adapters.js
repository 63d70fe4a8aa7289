// Node's streams as web streams, and web streams as Node's.
const { codes, AbortError } = require('internal/errors');
const kinds = require('internal/streams/kinds');
const finished = require('internal/streams/finished');

function readableToWeb(stream, options = {}) {
  if (typeof stream._readableState !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', stream);
  const { ReadableStream, CountQueuingStrategy, ByteLengthQueuingStrategy } = require('stream/web');
  if (kinds.isDestroyed(stream) || !kinds.isReadable(stream)) {
    const empty = new ReadableStream();
    empty.cancel();
    return empty;
  }
  const highWaterMark = stream.readableHighWaterMark;
  const strategy = options.strategy || (stream.readableObjectMode
    ? new CountQueuingStrategy({ highWaterMark }) : new ByteLengthQueuingStrategy({ highWaterMark }));
  let controller;
  stream.pause();
  const clean = finished(stream, (error) => {
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') error = new AbortError(undefined, { cause: error });
    clean();
    stream.on('error', () => {});
    if (error) controller.error(error);
    else controller.close();
  });
  stream.on('data', (chunk) => {
    if (Buffer.isBuffer(chunk) && !stream.readableObjectMode) chunk = new Uint8Array(chunk);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) stream.pause();
  });
  return new ReadableStream({
    start(given) { controller = given; },
    pull() { stream.resume(); },
    cancel(reason) { require('internal/streams/lifecycle').destroyer(stream, reason); },
  }, strategy);
}

function readableFromWeb(source, options = {}) {
  if (!kinds.isWebReadable(source)) throw new codes.ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', source);
  const Readable = require('internal/streams/readable');
  const reader = source.getReader();
  let over = false;
  const readable = new Readable({
    objectMode: options.objectMode ?? false,
    highWaterMark: options.highWaterMark,
    encoding: options.encoding,
    signal: options.signal,
    read() {
      reader.read().then(
        ({ value, done }) => { readable.push(done ? null : value); },
        (error) => require('internal/streams/lifecycle').destroyer(readable, error),
      );
    },
    destroy(error, callback) {
      if (over) return callback(error);
      reader.cancel(error).then(() => process.nextTick(callback, error), () => process.nextTick(callback, error));
      return undefined;
    },
  });
  reader.closed.then(() => { over = true; }, (error) => {
    over = true;
    require('internal/streams/lifecycle').destroyer(readable, error);
  });
  return readable;
}

function writableToWeb(stream) {
  const { WritableStream } = require('stream/web');
  if (typeof stream._writableState !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', stream);
  let controller;
  const clean = finished(stream, (error) => {
    clean();
    stream.on('error', () => {});
    if (error) controller.error(error);
  });
  return new WritableStream({
    start(given) { controller = given; },
    write(chunk) {
      if (stream.writableNeedDrain || !stream.write(chunk)) {
        return new Promise((resolve) => stream.once('drain', resolve));
      }
      return undefined;
    },
    abort(reason) { require('internal/streams/lifecycle').destroyer(stream, reason); },
    close() { return new Promise((resolve) => stream.end(resolve)); },
  }, { highWaterMark: stream.writableHighWaterMark, size: stream.writableObjectMode ? () => 1 : (chunk) => chunk.byteLength ?? chunk.length });
}

function writableFromWeb(target, options = {}) {
  if (!kinds.isWebWritable(target)) throw new codes.ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', target);
  const Writable = require('internal/streams/writable');
  const writer = target.getWriter();
  const tell = (promise, callback) => promise.then(() => process.nextTick(callback), (error) => process.nextTick(callback, error));
  return new Writable({
    objectMode: options.objectMode ?? false,
    highWaterMark: options.highWaterMark,
    decodeStrings: options.decodeStrings ?? true,
    signal: options.signal,
    write(chunk, encoding, callback) { tell(writer.ready.then(() => writer.write(chunk)), callback); },
    final(callback) { tell(writer.close(), callback); },
    destroy(error, callback) {
      if (error) writer.abort(error).then(() => process.nextTick(callback, error), () => process.nextTick(callback, error));
      else callback(error);
    },
  });
}

const duplexToWeb = (stream) => ({ readable: readableToWeb(stream), writable: writableToWeb(stream) });
const duplexFromWeb = (pair, options) => require('internal/streams/compose').duplexFrom({
  readable: readableFromWeb(pair.readable, options), writable: writableFromWeb(pair.writable, options),
});

module.exports = { readableToWeb, readableFromWeb, writableToWeb, writableFromWeb, duplexToWeb, duplexFromWeb };
