const { parse } = require('csv-parse/sync');
module.exports = async () => [parse('a,b\n1,"x, y"\n2,"q""q"', { columns: true }), (() => { try { parse('a,b\n1'); } catch (error) { return error.code; } })()];
