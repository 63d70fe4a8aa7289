// Checks of arguments with Node's errors.
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE, ERR_UNKNOWN_SIGNAL },
} = require('internal/errors');

const ofType = (type) => (value, name) => {
  if (typeof value !== type) throw new ERR_INVALID_ARG_TYPE(name, type, value);
};

function validateNumber(value, name, min, max) {
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  const low = min !== undefined && value < min;
  const high = max !== undefined && value > max;
  if (low || high || (min !== undefined || max !== undefined) && Number.isNaN(value)) {
    const range = [];
    if (min !== undefined) range.push(`>= ${min}`);
    if (max !== undefined) range.push(`<= ${max}`);
    throw new ERR_OUT_OF_RANGE(name, range.join(' && '), value);
  }
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(value)) throw new ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (value < min || value > max) throw new ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  validateInteger(value, name, min, max);
}

function validateUint32(value, name, positive = false) {
  validateInteger(value, name, positive ? 1 : 0, 4294967295);
}

function validateObject(value, name, options = {}) {
  const wrong = !options.nullable && value === null
    || !options.allowArray && Array.isArray(value)
    || typeof value !== 'object' && !(options.allowFunction && typeof value === 'function');
  if (wrong) throw new ERR_INVALID_ARG_TYPE(name, 'Object', value);
}

function validateArray(value, name, min = 0) {
  if (!Array.isArray(value)) throw new ERR_INVALID_ARG_TYPE(name, 'Array', value);
  if (value.length < min) throw new ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${min}`);
}

function validateOneOf(value, name, choices) {
  if (choices.includes(value)) return;
  const shown = choices.map((one) => (typeof one === 'string' ? `'${one}'` : String(one))).join(', ');
  throw new ERR_INVALID_ARG_VALUE(name, value, 'must be one of: ' + shown);
}

function validateAbortSignal(value, name) {
  if (value !== undefined && (value === null || typeof value !== 'object' || !('aborted' in value))) {
    throw new ERR_INVALID_ARG_TYPE(name, 'AbortSignal', value);
  }
}

function validatePort(port, name = 'Port', allowZero = true) {
  const number = Number(port);
  if (typeof port !== 'number' && typeof port !== 'string' || typeof port === 'string' && port.trim() === ''
    || number !== number >>> 0 || number > 65535 || number === 0 && !allowZero) {
    const { coded, received } = require('internal/errors');
    throw coded(RangeError, 'ERR_SOCKET_BAD_PORT',
      `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${received(port)}.`);
  }
  return number;
}

function validateBuffer(value, name = 'buffer') {
  if (!ArrayBuffer.isView(value)) throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], value);
}

function validateSignalName(signal, name = 'signal') {
  if (typeof signal !== 'string') throw new ERR_INVALID_ARG_TYPE(name, 'string', signal);
  if (require('os').constants.signals[signal] === undefined) throw new ERR_UNKNOWN_SIGNAL(signal);
}

module.exports = {
  validateString: ofType('string'),
  validateBoolean: ofType('boolean'),
  validateFunction: ofType('function'),
  validateNumber, validateInteger, validateInt32, validateUint32, validateObject, validateArray, validateOneOf,
  validateAbortSignal, validatePort, validateBuffer, validateSignalName,
};
