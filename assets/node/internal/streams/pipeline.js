// `pipeline`: streams, iterables and functions in a row, all ended when one fails.
const kinds = require('internal/streams/kinds');
const finished = require('internal/streams/finished');
const lifecycle = require('internal/streams/lifecycle');
const { codes, AbortError } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { nextTick } = process;

function pipeline(...parts) {
  const callback = parts.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  return run(parts, callback);
}

function guard(stream, reading, writing) {
  let done = false;
  stream.on('close', () => { done = true; });
  const clean = finished(stream, { readable: reading, writable: writing }, (error) => { done = !error; });
  return {
    clean,
    destroy(error) {
      if (done) return;
      done = true;
      lifecycle.destroyer(stream, error || new codes.ERR_STREAM_DESTROYED('pipe'));
    },
  };
}

async function pump(source, writable, finish, end) {
  let error;
  let wake = null;
  const resume = (failure) => {
    if (failure) error = failure;
    if (wake) {
      const now = wake;
      wake = null;
      now();
    }
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) reject(error);
    else wake = () => (error ? reject(error) : resolve());
  });
  writable.on('drain', resume);
  const clean = finished(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of source) if (!writable.write(chunk)) await wait();
    if (end) {
      writable.end();
      await wait();
    }
    finish();
  } catch (failure) {
    finish(error !== failure ? lifecycle.joined(error, failure) : failure);
  } finally {
    clean();
    writable.off('drain', resume);
  }
}

function pipe(source, dest, finish, end) {
  let ended = false;
  dest.on('close', () => {
    if (!ended) finish(new codes.ERR_STREAM_PREMATURE_CLOSE());
  });
  source.pipe(dest, { end: false });
  if (end) {
    const finishDest = () => {
      ended = true;
      dest.end();
    };
    if (kinds.isReadableFinished(source)) nextTick(finishDest);
    else source.once('end', finishDest);
  } else {
    finish();
  }
  finished(source, { readable: true, writable: false }, (error) => {
    const r = source._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && r && r.ended && !r.errored && !r.errorEmitted) {
      source.once('end', finish).once('error', finish);
    } else {
      finish(error);
    }
  });
  return finished(dest, { readable: false, writable: true }, finish);
}

function run(parts, callback, options) {
  const streams = parts.length === 1 && Array.isArray(parts[0]) ? parts[0] : parts;
  if (streams.length < 2) throw new codes.ERR_MISSING_ARGS('streams');
  const controller = new AbortController();
  const { signal } = controller;
  const outer = options && options.signal;
  let told = false;
  let error;
  let value;
  let open = 0;
  const destroys = [];
  const cleanLast = [];

  const abort = () => end(new AbortError(), false);
  if (outer && !outer.aborted) outer.addEventListener('abort', abort, { once: true });
  function end(failure, final) {
    if (failure && (!error || error.code === 'ERR_STREAM_PREMATURE_CLOSE')) error = failure;
    if (!error && !final) return;
    while (destroys.length) destroys.shift()(error);
    if (outer) outer.removeEventListener('abort', abort);
    controller.abort();
    if (!final || told) return;
    told = true;
    if (!error) for (const clean of cleanLast) clean();
    nextTick(callback, error, value);
  }
  const finish = (failure) => end(failure, --open === 0);

  let flow;
  for (let at = 0; at < streams.length; at++) {
    const stream = streams[at];
    const reading = at < streams.length - 1;
    const writing = at > 0;
    const ends = reading || !options || options.end !== false;
    const last = at === streams.length - 1;

    if (kinds.isNode(stream)) {
      if (ends) {
        const { destroy, clean } = guard(stream, reading, writing);
        destroys.push(destroy);
        if (kinds.isReadable(stream) && last) cleanLast.push(clean);
      }
      const onError = (failure) => {
        if (failure && failure.name !== 'AbortError' && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE') finish(failure);
      };
      stream.on('error', onError);
      if (kinds.isReadable(stream) && last) cleanLast.push(() => stream.removeListener('error', onError));
    }

    if (at === 0) {
      if (typeof stream === 'function') {
        flow = stream({ signal });
        if (!kinds.isIterable(flow)) {
          throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', flow);
        }
      } else if (kinds.isIterable(stream) || kinds.isReadableNode(stream)) {
        flow = stream;
      } else {
        flow = require('internal/streams/compose').duplexFrom(stream);
      }
    } else if (typeof stream === 'function') {
      flow = stream(flow, { signal });
      if (reading) {
        if (!kinds.isIterable(flow, true)) {
          throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${at - 1}]`, flow);
        }
      } else {
        const { PassThrough } = require('internal/streams/duplex');
        const through = new PassThrough({ objectMode: true });
        if (flow && typeof flow.then === 'function') {
          open++;
          flow.then((result) => {
            value = result;
            if (result !== null && result !== undefined) through.write(result);
            if (ends) through.end();
            nextTick(finish);
          }, (failure) => {
            through.destroy(failure);
            nextTick(finish, failure);
          });
        } else if (kinds.isIterable(flow, true)) {
          open++;
          pump(flow, through, finish, ends);
        } else {
          throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', flow);
        }
        flow = through;
        const { destroy, clean } = guard(flow, false, true);
        destroys.push(destroy);
        if (last) cleanLast.push(clean);
      }
    } else {
      const target = kinds.isNode(stream) ? stream : require('internal/streams/compose').duplexFrom(stream);
      if (kinds.isReadableNode(flow)) {
        open += 2;
        const clean = pipe(flow, target, finish, ends);
        if (kinds.isReadable(target) && last) cleanLast.push(clean);
      } else if (kinds.isIterable(flow)) {
        open++;
        pump(flow, target, finish, ends);
      } else {
        throw new codes.ERR_INVALID_ARG_TYPE('val',
          ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], flow);
      }
      flow = target;
    }
  }
  if (outer && outer.aborted) nextTick(abort);
  return flow;
}

module.exports = { pipeline, run };
