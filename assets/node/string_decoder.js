// Node's `string_decoder`: text out of chunks, where a character may be cut in two.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING } } = require('internal/errors');
const { Buffer } = require('buffer');

const NAMES = {
  utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le',
  latin1: 'latin1', binary: 'latin1', ascii: 'ascii', hex: 'hex', base64: 'base64', base64url: 'base64url',
};
const LENGTHS = { utf16le: 4, base64: 3, base64url: 3 };
const widthOf = (byte) => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);

// How many bytes at the end of a chunk wait for more.
function waiting(bytes, encoding) {
  const { length } = bytes;
  if (encoding === 'base64' || encoding === 'base64url') return length % 3;
  if (encoding === 'utf16le') {
    const odd = length % 2;
    const high = bytes[length - odd - 1];
    return length - odd >= 2 && high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
  }
  if (encoding !== 'utf8') return 0;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf5 || byte < 0xc2 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (wanted <= back) return 0;
      const second = back >= 2 ? bytes[length - back + 1] : 0x90;
      const wrong = byte === 0xe0 && second < 0xa0 || byte === 0xed && second > 0x9f
        || byte === 0xf0 && second < 0x90 || byte === 0xf4 && second > 0x8f && back >= 2;
      return wrong ? 0 : back;
    }
  }
  return 0;
}

function StringDecoder(encoding) {
  const name = encoding === undefined || encoding === null ? 'utf8' : NAMES[String(encoding).toLowerCase()];
  if (name === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = name;
  Object.defineProperty(this, 'rest', { value: Buffer.alloc(0), writable: true, configurable: true });
}

StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === 'string') return chunk;
  if (!ArrayBuffer.isView(chunk)) throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
  let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (this.rest.length) bytes = Buffer.concat([this.rest, bytes]);
  const cut = bytes.length - waiting(bytes, this.encoding);
  this.rest = Buffer.from(bytes.subarray(cut));
  return bytes.toString(this.encoding, 0, cut);
};
StringDecoder.prototype.end = function end(chunk) {
  const text = chunk === undefined ? '' : this.write(chunk);
  const { rest } = this;
  this.rest = Buffer.alloc(0);
  return text + (this.encoding === 'utf8' && rest.length ? '\ufffd' : rest.toString(this.encoding));
};
StringDecoder.prototype.text = function text(chunk, offset) {
  this.rest = Buffer.alloc(0);
  return this.write(chunk.slice(offset));
};
Object.defineProperties(StringDecoder.prototype, {
  lastChar: { configurable: true, enumerable: true, get() { return this.rest; } },
  lastTotal: { configurable: true, enumerable: true, get() { 
    if (this.rest.length === 0) return 0;
    return this.encoding === 'utf8' ? widthOf(this.rest[0]) : LENGTHS[this.encoding];
   } },
  lastNeed: { configurable: true, enumerable: true, get() { return this.lastTotal - this.rest.length; } },
});

module.exports = { StringDecoder };
