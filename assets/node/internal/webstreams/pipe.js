// `pipeTo`: chunks of a readable written to a writable, with the ends and failures of each told to the other.
const { STATE, handled } = require('internal/webstreams/shared');
const { ReadableStreamDefaultReader, cancel } = require('internal/webstreams/readable');
const { isClosing } = require('internal/webstreams/writable');
const { AbortError, codes } = require('internal/errors');

function pipeTo(source, dest, options) {
  const { preventClose = false, preventAbort = false, preventCancel = false, signal } = options || {};
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    return Promise.reject(new codes.ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal));
  }
  return new Promise((resolve, reject) => {
    const reader = new ReadableStreamDefaultReader(source);
    const writer = dest.getWriter();
    source[STATE].disturbed = true;
    let over = false;
    let writing = Promise.resolve();

    const leave = (failed, reason) => {
      writer.releaseLock();
      reader.releaseLock();
      if (signal) signal.removeEventListener('abort', aborted);
      if (failed) reject(reason);
      else resolve();
    };
    // What was read is written before the end is told.
    const end = (work, failed, reason) => {
      if (over) return;
      over = true;
      const act = () => {
        if (!work) return leave(failed, reason);
        return work().then(() => leave(failed, reason), (other) => leave(true, other));
      };
      if (dest[STATE].phase === 'writable' && !isClosing(dest)) writing.then(act, act);
      else act();
    };
    function aborted() {
      const { reason } = signal;
      end(() => Promise.all([
        preventAbort || dest[STATE].phase !== 'writable' ? undefined : writer.abort(reason),
        preventCancel || source[STATE].phase !== 'readable' ? undefined : cancel(source, reason),
      ]), true, reason === undefined ? new AbortError() : reason);
    }
    if (signal) {
      if (signal.aborted) {
        aborted();
        return;
      }
      signal.addEventListener('abort', aborted);
    }

    const sourceFailed = (reason) => end(preventAbort ? null : () => writer.abort(reason), true, reason);
    const destFailed = (reason) => end(preventCancel ? null : () => cancel(source, reason), true, reason);
    const sourceClosed = () => end(preventClose || isClosing(dest) || dest[STATE].phase === 'closed'
      ? null : () => writer.close());
    if (source[STATE].phase === 'errored') sourceFailed(source[STATE].error);
    else reader.closed.then(undefined, sourceFailed);
    if (dest[STATE].phase === 'errored') destFailed(dest[STATE].error);
    else writer.closed.then(() => destFailed(new codes.ERR_INVALID_STATE.TypeError('Destination WritableStream is closed')), destFailed);
    if (source[STATE].phase === 'closed') sourceClosed();

    (async () => {
      while (!over) {
        await writer.ready;
        if (over) return;
        const { value, done } = await reader.read();
        if (done) return sourceClosed();
        writing = handled(writer.write(value));
      }
      return undefined;
    })().catch(() => {});
  });
}

module.exports = { pipeTo };
