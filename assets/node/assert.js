// Node's `assert`.
const { codes: { ERR_AMBIGUOUS_ARGUMENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS } } = require('internal/errors');
const { isDeepEqual, isDeepStrictEqual } = require('internal/comparisons');
const { AssertionError, shown } = require('internal/assertion_error');
const { types: { isRegExp, isPromise, isNativeError } } = require('internal/types');

function fail(facts) {
  if (facts.message instanceof Error) throw facts.message;
  throw new AssertionError(facts);
}

function truth(below, given, value, message) {
  if (value) return;
  let generated = false;
  if (given === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message == null) {
    generated = true;
    const call = native.callText();
    message = call ? `The expression evaluated to a falsy value:\n\n  ${call}\n` : 'The expression evaluated to a falsy value';
  } else if (message instanceof Error) throw message;
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: below });
  error.generatedMessage = generated;
  throw error;
}

function assert(...args) { truth(assert, args.length, ...args); }
function ok(...args) { truth(ok, args.length, ...args); }

function need(count, given) {
  if (given < count) throw new ERR_MISSING_ARGS('actual', 'expected');
}
const compare = (name, test, operator) => {
  const operation = { [name](actual, expected, message) {
    need(2, arguments.length);
    if (!test(actual, expected)) fail({ actual, expected, message, operator, stackStartFn: operation });
  } }[name];
  return operation;
};

// Whether an error is what was expected: a class, a pattern, a function that judges, or an object of properties.
function expectedIs(actual, expected, message, operation) {
  let generated = false;
  let throwError = false;
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) {
      const text = String(actual);
      if (expected.test(text)) return;
      if (!message) {
        generated = true;
        message = `The input did not match the regular expression ${shown(expected)}. Input:\n\n${shown(text)}\n`;
      }
      throwError = true;
    } else if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: operation });
      error.operator = operation.name;
      throw error;
    } else {
      const keys = Object.keys(expected);
      if (expected instanceof Error) keys.push('name', 'message');
      else if (keys.length === 0) throw new ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
      for (const key of keys) {
        if (typeof actual[key] === 'string' && isRegExp(expected[key]) && expected[key].test(actual[key])) continue;
        if (key in actual && isDeepStrictEqual(actual[key], expected[key])) continue;
        if (message) fail({ actual, expected, message, operator: operation.name, stackStartFn: operation });
        const [a, b] = [{}, {}];
        for (const one of keys) {
          if (one in actual) a[one] = actual[one];
          b[one] = isRegExp(expected[one]) && typeof actual[one] === 'string' && expected[one].test(actual[one]) ? actual[one] : expected[one];
        }
        const error = new AssertionError({ actual: a, expected: b, operator: 'deepStrictEqual', stackStartFn: operation });
        error.actual = actual;
        error.expected = expected;
        error.operator = operation.name;
        throw error;
      }
      return;
    }
  } else if (expected.prototype !== undefined && actual instanceof expected) return;
  else if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    if (!message) {
      generated = true;
      message = 'The error is expected to be an instance of '
        + `"${expected.name}". Received `;
      if (isNativeError(actual) || actual instanceof Error) message += `"${actual.name}"`;
      else message += `"${shown(actual, { depth: -1 })}"`;
    }
    if (actual instanceof Error) message += `\n\nError message:\n\n${actual.message}`;
    throwError = true;
  } else {
    const result = Reflect.apply(expected, {}, [actual]);
    if (result === true) return;
    if (!message) {
      generated = true;
      const name = expected.name ? `"${expected.name}" ` : '';
      message = `The ${name}validation function is expected to return "true". Received ${shown(result)}`;
      if (actual instanceof Error) message += `\n\nCaught error:\n\n${actual}`;
    }
    throwError = true;
  }
  if (throwError) {
    const error = new AssertionError({ actual, expected, message, operator: operation.name, stackStartFn: operation });
    error.generatedMessage = generated;
    throw error;
  }
}

const NONE = Symbol('nothing thrown');
function caught(work) {
  if (typeof work !== 'function') throw new ERR_INVALID_ARG_TYPE('fn', 'function', work);
  try {
    work();
  } catch (error) {
    return error;
  }
  return NONE;
}
async function rejection(promise) {
  let result;
  if (typeof promise === 'function') {
    result = promise();
    if (!isPromise(result) && !(result && typeof result.then === 'function' && typeof result.catch === 'function')) {
      throw new ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', result);
    }
  } else if (isPromise(promise) || promise && typeof promise.then === 'function' && typeof promise.catch === 'function') result = promise;
  else throw new ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promise);
  try {
    await result;
  } catch (error) {
    return error;
  }
  return NONE;
}

function expectsError(operation, actual, error, message) {
  if (typeof error === 'string') {
    if (arguments.length === 4) throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) throw new ERR_AMBIGUOUS_ARGUMENT('error/message', `The error message "${actual.message}" is identical to the message.`);
    } else if (actual === error) throw new ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === NONE) {
    const details = (error && error.name ? ` (${error.name})` : '') + (message ? `: ${message}` : '.');
    const what = operation.name === 'rejects' ? 'rejection' : 'exception';
    fail({ actual: undefined, expected: error, operator: operation.name, message: `Missing expected ${what}${details}`, stackStartFn: operation });
  }
  if (error) expectedIs(actual, error, message, operation);
}
function expectsNone(operation, actual, error, message) {
  if (actual === NONE) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (error && !matches(actual, error)) throw actual;
  const details = message ? `: ${message}` : '.';
  const what = operation.name === 'doesNotReject' ? 'rejection' : 'exception';
  fail({ actual, expected: error, operator: operation.name, stackStartFn: operation,
    message: `Got unwanted ${what}${details}\nActual message: "${actual && actual.message}"` });
}
function matches(actual, expected) {
  if (typeof expected !== 'function') return isRegExp(expected) && expected.test(String(actual));
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  return !Object.prototype.isPrototypeOf.call(Error, expected) && expected.call({}, actual) === true;
}

function matching(name, wanted) {
  const operation = { [name](text, pattern, message) {
    if (!isRegExp(pattern)) throw new ERR_INVALID_ARG_TYPE('regexp', 'RegExp', pattern);
    if (typeof text === 'string' && pattern.test(text) === wanted) return;
    if (message instanceof Error) throw message;
    const generated = !message;
    message = message || (typeof text !== 'string'
      ? `The "string" argument must be of type string. Received type ${typeof text} (${shown(text)})`
      : `${wanted ? 'The input did not match the regular expression' : 'The input was expected to not match the regular expression'} ${shown(pattern)}. Input:\n\n${shown(text)}\n`);
    const error = new AssertionError({ actual: text, expected: pattern, message, operator: name, stackStartFn: operation });
    error.generatedMessage = generated;
    throw error;
  } }[name];
  return operation;
}

Object.assign(assert, {
  ok, AssertionError,
  fail(actual, expected, message, operator, stackStartFn) {
    const given = arguments.length;
    if (actual == null && given <= 1) message = 'Failed';
    else if (given === 1) {
      message = actual;
      actual = undefined;
    } else if (given === 2) operator = '!=';
    if (message instanceof Error) throw message;
    const facts = { actual, expected, operator: operator === undefined ? 'fail' : operator, stackStartFn: stackStartFn || assert.fail };
    if (message !== undefined) facts.message = message;
    const error = new AssertionError(facts);
    if (given <= 1 && message === 'Failed' || message === undefined) error.generatedMessage = true;
    throw error;
  },
  equal: compare('equal', (a, b) => a == b || Number.isNaN(a) && Number.isNaN(b), '=='),
  notEqual: compare('notEqual', (a, b) => a != b && !(Number.isNaN(a) && Number.isNaN(b)), '!='),
  strictEqual: compare('strictEqual', Object.is, 'strictEqual'),
  notStrictEqual: compare('notStrictEqual', (a, b) => !Object.is(a, b), 'notStrictEqual'),
  deepEqual: compare('deepEqual', isDeepEqual, 'deepEqual'),
  notDeepEqual: compare('notDeepEqual', (a, b) => !isDeepEqual(a, b), 'notDeepEqual'),
  deepStrictEqual: compare('deepStrictEqual', isDeepStrictEqual, 'deepStrictEqual'),
  notDeepStrictEqual: compare('notDeepStrictEqual', (a, b) => !isDeepStrictEqual(a, b), 'notDeepStrictEqual'),
  throws(work, ...rest) { expectsError(assert.throws, caught(work), ...rest); },
  doesNotThrow(work, ...rest) { expectsNone(assert.doesNotThrow, caught(work), ...rest); },
  async rejects(promise, ...rest) { expectsError(assert.rejects, await rejection(promise), ...rest); },
  async doesNotReject(promise, ...rest) { expectsNone(assert.doesNotReject, await rejection(promise), ...rest); },
  ifError(error) {
    if (error === null || error === undefined) return;
    let message = 'ifError got unwanted exception: ';
    if (typeof error === 'object' && typeof error.message === 'string') {
      message += error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
    } else message += shown(error);
    throw new AssertionError({ actual: error, expected: null, operator: 'ifError', message, stackStartFn: assert.ifError });
  },
  match: matching('match', true),
  doesNotMatch: matching('doesNotMatch', false),
});

function strict(...args) { truth(strict, args.length, ...args); }
assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
module.exports = assert;
