// Node's `stream`: the classes, and the functions over them, most of them loaded when they are first used.
const Stream = require('internal/streams/legacy');
const Readable = require('internal/streams/readable');
const Writable = require('internal/streams/writable');
const { Duplex, Transform, PassThrough } = require('internal/streams/duplex');
const custom = Symbol.for('nodejs.util.promisify.custom');

module.exports = Stream;
Stream.Stream = Stream;
Stream.Readable = Readable;
Stream.Writable = Writable;
Stream.Duplex = Duplex;
Stream.Transform = Transform;
Stream.PassThrough = PassThrough;
Stream.pipeline = function pipeline(...parts) { return require('internal/streams/pipeline').pipeline(...parts); };
Stream.finished = function finished(...args) { return require('internal/streams/finished')(...args); };
Stream.addAbortSignal = (signal, stream) => require('internal/streams/abort').addAbortSignal(signal, stream);
Stream.compose = function compose(...parts) { return require('internal/streams/compose').compose(...parts); };
Stream.destroy = (stream, error) => require('internal/streams/lifecycle').destroyer(stream, error);
Stream.isReadable = (stream) => {
  if (stream && typeof stream.getReader === 'function') return !require('internal/webstreams/shared').over(stream);
  return require('internal/streams/kinds').isReadable(stream);
};
Stream.isWritable = (stream) => require('internal/streams/kinds').isWritable(stream);
Stream.isErrored = (stream) => Boolean(stream && ((stream._readableState && stream._readableState.errorEmitted)
  || (stream._writableState && stream._writableState.errorEmitted)));
Stream.isDisturbed = (stream) => Boolean(stream && (stream.readableDidRead || stream.readableAborted
  || (typeof stream.getReader === 'function' && require('internal/webstreams/shared').disturbed(stream))));
Stream.isDestroyed = (stream) => (stream ? require('internal/streams/kinds').isDestroyed(stream) : null);

Stream.getDefaultHighWaterMark = (objectMode) => require('internal/streams/lifecycle').defaults[objectMode ? 'objects' : 'bytes'];
Stream.setDefaultHighWaterMark = (objectMode, value) => {
  require('internal/validators').validateInteger(value, 'value', 0);
  require('internal/streams/lifecycle').defaults[objectMode ? 'objects' : 'bytes'] = value;
};
Stream.duplexPair = (options) => require('internal/streams/compose').duplexPair(options);
Stream._isArrayBufferView = (value) => ArrayBuffer.isView(value);
Stream._isUint8Array = (value) => value instanceof Uint8Array;
Stream._uint8ArrayToBuffer = (chunk) => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

Object.defineProperty(Stream, 'promises', {
  configurable: true, enumerable: true, get: () => require('stream/promises'),
});
for (const name of ['pipeline', 'finished']) {
  Object.defineProperty(Stream[name], custom, { enumerable: true, get: () => Stream.promises[name] });
}
