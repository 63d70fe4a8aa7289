// CommonJS as Node loads it: module objects, their cache, cycles and errors. Finding and reading files is the parent's.
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

function notFound(request, parent, why) {
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
function find(request, parent, withSource) {
  const answer = native.find(parent.filename || parent.id, request, withSource);
  if (answer.code) throw coded(Error, answer.code, answer.message);
  if (answer.missing === undefined) {
    if (answer.otherVersion) {
      native.warn('other-version', `require('${request}') is answered by version ${answer.otherVersion}, which is the one installed.`);
    }
    return answer;
  }
  const name = request.replace(/(?!^)@[^/]*$/, '');
  const core = native.standIn(name);
  if (!core) throw notFound(request, parent, answer.missing);
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
    throw coded(Error, 'ERR_REQUIRE_ESM', `require() of ES Module ${path} is not supported by Hookbench yet. `
      + 'Use a version of the package that has a CommonJS form, or import() nothing of it.');
  }
  native.run(path, source, module, module.exports, requireOf(module), module, path, module.path);
}

function resolve(request, parent, options) {
  if (typeof request !== 'string') throw new ERR_INVALID_ARG_TYPE('request', 'string', request);
  const core = native.core(request);
  if (core !== undefined) return request.startsWith('node:') ? request : core;
  const places = options && Array.isArray(options.paths) ? options.paths : undefined;
  const answer = find(request, places && places.length ? new Module(`${places[0]}/x`) : parent, false);
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

module.exports = { Module, load, resolve, paths, requireOf, foldersAbove };
