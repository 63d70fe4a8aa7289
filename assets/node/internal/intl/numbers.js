// Intl.NumberFormat and PluralRules.
const { choose, list } = require('internal/intl/locales');

const DIGITS = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, XAF: 0, XOF: 0, PYG: 0, UGX: 0, KWD: 3, BHD: 3, JOD: 3, OMR: 3, TND: 3 };
const CURRENCY_NAMES = { USD: 'US dollars', EUR: 'euros', GBP: 'British pounds', JPY: 'Japanese yen', CHF: 'Swiss francs', CAD: 'Canadian dollars', AUD: 'Australian dollars' };
const UNITS = { kilometer: 'km', meter: 'm', centimeter: 'cm', mile: 'mi', kilogram: 'kg', gram: 'g', liter: 'L', celsius: '°C', percent: '%', second: 'sec', minute: 'min', hour: 'hr', day: 'day', byte: 'byte', kilobyte: 'kB', megabyte: 'MB', gigabyte: 'GB', 'kilometer-per-hour': 'km/h' };

function oneOf(options, name, allowed, otherwise) {
  const value = options[name];
  if (value === undefined) return otherwise;
  const text = `${value}`;
  if (!allowed.includes(text)) throw new RangeError(`Value ${text} out of range for Intl.NumberFormat options property ${name}`);
  return text;
}

function within(options, name, least, most, otherwise) {
  const value = options[name];
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}

// The digits of a number, rounded half away from zero at a decimal place, exact to what the number's own text says.
function rounded(text, places) {
  let [whole, fraction = ''] = text.split('.');
  if (fraction.length <= places) return [whole, fraction];
  const up = fraction[places] >= '5';
  fraction = fraction.slice(0, places);
  if (up) {
    const sum = (BigInt(whole + fraction) + 1n).toString().padStart(whole.length + places, '0');
    whole = sum.slice(0, sum.length - places);
    fraction = sum.slice(sum.length - places);
  }
  return [whole, fraction];
}

// A positive number as plain digits.
function plain(number) {
  if (typeof number === 'bigint') return number.toString();
  const text = String(number);
  const found = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!found) return text;
  const [, first, rest = '', power] = found;
  const at = Number(power);
  const digits = first + rest;
  return at < 0 ? `0.${'0'.repeat(-at - 1)}${digits}` : digits.length > at + 1 ? `${digits.slice(0, at + 1)}.${digits.slice(at + 1)}` : digits.padEnd(at + 1, '0');
}

class NumberFormat {
  #data;
  #options;
  #format;

  constructor(locales, options) {
    const { locale, data } = choose(locales);
    const given = options === undefined ? {} : Object(options);
    const style = oneOf(given, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
    const currency = given.currency === undefined ? undefined : `${given.currency}`;
    if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`);
    if (style === 'currency' && currency === undefined) throw new TypeError('Currency code is required with currency style.');
    if (style === 'unit' && given.unit === undefined) throw new TypeError('Required option "unit" must not be undefined');
    const code = currency && currency.toUpperCase();
    const notation = oneOf(given, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
    const usual = style === 'currency' ? [DIGITS[code] ?? 2, DIGITS[code] ?? 2] : style === 'percent' ? [0, 0] : [0, 3];
    const significant = given.minimumSignificantDigits !== undefined || given.maximumSignificantDigits !== undefined;
    let least = within(given, 'minimumFractionDigits', 0, 100, undefined);
    let most = within(given, 'maximumFractionDigits', 0, 100, undefined);
    if (least === undefined) least = most === undefined ? usual[0] : Math.min(usual[0], most);
    if (most === undefined) most = Math.max(usual[1], least);
    if (least > most) throw new RangeError('maximumFractionDigits value is out of range.');
    const compactRounding = notation === 'compact' && !significant && given.minimumFractionDigits === undefined && given.maximumFractionDigits === undefined;
    this.#data = data;
    const leastSignificant = within(given, 'minimumSignificantDigits', 1, 21, 1);
    this.#options = {
      locale, numberingSystem: 'latn', style,
      ...(style === 'currency' ? {
        currency: code,
        currencyDisplay: oneOf(given, 'currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol'),
        currencySign: oneOf(given, 'currencySign', ['standard', 'accounting'], 'standard'),
      } : {}),
      ...(style === 'unit' ? { unit: `${given.unit}`, unitDisplay: oneOf(given, 'unitDisplay', ['short', 'narrow', 'long'], 'short') } : {}),
      minimumIntegerDigits: within(given, 'minimumIntegerDigits', 1, 21, 1),
      ...(significant ? { minimumSignificantDigits: leastSignificant, maximumSignificantDigits: within(given, 'maximumSignificantDigits', leastSignificant, 21, 21) }
        : compactRounding ? { minimumSignificantDigits: 1, maximumSignificantDigits: 2, minimumFractionDigits: 0, maximumFractionDigits: 0 } : { minimumFractionDigits: least, maximumFractionDigits: most }),
      useGrouping: given.useGrouping === undefined ? (notation === 'compact' ? 'min2' : 'auto') : given.useGrouping === 'false' || !given.useGrouping ? false : given.useGrouping === true || given.useGrouping === 'true' ? 'always' : given.useGrouping,
      notation,
      ...(notation === 'compact' ? { compactDisplay: oneOf(given, 'compactDisplay', ['short', 'long'], 'short') } : {}),
      signDisplay: oneOf(given, 'signDisplay', ['auto', 'always', 'never', 'exceptZero', 'negative'], 'auto'),
      roundingMode: 'halfExpand', roundingIncrement: 1, trailingZeroDisplay: 'auto', roundingPriority: compactRounding ? 'morePrecision' : 'auto',
    };
  }

  get format() {
    this.#format ??= (value) => this.formatToParts(value).map((part) => part.value).join('');
    return this.#format;
  }

  resolvedOptions() { return { ...this.#options }; }

  formatToParts(value) {
    const options = this.#options;
    const { numbers, compact, minusSign } = this.#data;
    const number = typeof value === 'bigint' ? value : typeof value === 'string' && /^\d{16,}$/.test(value) ? BigInt(value) : Number(value);
    const negative = typeof number === 'bigint' ? number < 0n : number < 0 || Object.is(number, -0);
    const size = negative ? -number : number;
    const body = [];
    let zero = false;
    if (Number.isNaN(size)) body.push({ type: 'nan', value: numbers.nan });
    else if (size === Infinity) body.push({ type: 'infinity', value: numbers.infinity });
    else zero = this.#digits(size, body, compact);
    const sign = options.signDisplay;
    const parts = this.#dressed(body, size);
    const minus = negative && sign !== 'never' && !(zero && (sign === 'exceptZero' || sign === 'negative'));
    const plus = !negative && (sign === 'always' || sign === 'exceptZero' && !zero && !Number.isNaN(size));
    if (minus && options.currencySign === 'accounting' && this.#data.accounting) return [{ type: 'literal', value: '(' }, ...parts, { type: 'literal', value: ')' }];
    if (minus) parts.unshift({ type: 'minusSign', value: numbers.minus || minusSign });
    if (plus) parts.unshift({ type: 'plusSign', value: '+' });
    return parts;
  }

  // Pushes the digits of a number that is not negative; true where they are all zero.
  #digits(size, body, compact) {
    const options = this.#options;
    const { numbers } = this.#data;
    let text = plain(size);
    if (options.style === 'percent') text = shifted(text, 2);
    let ending = '';
    if (options.notation === 'compact') {
      const words = compact[options.compactDisplay];
      let step = Math.min(words.length - 1, Math.floor((text.split('.')[0].length - 1) / 3));
      // A language without a word for thousands counts on.
      while (step > 0 && words[step] === '') step--;
      // 999,999 is not 1,000 thousand.
      if (step < words.length - 1 && words[step + 1] !== '' && rounded(shifted(text, -3 * step), 0)[0].length > 3) step++;
      text = shifted(text, -3 * step);
      ending = words[step];
    }
    let exponent;
    if (options.notation === 'scientific' || options.notation === 'engineering') {
      const whole = text.split('.')[0].replace(/^0+/, '');
      exponent = whole ? whole.length - 1 : /[1-9]/.test(text) ? -text.split('.')[1].search(/[1-9]/) - 1 : 0;
      if (options.notation === 'engineering') exponent = Math.floor(exponent / 3) * 3;
      text = shifted(text, -exponent);
    }
    let whole;
    let fraction;
    if (options.maximumSignificantDigits !== undefined && (options.roundingPriority === 'auto' || text.split('.')[0].length < options.maximumSignificantDigits)) {
      const first = text.replace('.', '').search(/[1-9]/);
      const before = text.split('.')[0].length;
      const places = first < 0 ? 0 : options.maximumSignificantDigits - (before - first);
      if (places >= 0) [whole, fraction] = rounded(text, places);
      else {
        const cut = shifted(text, places);
        [whole] = rounded(cut, 0);
        whole = whole + '0'.repeat(-places);
        fraction = '';
      }
      fraction = fraction.replace(/0+$/, '');
      const shown = (whole === '0' ? '' : whole).length + fraction.length;
      if (shown < options.minimumSignificantDigits) fraction = fraction.padEnd(fraction.length + options.minimumSignificantDigits - Math.max(shown, whole === '0' ? 1 : 0), '0');
    } else {
      [whole, fraction] = rounded(text, options.maximumFractionDigits);
      fraction = fraction.replace(/0+$/, '').padEnd(options.minimumFractionDigits, '0');
    }
    whole = whole.replace(/^0+(?=\d)/, '').padStart(options.minimumIntegerDigits, '0');
    const least = options.useGrouping === 'always' ? 1 : options.useGrouping === 'min2' ? 2 : numbers.grouping;
    if (options.useGrouping && whole.length >= 3 + least) {
      const groups = whole.replace(/\B(?=(\d{3})+$)/g, '\n').split('\n');
      groups.forEach((digits, at) => {
        if (at > 0) body.push({ type: 'group', value: numbers.group });
        body.push({ type: 'integer', value: digits });
      });
    } else {
      body.push({ type: 'integer', value: whole });
    }
    if (fraction) body.push({ type: 'decimal', value: numbers.decimal }, { type: 'fraction', value: fraction });
    if (exponent !== undefined) {
      body.push({ type: 'exponentSeparator', value: 'E' });
      if (exponent < 0) body.push({ type: 'exponentMinusSign', value: '-' });
      body.push({ type: 'exponentInteger', value: String(Math.abs(exponent)) });
    }
    const found = /^(\s*)(.+)$/.exec(ending);
    if (found) {
      if (found[1]) body.push({ type: 'literal', value: found[1] });
      body.push({ type: 'compact', value: found[2] });
    }
    return /^0*$/.test(whole + fraction);
  }

  // With the signs of its style around it.
  #dressed(body, size) {
    const options = this.#options;
    const data = this.#data;
    if (options.style === 'percent') return around(data.percent, body, '%', 'percentSign');
    if (options.style === 'unit') {
      const unit = UNITS[options.unit] || options.unit;
      const tight = unit === '%' || unit === '°C';
      const long = options.unitDisplay === 'long' ? `${options.unit}${Number(size) === 1 ? '' : 's'}` : unit === 'day' || unit === 'byte' ? `${unit}${Number(size) === 1 ? '' : 's'}` : unit;
      return tight ? [...body, { type: 'unit', value: unit }] : [...body, { type: 'literal', value: ' ' }, { type: 'unit', value: long }];
    }
    if (options.style !== 'currency') return body;
    if (options.currencyDisplay === 'name') return [...body, { type: 'literal', value: ' ' }, { type: 'currency', value: CURRENCY_NAMES[options.currency] || options.currency }];
    const narrow = { USD: '$', CAD: '$', AUD: '$', JPY: '¥', GBP: '£' };
    const symbol = options.currencyDisplay === 'code' ? options.currency
      : (options.currencyDisplay === 'narrowSymbol' && narrow[options.currency]) || data.symbols[options.currency] || options.currency;
    // A code stands apart from its number.
    const pattern = data.currency.startsWith('¤') && /[a-z]$/i.test(symbol) && body[0].type === 'integer' ? '¤\u00a0{0}' : data.currency;
    return around(pattern, body, symbol, 'currency', '¤');
  }
}

function around(pattern, body, sign, type, mark = sign) {
  const parts = [];
  for (const piece of pattern.split(/(\{0\}|¤|%)/)) {
    if (piece === '{0}') parts.push(...body);
    else if (piece === mark) parts.push({ type, value: sign });
    else if (piece) parts.push({ type: 'literal', value: piece });
  }
  return parts;
}

// The decimal point moved.
function shifted(text, by) {
  const [whole, fraction = ''] = text.split('.');
  const digits = whole + fraction;
  const at = whole.length + by;
  if (at <= 0) return `0.${'0'.repeat(-at)}${digits}`;
  if (at >= digits.length) return digits.padEnd(at, '0').replace(/^0+(?=\d)/, '');
  return `${digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0'}.${digits.slice(at)}`;
}

class PluralRules {
  #options;
  constructor(locales, options = {}) {
    const { locale } = choose(locales);
    this.#options = { locale, type: options.type === 'ordinal' ? 'ordinal' : 'cardinal' };
  }
  select(value) {
    const number = Number(value);
    const language = this.#options.locale.split('-')[0];
    if (this.#options.type === 'ordinal') {
      if (language !== 'en') return language === 'fr' && number === 1 ? 'one' : 'other';
      const [ten, hundred] = [number % 10, number % 100];
      if (ten === 1 && hundred !== 11) return 'one';
      if (ten === 2 && hundred !== 12) return 'two';
      if (ten === 3 && hundred !== 13) return 'few';
      return 'other';
    }
    if (language === 'fr') return Math.abs(number) < 2 ? 'one' : 'other';
    return Math.abs(number) === 1 ? 'one' : 'other';
  }
  resolvedOptions() {
    return { ...this.#options, minimumIntegerDigits: 1, minimumFractionDigits: 0, maximumFractionDigits: 3, pluralCategories: this.#options.type === 'ordinal' ? ['few', 'one', 'two', 'other'] : ['one', 'other'], roundingIncrement: 1, roundingMode: 'halfExpand', roundingPriority: 'auto', trailingZeroDisplay: 'auto' };
  }
}

module.exports = { NumberFormat, PluralRules, supported: (locales) => list(locales) };
