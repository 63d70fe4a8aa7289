// The errors of Node's own modules: a code, Node's words, `TypeError [ERR_…]` in text and stack.
const { inspect } = native;

const TYPES = ['string', 'function', 'number', 'object', 'boolean', 'bigint', 'symbol'];

function list(words, joint) {
  if (words.length < 3) return words.join(` ${joint} `);
  return `${words.slice(0, -1).join(', ')}, ${joint} ${words[words.length - 1]}`;
}

// What was received, as Node tells it.
function received(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function' && value.name) return `function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor && value.constructor.name) return `an instance of ${value.constructor.name}`;
    return inspect(value, { depth: -1 });
  }
  if (typeof value === 'string') {
    const text = value.length > 28 ? value.slice(0, 25) + '...' : value;
    return `type string (${text.includes("'") ? JSON.stringify(text) : `'${text}'`})`;
  }
  let shown = inspect(value);
  if (shown.length > 28) shown = shown.slice(0, 25) + '...';
  return `type ${typeof value} (${shown})`;
}

// 4294967296 → 4_294_967_296
function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '_');
}

function wrongType(name, expected, actual) {
  const wanted = Array.isArray(expected) ? expected : [expected];
  let types = [];
  const instances = [];
  const others = [];
  for (const word of wanted) {
    if (TYPES.includes(word)) types.push(word);
    else if (word === 'Function' || word === 'Object') types.push(word.toLowerCase());
    else if (/^([A-Z][a-zA-Z0-9]*)+$/.test(word)) instances.push(word);
    else others.push(word);
  }
  if (instances.length > 0 && types.includes('object')) {
    types = types.filter((word) => word !== 'object');
    instances.push('Object');
  }
  const parts = [];
  if (types.length) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${list(types, 'or')}`);
  if (instances.length) parts.push(`an instance of ${list(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${list(others, 'or')}`);
  else if (others.length) parts.push((others[0].toLowerCase() !== others[0] ? 'an ' : '') + others[0]);
  const what = name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  return `The ${what} must be ${parts.join(' or ')}. Received ${received(actual)}`;
}

function outOfRange(name, range, input) {
  let shown;
  if (Number.isInteger(input) && Math.abs(input) > 2 ** 32) shown = grouped(String(input));
  else if (typeof input === 'bigint') {
    shown = String(input);
    if (input > 4294967296n || input < -4294967296n) shown = grouped(shown);
    shown += 'n';
  } else shown = inspect(input);
  return `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`;
}

function badValue(name, value, reason = 'is invalid') {
  let shown = inspect(value);
  if (shown.length > 128) shown = shown.slice(0, 128) + '...';
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${shown}`;
}

// code: [class, words with the arguments in order for %s, or a function that finds the words]
const TABLE = {
  ERR_ACCESS_DENIED: [Error, '%s'],
  ERR_AMBIGUOUS_ARGUMENT: [TypeError, (name, reason) => `The "${name}" argument is ambiguous. ${reason}`],
  ERR_ARG_NOT_ITERABLE: [TypeError, '%s must be iterable'],
  ERR_ASSERTION: [Error, '%s'],
  ERR_ASYNC_CALLBACK: [TypeError, '%s must be a function'],
  ERR_ASYNC_TYPE: [TypeError, 'Invalid name for async "type": %s'],
  ERR_BUFFER_OUT_OF_BOUNDS: [RangeError, (name) => (name
    ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds')],
  ERR_BUFFER_TOO_LARGE: [RangeError, 'Cannot create a Buffer larger than %s bytes'],
  ERR_CONSTRUCT_CALL_REQUIRED: [TypeError, "Class constructor %s cannot be invoked without `new`"],
  ERR_DUPLICATE_STARTUP_SNAPSHOT_MAIN_FUNCTION: [Error, 'Deserialize main function is already configured.'],
  ERR_ENCODING_INVALID_ENCODED_DATA: [TypeError, 'The encoded data was not valid for encoding %s'],
  ERR_ENCODING_NOT_SUPPORTED: [RangeError, 'The "%s" encoding is not supported'],
  ERR_EVENT_RECURSION: [Error, 'The event "%s" is already being dispatched'],
  ERR_FALSY_VALUE_REJECTION: [Error, 'Promise was rejected with falsy value'],
  ERR_FEATURE_UNAVAILABLE_ON_PLATFORM: [TypeError, 'The feature %s is unavailable on the current platform'],
  ERR_HTTP_HEADERS_SENT: [Error, 'Cannot %s headers after they are sent to the client'],
  ERR_HTTP_INVALID_HEADER_VALUE: [TypeError, 'Invalid value "%s" for header "%s"'],
  ERR_HTTP_INVALID_STATUS_CODE: [RangeError, 'Invalid status code: %s'],
  ERR_HTTP_TRAILER_INVALID: [Error, 'Trailers are invalid with this transfer encoding'],
  ERR_ILLEGAL_CONSTRUCTOR: [TypeError, 'Illegal constructor'],
  ERR_INCOMPATIBLE_OPTION_PAIR: [TypeError, 'Option "%s" cannot be used in combination with option "%s"'],
  ERR_INVALID_ARG_TYPE: [TypeError, wrongType],
  ERR_INVALID_ARG_VALUE: [TypeError, badValue],
  ERR_INVALID_BUFFER_SIZE: [RangeError, 'Buffer size must be a multiple of %s'],
  ERR_INVALID_CHAR: [TypeError, (name, field) => `Invalid character in ${name}` + (field ? ` ["${field}"]` : '')],
  ERR_INVALID_CURSOR_POS: [TypeError, 'Cannot set cursor row without setting its column'],
  ERR_INVALID_DOMAIN_NAME: [TypeError, 'Unable to determine the domain name'],
  ERR_INVALID_FILE_URL_HOST: [TypeError, 'File URL host must be "localhost" or empty on %s'],
  ERR_INVALID_FILE_URL_PATH: [TypeError, 'File URL path %s'],
  ERR_INVALID_HTTP_TOKEN: [TypeError, '%s must be a valid HTTP token ["%s"]'],
  ERR_INVALID_IP_ADDRESS: [TypeError, 'Invalid IP address: %s'],
  ERR_INVALID_PROTOCOL: [TypeError, 'Protocol "%s" not supported. Expected "%s"'],
  ERR_INVALID_RETURN_VALUE: [TypeError, (wanted, name, value) =>
    `Expected ${wanted} to be returned from the "${name}" function but got ${received(value)}.`],
  ERR_INVALID_STATE: [Error, 'Invalid state: %s'],
  ERR_INVALID_SYNC_FORK_INPUT: [TypeError, 'Asynchronous forks do not support Buffer, TypedArray, DataView or string input: %s'],
  ERR_INVALID_THIS: [TypeError, 'Value of "this" must be of type %s'],
  ERR_INVALID_TUPLE: [TypeError, '%s must be an iterable %s tuple'],
  ERR_INVALID_URI: [URIError, 'URI malformed'],
  ERR_INVALID_URL: [TypeError, 'Invalid URL'],
  ERR_INVALID_URL_SCHEME: [TypeError, (wanted) => {
    const all = Array.isArray(wanted) ? wanted : [wanted];
    return `The URL must be ${all.length > 1 ? 'one of scheme' : 'of scheme'} ${list(all, 'or')}`;
  }],
  ERR_IPC_CHANNEL_CLOSED: [Error, 'Channel closed'],
  ERR_METHOD_NOT_IMPLEMENTED: [Error, 'The %s method is not implemented'],
  ERR_MISSING_ARGS: [TypeError, (...names) => {
    const quoted = names.map((name) => (Array.isArray(name) ? name.map((one) => `"${one}"`).join(' or ') : `"${name}"`));
    return `The ${list(quoted, 'and')} argument${names.length > 1 ? 's' : ''} must be specified`;
  }],
  ERR_MULTIPLE_CALLBACK: [Error, 'Callback called multiple times'],
  ERR_OPERATION_FAILED: [Error, 'Operation failed: %s'],
  ERR_OUT_OF_RANGE: [RangeError, outOfRange],
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: [TypeError, '%s'],
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: [TypeError, "Unexpected argument '%s'. This command does not take positional arguments"],
  ERR_PARSE_ARGS_UNKNOWN_OPTION: [TypeError, (option, positionals) => {
    const hint = positionals && /^--?[^-]/.test(option)
      ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(option)}`
      : '';
    return `Unknown option '${option}'${hint}`;
  }],
  ERR_SERVER_NOT_RUNNING: [Error, 'Server is not running.'],
  ERR_SOCKET_CLOSED: [Error, 'Socket is closed'],
  ERR_STREAM_ALREADY_FINISHED: [Error, 'Cannot call %s after a stream was finished'],
  ERR_CONSOLE_WRITABLE_STREAM: [TypeError, (name) => `Console expects a writable stream instance for ${name}`],
  ERR_STREAM_CANNOT_PIPE: [Error, 'Cannot pipe, not readable'],
  ERR_STREAM_DESTROYED: [Error, 'Cannot call %s after a stream was destroyed'],
  ERR_STREAM_NULL_VALUES: [TypeError, 'May not write null values to stream'],
  ERR_STREAM_PREMATURE_CLOSE: [Error, 'Premature close'],
  ERR_STREAM_PUSH_AFTER_EOF: [Error, 'stream.push() after EOF'],
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: [Error, 'stream.unshift() after end event'],
  ERR_STREAM_WRITE_AFTER_END: [Error, 'write after end'],
  ERR_UNAVAILABLE_DURING_EXIT: [Error, 'Cannot call function in process exit handler'],
  ERR_UNESCAPED_CHARACTERS: [TypeError, '%s contains unescaped characters'],
  ERR_UNHANDLED_ERROR: [Error, (shown) => (shown === undefined ? 'Unhandled error.' : `Unhandled error. (${shown})`)],
  ERR_UNKNOWN_ENCODING: [TypeError, 'Unknown encoding: %s'],
  ERR_UNKNOWN_SIGNAL: [TypeError, 'Unknown signal: %s'],
  ERR_USE_AFTER_CLOSE: [Error, '%s was closed'],
};

// Gives an error its code, Node's way: told in its text and stack, and own.
function brand(error, code) {
  const hidden = (value) => ({ value, enumerable: false, writable: true, configurable: true });
  Object.defineProperty(error, 'toString', hidden(function toString() {
    return `${this.name} [${code}]: ${this.message}`;
  }));
  // The stack is written down when it is first read, with the name that the error has then.
  const name = error.name;
  Object.defineProperty(error, 'name', hidden(`${name} [${code}]`));
  void error.stack;
  delete error.name;
  error.code = code;
  return error;
}

// An error of any code, with words of the caller.
function coded(Base, code, message, more) {
  const error = brand(new Base(message), code);
  return more ? Object.assign(error, more) : error;
}

const codes = {};
for (const code of Object.keys(TABLE)) {
  const [Base, words] = TABLE[code];
  const make = (Kind) => function NodeError(...args) {
    let next = 0;
    const message = typeof words === 'function'
      ? words(...args) : words.replace(/%s/g, () => String(args[next++]));
    return brand(new Kind(message), code);
  };
  codes[code] = make(Base);
  // The same words in another class, where Node uses both.
  codes[code].TypeError = make(TypeError);
  codes[code].RangeError = make(RangeError);
}

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

// What this machine has not: files, sockets, processes. `why` is the end of a sentence.
function refused(syscall, code, why, more) {
  const error = new Error(`${code}: ${why}${syscall ? `, ${syscall}` : ''}`);
  error.code = code;
  if (syscall) error.syscall = syscall;
  return more ? Object.assign(error, more) : error;
}

module.exports = {
  codes, coded, brand, AbortError, refused, received, list,
  hideStackFrames: (work) => work,
  // For natives: an error of the table by its code.
  make: (code, ...args) => new codes[code](...args),
};
