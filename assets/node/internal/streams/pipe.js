// `pipe` and `unpipe` of a readable: one source, any number of destinations, the slowest sets the pace.
const { errorOrDestroy } = require('internal/streams/lifecycle');

function drained(source, dest) {
  return () => {
    const state = source._readableState;
    if (state.awaitDrainWriters === dest) state.awaitDrainWriters = null;
    else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(dest);
    const waiting = state.awaitDrainWriters;
    if ((!waiting || waiting.size === 0) && source.listenerCount('data')) source.resume();
  };
}

function pipe(source, dest, options) {
  const state = source._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);

  const ends = (!options || options.end !== false) && dest !== process.stdout && dest !== process.stderr;
  const onSourceEnd = ends ? () => dest.end() : leave;
  if (state.endEmitted) process.nextTick(onSourceEnd);
  else source.once('end', onSourceEnd);

  let onDrain;
  let cleaned = false;
  function clean() {
    dest.removeListener('close', onClose);
    dest.removeListener('finish', onFinish);
    if (onDrain) dest.removeListener('drain', onDrain);
    dest.removeListener('error', onError);
    dest.removeListener('unpipe', onUnpipe);
    source.removeListener('end', onSourceEnd);
    source.removeListener('end', leave);
    source.removeListener('data', onData);
    cleaned = true;
    if (onDrain && state.awaitDrainWriters && (!dest._writableState || dest._writableState.needDrain)) onDrain();
  }
  function hold() {
    if (!cleaned) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (!onDrain) {
      onDrain = drained(source, dest);
      dest.on('drain', onDrain);
    }
  }
  function onData(chunk) {
    if (dest.write(chunk) === false) hold();
  }
  function onError(error) {
    leave();
    dest.removeListener('error', onError);
    if (dest.listenerCount('error') > 0) return;
    const s = dest._writableState || dest._readableState;
    if (s && !s.errorEmitted) errorOrDestroy(dest, error);
    else dest.emit('error', error);
  }
  function onClose() {
    dest.removeListener('finish', onFinish);
    leave();
  }
  function onFinish() {
    dest.removeListener('close', onClose);
    leave();
  }
  function onUnpipe(readable, told) {
    if (readable === source && told && told.hasUnpiped === false) {
      told.hasUnpiped = true;
      clean();
    }
  }
  function leave() { source.unpipe(dest); }

  dest.on('unpipe', onUnpipe);
  source.on('data', onData);
  dest.prependListener('error', onError);
  dest.once('close', onClose);
  dest.once('finish', onFinish);
  dest.emit('pipe', source);
  if (dest.writableNeedDrain === true) hold();
  else if (!state.flowing) source.resume();
  return dest;
}

function unpipe(source, dest) {
  const state = source._readableState;
  if (state.pipes.length === 0) return source;
  if (!dest) {
    const all = state.pipes;
    state.pipes = [];
    source.pause();
    for (const one of all) one.emit('unpipe', source, { hasUnpiped: false });
    return source;
  }
  const at = state.pipes.indexOf(dest);
  if (at < 0) return source;
  state.pipes.splice(at, 1);
  if (state.pipes.length === 0) source.pause();
  dest.emit('unpipe', source, { hasUnpiped: false });
  return source;
}

module.exports = { pipe, unpipe };
