// TextEncoder and TextDecoder; the tables of old encodings are native.
const { codes: { ERR_ENCODING_INVALID_ENCODED_DATA, ERR_ENCODING_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS }, coded } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const custom = Symbol.for('nodejs.util.inspect.custom');

class TextEncoder {
  #mine = true;
  get encoding() {
    if (!(#mine in this)) throw new ERR_INVALID_THIS('TextEncoder');
    return 'utf-8';
  }
  encode(input = '') { return native.encode(`${input}`); }
  encodeInto(source, target) {
    validateString(source, 'src');
    if (!(target instanceof Uint8Array)) throw new ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', target);
    const [read, written] = native.encodeInto(source, target);
    return { read, written };
  }
  [custom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    return require('util').inspect({ encoding: this.encoding }, options);
  }
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #decoder;
  constructor(encoding = 'utf-8', options = {}) {
    const label = `${encoding}`;
    if (options !== null) validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    const name = native.labelled(label);
    if (name === null) throw new ERR_ENCODING_NOT_SUPPORTED(label);
    this.#encoding = name;
    this.#fatal = Boolean(options && options.fatal);
    this.#ignoreBOM = Boolean(options && options.ignoreBOM);
    this.#decoder = native.create(name, this.#ignoreBOM);
  }
  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }
  decode(input = new Uint8Array(0), options = {}) {
    if (!(#encoding in this)) throw new ERR_INVALID_THIS('TextDecoder');
    if (options !== null && options !== undefined) validateObject(options, 'options', { allowArray: true, allowFunction: true });
    const more = Boolean(options && options.stream);
    const text = native.decode(this.#decoder, input, this.#fatal, more);
    if (text === null) {
      throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
    }
    if (text === false) {
      this.#decoder = native.create(this.#encoding, this.#ignoreBOM);
      throw new ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding);
    }
    if (!more) this.#decoder = native.create(this.#encoding, this.#ignoreBOM);
    return text;
  }
}
for (const [one, names] of [[TextEncoder, ['encoding', 'encode', 'encodeInto']], [TextDecoder, ['encoding', 'fatal', 'ignoreBOM', 'decode']]]) {
  for (const name of names) Object.defineProperty(one.prototype, name, { enumerable: true });
  Object.defineProperty(one.prototype, Symbol.toStringTag, { value: one.name, configurable: true });
}
module.exports = { TextEncoder, TextDecoder };
