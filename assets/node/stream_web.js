// `stream/web`: the web's streams, each file of them read when one of its classes is.
const FILES = {
  readable: ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamDefaultController', 'ReadableByteStreamController'],
  bytes: ['ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest'],
  writable: ['WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController'],
  transform: ['TransformStream', 'TransformStreamDefaultController'],
  shared: ['ByteLengthQueuingStrategy', 'CountQueuingStrategy'],
  text: ['TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream'],
};
for (const [file, names] of Object.entries(FILES)) {
  for (const name of names) {
    Object.defineProperty(module.exports, name, {
      enumerable: true,
      configurable: true,
      get: () => require(`internal/webstreams/${file}`)[name],
      set(value) { Object.defineProperty(module.exports, name, { value, writable: true }); },
    });
  }
}
