// `Duplex`, `Transform` and `PassThrough`: both sides in one object.
const Readable = require('internal/streams/readable');
const Writable = require('internal/streams/writable');
const { codes } = require('internal/errors');

const DUPLEX = Symbol.for('hookbench.stream.duplex');
const WAITING = Symbol('waiting');

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Readable.call(this, options);
  Writable.call(this, options);
  this.allowHalfOpen = true;
  if (!options) return;
  if (options.allowHalfOpen === false) this.allowHalfOpen = false;
  if (options.readable === false) {
    this._readableState.readable = false;
    this._readableState.ended = true;
    this._readableState.endEmitted = true;
  }
  if (options.writable === false) {
    const w = this._writableState;
    w.writable = false;
    w.ending = w.ended = w.finished = true;
  }
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);
Object.defineProperty(Duplex.prototype, DUPLEX, { value: true });
for (const name of Object.keys(Writable.prototype)) {
  if (!Duplex.prototype[name]) Duplex.prototype[name] = Writable.prototype[name];
}
Duplex.prototype.destroy = Writable.prototype.destroy;
for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(Writable.prototype))) {
  if (name.startsWith('writable')) Object.defineProperty(Duplex.prototype, name, property);
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  get() {
    const { _readableState: r, _writableState: w } = this;
    return Boolean(r && w && r.destroyed && w.destroyed);
  },
  set(value) {
    if (!this._readableState || !this._writableState) return;
    this._readableState.destroyed = value;
    this._writableState.destroyed = value;
  },
});
Duplex.from = (body) => require('internal/streams/compose').duplexFrom(body);
Duplex.toWeb = (stream) => require('internal/webstreams/adapters').duplexToWeb(stream);
Duplex.fromWeb = (pair, options) => require('internal/webstreams/adapters').duplexFromWeb(pair, options);

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // Nothing buffered on the way out means nothing buffered on the way in either.
  if (options && options.readableHighWaterMark === 0 && options.highWaterMark == null) {
    options = { ...options, writableHighWaterMark: options.writableHighWaterMark || 0 };
  }
  Duplex.call(this, options);
  this._readableState.sync = false;
  this[WAITING] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  // Where `_final` was replaced the flush still happens.
  this.on('prefinish', () => {
    if (this._final !== flush) flush.call(this);
  });
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function flush(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    if (callback) callback();
    return;
  }
  this._flush((error, data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    this.push(null);
    if (callback) callback();
  });
}

Transform.prototype._final = flush;
Transform.prototype._transform = function () { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()'); };
Transform.prototype._write = function (chunk, encoding, callback) {
  const r = this._readableState;
  const before = r.length;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value !== null && value !== undefined) this.push(value);
    if (this._writableState.ended || before === r.length || r.length < r.highWaterMark) callback();
    else this[WAITING] = callback;
  });
};
Transform.prototype._read = function () {
  if (!this[WAITING]) return;
  const callback = this[WAITING];
  this[WAITING] = null;
  callback();
};

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);
PassThrough.prototype._transform = function (chunk, encoding, callback) { callback(null, chunk); };

module.exports = { Duplex, Transform, PassThrough };
