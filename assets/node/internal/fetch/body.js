// What requests and responses carry: bytes, or a stream of them; read once.
const web = (name) => require('stream/web')[name];

class Body {
  #stream = null;
  #used = false;

  // `bytes` where all is known already, else a stream.
  constructor(bytes, stream, type, source) {
    this.bytes = bytes;
    this.#stream = stream;
    this.type = type;
    this.source = source;
  }

  get used() {
    return this.#used || (this.#stream !== null && require('internal/webstreams/shared').disturbed(this.#stream));
  }

  get locked() { return this.#stream !== null && this.#stream.locked; }

  get stream() {
    if (!this.#stream) {
      const { bytes } = this;
      const used = this.#used;
      this.#stream = new (web('ReadableStream'))({
        type: 'bytes',
        pull(controller) {
          if (bytes.length > 0 && !used) controller.enqueue(new Uint8Array(bytes));
          controller.close();
        },
      }, { highWaterMark: 0 });
      if (used) this.#stream.cancel();
    }
    return this.#stream;
  }

  // All of it, once.
  async take() {
    if (!this.#stream) {
      this.#used = true;
      return this.bytes;
    }
    const parts = [];
    const reader = this.#stream.getReader();
    while (true) {
      const { value, done } = await reader.read();
      if (done) return Buffer.concat(parts);
      if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      parts.push(value);
    }
  }

  clone() {
    if (!this.#stream) return new Body(this.bytes, null, this.type, this.source);
    const [one, two] = this.#stream.tee();
    this.#stream = one;
    return new Body(null, two, this.type, this.source);
  }
}

const view = (part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength);

// What an author hands over as a body.
function bodyOf(value) {
  if (value === null || value === undefined) return null;
  const { Blob, contents } = require('internal/fetch/blob');
  if (typeof value === 'string') return new Body(Buffer.from(value), null, 'text/plain;charset=UTF-8', value);
  if (typeof URLSearchParams === 'function' && value instanceof URLSearchParams) {
    return new Body(Buffer.from(value.toString()), null, 'application/x-www-form-urlencoded;charset=UTF-8', value);
  }
  if (ArrayBuffer.isView(value)) return new Body(Buffer.from(view(value)), null, null, value);
  if (value instanceof ArrayBuffer) return new Body(Buffer.from(value.slice(0)), null, null, value);
  if (value instanceof Blob) return new Body(Buffer.from(contents(value).buffer), null, value.type || null, value);
  if (Object.prototype.toString.call(value) === '[object FormData]' && typeof value.entries === 'function') {
    const { bytes, type } = require('internal/fetch/form_data').encode(value);
    return new Body(bytes, null, type, value);
  }
  if (typeof value === 'object' && typeof value.getReader === 'function') {
    if (value.locked || require('internal/webstreams/shared').disturbed(value)) {
      throw new TypeError('Response body object should not be disturbed or locked');
    }
    return new Body(null, value, null, null);
  }
  if (typeof value === 'object' && typeof value[Symbol.asyncIterator] === 'function') {
    const chunks = (async function* () {
      for await (const chunk of value) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    })();
    return new Body(null, web('ReadableStream').from(chunks), null, null);
  }
  const text = String(value);
  return new Body(Buffer.from(text), null, 'text/plain;charset=UTF-8', text);
}

const BODY = Symbol('body');
const text = (bytes) => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return all.startsWith('\ufeff') ? all.slice(1) : all;
};
const copy = (bytes) => new Uint8Array(bytes);

async function consume(object, turn) {
  const body = object[BODY];
  if (body && (body.used || body.locked)) throw new TypeError('Body is unusable: Body has already been read');
  return turn(body ? await body.take() : Buffer.alloc(0));
}

// A type as it is written where there is one way to write it.
function mime(type) {
  const [essence, ...parameters] = type.split(';').map((part) => part.trim());
  if (!/^[^\s/]+\/[^\s/]+$/.test(essence)) return '';
  return [essence.toLowerCase(), ...parameters.filter((part) => part.includes('=')).map((part) => {
    const at = part.indexOf('=');
    return `${part.slice(0, at).toLowerCase()}=${part.slice(at + 1)}`;
  })].join(';');
}

// The methods that read, put on both classes.
const readers = {
  arrayBuffer() { return consume(this, (bytes) => copy(bytes).buffer); },
  blob() {
    const { Blob } = require('internal/fetch/blob');
    return consume(this, (bytes) => new Blob([bytes], { type: mime(this.headers.get('content-type') || '') }));
  },
  bytes() { return consume(this, copy); },
  formData() {
    return consume(this, (bytes) => {
      const type = this.headers.get('content-type') || '';
      const form = require('internal/fetch/form_data').decode(bytes, type);
      if (form) return form;
      if (/^multipart\/form-data/i.test(type)) throw new TypeError('Failed to parse body as FormData.');
      throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
    });
  },
  json() { return consume(this, (bytes) => JSON.parse(text(bytes))); },
  text() { return consume(this, text); },
};
function carriesBody(Class) {
  for (const name of Object.keys(readers)) {
    Object.defineProperty(Class.prototype, name, { value: readers[name], writable: true, enumerable: true, configurable: true });
  }
  Object.defineProperties(Class.prototype, {
    body: { get() { return this[BODY] ? this[BODY].stream : null; }, enumerable: true, configurable: true },
    bodyUsed: { get() { return Boolean(this[BODY]) && this[BODY].used; }, enumerable: true, configurable: true },
  });
}

module.exports = { Body, BODY, bodyOf, carriesBody };
