// The reader that fills the caller's own buffer, over a stream of bytes.
const { STATE, invalidState, typeError, deferred, enumerable } = require('internal/webstreams/shared');
const { Reader, lock, read, isReadableStream } = require('internal/webstreams/readable');
const { codes } = require('internal/errors');

class ReadableStreamBYOBReader extends Reader {
  constructor(stream) {
    super();
    if (!isReadableStream(stream)) throw typeError('stream', 'ReadableStream', stream);
    if (stream.locked) throw invalidState('ReadableStream is locked');
    if (!stream[STATE].bytes) throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
    lock(this, stream);
  }

  read(view) {
    if (!ArrayBuffer.isView(view)) return Promise.reject(typeError('view', ['Buffer', 'TypedArray', 'DataView'], view));
    if (view.byteLength === 0) return Promise.reject(invalidState('View ArrayBuffer is zero-length or detached'));
    const { stream } = this[STATE];
    if (!stream) return Promise.reject(invalidState('The reader is not attached to a stream'));
    const result = deferred();
    const of = (size) => new view.constructor(view.buffer, view.byteOffset, size / (view.BYTES_PER_ELEMENT || 1));
    read(this, {
      limit: view.byteLength,
      give: (chunk) => {
        new Uint8Array(view.buffer, view.byteOffset, chunk.byteLength).set(chunk);
        result.resolve({ value: of(chunk.byteLength), done: false });
      },
      close: () => result.resolve({ value: of(0), done: true }),
      fail: result.reject,
    });
    return result.promise;
  }
}
enumerable(ReadableStreamBYOBReader, ['read']);

class ReadableStreamBYOBRequest {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }
}
enumerable(ReadableStreamBYOBRequest, []);

module.exports = { ReadableStreamBYOBReader, ReadableStreamBYOBRequest };
