// Node's `path`, both halves: POSIX, which is the sandbox's own, and Windows.
const { validateObject, validateString } = require('internal/validators');

// Resolves `.` and `..` between separators.
function squeeze(path, absolute, separator, isSeparator) {
  const kept = [];
  for (const part of path.split(isSeparator)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length && kept[kept.length - 1] !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return kept.join(separator);
}

function basename(path, suffix, isSlash, start) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  let end = path.length;
  while (end > start && isSlash(path[end - 1])) end--;
  let from = end;
  while (from > start && !isSlash(path[from - 1])) from--;
  const base = path.slice(from, end);
  return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : suffix && base === suffix && path !== suffix ? base : suffix && path === suffix ? '' : base;
}

function extname(path, isSlash, start) {
  validateString(path, 'path');
  const base = basename(path, undefined, isSlash, start);
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

function formatWith(separator) {
  return function format(parts) {
    validateObject(parts, 'pathObject');
    const dir = parts.dir || parts.root;
    const extension = parts.ext ? `${parts.ext[0] === '.' ? '' : '.'}${parts.ext}` : '';
    const base = parts.base || `${parts.name || ''}${extension}`;
    if (!dir) return base;
    return dir === parts.root ? `${dir}${base}` : `${dir}${separator}${base}`;
  };
}

const slash = (letter) => letter === '/';
const posix = {
  resolve(...paths) {
    let resolved = '';
    let absolute = false;
    for (let at = paths.length - 1; at >= -1 && !absolute; at--) {
      const path = at >= 0 ? paths[at] : process.cwd();
      if (at >= 0) validateString(path, `paths[${at}]`);
      if (path.length === 0) continue;
      resolved = `${path}/${resolved}`;
      absolute = path[0] === '/';
    }
    resolved = squeeze(resolved, absolute, '/', '/');
    return absolute ? `/${resolved}` : resolved || '.';
  },
  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const absolute = path[0] === '/';
    let result = squeeze(path, absolute, '/', '/');
    if (result === '') return absolute ? '/' : path.endsWith('/') ? './' : '.';
    if (path.endsWith('/')) result += '/';
    return absolute ? `/${result}` : result;
  },
  isAbsolute(path) {
    validateString(path, 'path');
    return path[0] === '/';
  },
  join(...paths) {
    paths.forEach((path) => validateString(path, 'path'));
    const joined = paths.filter((path) => path.length > 0).join('/');
    return joined === '' ? '.' : posix.normalize(joined);
  },
  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    const source = posix.resolve(from).split('/').filter(Boolean);
    const target = posix.resolve(to).split('/').filter(Boolean);
    let same = 0;
    while (same < source.length && same < target.length && source[same] === target[same]) same++;
    return [...source.slice(same).map(() => '..'), ...target.slice(same)].join('/');
  },
  toNamespacedPath: (path) => path,
  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    let end = path.length;
    while (end > 1 && path[end - 1] === '/') end--;
    const at = path.lastIndexOf('/', end - 1);
    if (at <= 0) return path[0] === '/' ? '/' : '.';
    return at === 1 && path[0] === '/' ? '//' : path.slice(0, at);
  },
  basename: (path, suffix) => basename(path, suffix, slash, 0),
  extname: (path) => extname(path, slash, 0),
  format: formatWith('/'),
  parse(path) {
    validateString(path, 'path');
    const result = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return result;
    result.root = path[0] === '/' ? '/' : '';
    result.base = posix.basename(path);
    result.ext = posix.extname(path);
    result.name = result.ext ? result.base.slice(0, -result.ext.length) : result.base;
    let end = path.length;
    while (end > 1 && path[end - 1] === '/') end--;
    const at = path.lastIndexOf('/', end - 1);
    if (at > 0) result.dir = path.slice(0, at);
    else if (result.root) result.dir = '/';
    return result;
  },
  sep: '/',
  delimiter: ':',
};

const either = (letter) => letter === '/' || letter === '\\';

// The root of a Windows path: its device, and whether it is absolute.
function rootOf(path) {
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)(?:[\\/]+|$)/.exec(path);
  if (share) return { device: `\\\\${share[1]}\\${share[2]}`, length: share[0].length, absolute: true };
  if (either(path[0])) return { device: '', length: 1, absolute: true };
  const drive = /^[a-z]:/i.exec(path);
  if (!drive) return { device: '', length: 0, absolute: false };
  const absolute = either(path[2]);
  return { device: drive[0], length: absolute ? 3 : 2, absolute };
}

const win32 = {
  resolve(...paths) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let at = paths.length - 1; at >= -1; at--) {
      let path;
      if (at >= 0) {
        path = paths[at];
        validateString(path, `paths[${at}]`);
        if (path.length === 0) continue;
      } else if (device.length === 0) path = process.cwd();
      else path = `${device}\\`;
      const root = rootOf(path);
      if (root.device) {
        if (device && root.device.toLowerCase() !== device.toLowerCase()) continue;
        device = device || root.device;
      }
      if (absolute) {
        if (device) break;
      } else {
        tail = `${path.slice(root.length)}\\${tail}`;
        absolute = root.absolute;
        if (absolute && device) break;
      }
    }
    tail = squeeze(tail, absolute, '\\', /[\\/]+/);
    return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
  },
  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const root = rootOf(path);
    let tail = squeeze(path.slice(root.length), root.absolute, '\\', /[\\/]+/);
    if (tail.length === 0 && !root.absolute) tail = '.';
    if (tail.length > 0 && either(path[path.length - 1]) && path.length > root.length) tail += '\\';
    return `${root.device}${root.absolute ? '\\' : ''}${tail}`;
  },
  isAbsolute(path) {
    validateString(path, 'path');
    return either(path[0]) || /^[a-z]:[\\/]/i.test(path);
  },
  join(...paths) {
    paths.forEach((path) => validateString(path, 'path'));
    const parts = paths.filter((path) => path.length > 0);
    if (parts.length === 0) return '.';
    let joined = parts.join('\\');
    // Two slashes begin a share only where the first part says so.
    if (!/^[\\/]{2}[^\\/]/.test(parts[0])) joined = joined.replace(/^[\\/]{2,}/, '\\');
    return win32.normalize(joined);
  },
  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const [source, target] = [win32.resolve(from), win32.resolve(to)];
    if (source.toLowerCase() === target.toLowerCase()) return '';
    const [one, two] = [rootOf(source), rootOf(target)];
    if (one.device.toLowerCase() !== two.device.toLowerCase()) return target;
    const left = source.slice(one.length).split('\\').filter(Boolean);
    const right = target.slice(two.length).split('\\').filter(Boolean);
    let same = 0;
    while (same < left.length && same < right.length && left[same].toLowerCase() === right[same].toLowerCase()) same++;
    return [...left.slice(same).map(() => '..'), ...right.slice(same)].join('\\');
  },
  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (/^\\\\[^?.]/.test(resolved)) return `\\\\?\\UNC\\${resolved.slice(2)}`;
    return /^[a-z]:\\/i.test(resolved) ? `\\\\?\\${resolved}` : path;
  },
  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const root = rootOf(path);
    let end = path.length;
    while (end > root.length && either(path[end - 1])) end--;
    while (end > root.length && !either(path[end - 1])) end--;
    if (end > root.length) end--;
    return end > 0 ? path.slice(0, Math.max(end, root.length)) : '.';
  },
  basename: (path, suffix) => basename(path, suffix, either, typeof path === 'string' && /^[a-z]:/i.test(path) ? 2 : 0),
  extname: (path) => extname(path, either, typeof path === 'string' && /^[a-z]:/i.test(path) ? 2 : 0),
  format: formatWith('\\'),
  parse(path) {
    validateString(path, 'path');
    const result = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return result;
    const root = rootOf(path);
    result.root = path.slice(0, root.length);
    const tail = path.slice(root.length);
    result.base = basename(tail, undefined, either, 0);
    result.ext = extname(tail, either, 0);
    result.name = result.ext ? result.base.slice(0, -result.ext.length) : result.base;
    let end = tail.length;
    while (end > 0 && either(tail[end - 1])) end--;
    const at = Math.max(tail.lastIndexOf('/', end - 1), tail.lastIndexOf('\\', end - 1));
    result.dir = at > 0 ? path.slice(0, root.length + at) : result.root;
    return result;
  },
  sep: '\\',
  delimiter: ';',
};
for (const half of [posix, win32]) {
  half.posix = posix;
  half.win32 = win32;
  half._makeLong = half.toNamespacedPath;
  for (const name of Object.keys(half)) {
    if (typeof half[name] === 'function' && half[name].name === '') Object.defineProperty(half[name], 'name', { value: name });
  }
}

module.exports = posix;
