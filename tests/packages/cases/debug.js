const debug = require('debug');
module.exports = async () => { const seen = []; debug.enable('app:*'); const log = debug('app:x'); log.log = (...args) => seen.push(require('util').format(...args).replace(/\+\d+ms/, '+0ms').replace(/^\S+Z /, '')); log('hello %s %o', 'a', { b: 1 }); return [log.enabled, debug('other').enabled, seen.length]; };
