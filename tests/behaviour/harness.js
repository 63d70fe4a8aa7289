// Runs hooks in Node as Hookbench's table expects them: the contract of the 6.x compilers in our own words.
// Standard input: a JSON list of {point, source, body, secrets}. Standard output: a JSON list of lists of events.
'use strict';
const { Worker, isMainThread, workerData, parentPort } = require('worker_threads');
const { compileFunction } = require('vm');
const { format } = require('util');

if (isMainThread) {
  const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const results = [];
  (function next(index) {
    if (index === cases.length) return process.stdout.write(JSON.stringify(results));
    const events = [];
    const worker = new Worker(__filename, { workerData: cases[index], resourceLimits: { stackSizeMb: 4 } });
    worker.on('message', (event) => events.push(event));
    // What nobody caught ends the sandbox; a worker thread reports it here.
    worker.on('error', (error) => events.push(['uncaught', String(error)]));
    worker.on('exit', () => { results.push(events); next(index + 1); });
  })(0);
} else {
  run(workerData);
}

function run({ point, source, body, secrets }) {
  const tell = (...event) => parentPort.postMessage(event);
  for (const level of ['trace', 'debug', 'log', 'info', 'warn', 'error']) {
    console[level] = (...args) => tell('log', level, format(...args));
  }
  let sent = false;
  const send = (answer) => {
    if (sent) {
      const late = new Error('Cannot write headers after they are sent to the client');
      late.code = 'ERR_HTTP_HEADERS_SENT';
      throw late;
    }
    sent = true;
    tell('answer', answer);
  };
  const refuse = (error) => {
    if (!(error instanceof Error)) error = new Error(error.message || String(error) || 'Unknown error');
    const own = {};
    for (const key of Object.getOwnPropertyNames(error)) own[key] = error[key];
    let text;
    try { text = JSON.stringify({ status: 'error', data: own }); } catch (problem) {
      return refuse(new Error('Error serializing error: ' + problem.message));
    }
    send(text);
  };
  const answer = (error, data) => {
    if (error) return refuse(error);
    let text;
    try { text = JSON.stringify({ statusCode: 200, headers: {}, status: 'success', data }); } catch (problem) {
      return refuse(new Error('Error when JSON serializing the result of the extension point'));
    }
    send(text);
  };

  const user = ['pre-user-registration', 'post-user-registration', 'post-change-password'].includes(point);
  let hook;
  try {
    // On one line of its own, so that the author's first line keeps its number.
    const module = { exports: {} };
    const main = compileFunction(classes(point) + '\n' + source + '\n',
      ['exports', 'require', 'module', '__filename', '__dirname'], { filename: 'hook.js', lineOffset: -1 });
    const returned = main.call(module.exports, module.exports, require, module, '/data/io/hook.js', '/data/io');
    hook = returned || module.exports;
  } catch (problem) {
    if (Object(problem) !== problem) return refuse(problem);
    problem.error_description = problem.message;
    problem.message = 'Unable to compile the extensibility code as javascript';
    return refuse(problem);
  }

  const payload = JSON.parse(body);
  const webtask = { secrets, body: payload };
  const context = user ? { ...payload.context, webtask } : Object.assign(payload.context || {}, { webtask });
  const names = {
    'credentials-exchange': ['client', 'scope', 'audience'],
    'password-exchange': ['user', 'client', 'scope', 'audience'],
    'send-phone-message': ['recipient', 'text'],
  }[point] || ['user'];
  const func = hook;
  try {
    const done = (error, data) => answer(error, user && !error ? data || {} : data);
    const [a, b, c, d] = names.map((name) => payload[name]);
    // Written out, because a spread changes what V8 says of what is no function.
    if (names.length === 1) func(a, context, done);
    else if (names.length === 2) func(a, b, context, done);
    else if (names.length === 3) func(a, b, c, context, done);
    else func(a, b, c, d, context, done);
  } catch (thrown) {
    if (thrown === undefined || thrown === null || sent) throw thrown;
    const details = thrown instanceof Error ? thrown.toString() : thrown;
    const { name, message } = thrown;
    send(JSON.stringify({
      code: 500, error: 'Script generated an unhandled synchronous exception.', details, name, message,
    }));
  }
}

function classes(point) {
  const plain = (name) => `class ${name} extends ExtensibilityUserError {}`;
  const shown = (name) => `class ${name} extends ExtensibilityUserError {
    constructor(message, friendlyMessage) { super(message); this.friendlyMessage = friendlyMessage || message; } }`;
  const own = {
    'credentials-exchange': ['InvalidRequestError', 'InvalidScopeError', 'ServerError'].map(plain),
    'password-exchange': [],
    'send-phone-message': [shown('SendPhoneMessageError')],
  }[point] || [shown('PreUserRegistrationError')];
  const base = `class ExtensibilityUserError extends Error {
    constructor(message) { super(message); this.name = this.constructor.name; } }`;
  return [base, ...own].join(' ').replace(/\s+/g, ' ');
}
