const { Map, List, fromJS, is, OrderedMap } = require('immutable');
module.exports = async () => [Map({ a: 1 }).set('b', 2).toJS(), List([1, 2, 3]).map((n) => n * 2).toArray(), fromJS({ a: { b: [1] } }).setIn(['a', 'b', 0], 9).toJS(), is(Map({ a: 1 }), Map({ a: 1 })), OrderedMap([['x', 1]]).toString()];
