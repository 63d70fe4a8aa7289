// What kind of stream something is, and how far each of its sides has come; old libraries' streams included.
const isNode = (s) => Boolean(s) && (Boolean(s._readableState) || Boolean(s._writableState)
  || (typeof s.write === 'function' && typeof s.on === 'function')
  || (typeof s.pipe === 'function' && typeof s.on === 'function'));

const isReadableNode = (s) => Boolean(s && typeof s.pipe === 'function' && typeof s.on === 'function'
  && (!s._writableState || !s._readableState || s._readableState.readable !== false)
  && (!s._writableState || s._readableState));

const isWritableNode = (s) => Boolean(s && typeof s.write === 'function' && typeof s.on === 'function'
  && (!s._readableState || !s._writableState || s._writableState.writable !== false));

const isIterable = (value, form) => {
  if (value === null || value === undefined) return false;
  if (form !== false && typeof value[Symbol.asyncIterator] === 'function') return true;
  return form !== true && typeof value[Symbol.iterator] === 'function';
};

const isWebReadable = (s) => Boolean(s && !isNode(s) && typeof s.pipeThrough === 'function' && typeof s.getReader === 'function');
const isWebWritable = (s) => Boolean(s && !isNode(s) && typeof s.getWriter === 'function' && typeof s.abort === 'function');
const isWebTransform = (s) => Boolean(s && !isNode(s) && typeof s.readable === 'object' && typeof s.writable === 'object');

function isDestroyed(s) {
  const state = s._writableState || s._readableState;
  return Boolean(s.destroyed || (state && state.destroyed));
}

// Null where it cannot be told.
function isWritableFinished(s, strict) {
  if (!isWritableNode(s)) return null;
  if (s.writableFinished === true) return true;
  const w = s._writableState;
  if (w && w.errored) return false;
  if (!w || typeof w.finished !== 'boolean') return null;
  return w.finished || (strict === false && w.ended === true && w.length === 0);
}

function isReadableFinished(s, strict) {
  if (!isReadableNode(s)) return null;
  const r = s._readableState;
  if (r && r.errored) return false;
  if (!r || typeof r.endEmitted !== 'boolean') return null;
  return r.endEmitted || (strict === false && r.ended === true && r.length === 0);
}

function isReadable(s) {
  if (!s || typeof s.readable !== 'boolean') return null;
  if (isDestroyed(s)) return false;
  return isReadableNode(s) && s.readable && !isReadableFinished(s);
}

function isWritable(s) {
  if (!s || typeof s.writable !== 'boolean') return null;
  if (isDestroyed(s)) return false;
  const ended = s.writableEnded === true || Boolean(s._writableState && s._writableState.ended);
  return isWritableNode(s) && s.writable && !ended;
}

function isClosed(s) {
  const { _writableState: w, _readableState: r } = s;
  if (w || r) return Boolean((w && w.closed) || (r && r.closed));
  return s._closed === true && typeof s._defaultKeepAlive === 'boolean';
}

const errorOf = (s) => (s._writableState && s._writableState.errored) || (s._readableState && s._readableState.errored)
  || s.errored || null;

function willEmitClose(s) {
  const state = s._writableState || s._readableState;
  return Boolean(state && state.autoDestroy && state.emitClose && state.closed === false);
}

module.exports = {
  isNode, isReadableNode, isWritableNode, isIterable, isWebReadable, isWebWritable, isWebTransform, isDestroyed,
  isWritableFinished, isReadableFinished, isReadable, isWritable, isClosed, errorOf, willEmitClose,
};
