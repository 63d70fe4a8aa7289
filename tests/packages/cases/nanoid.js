const { nanoid, customAlphabet } = require('nanoid');
module.exports = async () => [nanoid().length, /^[A-Za-z0-9_-]+$/.test(nanoid(40)), customAlphabet('ab', 5)().length];
