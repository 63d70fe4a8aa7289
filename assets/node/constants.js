// Node's `constants`: what `os` and `fs` have, in one heap.
const os = require('os');
module.exports = Object.freeze(Object.assign(Object.create(null), os.constants.dlopen, os.constants.errno, os.constants.priority,
  os.constants.signals, require('fs').constants));
