// Node's `repl`: nobody types.
const { refusing } = require('internal/refusal');
const refuse = refusing('repl.start', 'a hook in Hookbench has no terminal', 'FileSystemRead');
class REPLServer { constructor() { refuse(); } }
class Recoverable extends SyntaxError { constructor(error) { super(); this.err = error; } }
module.exports = { start: () => refuse(), REPLServer, Recoverable, REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict'),
  builtinModules: [] };
