// `Stream`, the base of every stream: an emitter with the oldest form of `pipe`.
const EventEmitter = require('events');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

Stream.prototype.pipe = function (dest, options) {
  const source = this;
  const onData = (chunk) => {
    if (dest.writable && dest.write(chunk) === false && source.pause) source.pause();
  };
  const onDrain = () => {
    if (source.readable && source.resume) source.resume();
  };
  let ended = false;
  const onEnd = () => {
    if (ended) return;
    ended = true;
    dest.end();
  };
  const onClose = () => {
    if (ended) return;
    ended = true;
    if (typeof dest.destroy === 'function') dest.destroy();
  };
  function onError(error) {
    stop();
    if (this.listenerCount('error') === 0) this.emit('error', error);
  }
  function stop() {
    source.removeListener('data', onData);
    dest.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    for (const emitter of [source, dest]) emitter.removeListener('error', onError);
    source.removeListener('end', stop);
    source.removeListener('close', stop);
    dest.removeListener('close', stop);
  }
  source.on('data', onData);
  dest.on('drain', onDrain);
  if (!dest._isStdio && (!options || options.end !== false)) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  source.prependListener('error', onError);
  dest.prependListener('error', onError);
  source.on('end', stop);
  source.on('close', stop);
  dest.on('close', stop);
  dest.emit('pipe', source);
  return dest;
};

Stream.prototype.eventNames = function () {
  return EventEmitter.prototype.eventNames.call(this).filter((name) => this.listenerCount(name) > 0);
};

module.exports = Stream;
