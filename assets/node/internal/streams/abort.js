// `addAbortSignal`: a stream that an AbortSignal ends.
const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const kinds = require('internal/streams/kinds');

function addAbortSignal(signal, stream) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) {
    throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  validateAbortSignal(signal, 'signal');
  const web = kinds.isWebReadable(stream) || kinds.isWebWritable(stream);
  if (!web && !kinds.isNode(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  const abort = () => {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (web) require('internal/webstreams/shared').fail(stream, error);
    else stream.destroy(error);
  };
  if (signal.aborted) {
    abort();
  } else {
    signal.addEventListener('abort', abort, { once: true });
    require('internal/streams/finished')(stream, () => signal.removeEventListener('abort', abort));
  }
  return stream;
}

module.exports = { addAbortSignal };
