const _ = require('underscore');
module.exports = async () => [_.map({ one: 1, two: 2 }, (n) => n * 3), _.pluck([{ a: 1 }, { a: 2 }], 'a'), _.template('hi <%= name %>')({ name: 'x' }), _.sortBy([3, 1, 2]), _.chain([1, 2, 3]).reverse().first().value(), _.isEqual([1], [1]), _.VERSION];
