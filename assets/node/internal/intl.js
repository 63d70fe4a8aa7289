// `Intl`, as much of it as hooks use, with small tables in place of the whole of CLDR.
const { canonical, list, LOCALES } = require('internal/intl/locales');
const { NumberFormat, PluralRules } = require('internal/intl/numbers');
const { DateTimeFormat } = require('internal/intl/dates');
const { Collator, ListFormat, RelativeTimeFormat, DisplayNames, Locale, Segmenter } = require('internal/intl/words');

const known = (tag) => LOCALES[tag] || LOCALES[tag.split('-')[0]];
const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });

// The class as a constructor that is hidden where V8 hides it; `callable` ones work without `new`.
function published(Class, callable, length) {
  const name = Class.name;
  const make = callable
    ? { [name]: function (locales, options) { return Reflect.construct(Class, [locales, options], new.target || make); } }[name]
    : class extends Class { constructor(...given) { super(...given); } };
  if (!callable) Object.defineProperty(make, 'name', { value: name, configurable: true });
  Object.defineProperty(make, 'length', { value: length, configurable: true });
  const prototype = callable ? Class.prototype : make.prototype;
  if (callable) Object.defineProperty(make, 'prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
  Object.defineProperty(prototype, 'constructor', hidden(make));
  Object.defineProperty(prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  Object.defineProperty(make, 'supportedLocalesOf', hidden({ supportedLocalesOf(locales) { return list(locales).filter(known); } }.supportedLocalesOf));
  Object.defineProperty(make, 'toString', hidden(() => `function ${name}() { [native code] }`));
  return make;
}

const Intl = {};
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
const parts = {
  getCanonicalLocales: { getCanonicalLocales(locales) { return list(locales); } }.getCanonicalLocales,
  supportedValuesOf: { supportedValuesOf(key) { return key === 'timeZone' ? native.zones() : key === 'calendar' ? ['gregory'] : key === 'numberingSystem' ? ['latn'] : []; } }.supportedValuesOf,
  DateTimeFormat: published(DateTimeFormat, true, 0), NumberFormat: published(NumberFormat, true, 0), Collator: published(Collator, true, 0),
  PluralRules: published(PluralRules, false, 0), RelativeTimeFormat: published(RelativeTimeFormat, false, 0), ListFormat: published(ListFormat, false, 0),
  Locale: published(Locale, false, 1), DisplayNames: published(DisplayNames, false, 2), Segmenter: published(Segmenter, false, 0),
};
delete parts.Locale.supportedLocalesOf;
for (const [name, value] of Object.entries(parts)) Object.defineProperty(Intl, name, hidden(value));

// What the built-ins' own methods do; formats that are asked for again are kept.
const kept = new Map();
function format(Class, key, locales, options, ...more) {
  const plain = options === undefined && (locales === undefined || typeof locales === 'string');
  if (!plain) return new Class(locales, options, ...more);
  const name = `${key} ${locales}`;
  if (!kept.has(name)) kept.set(name, new Class(locales, options, ...more));
  return kept.get(name);
}
const date = (needed, usual) => (value, locales, options) => {
  const made = format(DateTimeFormat, `${needed} ${usual}`, locales, options, needed, usual);
  return Number.isNaN(value) ? 'Invalid Date' : made.format(value);
};

module.exports = {
  Intl,
  number: (value, locales, options) => format(NumberFormat, 'number', locales, options).format(value),
  dateTime: date('any', 'all'),
  date: date('date', 'date'),
  time: date('time', 'time'),
  compare: (a, b, locales, options) => format(Collator, 'compare', locales, options).compare(a, b),
  canonical,
};
