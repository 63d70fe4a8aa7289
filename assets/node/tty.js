// Node's `tty`: no terminal.
const { refusing } = require('internal/refusal');
const refuse = refusing('tty', 'a hook in Hookbench has no terminal', 'FileSystemRead');
function ReadStream() { refuse(); }
function WriteStream() { refuse(); }
module.exports = { isatty: () => false, ReadStream, WriteStream };
