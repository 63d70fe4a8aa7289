const he = require('he');
module.exports = async () => [he.encode('foo © bar ≠ baz'), he.decode('&copy; &#x1F600; &amp;lt; &notit;'), he.escape('<a>')];
