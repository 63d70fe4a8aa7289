// `TextEncoderStream` and `TextDecoderStream`; `CompressionStream` and its reverse over zlib.
const { enumerable } = require('internal/webstreams/shared');
const { TransformStream } = require('internal/webstreams/transform');
const { codes } = require('internal/errors');

class Pair {
  #transform;
  constructor(transformer) { this.#transform = new TransformStream(transformer); }
  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}

class TextEncoderStream extends Pair {
  constructor() {
    const encoder = new TextEncoder();
    // Half a pair waits for its other half.
    let half = '';
    super({
      transform(chunk, controller) {
        let text = half + String(chunk);
        half = '';
        const last = text.charCodeAt(text.length - 1);
        if (last >= 0xd800 && last <= 0xdbff) {
          half = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text) controller.enqueue(encoder.encode(text));
      },
      flush(controller) {
        if (half) controller.enqueue(encoder.encode('\ufffd'));
      },
    });
  }

  get encoding() { return 'utf-8'; }
}
enumerable(TextEncoderStream, ['encoding']);

class TextDecoderStream extends Pair {
  #decoder;
  constructor(label = 'utf-8', options = {}) {
    const decoder = new TextDecoder(label, options);
    super({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
    this.#decoder = decoder;
  }

  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
}
enumerable(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM']);

// The whole is gathered and turned at the end: what zlib gives is whole as well.
function packed(format, work) {
  const names = { deflate: 0, 'deflate-raw': 1, gzip: 2 };
  if (!(format in names)) throw new codes.ERR_INVALID_ARG_VALUE('format', format);
  const parts = [];
  return {
    transform(chunk) { parts.push(Buffer.from(chunk.buffer || chunk, chunk.byteOffset, chunk.byteLength)); },
    flush(controller) {
      const whole = require('zlib')[work[names[format]]](Buffer.concat(parts));
      controller.enqueue(new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength));
    },
  };
}

class CompressionStream extends Pair {
  constructor(format) { super(packed(format, ['deflateSync', 'deflateRawSync', 'gzipSync'])); }
}
enumerable(CompressionStream, []);

class DecompressionStream extends Pair {
  constructor(format) { super(packed(format, ['inflateSync', 'inflateRawSync', 'gunzipSync'])); }
}
enumerable(DecompressionStream, []);

module.exports = { TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream };
