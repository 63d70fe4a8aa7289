const LRU = require('lru-cache');
module.exports = async () => { const cache = new LRU({ max: 2 }); cache.set('a', 1); cache.set('b', 2); cache.get('a'); cache.set('c', 3); return [cache.get('b') === undefined, cache.keys(), cache.length]; };
