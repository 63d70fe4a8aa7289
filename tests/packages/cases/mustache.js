const M = require('mustache');
module.exports = async () => [M.render('{{a}} {{#l}}{{.}},{{/l}}{{^e}}none{{/e}} {{{r}}}', { a: '<x>', l: [1, 2], e: [], r: '<b>' })];
