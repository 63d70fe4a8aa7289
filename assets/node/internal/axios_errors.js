// The errors of the `axios` stand-in.
class AxiosError extends Error {
  constructor(message, code, config, request, response) {
    super(message);
    Object.defineProperty(this, 'message', { value: message, enumerable: true, writable: true, configurable: true });
    this.name = 'AxiosError';
    this.isAxiosError = true;
    if (code) this.code = code;
    if (config) this.config = config;
    if (request) this.request = request;
    if (response) {
      this.response = response;
      this.status = response.status;
    }
  }

  static from(error, code, config, request, response, more) {
    const made = new AxiosError(error.message, code || error.code, config, request, response);
    Object.defineProperty(made, 'cause', { value: error, configurable: true, writable: true });
    made.name = error.name || 'AxiosError';
    for (const key of ['errno', 'syscall', 'address', 'port', 'hostname']) if (error[key] !== undefined) made[key] = error[key];
    return Object.assign(made, more);
  }

  toJSON() {
    const { message, name, stack, config, code, status } = this;
    return {
      message, name, description: undefined, number: undefined, fileName: undefined, lineNumber: undefined,
      columnNumber: undefined, stack, config, code, status: status ?? null,
    };
  }
}
for (const code of ['ERR_BAD_OPTION_VALUE', 'ERR_BAD_OPTION', 'ECONNABORTED', 'ETIMEDOUT', 'ECONNREFUSED', 'ERR_NETWORK',
  'ERR_FR_TOO_MANY_REDIRECTS', 'ERR_DEPRECATED', 'ERR_BAD_RESPONSE', 'ERR_BAD_REQUEST', 'ERR_CANCELED', 'ERR_NOT_SUPPORT',
  'ERR_INVALID_URL']) AxiosError[code] = code;

class CanceledError extends AxiosError {
  constructor(message, config, request) {
    super(message === null || message === undefined ? 'canceled' : message, 'ERR_CANCELED', config, request);
    this.name = 'CanceledError';
    this.__CANCEL__ = true;
  }
}

class CancelToken {
  #waiting = [];

  constructor(executor) {
    if (typeof executor !== 'function') throw new TypeError('executor must be a function.');
    this.promise = new Promise((resolve) => { this.#waiting.push(resolve); });
    executor((message, config, request) => {
      if (this.reason) return;
      this.reason = new CanceledError(message, config, request);
      for (const listener of this.#waiting.splice(0)) listener(this.reason);
    });
  }

  throwIfRequested() { if (this.reason) throw this.reason; }
  subscribe(listener) {
    if (this.reason) listener(this.reason);
    else this.#waiting.push(listener);
  }
  unsubscribe(listener) { this.#waiting = this.#waiting.filter((one) => one !== listener); }

  static source() {
    let cancel;
    return { token: new CancelToken((given) => { cancel = given; }), cancel };
  }
}

module.exports = { AxiosError, CanceledError, CancelToken };
