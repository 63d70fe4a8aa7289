// Run by the real Node: each line of standard input is a snippet; prints the list of their console outputs as JSON.
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
const write = process.stdout.write.bind(process.stdout);
let text = '';
process.stdout.write = (chunk) => { text += chunk; return true; };
console.warn = console.error = console.log;
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
const later = /setTimeout|setImmediate|setInterval|Promise|async|await|nextTick|queueMicrotask|promisify/;
(async () => {
  const outputs = [];
  for (const line of lines) {
    text = '';
    await new Promise((next) => setImmediate(() => {
      try {
        new Function('user', 'context', 'cb', 'require', 'module', 'exports', '__filename', line)(
          {}, {}, () => {}, require, { exports: {} }, {}, '/hook.js');
      } catch (error) { /* An exception nobody caught prints nothing to standard output. */ }
      // What is due by now comes before what is immediate, as after the start of a process.
      const due = Date.now() + 3;
      while (later.test(line) && Date.now() < due);
      // In a turn of its own, so that ticks come before microtasks as they do after a script.
      setImmediate(next);
    }));
    if (later.test(line)) await new Promise((done) => setTimeout(done, 60));
    Error.stackTraceLimit = 10;
    outputs.push(text.replace(/\n$/, '').toWellFormed());
  }
  write('\n@outputs ' + JSON.stringify(outputs));
})();
