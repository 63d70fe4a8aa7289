// Node's `vm`: scripts run in the one context there is; another cannot be made.
const { codes: { ERR_INVALID_ARG_TYPE }, coded } = require('internal/errors');
const { validateString } = require('internal/validators');

const refuse = (name) => {
  throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `vm.${name}: Hookbench has one context only, so that a script cannot be given another; use runInThisContext`);
};
const indirect = globalThis.eval;

class Script {
  #code;
  constructor(code, options = {}) {
    this.#code = `${code}`;
    this.filename = typeof options === 'string' ? options : options.filename || 'evalmachine.<anonymous>';
    // Faults of the syntax show when the script is made.
    new Function(this.#code);
  }
  runInThisContext() { return indirect(this.#code); }
  runInContext() { return refuse('Script.runInContext'); }
  runInNewContext() { return refuse('Script.runInNewContext'); }
  createCachedData() { return Buffer.alloc(0); }
}

function compileFunction(code, params = []) {
  validateString(code, 'code');
  if (!Array.isArray(params)) throw new ERR_INVALID_ARG_TYPE('params', 'Array', params);
  return new Function(...params, code);
}

module.exports = {
  Script, compileFunction,
  createScript: (code, options) => new Script(code, options),
  runInThisContext: (code, options) => new Script(code, options).runInThisContext(),
  runInContext: () => refuse('runInContext'),
  runInNewContext: () => refuse('runInNewContext'),
  createContext: () => refuse('createContext'),
  isContext(object) {
    if (object === null || typeof object !== 'object') throw new ERR_INVALID_ARG_TYPE('object', 'Object', object);
    return false;
  },
  measureMemory: async () => refuse('measureMemory'),
  constants: Object.freeze({ __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default') }),
};
