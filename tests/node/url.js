// URL, URLSearchParams, the old parser, querystring, punycode.
const url = require('url');
const util = require('util');
const qs = require('querystring');
const punycode = require('punycode');

const HREFS = ['http://user:pa%20ss@Example.COM:80/a/../b/./c d?x=1&y= 2#frag ment', 'https://example.com', 'HTTP://EX.com:8080', 'file:///C:/a/../b', 'mailto:a@b.c', 'data:text/plain,hi there', 'http://[::1]:3000/x', 'http://bücher.example/ü?ü#ü', 'javascript:alert(1)', 'http://1.2.3', 'ws://a.b:80/', 'http://a/%zz?%', 'blob:https://a.b/c', 'http://ex.com/\\a\\b', 'about:blank', 'http://a b/', 'nope', '', 'http://', 'http://a:99999/', '//x/y', 'http://ex.com/?q=a+b%20c', 'urn:isbn:1', 'https://xn--ls8h.la/'];
for (const href of HREFS) {
  test(`URL ${href}`, () => { const u = new URL(href); return [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash]; });
  test(`legacy ${href}`, () => ({ ...url.parse(href) }));
  test(`legacy slashes ${href}`, () => ({ ...url.parse(href, true, true) }));
}
test('base', () => [['../x', 'http://a/b/c/d'], ['?q', 'http://a/b#c'], ['//h/p', 'https://a'], ['/r', 'http://a/b/c'], ['', 'http://a/b?c#d'], ['#f', 'mailto:x']].map(([i, b]) => new URL(i, b).href));
test('bad base', () => { try { new URL('/x', 'nope'); } catch (e) { return [e.code, e.input, e.base, e.message, e.name]; } });
test('bad url', () => { try { new URL('nope'); } catch (e) { return [Object.keys(e), e.code, e.input, e.message, String(e)]; } });
test('no url', () => new URL());
test('canParse', () => [URL.canParse('http://a'), URL.canParse('x'), URL.canParse('x', 'http://a')]);
test('setters', () => {
  const u = new URL('http://a.com/p?q#h');
  const seen = [];
  for (const [key, value] of [['protocol', 'https'], ['protocol', 'mailto'], ['username', 'u ser'], ['password', 'p:w'], ['host', 'b.com:81'], ['hostname', 'c.com'], ['port', '443'], ['port', 'x'], ['port', '8080abc'], ['pathname', 'x y/z'], ['search', 'a=1 2'], ['search', ''], ['hash', 'new h'], ['hash', ''], ['hostname', 'a b'], ['host', '']]) {
    u[key] = value;
    seen.push(u.href);
  }
  return seen;
});
test('set href wrong', () => { new URL('http://a').href = 'nope'; });
test('searchParams follow', () => { const u = new URL('http://a/?x=1'); u.searchParams.append('y', 'ä b'); const first = u.href; u.search = '?z=9'; return [first, u.searchParams.get('z'), u.searchParams.has('x'), String(u.searchParams), u.searchParams === u.searchParams]; });
test('URL shown', () => util.inspect(new URL('https://u:p@a.b:81/c?d=e#f')));
test('URL json', () => [JSON.stringify(new URL('http://a')), `${new URL('http://a/b')}`, Object.prototype.toString.call(new URL('http://a')), Object.keys(new URL('http://a'))]);
test('params made', () => ['a=1&b=2&a=3', '?x=%41+b', { a: 1, b: [1, 2] }, [['a', 'b'], ['c', 'd']], new Map([['k', 'v']]), new URLSearchParams('q=1'), undefined, null, '', 'a', '=b', 'a=%zz'].map((init) => String(new URLSearchParams(init))));
test('params wrong pair', () => new URLSearchParams([['a']]));
test('params wrong pair 2', () => new URLSearchParams(['ab', 'cd', 'e']));
test('params work', () => {
  const p = new URLSearchParams('b=2&a=1&b=3');
  const seen = [p.get('b'), p.getAll('b'), p.has('a'), p.has('a', '2'), p.get('none'), p.size, [...p], [...p.keys()], [...p.values()]];
  p.set('b', 'x'); p.append('c', '€'); p.sort(); seen.push(String(p));
  p.delete('b'); p.delete('c', 'no'); seen.push(String(p));
  p.forEach((v, k, all) => seen.push([v, k, all === p]));
  return seen;
});
test('params missing', () => new URLSearchParams().get());
test('params shown', () => [util.inspect(new URLSearchParams('a=1&b=2')), util.inspect(new URLSearchParams()), util.inspect(new URLSearchParams('a=1').keys()), util.inspect(new URLSearchParams('a=1&b=2').entries())]);
test('params encode', () => String(new URLSearchParams({ a: "!'()*~-._ +&=é😀" })));
for (const [from, to] of [['http://a/b/c/d', '../g'], ['/one/two/three', 'four'], ['http://ex.com/', '/one'], ['http://ex.com/one', '/two'], ['http://a/b/c/d;p?q', 'g;x'], ['http://a/b/c/d;p?q', '?y'], ['http://a/b/c/d;p?q', '../../../g'], ['http://a/b', '//c/d'], ['mailto:a@b', 'c@d'], ['http://u:p@a/b', 'c'], ['http://a', 'https://b'], ['', 'x'], ['x/y', '../../z'], ['http://a.com/b', '#h'], ['http://a.com/b?c', ''], ['/a/b', '.'], ['http://a/b/', './c/../d/.'], ['http:/a', 'b'], ['http://a.b/c', 'file:///d'], ['javascript:x', 'y']]) {
  test(`resolve ${from} ${to}`, () => [url.resolve(from, to), url.resolveObject(from, to).pathname]);
}
test('format object', () => [{ protocol: 'http', host: 'a.com', pathname: 'x', query: { a: [1, 2], b: 'c d' } }, { hostname: 'h', port: 80, slashes: true }, { protocol: 'mailto', auth: 'u', hostname: 'h' }, { pathname: '/p?x#y', search: 'q#', hash: 'h' }, { protocol: 'file', pathname: '/x' }, {}, { hostname: '::1', port: 3, protocol: 'http' }].map((o) => url.format(o)));
test('format text', () => [url.format('HTTP://A/b'), url.format(new URL('https://u:p@ä.com/x?y#z'), { fragment: false, auth: false, unicode: true, search: false })]);
test('format wrong', () => url.format(5));
test('parse wrong', () => url.parse(5));
test('urlToHttpOptions', () => ({ ...url.urlToHttpOptions(new URL('https://a%20b:c@[::1]:81/p?q#h')) }));
test('files', () => [url.fileURLToPath('file:///a%20b/c'), url.pathToFileURL('/a b/c#d?e%').href, url.fileURLToPath(new URL('file:///x'))]);
test('file wrong scheme', () => url.fileURLToPath('http://a'));
test('file wrong host', () => url.fileURLToPath('file://host/a'));
test('file wrong slash', () => url.fileURLToPath('file:///a%2fb'));
test('domains', () => [url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.domainToASCII('xn--iñvalid.com')]);

test('qs parse', () => ['a=1&b=2&a=3', 'a=%20b+c&=x&y', 'foo=%zz&bar=%C3%A9', '&&a', 'a=b=c', 'a;b'].map((s) => ({ ...qs.parse(s) })));
test('qs options', () => [{ ...qs.parse('a:1;b:2', ';', ':') }, { ...qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }) }, { ...qs.parse('a=x', null, null, { decodeURIComponent: (s) => s + '!' }) }, Object.getPrototypeOf(qs.parse('')) === null]);
test('qs stringify', () => [qs.stringify({ a: [1, 'x y'], b: true, c: null, d: undefined, e: NaN, f: 'é&=', g: 5n, h: {} }), qs.stringify({ a: 1, b: 2 }, ';', ':'), qs.stringify('x'), qs.stringify({ a: 'b' }, null, null, { encodeURIComponent: (s) => `<${s}>` })]);
test('qs escape', () => [qs.escape('a b&!'), qs.unescape('a%20b%zz'), qs.escape({ toString: () => 'o' }), qs.unescapeBuffer('a%20b').toString()]);
test('punycode', () => [punycode.encode('mañana'), punycode.decode('maana-pta'), punycode.toASCII('mañana.com'), punycode.toUnicode('xn--maana-pta.com'), punycode.toASCII('джумла@джpумлатест.bрфa'), punycode.ucs2.decode('a😀'), punycode.ucs2.encode([97, 0x1f600])]);
test('punycode wrong', () => punycode.decode('xyz!é'));
