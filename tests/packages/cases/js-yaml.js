const yaml = require('js-yaml');
module.exports = async () => [yaml.load('a: 1\nb: [x, "y"]\nc:\n  d: 2026-11-27\n  e: |\n    two\n    lines\n'), yaml.dump({ a: [1, { b: 'x: y' }], c: null }), (() => { try { yaml.load('a: [1'); } catch (error) { return error.name; } })()];
