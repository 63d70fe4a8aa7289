const NodeCache = require('node-cache');
module.exports = async () => { const cache = new NodeCache({ stdTTL: 100, checkperiod: 0 }); cache.set('a', { b: 1 }); cache.mset([{ key: 'x', val: 1 }]); return [cache.get('a'), cache.has('no'), cache.keys(), cache.del('a'), cache.getStats()]; };
