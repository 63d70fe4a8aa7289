const slugify = require('slugify');
module.exports = async () => [slugify('Some Ünïcode string! & more', { lower: true }), slugify('a b', '_'), slugify('日本 x')];
