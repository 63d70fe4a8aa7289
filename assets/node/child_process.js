// Node's `child_process`: there are no processes to start.
const EventEmitter = require('events');
const { refusing } = require('internal/refusal');
const refuse = (name) => refusing(`child_process.${name}`, 'a hook in Hookbench starts no processes', 'ChildProcess');
class ChildProcess extends EventEmitter {}
module.exports = { ChildProcess };
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) {
  const operation = refuse(name);
  module.exports[name] = /^exec(File)?$/.test(name) ? operation : () => operation();
}
