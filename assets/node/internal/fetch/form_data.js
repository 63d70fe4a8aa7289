// `FormData`, as multipart text and back.
const { Blob, File, contents } = require('internal/fetch/blob');
const { need } = require('internal/fetch/headers');
const custom = Symbol.for('nodejs.util.inspect.custom');

function entry(method, name, value, fileName, given) {
  need(given, 2, `FormData.${method}`);
  const isBlob = value instanceof Blob || (value && typeof value.arrayBuffer === 'function' && typeof value.stream === 'function');
  if (given > 2 && !isBlob) {
    throw new TypeError(`FormData.${method}: parameter 2 is not of type 'Blob'.`);
  }
  name = String(name).toWellFormed();
  if (!isBlob) return [name, String(value).toWellFormed()];
  if (fileName === undefined && value instanceof File) return [name, value];
  const { type, lastModified } = value;
  return [name, new File([value], fileName === undefined ? 'blob' : String(fileName), { type, lastModified })];
}

class FormData {
  #list = [];

  constructor(form = undefined) {
    if (form !== undefined) {
      const error = new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
  }

  append(name, value, fileName = undefined) {
    this.#list.push(entry('append', name, value, fileName, arguments.length));
  }

  set(name, value, fileName = undefined) {
    const pair = entry('set', name, value, fileName, arguments.length);
    const at = this.#list.findIndex(([key]) => key === pair[0]);
    if (at < 0) {
      this.#list.push(pair);
      return;
    }
    this.#list = this.#list.filter(([key], index) => key !== pair[0] || index === at);
    this.#list[at] = pair;
  }

  delete(name) {
    need(arguments.length, 1, 'FormData.delete');
    this.#list = this.#list.filter(([key]) => key !== String(name));
  }

  get(name) {
    need(arguments.length, 1, 'FormData.get');
    const found = this.#list.find(([key]) => key === String(name));
    return found ? found[1] : null;
  }

  getAll(name) {
    need(arguments.length, 1, 'FormData.getAll');
    return this.#list.filter(([key]) => key === String(name)).map(([, value]) => value);
  }

  has(name) {
    need(arguments.length, 1, 'FormData.has');
    return this.#list.some(([key]) => key === String(name));
  }

  *entries() { for (const [name, value] of this.#list) yield [name, value]; }
  *keys() { for (const [name] of this.#list) yield name; }
  *values() { for (const [, value] of this.#list) yield value; }
  [Symbol.iterator]() { return this.entries(); }

  forEach(callback, self = globalThis) {
    for (const [name, value] of this.#list) callback.call(self, value, name, this);
  }

  [custom](depth, options, inspect) {
    const all = {};
    for (const [name, value] of this.#list) all[name] = name in all ? [].concat(all[name], value) : value;
    return `FormData ${(inspect || require('util').inspect)(all, options)}`;
  }
}
Object.defineProperty(FormData.prototype, Symbol.toStringTag, { value: 'FormData', configurable: true });
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'entries', 'keys', 'values', 'forEach']) {
  Object.defineProperty(FormData.prototype, name, { enumerable: true });
}

const escaped = (text) => text.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
const lines = (text) => text.replace(/\r?\n|\r/g, '\r\n');

// The bytes of a form and their type.
function encode(form) {
  const boundary = `----formdata-undici-0${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
  const parts = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(lines(name))}"`;
    if (typeof value === 'string') {
      parts.push(Buffer.from(`${head}\r\n\r\n${lines(value)}\r\n`));
    } else {
      const type = value.type || 'application/octet-stream';
      parts.push(Buffer.from(`${head}; filename="${escaped(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`));
      parts.push(Buffer.from(contents(value).buffer), Buffer.from('\r\n'));
    }
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

// A form from its bytes; `null` where they are no such form.
function decode(bytes, type) {
  const form = new FormData();
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    for (const [name, value] of new URLSearchParams(bytes.toString('utf8'))) form.append(name, value);
    return form;
  }
  const found = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  if (!found) return null;
  const mark = Buffer.from(`--${found[1] || found[2]}`);
  let at = bytes.indexOf(mark);
  if (at < 0) return null;
  while (true) {
    at += mark.length;
    if (bytes[at] === 45 && bytes[at + 1] === 45) return form;
    at += 2;
    const head = bytes.indexOf('\r\n\r\n', at);
    const next = bytes.indexOf(mark, at);
    if (head < 0 || next < 0) return null;
    const text = bytes.toString('utf8', at, head);
    const body = bytes.subarray(head + 4, next - 2);
    const name = /content-disposition:[^\r\n]*?[; ]name="([^"]*)"/i.exec(text);
    const file = /content-disposition:[^\r\n]*?filename="([^"]*)"/i.exec(text);
    const kind = /content-type:\s*([^\r\n]+)/i.exec(text);
    if (!name) return null;
    const plain = (part) => part.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');
    if (file) form.append(plain(name[1]), new File([body], plain(file[1]), { type: kind ? kind[1].trim() : 'text/plain' }));
    else form.append(plain(name[1]), body.toString('utf8'));
    at = next;
  }
}

module.exports = { FormData, encode, decode };
