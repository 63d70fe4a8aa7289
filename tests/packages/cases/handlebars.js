const H = require('handlebars');
module.exports = async () => { H.registerHelper('up', (s) => s.toUpperCase()); return [H.compile('Hi {{up name}} {{#each list}}<{{this}}>{{else}}none{{/each}} {{{raw}}} {{esc}}')({ name: 'x', list: [1, 2], raw: '<b>', esc: '<i>' }), H.compile('{{#if a}}y{{else}}n{{/if}}')({ a: 0 })]; };
