// Node's `readline`: nobody types; what only writes codes does nothing.
const EventEmitter = require('events');
const { refusing, rejecting } = require('internal/refusal');
const WHAT = 'a hook in Hookbench has no terminal to read from';
const refuse = refusing('readline.createInterface', WHAT, 'FileSystemRead');
class Interface extends EventEmitter { constructor() { super(); refuse(); } }
const quiet = (...args) => {
  const callback = args[args.length - 1];
  if (typeof callback === 'function') process.nextTick(callback);
  return true;
};
module.exports = { Interface, createInterface: () => refuse(), clearLine: quiet, clearScreenDown: quiet, cursorTo: quiet, moveCursor: quiet,
  emitKeypressEvents() {},
  promises: { Interface, createInterface: () => refuse(), Readline: class Readline {}, question: rejecting('readline.question', WHAT, 'FileSystemRead') } };
