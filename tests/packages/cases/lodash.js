const _ = require('lodash');
module.exports = async () => [
  _.chunk([1, 2, 3, 4, 5], 2), _.get({ a: [{ b: { c: 3 } }] }, 'a[0].b.c'), _.set({}, 'a[0].b', 1), _.merge({ a: { b: 1 } }, { a: { c: 2 } }),
  _.groupBy([6.1, 4.2, 6.3], Math.floor), _.orderBy([{ n: 'b', a: 1 }, { n: 'a', a: 2 }], ['n']), _.camelCase('Foo Bar-baz'), _.kebabCase('fooBar'), _.startCase('fooBar'),
  _.template('hello <%= user %>!<% if (x) { %> x<% } %>')({ user: 'fred', x: true }), _.debounce.length, _.isEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), _.cloneDeep({ d: new Date(0), r: /x/g, m: [1] }),
  _.uniqBy([2.1, 1.2, 2.3], Math.floor), _.pick({ a: 1, b: 2 }, ['a']), _.omit({ a: 1, b: 2 }, ['a']), _.truncate('hi-diddly-ho there, neighborho'), _.deburr('déjà vu'), _.escape('a < b & c'), _.words('fred, barney, & pebbles'),
  _(['a', 'b']).map(_.toUpper).reverse().value(), _.range(0, 20, 5), _.zipObject(['a', 'b'], [1, 2]), _.flow([Math.abs, Math.sqrt])(-16), _.throttle.name, _.VERSION, Object.keys(_).length,
];
