// What stands where Node has a socket: it answers questions and keeps time, and carries nothing.
const EventEmitter = require('events');

class Socket extends EventEmitter {
  #timer;
  #timeout = 0;

  constructor(host, port, encrypted) {
    super();
    this.connecting = true;
    this.pending = true;
    this.destroyed = false;
    this.readable = true;
    this.writable = true;
    this.encrypted = encrypted || undefined;
    this.authorized = encrypted ? true : undefined;
    this.readableHighWaterMark = 65536;
    this.writableHighWaterMark = 65536;
    this.writableLength = 0;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    this.timeout = 0;
    this._hadError = false;
    this._host = host;
    this.remotePort = Number(port);
  }

  // The other side is there.
  open() {
    if (this.destroyed) return;
    this.connecting = false;
    this.pending = false;
    this.emit('connect');
    if (this.encrypted) this.emit('secureConnect');
    this.emit('ready');
  }

  get readyState() { return this.connecting ? 'opening' : this.destroyed ? 'closed' : 'open'; }
  get remoteAddress() { return this.connecting ? undefined : '127.0.0.1'; }
  get remoteFamily() { return this.connecting ? undefined : 'IPv4'; }
  get localAddress() { return '127.0.0.1'; }
  get localPort() { return 0; }

  setTimeout(milliseconds, callback) {
    this.#timeout = Number(milliseconds) || 0;
    this.timeout = this.#timeout;
    if (callback) {
      if (this.#timeout > 0) this.once('timeout', callback);
      else this.removeListener('timeout', callback);
    }
    this.touch();
    return this;
  }

  // Something happened: the time begins anew.
  touch() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#timeout <= 0 || this.destroyed) return;
    this.#timer = setTimeout(() => this.emit('timeout'), this.#timeout);
    if (this.#timer && this.#timer.unref) this.#timer.unref();
  }

  quiet() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  destroy(error) {
    if (this.destroyed) return this;
    this.quiet();
    this.destroyed = true;
    this.readable = false;
    this.writable = false;
    if (error) process.nextTick(() => this.emit('error', error));
    setImmediate(() => this.emit('close', Boolean(error)));
    return this;
  }

  destroySoon() { this.destroy(); }
  end() { return this; }
  write() { return true; }
  cork() {}
  uncork() {}
  pause() { return this; }
  resume() { return this; }
  setNoDelay() { return this; }
  setKeepAlive() { return this; }
  ref() { return this; }
  unref() { return this; }
  address() { return { address: '127.0.0.1', family: 'IPv4', port: 0 }; }
  getPeerCertificate() { return {}; }
  getCipher() { return undefined; }
  getProtocol() { return this.encrypted ? 'TLSv1.3' : null; }
  isSessionReused() { return false; }
}

module.exports = Socket;
