// Modules as Node loads them: module objects, namespaces, caches, cycles and errors. Finding and reading files is the parent's.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, coded } = require('internal/errors');
const { main, cache } = native;
// Where a request of a folder led, so that nothing is asked for twice.
const found = new Map();

const folderOf = (path) => path.slice(0, path.lastIndexOf('/')) || '/';

function foldersAbove(path) {
  const folders = [];
  for (let at = folderOf(path); ; at = folderOf(at)) {
    if (!at.endsWith('/node_modules')) folders.push(at === '/' ? '/node_modules' : `${at}/node_modules`);
    if (at === '/') return folders;
  }
}

function Module(id = '', parent = undefined) {
  this.id = id;
  this.path = folderOf(id);
  this.exports = {};
  this.filename = null;
  this.loaded = false;
  this.children = [];
  Object.defineProperty(this, 'parent', { value: parent, writable: true, configurable: true, enumerable: false });
  if (parent) parent.children.push(this);
}
Module.prototype.require = function (id) { return load(id, this); };
Module._extensions = Object.assign(Object.create(null), { '.js'() {}, '.json'() {}, '.node'() {} });

// The script's own module was made before this file was needed.
if (main) {
  Object.setPrototypeOf(main, Module.prototype);
  Object.assign(main, { path: folderOf(main.filename), children: [], paths: foldersAbove(main.filename) });
  Object.defineProperty(main, 'parent', { value: null, writable: true, configurable: true, enumerable: false });
  cache[main.filename] = main;
}

function check(request) {
  if (typeof request !== 'string') throw new ERR_INVALID_ARG_TYPE('id', 'string', request);
  if (request === '') throw new ERR_INVALID_ARG_VALUE('id', request, 'must be a non-empty string');
}

function notFound(request, parent, why, imports) {
  if (imports) {
    const what = /^[./]/.test(request) ? 'module' : 'package';
    if (parent === main) native.warn('module-missing', `import('${request}') finds nothing: ${why}.`);
    return coded(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find ${what} '${request}' imported from ${parent.filename || parent.id}`);
  }
  const stack = [];
  for (let at = parent; at; at = at.parent) stack.push(at.filename || at.id);
  const listed = stack.length ? `\nRequire stack:\n- ${stack.join('\n- ')}` : '';
  const error = new Error(`Cannot find module '${request}'${listed}`);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = stack;
  // Packages ask for what they can do without, and catch what comes of it.
  if (parent === main) native.warn('module-missing', `require('${request}') finds nothing: ${why}.`);
  return error;
}

// Asks the parent; what cannot be had is thrown, what a stand-in answers comes as { core }.
function find(request, parent, withSource, imports = false) {
  const answer = native.find(parent.filename || parent.id, request, withSource, imports);
  if (answer.code) throw coded(Error, answer.code, answer.message);
  if (answer.missing === undefined) {
    if (answer.otherVersion) {
      native.warn('other-version', `require('${request}') is answered by version ${answer.otherVersion}, which is the one installed.`);
    }
    return answer;
  }
  const name = request.replace(/(?!^)@[^/]*$/, '');
  const core = native.standIn(name);
  if (!core) throw notFound(request, parent, answer.missing, imports);
  native.warn('stand-in', `${name} is not installed: a small stand-in of Hookbench answers, which does what most hooks use. `
    + 'An installed package always wins.');
  return { core };
}

function load(request, parent) {
  check(request);
  const core = native.core(request);
  if (core !== undefined) return native.load(core);
  if (request.startsWith('node:')) {
    throw coded(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
  }
  const key = `${parent.path || folderOf(parent.id)}\0${request}`;
  const known = found.get(key);
  if (known !== undefined && cache[known]) return reached(cache[known], parent);
  const answer = find(request, parent, true);
  if (answer.core) return native.load(answer.core);
  found.set(key, answer.path);
  return loadFound(answer, parent);
}

function loadFound(answer, parent) {
  if (cache[answer.path]) return reached(cache[answer.path], parent);
  const module = new Module(answer.path, parent);
  module.filename = answer.path;
  module.paths = foldersAbove(answer.path);
  cache[answer.path] = module;
  let whole = false;
  try {
    evaluate(module, answer);
    whole = true;
  } finally {
    if (!whole) {
      delete cache[answer.path];
      const at = parent.children.indexOf(module);
      if (at >= 0) parent.children.splice(at, 1);
    }
  }
  module.loaded = true;
  return module.exports;
}

function reached(module, parent) {
  if (!parent.children.includes(module)) parent.children.push(module);
  return module.exports;
}

function evaluate(module, { path, format, source }) {
  if (format === 'json') {
    try {
      module.exports = JSON.parse(source);
    } catch (error) {
      error.message = `${path}: ${error.message}`;
      throw error;
    }
    return;
  }
  if (format === 'module') {
    const { space } = esModule({ path, source }, false);
    // Node's way of giving a default export to those who look for `default` by hand.
    module.exports = 'module.exports' in space ? space['module.exports'] : 'default' in space && !('__esModule' in space)
      ? spaceOf(() => ({ ...Object.getOwnPropertyDescriptors(space), __esModule: { value: true, enumerable: true } })) : space;
    return;
  }
  native.run(path, source, module, module.exports, requireOf(module), module, path, module.path);
}

// A namespace with these properties, which are told when they are known.
function spaceOf(properties) {
  const space = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } });
  const all = properties();
  for (const name of Object.keys(all).sort()) Object.defineProperty(space, name, { ...all[name], configurable: true });
  return space;
}

// ES modules by path: { space, promise, error }.
const records = new Map();

function esModule({ path, source }, mayAwait) {
  const known = records.get(path);
  if (known) {
    if (known.failed) throw known.error;
    return known;
  }
  const record = { space: undefined, promise: undefined, failed: false, error: undefined };
  records.set(path, record);
  const self = new Module(path);
  self.filename = path;
  const url = `file://${path}`;
  const meta = Object.assign(Object.create(null), {
    dirname: folderOf(path), filename: path,
    resolve: (request) => { const at = resolve(request, self, undefined, true); return at.startsWith('/') ? `file://${at}` : at; },
    url,
  });
  const es = {
    meta,
    exports(getters) {
      record.space = spaceOf(() => Object.fromEntries(Object.entries(getters).map(([name, get]) => [name, { get, enumerable: true }])));
    },
    import: (request) => importNow(request, self, false).space,
    star(other) {
      const all = Object.getOwnPropertyDescriptors(record.space);
      for (const name of Object.keys(other)) {
        if (name !== 'default' && !(name in all)) all[name] = { get: () => other[name], enumerable: true };
      }
      // The names of a namespace are in order, wherever they come from.
      for (const name of Object.keys(all)) delete record.space[name];
      for (const name of Object.keys(all).sort()) Object.defineProperty(record.space, name, { ...all[name], configurable: true });
    },
    dynamic: (request) => dynamic(path, request),
  };
  try {
    const result = native.runModule(path, source, es, mayAwait);
    if (result === null) {
      records.delete(path);
      throw coded(Error, 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.');
    }
    record.promise = result;
  } catch (error) {
    record.failed = true;
    record.error = error;
    throw error;
  }
  return record;
}

// What a module that is none of ES looks like to an import: its exports as the default, and each by its name.
const wrapped = new Map();
function spaceAround(exports) {
  const known = wrapped.get(exports);
  if (known) return known;
  const space = spaceOf(() => {
    const all = {};
    if (exports !== null && (typeof exports === 'object' || typeof exports === 'function')) {
      for (const name of Object.keys(exports)) {
        if (name !== 'default') all[name] = { get: () => exports[name], enumerable: true };
      }
      all['module.exports'] = { value: exports, enumerable: true, writable: true };
    }
    all.default = { value: exports, enumerable: true, writable: true };
    return all;
  });
  wrapped.set(exports, space);
  return space;
}

// Imports at once: the namespace, and a promise where the module awaits at its top level.
function importNow(request, parent, mayAwait) {
  const name = request.replace(/^file:\/\//, '');
  const core = native.core(name);
  if (core !== undefined) {
    const space = spaceAround(native.load(core));
    delete space['module.exports'];
    return { space };
  }
  if (name.startsWith('node:')) throw coded(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${name}`);
  const answer = find(name, parent, true, true);
  if (answer.core) return { space: spaceAround(native.load(answer.core)) };
  if (answer.format === 'module') return esModule(answer, mayAwait);
  return { space: spaceAround(loadFound(answer, parent)) };
}

// `import()` in the file of this path.
function dynamic(path, request) {
  return new Promise((resolve) => {
    const parent = cache[path] || Object.assign(new Module(path), { filename: path });
    const { space, promise } = importNow(`${request}`, parent, true);
    resolve(Promise.resolve(promise).then(() => space));
  });
}

function resolve(request, parent, options, imports) {
  if (typeof request !== 'string') throw new ERR_INVALID_ARG_TYPE('request', 'string', request);
  const core = native.core(request);
  if (core !== undefined) return request.startsWith('node:') ? request : core;
  const places = options && Array.isArray(options.paths) ? options.paths : undefined;
  const answer = find(request, places && places.length ? new Module(`${places[0]}/x`) : parent, false, imports);
  return answer.core ? request : answer.path;
}

const paths = (request, parent) => (native.core(request) !== undefined ? null
  : request.startsWith('.') ? [parent.path] : foldersAbove(parent.filename || parent.id));

function requireOf(module) {
  const require = function require(id) { return load(id, module); };
  require.resolve = function resolved(request, options) { return resolve(request, module, options); };
  require.resolve.paths = (request) => paths(request, module);
  require.main = main;
  require.extensions = Module._extensions;
  require.cache = cache;
  return require;
}

module.exports = { Module, load, resolve, paths, requireOf, foldersAbove, dynamic };
