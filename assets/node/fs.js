// Node's `fs`, so that packages load: nothing exists, and each operation refuses.
const { refusing } = require('internal/refusal');

const WHAT = 'a hook in Hookbench has no files';
const READ = ['access', 'lstat', 'stat', 'statfs', 'readFile', 'readdir', 'readlink', 'realpath', 'open', 'opendir', 'read', 'readv',
  'close', 'fstat', 'watch', 'glob', 'openAsBlob'];
const WRITE = ['appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'fchmod', 'fchown', 'fdatasync', 'fsync', 'ftruncate', 'futimes',
  'lchmod', 'lchown', 'link', 'lutimes', 'mkdir', 'mkdtemp', 'rename', 'rm', 'rmdir', 'symlink', 'truncate', 'unlink', 'utimes',
  'write', 'writeFile', 'writev'];
const constants = {
  UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, UV_DIRENT_UNKNOWN: 0, UV_DIRENT_FILE: 1,
  UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3, UV_DIRENT_FIFO: 4, UV_DIRENT_SOCKET: 5, UV_DIRENT_CHAR: 6, UV_DIRENT_BLOCK: 7,
  S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384, S_IFCHR: 8192, S_IFBLK: 24576, S_IFIFO: 4096, S_IFLNK: 40960, S_IFSOCK: 49152,
  O_CREAT: 64, O_EXCL: 128, UV_FS_O_FILEMAP: 0, O_NOCTTY: 256, O_TRUNC: 512, O_APPEND: 1024, O_DIRECTORY: 65536,
  O_NOATIME: 262144, O_NOFOLLOW: 131072, O_SYNC: 1052672, O_DSYNC: 4096, O_DIRECT: 16384, O_NONBLOCK: 2048, S_IRWXU: 448,
  S_IRUSR: 256, S_IWUSR: 128, S_IXUSR: 64, S_IRWXG: 56, S_IRGRP: 32, S_IWGRP: 16, S_IXGRP: 8, S_IRWXO: 7, S_IROTH: 4, S_IWOTH: 2,
  S_IXOTH: 1, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, UV_FS_COPYFILE_EXCL: 1, COPYFILE_EXCL: 1, UV_FS_COPYFILE_FICLONE: 2,
  COPYFILE_FICLONE: 2, UV_FS_COPYFILE_FICLONE_FORCE: 4, COPYFILE_FICLONE_FORCE: 4,
};

const fs = module.exports;
for (const [names, permission] of [[READ, 'FileSystemRead'], [WRITE, 'FileSystemWrite']]) {
  for (const name of names) {
    fs[name] = refusing(`fs.${name}`, WHAT, permission);
    const sync = refusing(`fs.${name}Sync`, WHAT, permission);
    if (name !== 'watch' && name !== 'openAsBlob') fs[`${name}Sync`] = () => sync();
  }
}
fs.realpath.native = refusing('fs.realpath.native', WHAT, 'FileSystemRead');
fs.realpathSync.native = () => fs.realpathSync();
// Asking whether something is there has an answer: no.
fs.existsSync = () => false;
fs.exists = (path, callback) => process.nextTick(callback, false);
for (const name of ['createReadStream', 'createWriteStream', 'watchFile']) {
  const refuse = refusing(`fs.${name}`, WHAT, name === 'createWriteStream' ? 'FileSystemWrite' : 'FileSystemRead');
  fs[name] = () => refuse();
}
fs.unwatchFile = () => {};
fs._toUnixTimestamp = (time) => Number(time);
for (const name of ['Stats', 'Dirent', 'Dir', 'ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream']) {
  const refuse = refusing(`new fs.${name}`, WHAT, 'FileSystemRead');
  // Functions, for old packages inherit from them.
  fs[name] = function () { if (name !== 'Stats' && name !== 'Dirent') refuse(); };
  Object.defineProperty(fs[name], 'name', { value: name });
}
Object.assign(fs, { constants, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });
Object.defineProperty(fs, 'promises', { enumerable: true, configurable: true, get: () => require('fs/promises') });
