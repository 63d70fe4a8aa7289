// Intl's smaller parts: Collator, ListFormat, RelativeTimeFormat, DisplayNames, Locale, Segmenter.
const { choose, canonical } = require('internal/intl/locales');
const { NumberFormat } = require('internal/intl/numbers');

// Letters by their base letter first, then by their marks, then small before large: what the root collation does for Latin.
const MARKS = /[\u0300-\u036f]/g;
const split = (text) => text.normalize('NFD');
const kind = (char) => (/\s/.test(char) ? 0 : /[\p{P}]/u.test(char) ? 1 : /[\p{S}]/u.test(char) ? 2 : /\p{N}/u.test(char) ? 3 : 4);
// The order of ASCII's signs in the root collation.
const SIGNS = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';

function compareChars(a, b) {
  const [first, second] = [kind(a), kind(b)];
  const [atA, atB] = [SIGNS.indexOf(a), SIGNS.indexOf(b)];
  if (atA >= 0 && atB >= 0) return atA - atB;
  if (first !== second) return first - second;
  return a < b ? -1 : a > b ? 1 : 0;
}

const SPECIAL = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', þ: 'th' };
const base = (text) => split(text).replace(MARKS, '').toLowerCase().replace(/[ßæœøđłþ]/g, (char) => SPECIAL[char]);
const marks = (text) => split(text).toLowerCase();

function compareBases(a, b, numeric) {
  const pieces = (text) => (numeric ? text.match(/\d+|\D/gu) || [] : [...text]);
  const [left, right] = [pieces(a), pieces(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] === right[at]) continue;
    if (numeric && /^\d/.test(left[at]) && /^\d/.test(right[at])) {
      const difference = BigInt(left[at]) - BigInt(right[at]);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
      continue;
    }
    const order = compareChars(left[at], right[at]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

class Collator {
  #options;
  #compare;
  constructor(locales, options = {}) {
    const { locale } = choose(locales);
    const one = (name, allowed, otherwise) => {
      const value = options[name];
      if (value === undefined) return otherwise;
      if (!allowed.includes(`${value}`)) throw new RangeError(`Value ${value} out of range for Intl.Collator options property ${name}`);
      return `${value}`;
    };
    this.#options = {
      locale, usage: one('usage', ['sort', 'search'], 'sort'), sensitivity: one('sensitivity', ['base', 'accent', 'case', 'variant'], 'variant'),
      ignorePunctuation: !!options.ignorePunctuation, collation: 'default', numeric: !!options.numeric, caseFirst: one('caseFirst', ['upper', 'lower', 'false'], 'false'),
    };
  }
  get compare() {
    this.#compare ??= (x, y) => {
      const { sensitivity, numeric, ignorePunctuation, caseFirst } = this.#options;
      let [a, b] = [`${x}`, `${y}`];
      if (ignorePunctuation) [a, b] = [a, b].map((text) => text.replace(/[\p{P}\s]/gu, ''));
      if (a === b) return 0;
      const order = compareBases(base(a), base(b), numeric)
        || (sensitivity === 'accent' || sensitivity === 'variant' ? (marks(a) < marks(b) ? -1 : marks(a) > marks(b) ? 1 : 0) : 0)
        || (sensitivity === 'case' || sensitivity === 'variant' ? small(a, b) * (caseFirst === 'upper' ? -1 : 1) : 0);
      return Math.sign(order);
    };
    return this.#compare;
  }
  resolvedOptions() { return { ...this.#options }; }
}

// Small letters come before large ones.
function small(a, b) {
  const [left, right] = [a, b].map((text) => [...split(text).replace(MARKS, '').replace(/[ßæœøđłþ]/g, (char) => SPECIAL[char])]);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] === right[at]) continue;
    return left[at] === left[at].toLowerCase() ? -1 : 1;
  }
  return 0;
}

const AND = { en: ['and', 'or', true], de: ['und', 'oder'], fr: ['et', 'ou'], es: ['y', 'o'], sv: ['och', 'eller'] };

class ListFormat {
  #options;
  #words;
  constructor(locales, options = {}) {
    const { locale } = choose(locales);
    const words = AND[locale.split('-')[0]] || AND.en;
    this.#options = { locale, type: options.type || 'conjunction', style: options.style || 'long' };
    this.#words = words;
  }
  formatToParts(items) {
    const all = [...items];
    for (const item of all) if (typeof item !== 'string') throw new TypeError('Iterable yielded ' + String(item) + ' which is not a string');
    const [and, or, comma] = this.#words;
    const { type } = this.#options;
    const parts = [];
    all.forEach((value, at) => {
      if (at > 0) {
        const last = at === all.length - 1;
        const mark = type === 'unit' ? ', ' : !last ? ', ' : `${comma && all.length > 2 && !this.#options.locale.startsWith('en-GB') ? ', ' : ' '}${type === 'disjunction' ? or : and} `;
        parts.push({ type: 'literal', value: mark });
      }
      parts.push({ type: 'element', value });
    });
    return parts;
  }
  format(items) { return this.formatToParts(items).map((part) => part.value).join(''); }
  resolvedOptions() { return { ...this.#options }; }
}

const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];
const AUTO = { day: { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }, second: { 0: 'now' }, ...Object.fromEntries(['week', 'month', 'quarter', 'year'].map((unit) => [unit, { '-1': `last ${unit}`, 0: `this ${unit}`, 1: `next ${unit}` }])), hour: { 0: 'this hour' }, minute: { 0: 'this minute' } };

class RelativeTimeFormat {
  #options;
  #numbers;
  constructor(locales, options = {}) {
    this.#options = { locale: choose(locales).locale, style: options.style || 'long', numeric: options.numeric || 'always', numberingSystem: 'latn' };
    // English words alone: the others' tables are large, and hooks do not ask for them.
    this.#numbers = new NumberFormat('en');
  }
  formatToParts(value, unit) {
    const number = Number(value);
    const name = `${unit}`.replace(/s$/, '');
    if (!UNITS.includes(name)) throw new RangeError(`Invalid unit argument for format() '${unit}'`);
    if (!Number.isFinite(number)) throw new RangeError('Value need to be finite number for Intl.RelativeTimeFormat.prototype.format()');
    if (this.#options.numeric === 'auto' && AUTO[name][number] !== undefined) return [{ type: 'literal', value: AUTO[name][number] }];
    const past = number < 0 || Object.is(number, -0);
    const parts = this.#numbers.formatToParts(Math.abs(number)).map((part) => ({ ...part, unit: name }));
    const many = Math.abs(number) === 1 ? name : `${name}s`;
    return past ? [...parts, { type: 'literal', value: ` ${many} ago` }] : [{ type: 'literal', value: 'in ' }, ...parts, { type: 'literal', value: ` ${many}` }];
  }
  format(value, unit) { return this.formatToParts(value, unit).map((part) => part.value).join(''); }
  resolvedOptions() { return { ...this.#options }; }
}

const REGIONS = { US: 'United States', GB: 'United Kingdom', DE: 'Germany', FR: 'France', ES: 'Spain', IT: 'Italy', CA: 'Canada', AU: 'Australia', JP: 'Japan', CN: 'China', IN: 'India', BR: 'Brazil', MX: 'Mexico', NL: 'Netherlands', SE: 'Sweden', CH: 'Switzerland', AT: 'Austria' };
const LANGUAGES = { en: 'English', de: 'German', fr: 'French', es: 'Spanish', it: 'Italian', pt: 'Portuguese', nl: 'Dutch', sv: 'Swedish', ja: 'Japanese', zh: 'Chinese', ru: 'Russian', ar: 'Arabic' };
const CURRENCIES = { USD: 'US Dollar', EUR: 'Euro', GBP: 'British Pound', JPY: 'Japanese Yen', CHF: 'Swiss Franc', CAD: 'Canadian Dollar' };

class DisplayNames {
  #options;
  constructor(locales, options) {
    if (options === undefined || options.type === undefined) throw new TypeError('Required option "type" must not be undefined');
    this.#options = { locale: choose(locales).locale, style: options.style || 'long', type: options.type, fallback: options.fallback || 'code' };
  }
  of(code) {
    const text = `${code}`;
    const names = { region: REGIONS, language: LANGUAGES, currency: CURRENCIES }[this.#options.type] || {};
    return names[text] ?? (this.#options.fallback === 'code' ? text : undefined);
  }
  resolvedOptions() { return { ...this.#options }; }
}

class Locale {
  #tag;
  constructor(tag, options = {}) {
    if (typeof tag !== 'string' && !(tag instanceof Object)) throw new TypeError('First argument to Intl.Locale constructor can\'t be empty or missing');
    const [language, ...rest] = canonical(`${tag}`).split('-');
    const region = options.region || rest.find((part) => /^([A-Z]{2}|\d{3})$/.test(part));
    const script = options.script || rest.find((part) => /^[A-Z][a-z]{3}$/.test(part));
    this.#tag = [options.language || language, script, region].filter(Boolean).join('-');
  }
  get baseName() { return this.#tag; }
  get language() { return this.#tag.split('-')[0]; }
  get region() { return this.#tag.split('-').slice(1).find((part) => part.length < 4); }
  get script() { return this.#tag.split('-').find((part, at) => at > 0 && part.length === 4); }
  toString() { return this.#tag; }
  maximize() { return this; }
  minimize() { return this; }
}

class Segmenter {
  #options;
  constructor(locales, options = {}) { this.#options = { locale: choose(locales).locale, granularity: options.granularity || 'grapheme' }; }
  segment(input) {
    const text = `${input}`;
    const { granularity } = this.#options;
    const pattern = granularity === 'word' ? /[\p{L}\p{N}\p{M}_'’]+|\s+|[^\p{L}\p{N}\p{M}_'’\s]/gu : granularity === 'sentence' ? /[^.!?]+(?:[.!?]+\s*|$)/gu
      : /\p{RI}\p{RI}|\p{Emoji}(?:\p{EMod}|\uFE0F\u20E3?)?(?:\u200D\p{Emoji}(?:\p{EMod}|\uFE0F)?)*\p{M}*|\r\n|[^]\p{M}*/gu;
    return {
      * [Symbol.iterator]() {
        for (const found of text.matchAll(pattern)) {
          const segment = { segment: found[0], index: found.index, input: text };
          if (granularity === 'word') segment.isWordLike = /[\p{L}\p{N}]/u.test(found[0]);
          yield segment;
        }
      },
      containing(index = 0) { for (const one of this) if (index >= one.index && index < one.index + one.segment.length) return one; return undefined; },
    };
  }
  resolvedOptions() { return { ...this.#options }; }
}

module.exports = { Collator, ListFormat, RelativeTimeFormat, DisplayNames, Locale, Segmenter };
