// `fs/promises`: each operation rejects.
const fs = require('fs');
const { rejecting } = require('internal/refusal');
for (const name of ['access', 'appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'glob', 'lchmod', 'lchown', 'link', 'lstat', 'lutimes',
  'mkdir', 'mkdtemp', 'open', 'opendir', 'readFile', 'readdir', 'readlink', 'realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs',
  'symlink', 'truncate', 'unlink', 'utimes', 'watch', 'writeFile']) {
  const permission = /^(access|lstat|stat|statfs|readFile|readdir|readlink|realpath|open|opendir|watch|glob)$/.test(name)
    ? 'FileSystemRead' : 'FileSystemWrite';
  module.exports[name] = rejecting(`fs.promises.${name}`, 'a hook in Hookbench has no files', permission);
}
module.exports.constants = fs.constants;
