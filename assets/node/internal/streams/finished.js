// `finished`: tells once when a stream is at its end, failed, or closed too early.
const kinds = require('internal/streams/kinds');
const { isRequest } = require('internal/streams/lifecycle');
const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateObject } = require('internal/validators');
const { nextTick } = process;

function finished(stream, options, listener) {
  if (listener === undefined && typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options === null || options === undefined) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(listener, 'callback');
  validateAbortSignal(options.signal, 'options.signal');

  let told = false;
  let callback = (...args) => {
    if (told) return;
    told = true;
    listener.apply(stream, args);
  };
  if (kinds.isWebReadable(stream) || kinds.isWebWritable(stream)) return ofWeb(stream, options, callback);
  if (!kinds.isNode(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const readable = options.readable ?? kinds.isReadableNode(stream);
  const writable = options.writable ?? kinds.isWritableNode(stream);
  const { _writableState: w, _readableState: r } = stream;
  let closeComes = kinds.willEmitClose(stream)
    && kinds.isReadableNode(stream) === readable && kinds.isWritableNode(stream) === writable;
  let written = kinds.isWritableFinished(stream, false);
  let read = kinds.isReadableFinished(stream, false);
  let closed = kinds.isClosed(stream);

  const onFinish = () => {
    written = true;
    if (stream.destroyed) closeComes = false;
    if (closeComes && (!stream.readable || readable)) return;
    if (!readable || read) callback();
  };
  const onEnd = () => {
    read = true;
    if (stream.destroyed) closeComes = false;
    if (closeComes && (!stream.writable || writable)) return;
    if (!writable || written) callback();
  };
  const onError = (error) => callback(error);
  const onClosed = () => {
    closed = true;
    const error = kinds.errorOf(stream);
    if (error && typeof error !== 'boolean') callback(error);
    else callback();
  };
  const onClose = () => {
    closed = true;
    const error = kinds.errorOf(stream);
    if (error && typeof error !== 'boolean') return callback(error);
    const early = (readable && !read && kinds.isReadableNode(stream) && !kinds.isReadableFinished(stream, false))
      || (writable && !written && !kinds.isWritableFinished(stream, false));
    return early ? callback(new codes.ERR_STREAM_PREMATURE_CLOSE()) : callback();
  };
  const onLegacyFinish = () => {
    if (!stream.writable) onFinish();
  };
  const onRequest = () => stream.req.on('finish', onFinish);

  if (isRequest(stream)) {
    stream.on('complete', onFinish);
    if (!closeComes) stream.on('abort', onClose);
    if (stream.req) onRequest();
    else stream.on('request', onRequest);
  } else if (writable && !w) {
    stream.on('end', onLegacyFinish);
    stream.on('close', onLegacyFinish);
  }
  if (!closeComes && typeof stream.aborted === 'boolean') stream.on('aborted', onClose);
  stream.on('end', onEnd);
  stream.on('finish', onFinish);
  if (options.error !== false) stream.on('error', onError);
  stream.on('close', onClose);

  const over = (side, otherSideLives, isOver) => !side && (!closeComes || otherSideLives) && isOver;
  if (closed) nextTick(onClose);
  else if ((w && w.errorEmitted) || (r && r.errorEmitted)) {
    if (!closeComes) nextTick(onClosed);
  } else if (over(readable, kinds.isReadable(stream), written || kinds.isWritable(stream) === false)
    || over(writable, kinds.isWritable(stream), read || kinds.isReadable(stream) === false)
    || (r && stream.req && stream.aborted)) {
    nextTick(onClosed);
  }

  const clean = () => {
    callback = () => {};
    stream.removeListener('aborted', onClose);
    stream.removeListener('complete', onFinish);
    stream.removeListener('abort', onClose);
    stream.removeListener('request', onRequest);
    if (stream.req) stream.req.removeListener('finish', onFinish);
    stream.removeListener('end', onLegacyFinish);
    stream.removeListener('close', onLegacyFinish);
    stream.removeListener('finish', onFinish);
    stream.removeListener('end', onEnd);
    stream.removeListener('error', onError);
    stream.removeListener('close', onClose);
  };
  if (options.signal && !closed) {
    const { signal } = options;
    const abort = () => {
      const tell = callback;
      clean();
      tell(new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      nextTick(abort);
    } else {
      signal.addEventListener('abort', abort, { once: true });
      const tell = callback;
      callback = (...args) => {
        signal.removeEventListener('abort', abort);
        tell(...args);
      };
    }
  }
  return clean;
}

function ofWeb(stream, options, callback) {
  const { closed } = require('internal/webstreams/shared');
  const { signal } = options;
  if (signal) {
    const abort = () => callback(new AbortError(undefined, { cause: signal.reason }));
    if (signal.aborted) nextTick(abort);
    else signal.addEventListener('abort', abort, { once: true });
  }
  closed(stream).then(() => nextTick(() => callback()), (error) => nextTick(() => callback(error)));
  return () => {};
}

finished.finished = finished;
module.exports = finished;
