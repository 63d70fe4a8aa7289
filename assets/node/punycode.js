// Node's `punycode`: labels of domains in ASCII and back.
const ucs2 = {
  decode: (text) => Array.from(text, (letter) => letter.codePointAt(0)),
  encode: (points) => String.fromCodePoint(...points),
};
const refuse = (words) => { throw new RangeError(words); };
const encode = (text) => {
  const coded = native.encode(`${text}`);
  return coded === null ? refuse('Overflow: input needs wider integers to process') : coded;
};
const decode = (text) => {
  const plain = native.decode(`${text}`);
  return plain === null ? refuse('Invalid input') : plain;
};
function labels(domain, work) {
  const at = domain.lastIndexOf('@');
  const front = at >= 0 ? domain.slice(0, at + 1) : '';
  return front + domain.slice(at + 1).replace(/[\u3002\uff0e\uff61]/g, '.').split('.').map(work).join('.');
}
module.exports = {
  version: '2.1.0',
  ucs2, encode, decode,
  toASCII: (domain) => labels(`${domain}`, (label) => (/[^\0-\x7f]/.test(label) ? 'xn--' + encode(label) : label)),
  toUnicode: (domain) => labels(`${domain}`, (label) => (/^xn--/.test(label) ? decode(label.slice(4).toLowerCase()) : label)),
};
