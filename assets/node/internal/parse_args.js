// `util.parseArgs` and `util.parseEnv`.
const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_PARSE_ARGS_INVALID_OPTION_VALUE, ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL, ERR_PARSE_ARGS_UNKNOWN_OPTION },
} = require('internal/errors');
const { validateArray, validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');

const owns = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

function longOf(options, short) {
  const found = Object.entries(options).find(([, option]) => option.short === short);
  return found ? found[0] : short;
}
const typeOf = (options, name) => (owns(options, name) ? options[name].type : undefined);

// The arguments, each as an option or a positional.
function tokenize(args, options) {
  const tokens = [];
  const rest = args.map((arg, index) => ({ arg, index }));
  while (rest.length) {
    const { arg, index } = rest.shift();
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      tokens.push(...rest.map((one) => ({ kind: 'positional', index: one.index, value: one.arg })));
      break;
    }
    const takes = (name) => typeOf(options, name) === 'string' && rest.length > 0 && rest[0].arg != null;
    if (/^-[^-]$/.test(arg)) {
      const name = longOf(options, arg[1]);
      const value = takes(name) ? rest.shift().arg : undefined;
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue: value === undefined ? undefined : false });
    } else if (/^-[^-]/.test(arg) && typeOf(options, longOf(options, arg[1])) !== 'string') {
      const expanded = [];
      for (let at = 1; at < arg.length; at++) {
        const name = longOf(options, arg[at]);
        if (typeOf(options, name) !== 'string' || at === arg.length - 1) expanded.push(`-${arg[at]}`);
        else {
          expanded.push(`-${arg.slice(at)}`);
          break;
        }
      }
      rest.unshift(...expanded.map((one) => ({ arg: one, index })));
    } else if (/^-[^-]/.test(arg)) {
      tokens.push({ kind: 'option', name: longOf(options, arg[1]), rawName: arg.slice(0, 2), index, value: arg.slice(2), inlineValue: true });
    } else if (/^--[^=]+$/.test(arg)) {
      const name = arg.slice(2);
      const value = takes(name) ? rest.shift().arg : undefined;
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue: value === undefined ? undefined : false });
    } else if (/^--[^=]+=/.test(arg)) {
      const at = arg.indexOf('=');
      tokens.push({ kind: 'option', name: arg.slice(2, at), rawName: arg.slice(0, at), index, value: arg.slice(at + 1), inlineValue: true });
    } else tokens.push({ kind: 'positional', index, value: arg });
  }
  return tokens;
}

function check(token, options, positionals) {
  const { name, rawName, value } = token;
  if (!owns(options, name)) throw new ERR_PARSE_ARGS_UNKNOWN_OPTION(rawName, positionals);
  const { type, short } = options[name];
  const shown = short ? `-${short}, --${name}` : `--${name}`;
  if (type === 'string' && typeof value !== 'string') {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && value != null) {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
  if (type === 'string' && token.inlineValue === false && value.startsWith('-') && value.length > 1) {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\nTo specify an option argument starting with a dash use ${example}.`);
  }
}

function parseArgs(config = {}) {
  const strict = config.strict === undefined ? true : config.strict;
  const args = config.args === undefined ? process.argv.slice(2) : config.args;
  const positional = config.allowPositionals === undefined ? !strict : config.allowPositionals;
  const options = config.options || {};
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(positional, 'allowPositionals');
  validateObject(options, 'options');
  for (const [name, option] of Object.entries(options)) {
    validateObject(option, `options.${name}`);
    validateOneOf(option.type, `options.${name}.type`, ['string', 'boolean']);
    if (option.short !== undefined) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) throw new ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
    }
    if (option.multiple !== undefined) validateBoolean(option.multiple, `options.${name}.multiple`);
  }
  const tokens = tokenize(args, options);
  const result = { values: Object.create(null), positionals: [] };
  if (config.tokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!positional) throw new ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    } else if (token.kind === 'option') {
      let { name, value } = token;
      if (config.allowNegative && name.startsWith('no-') && typeOf(options, name.slice(3)) === 'boolean' && value === undefined) {
        name = name.slice(3);
        value = false;
      } else if (strict) check(token, options, positional);
      if (name === '__proto__') continue;
      if (value === undefined) value = true;
      if (owns(options, name) && options[name].multiple) (result.values[name] = result.values[name] || []).push(value);
      else result.values[name] = value;
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && result.values[name] === undefined) result.values[name] = option.default;
  }
  return result;
}

function parseEnv(content) {
  validateString(content, 'content');
  const found = {};
  const line = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(?:"((?:[^"])*)"|'([^']*)'|`([^`]*)`|([^#\n]*))?.*$/gm;
  for (const [, name, double, single, back, bare] of content.matchAll(line)) {
    found[name] = double !== undefined ? double.replace(/\\n/g, '\n') : single !== undefined ? single : back !== undefined ? back : (bare || '').trim();
  }
  return found;
}

module.exports = { parseArgs, parseEnv };
