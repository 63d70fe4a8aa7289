// Intl and toLocaleString: the locales that are known, over the options that hooks use.
const LOCALES = ['en-US', 'en-GB', 'en-CA', 'de-DE', 'fr-FR', 'es-ES', 'sv-SE', 'de', 'fr', 'es', 'sv'];
const MOMENTS = [Date.UTC(2026, 10, 6, 9, 5, 3, 7), Date.UTC(2026, 6, 16, 21, 45, 0), Date.UTC(1999, 0, 31, 0, 0, 59)];
const DATES = [
  {}, { dateStyle: 'full' }, { dateStyle: 'long' }, { dateStyle: 'medium' }, { dateStyle: 'short' },
  { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
  { year: 'numeric', month: 'short', day: 'numeric' }, { year: 'numeric', month: 'long', day: 'numeric' }, { month: 'short', day: 'numeric' }, { month: 'long', day: 'numeric' },
  { month: 'long', year: 'numeric' }, { weekday: 'short', month: 'short', day: 'numeric' }, { year: 'numeric', month: '2-digit', day: '2-digit' },
  { year: '2-digit', month: 'numeric', day: 'numeric' }, { month: 'numeric', day: 'numeric' }, { year: 'numeric', month: 'numeric' }, { month: '2-digit', day: '2-digit' },
  { weekday: 'long' }, { month: 'long' }, { year: 'numeric' }, { day: 'numeric' },
];
const TIMES = [
  { hour: 'numeric', minute: '2-digit' }, { hour: '2-digit', minute: '2-digit' }, { hour: 'numeric' }, { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  { hour: 'numeric', hour12: false, minute: 'numeric' }, { hour: 'numeric', hour12: true, minute: 'numeric' }, { timeStyle: 'long' }, { timeStyle: 'medium' }, { timeStyle: 'short' },
  { dateStyle: 'full', timeStyle: 'long' }, { dateStyle: 'medium', timeStyle: 'short' }, { dateStyle: 'short', timeStyle: 'short' }, { dateStyle: 'long', timeStyle: 'medium' },
  { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }, { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: 'numeric', timeZoneName: 'short' }, { timeZoneName: 'short' }, { minute: '2-digit', second: '2-digit' },
  { hour: 'numeric', minute: 'numeric', second: 'numeric', fractionalSecondDigits: 3 }, { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' },
];
const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Sydney'];
const NUMBERS = [
  {}, { style: 'percent' }, { style: 'percent', maximumFractionDigits: 1 }, { minimumFractionDigits: 2 }, { maximumFractionDigits: 0 }, { style: 'currency', currency: 'USD' },
  { style: 'currency', currency: 'EUR' }, { style: 'currency', currency: 'JPY' }, { style: 'currency', currency: 'USD', currencyDisplay: 'code' }, { useGrouping: false },
  { minimumIntegerDigits: 3 }, { maximumSignificantDigits: 3 }, { minimumSignificantDigits: 4 }, { signDisplay: 'always' }, { signDisplay: 'exceptZero' },
];
const VALUES = [0, 1, 5, -5, 0.256, 1234.5, -1234.5, 1234567.891, 999, 1e21, 1.005, 2.5, 0.000001234, NaN, Infinity, -0, 12345678901234567890n];

for (const locale of LOCALES) {
  for (const options of [...DATES, ...TIMES]) {
    test(`${locale} ${JSON.stringify(options)}`, () => ZONES.flatMap((timeZone) => {
      const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
      return MOMENTS.map((moment) => [format.format(moment), format.formatToParts(moment).map((part) => part.type).join()]);
    }));
  }
  for (const options of NUMBERS) {
    test(`${locale} ${JSON.stringify(options)}`, () => VALUES.map((value) => new Intl.NumberFormat(locale, options).formatToParts(value).map((part) => `${part.type}=${part.value}`).join(' ')));
  }
}
test('compact', () => [0, 999, 1000, 1234, 15300, 999999, 1234567, 1e9, 1.5e12].map((value) => [new Intl.NumberFormat('en-US', { notation: 'compact' }).format(value), new Intl.NumberFormat('en-US', { notation: 'compact', compactDisplay: 'long' }).format(value)]));
test('resolved numbers', () => NUMBERS.map((options) => new Intl.NumberFormat('en-US', options).resolvedOptions()));
test('resolved dates', () => [...DATES, ...TIMES].map((options) => new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).resolvedOptions()));
test('methods', () => {
  const date = new Date(MOMENTS[0]);
  return [date.toLocaleString('de'), date.toLocaleDateString('fr'), date.toLocaleTimeString('en-US', { timeZone: 'America/Chicago' }), (1234.5).toLocaleString('sv'), 12345n.toLocaleString('de'), [1234.5, null, date].toLocaleString('de'), new Number(5.5).toLocaleString('es')];
});
for (const [name, body] of Object.entries({
  zone: () => new Intl.DateTimeFormat('en', { timeZone: 'Mars/X' }), style: () => new Intl.NumberFormat('en', { style: 'currency' }), mixed: () => new Intl.DateTimeFormat('en', { dateStyle: 'full', year: 'numeric' }),
  digits: () => new Intl.NumberFormat('en', { minimumFractionDigits: 200 }), date: () => new Intl.DateTimeFormat('en').format(NaN), currency: () => new Intl.NumberFormat('en', { style: 'currency', currency: 'X' }),
  time: () => new Date(0).toLocaleDateString('en', { timeStyle: 'short' }), number: () => Number.prototype.toLocaleString.call('x'), invalid: () => new Date(NaN).toLocaleString(),
})) test(`refused: ${name}`, body);

const WORDS = ['a', 'b', 'A', 'B', 'á', 'ä', 'Z', 'z', 'é', 'e', 'résumé', 'resume', 'Résumé', '10', '2', '1', '_', '-', ' a', 'ab', 'aB', 'ß', 'ss', 'co-op', 'coop', 'x y', 'xy', '', 'ñ', 'n', 'o', 'ø', '#', '$', '@'];
for (const options of [undefined, { numeric: true }, { sensitivity: 'base' }, { sensitivity: 'accent' }, { sensitivity: 'case' }, { caseFirst: 'upper' }, { ignorePunctuation: true }]) {
  test(`collator ${JSON.stringify(options)}`, () => {
    const { compare } = new Intl.Collator('en', options);
    return [[...WORDS].sort(compare), WORDS.map((a) => WORDS.map((b) => Math.sign(compare(a, b))).join(''))];
  });
}
test('localeCompare', () => ['b', 'a', 'B', 'ä'].sort((a, b) => a.localeCompare(b)).concat('a'.localeCompare('B'), 'a'.localeCompare('A', undefined, { sensitivity: 'base' }), '2'.localeCompare('10', undefined, { numeric: true })));
test('plural rules', () => [['en', {}], ['en', { type: 'ordinal' }], ['fr', {}], ['de', {}]].map(([locale, options]) => [0, 1, 1.5, 2, 3, 11, 21, 22, 103].map((n) => new Intl.PluralRules(locale, options).select(n))));
test('lists', () => [['en', {}], ['en-GB', {}], ['de', {}], ['fr', { type: 'disjunction' }], ['en', { type: 'disjunction' }]].map(([locale, options]) => [[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((list) => new Intl.ListFormat(locale, options).format(list))));
test('relative times', () => [[-1, 'day'], [1, 'day'], [0, 'day'], [-3, 'months'], [2, 'hours'], [1, 'year'], [1000, 'seconds'], [-0, 'week']].map(([value, unit]) => [new Intl.RelativeTimeFormat('en').format(value, unit), new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(value, unit)]));
test('names', () => [new Intl.DisplayNames('en', { type: 'region' }).of('US'), new Intl.DisplayNames('en', { type: 'language' }).of('de'), Intl.getCanonicalLocales(['EN-us', 'de-latn-DE']), new Intl.Locale('en-Latn-US').region, Intl.DateTimeFormat.supportedLocalesOf(['en-US', 'de'])]);
test('segments', () => [...new Intl.Segmenter('en').segment('a👨‍👩‍👧é🇩🇪')].map((one) => one.segment).concat([...new Intl.Segmenter('en', { granularity: 'word' }).segment('Hi there, you!')].filter((one) => one.isWordLike).map((one) => one.segment)));
