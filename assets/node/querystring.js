// Node's `querystring`.
const { codes: { ERR_INVALID_URI } } = require('internal/errors');

function escape(text) {
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : text + '';
  try {
    return encodeURIComponent(text);
  } catch {
    throw new ERR_INVALID_URI();
  }
}

function unescapeBuffer(text, plus) {
  const bytes = [];
  const source = Buffer.from(`${text}`, 'latin1');
  for (let at = 0; at < source.length; at++) {
    const pair = source[at] === 37 ? source.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      bytes.push(parseInt(pair, 16));
      at += 2;
    } else bytes.push(plus && source[at] === 43 ? 32 : source[at]);
  }
  return Buffer.from(bytes);
}

function unescape(text, plus) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text, plus).toString();
  }
}

function primitive(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return '' + value;
  if (typeof value === 'bigint') return '' + value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return '';
}

function stringify(object, separator, equals, options) {
  separator = separator || '&';
  equals = equals || '=';
  const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : module.exports.escape;
  if (object === null || typeof object !== 'object') return '';
  const fields = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    const start = encode(primitive(key)) + equals;
    if (Array.isArray(value)) for (const one of value) fields.push(start + encode(primitive(one)));
    else fields.push(start + encode(primitive(value)));
  }
  return fields.join(separator);
}

function parse(text, separator, equals, options) {
  const result = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return result;
  separator = separator ? `${separator}` : '&';
  equals = equals ? `${equals}` : '=';
  const decode = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : module.exports.unescape;
  const most = options && typeof options.maxKeys === 'number' ? options.maxKeys : 1000;
  const read = (part) => {
    part = part.replace(/\+/g, '%20');
    if (decode === unescape && !part.includes('%')) return part;
    try {
      return decode(part);
    } catch {
      return unescape(part, true);
    }
  };
  let fields = text.split(separator).filter((field) => field !== '');
  if (most > 0) fields = fields.slice(0, most);
  for (const field of fields) {
    const at = field.indexOf(equals);
    const key = read(at >= 0 ? field.slice(0, at) : field);
    const value = at >= 0 ? read(field.slice(at + equals.length)) : '';
    if (result[key] === undefined) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

module.exports = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };
