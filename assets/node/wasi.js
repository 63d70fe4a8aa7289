// Node's `wasi`: the engine runs no WebAssembly.
const { coded } = require('internal/errors');
class WASI { constructor() { throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'The engine of Hookbench runs no WebAssembly'); } }
module.exports = { WASI };
