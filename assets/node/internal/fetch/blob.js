// `Blob` and `File`: bytes with a type, all of them in memory.
const { codes } = require('internal/errors');
const custom = Symbol.for('nodejs.util.inspect.custom');

function bytesOf(part, endings) {
  if (part instanceof Blob) return contents(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice();
  if (part instanceof ArrayBuffer) return new Uint8Array(part).slice();
  let text = String(part).toWellFormed();
  if (endings === 'native') text = text.replace(/\r\n|\r/g, '\n');
  return Buffer.from(text);
}

let contents;
class Blob {
  #bytes;
  #type;

  static {
    contents = (blob) => blob.#bytes;
  }

  constructor(parts = [], options = {}) {
    if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function' || parts instanceof Blob) {
      throw new codes.ERR_INVALID_ARG_TYPE('sources', 'a sequence', parts);
    }
    if (options !== null && options !== undefined && typeof options !== 'object' && typeof options !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    const { type = '', endings = 'transparent' } = options || {};
    if (endings !== 'transparent' && endings !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    const list = [...parts].map((part) => bytesOf(part, endings));
    const whole = new Uint8Array(list.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of list) {
      whole.set(part, at);
      at += part.length;
    }
    this.#bytes = whole;
    const text = `${type}`;
    this.#type = /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
  }

  get size() { return this.#bytes.length; }
  get type() { return this.#type; }

  slice(start = 0, end = this.size, type = '') {
    const part = new Blob([], { type });
    part.#bytes = this.#bytes.slice(start, end);
    return part;
  }

  async arrayBuffer() { return this.#bytes.slice().buffer; }
  async bytes() { return this.#bytes.slice(); }
  async text() {
    const text = Buffer.from(this.#bytes.buffer).toString('utf8');
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  stream() {
    const bytes = this.#bytes;
    return new ReadableStream({
      type: 'bytes',
      start(controller) {
        for (let at = 0; at < bytes.length; at += 65536) controller.enqueue(bytes.slice(at, at + 65536));
        controller.close();
      },
    });
  }

  [custom](depth, options, inspect) {
    return `${this.constructor.name} ${(inspect || require('util').inspect)({ size: this.size, type: this.type }, options)}`;
  }
}
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { value: 'Blob', configurable: true });
for (const name of ['size', 'type', 'slice', 'arrayBuffer', 'text', 'stream', 'bytes']) {
  Object.defineProperty(Blob.prototype, name, { enumerable: true });
}

class File extends Blob {
  #name;
  #modified;

  constructor(parts, name, options = {}) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(parts, options);
    this.#name = String(name).toWellFormed();
    const { lastModified } = options || {};
    this.#modified = lastModified === undefined ? Date.now() : Math.trunc(Number(lastModified)) || 0;
  }

  get name() { return this.#name; }
  get lastModified() { return this.#modified; }

  [custom](depth, options, inspect) {
    const { size, type, name, lastModified } = this;
    return `File ${(inspect || require('util').inspect)({ size, type, name, lastModified }, options)}`;
  }
}
Object.defineProperty(File.prototype, Symbol.toStringTag, { value: 'File', configurable: true });
for (const name of ['name', 'lastModified']) Object.defineProperty(File.prototype, name, { enumerable: true });

module.exports = { Blob, File, contents };
