// path: both halves over a list of paths, and string_decoder.
const path = require('path');
const { StringDecoder } = require('string_decoder');
const PATHS = ['', '.', '..', '/', '//', '///a', 'a', 'a/', '/a', '/a/b/c.js', 'a//b/../c/./d', '../a/../../b', './', '.hidden', 'a.b.c', 'a.', '/a/.b', 'file.ext/', 'a/..', '/..', 'C:\\a\\b.txt', 'C:', 'C:a', 'C:\\', 'c:/x/../y', '\\\\server\\share\\x\\y', '\\a', 'a\\b/c', '\\\\server\\share', 'C:\\..\\a', '..ext', 'a..b'];
for (const half of ['posix', 'win32']) {
  const p = path[half];
  for (const one of PATHS) {
    test(`${half} ${one}`, () => [p.normalize(one), p.isAbsolute(one), p.dirname(one), p.basename(one), p.extname(one), p.parse(one), p.format(p.parse(one))]);
  }
  test(`${half} join`, () => [['a', 'b'], ['/a', '../b'], ['', ''], ['a', '', '/b'], ['//a', 'b'], ['C:\\', 'b'], ['\\\\x', 'y'], ['a/', './b', '..']].map((l) => p.join(...l)));
  test(`${half} relative`, () => [['/a/b/c', '/a/d'], ['/a', '/a'], ['/a/b', '/'], ['/a/bc', '/a/b'], ['C:\\a\\b', 'c:\\A\\c'], ['C:\\a', 'D:\\b'], ['/a/b', '/a/b/c/d']].map((l) => p.relative(...l)));
  test(`${half} resolve`, () => [['/a', 'b', '../c'], ['/a', '/b'], ['/a/', './b/'], ['C:\\a', '..\\b'], ['C:\\a', 'D:\\x', 'y']].filter((l) => half === 'win32' ? /^C/.test(l[0]) : l[0][0] === '/').map((l) => p.resolve(...l)));
  test(`${half} basename suffix`, () => [p.basename('/a/b.html', '.html'), p.basename('b.html', 'b.html'), p.basename('/x/b.html', 'b.html'), p.basename('a.b', 'c'), p.basename('.js', '.js'), p.basename('aa.js', 'js')]);
  test(`${half} format`, () => [p.format({ dir: 'd', base: 'b' }), p.format({ root: '/', base: 'b' }), p.format({ name: 'n', ext: 'e' }), p.format({ root: '/', dir: '/', name: 'x', ext: '.y' })]);
  test(`${half} wrong`, () => p.join('a', 5));
  test(`${half} constants`, () => [p.sep, p.delimiter, p.posix === path.posix, p.win32 === path.win32, p.toNamespacedPath('C:\\a')]);
}
for (const name of ['normalize', 'dirname', 'basename', 'extname', 'parse', 'isAbsolute', 'resolve']) test(`${name} wrong`, () => path[name](undefined === 1 ? '' : null));
test('format wrong', () => path.format('x'));

for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex', 'latin1', 'ascii']) {
  test(`decoder ${encoding}`, () => {
    const bytes = Buffer.from('aé€😀z\u{10ffff}', encoding === 'utf16le' ? 'utf16le' : 'utf8');
    const d = new StringDecoder(encoding);
    const parts = [];
    for (const byte of bytes) parts.push(d.write(Buffer.from([byte])));
    parts.push(d.end());
    return [parts, d.encoding];
  });
}
test('decoder broken', () => { const d = new StringDecoder('utf8'); return [d.write(Buffer.from([0xe2, 0x82])), d.lastNeed, d.lastTotal, d.write(Buffer.from([0x41])), d.write(Buffer.from([0xff, 0xf0, 0x9f])), d.end(), d.end(Buffer.from([0xc3])), d.write('text')]; });
test('decoder utf16 rest', () => { const d = new StringDecoder('utf16le'); return [d.write(Buffer.from([0x3d])), d.write(Buffer.from([0xd8, 0x4d])), d.end(), d.write(Buffer.from([0x61, 0x00, 0x62])), d.end()]; });
test('decoder unknown', () => new StringDecoder('nope'));
test('decoder wrong', () => new StringDecoder().write(5));
