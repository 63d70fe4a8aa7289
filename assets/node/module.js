// Node's `module`: the list of core modules, and `require` for any place.
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const builtinModules = native.names();

const { Module, load, resolve, requireOf, foldersAbove } = require('internal/loader');

const isBuiltin = (id) => builtinModules.includes(`${id}`.replace(/^node:/, ''));
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];

module.exports = Object.assign(Module, {
  Module, builtinModules, isBuiltin,
  createRequire(filename) {
    const place = `${filename && filename.href || filename}`;
    if (typeof filename !== 'string' && !(filename && filename.href) || !/^(file:|\/)/.test(place)) {
      throw new ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
    }
    const module = new Module(place.replace(/^file:\/\//, ''));
    module.filename = module.id;
    return requireOf(module);
  },
  wrap: (script) => WRAPPER.join(script),
  wrapper: WRAPPER,
  globalPaths: [],
  _cache: requireOf(new Module('/data/io/x')).cache,
  _extensions: Module._extensions,
  _pathCache: Object.create(null),
  _load: (id, parent) => load(id, parent || new Module('/data/io/x')),
  _resolveFilename: (id, parent) => resolve(id, parent || new Module('/data/io/x')),
  _nodeModulePaths: (folder) => foldersAbove(`${folder}/x`),
  findPackageJSON: () => undefined,
  findSourceMap: () => undefined,
  syncBuiltinESMExports() {},
  register() {},
  enableCompileCache: () => ({ status: 3 }),
  getCompileCacheDir: () => undefined,
  flushCompileCache() {},
  runMain() {},
  SourceMap: class SourceMap {},
});
