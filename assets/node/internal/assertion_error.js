// AssertionError, with the comparison that its message shows.
const { validateObject } = require('internal/validators');
const { inspect } = require('util');

const shown = (value, options) => inspect(value, options);
const opened = (value) => inspect(value, {
  compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, breakLength: Infinity,
});
const WORDS = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};
const MOST = 50;

// The lines of two texts: `  ` in both, `+ ` in the first alone, `- ` in the second alone.
function compared(left, right) {
  const rows = left.length + 1;
  const columns = right.length + 1;
  const common = Array.from({ length: rows }, () => new Uint32Array(columns));
  for (let a = left.length - 1; a >= 0; a--) {
    for (let b = right.length - 1; b >= 0; b--) {
      common[a][b] = left[a] === right[b] ? common[a + 1][b + 1] + 1 : Math.max(common[a + 1][b], common[a][b + 1]);
    }
  }
  const lines = [];
  let [a, b] = [0, 0];
  while (a < left.length || b < right.length) {
    if (a < left.length && b < right.length && left[a] === right[b]) {
      lines.push([' ', left[a]]);
      a++;
      b++;
    } else if (a < left.length && (b >= right.length || common[a + 1][b] >= common[a][b + 1])) lines.push(['+', left[a++]]);
    else lines.push(['-', right[b++]]);
  }
  return lines;
}

function difference(actual, expected, operator, message) {
  const left = opened(actual).split('\n');
  const right = opened(expected).split('\n');
  const object = (value) => typeof value === 'object' && value !== null || typeof value === 'function';
  if (operator === 'strictEqual' && object(actual) && object(expected)) operator = 'strictEqualObject';
  const header = message == null ? WORDS[operator] : String(message);
  if (left.length === 1 && right.length === 1 && left[0] !== right[0]) {
    const length = left[0].length + right[0].length;
    if (length <= 12 && !(object(actual) || object(expected)) && (actual !== 0 || expected !== 0)) {
      return `${header}\n\n${left[0]} !== ${right[0]}\n`;
    }
  }
  if (left.join('\n') === right.join('\n')) {
    if (operator === 'strictEqualObject' || operator === 'deepStrictEqual' || operator === 'strictEqual') {
      if (left.length > MOST) left.splice(MOST, left.length, '...');
      return `${WORDS.notIdentical}\n\n${left.join('\n')}\n`;
    }
  }
  const lines = compared(left, right);
  // Far from a change, lines are left out.
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - 2), at + 3).some(([mark]) => mark !== ' '));
  let skipped = false;
  const output = [];
  for (const [at, [mark, text]] of lines.entries()) {
    // A line or two are not worth their dots.
    let [from, to] = [at, at];
    while (near[from - 1] === false) from--;
    while (near[to + 1] === false) to++;
    if (near[at] || to - from < 2) output.push(`${mark} ${text}`);
    else if (output[output.length - 1] !== '...') {
      output.push('...');
      skipped = true;
    }
  }
  return `${header}\n+ actual - expected${skipped ? ' ... Lines skipped' : ''}\n\n${output.join('\n')}`;
}

function negated(actual, operator) {
  const object = typeof actual === 'object' && actual !== null || typeof actual === 'function';
  let words = WORDS[operator];
  const lines = opened(actual).split('\n');
  if (operator === 'notStrictEqual' && object) words = WORDS.notStrictEqualObject;
  if (lines.length > MOST) lines.splice(MOST, lines.length, '...');
  return lines.length === 1 ? `${words}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}` : `${words}\n\n${lines.join('\n')}\n`;
}

function loose(actual, expected, operator) {
  const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 3)}...` : text);
  let left = opened(actual);
  let right = opened(expected);
  const limit = (text) => {
    const lines = text.split('\n');
    return lines.length > 30 ? `${lines.slice(0, 30).join('\n')}\n...` : text;
  };
  if (operator === 'deepEqual') return `${WORDS.deepEqual}\n\n${limit(cut(left, 512))}\n\nshould loosely deep-equal\n\n${limit(cut(right, 512))}`;
  left = cut(left, 512);
  right = cut(right, 512);
  if (operator === 'notDeepEqual') return `${WORDS.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  return `${left} ${operator} ${right}`;
}

function describe(actual, expected, operator, message) {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(actual, expected, operator, message);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return negated(actual, operator);
  if (operator === 'notDeepEqual') {
    const lines = opened(actual);
    if (lines === opened(expected)) return `${WORDS.notDeepEqual}\n\n${lines}`;
  }
  return loose(actual, expected, operator);
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, actual, expected } = options;
    const strictly = operator === 'deepStrictEqual' || operator === 'strictEqual';
    super(message != null && !strictly ? String(message)
      : operator === 'fail' ? 'Failed' : describe(actual, expected, operator, message));
    this.generatedMessage = !message;
    // The stack is written down when it is first read, with the name that the error has then.
    Object.defineProperty(this, 'name', { value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true });
    void this.stack;
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
  toString() { return `${this.name} [${this.code}]: ${this.message}`; }
  [inspect.custom](depth, options) { return inspect(this, { ...options, customInspect: false, depth: 0 }); }
}

module.exports = { AssertionError, shown };
