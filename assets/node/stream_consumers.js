// `stream/consumers`: a whole stream as one value.
async function chunks(stream) {
  const list = [];
  for await (const chunk of stream) list.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return list;
}

async function blob(stream) {
  return new Blob(await chunks(stream));
}

async function buffer(stream) {
  return Buffer.concat(await chunks(stream));
}

async function arrayBuffer(stream) {
  const bytes = await buffer(stream);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

async function text(stream) {
  const decoder = new TextDecoder();
  let result = '';
  for await (const chunk of stream) {
    result += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return result + decoder.decode();
}

async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, text, json };
