// What the locales differ in: numbers, the order of dates, names of months and days. From CLDR's public tables, for the
// locales that hooks ask for; any other locale of these languages takes the language's, the rest English.
const LATIN = { decimal: '.', group: ',', minus: '-', percent: '%', infinity: '∞', nan: 'NaN', grouping: 1 };

const EN = {
  accounting: true,
  numbers: LATIN,
  percent: '{0}%',
  currency: '¤{0}',
  symbols: { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', BRL: 'R$', MXN: 'MX$', CAD: 'CA$', AUD: 'A$', NZD: 'NZ$', ILS: '₪', TWD: 'NT$', HKD: 'HK$', VND: '₫', XAF: 'FCFA', PHP: '₱' },
  compact: { short: ['', 'K', 'M', 'B', 'T'], long: ['', ' thousand', ' million', ' billion', ' trillion'] },
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  monthsShort: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  daysShort: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  periods: ['AM', 'PM'],
  hour12: true,
  // E weekday, y year, M month as a word, N month as a number, d day; what is missing goes with its neighbours' marks.
  wordDate: { yMd: 'M d, y', Md: 'M d', yM: 'M y', E: 'E, {0}' },
  numberDate: { yNd: 'N/d/y', Nd: 'N/d', yN: 'N/y', E: 'E, {0}' },
  dateStyles: { full: 'E, M d, y', long: 'M d, y', medium: 'm d, y', short: 'N/d/yy' },
  timeStyleHour: 'numeric',
  join: '{1}, {0}',
  joinLong: '{1} at {0}',
  zones: 'America',
  gmt: 'GMT',
  utc: 'Coordinated Universal Time',
};

const GB = {
  ...EN,
  symbols: { ...EN.symbols, USD: 'US$', JPY: 'JP¥' },
  compact: { short: ['', 'K', 'm', 'bn', 'tn'], long: EN.compact.long },
  periods: ['am', 'pm'],
  hour12: false,
  monthsShort: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
  wordDate: { yMd: 'd M y', Md: 'd M', yM: 'M y', E: 'E, {0}', EMd: 'E {0}' },
  numberDate: { yNd: 'dd/NN/y', Nd: 'dd/NN', yN: 'NN/y', E: 'E, {0}' },
  dateStyles: { full: 'E, d M y', long: 'd M y', medium: 'd m y', short: 'dd/NN/y' },
  timeStyleHour: '2-digit',
  zones: 'Europe',
};

const CA = {
  ...EN,
  symbols: { ...EN.symbols, USD: 'US$', CAD: '$', JPY: 'JP¥' },
  periods: ['a.m.', 'p.m.'],
  numberDate: { yNd: 'y-NN-dd', Nd: 'NN-dd', yN: 'y-NN', E: 'E, {0}' },
  dateStyles: { ...EN.dateStyles, short: 'y-NN-dd' },
};

const DE = {
  ...EN,
  accounting: false,
  numbers: { ...LATIN, decimal: ',', group: '.' },
  percent: '{0}\u00a0%',
  currency: '{0}\u00a0¤',
  symbols: { ...EN.symbols, MXN: 'MXN' , INR: '₹' },
  compact: { short: ['', '', '\u00a0Mio.', '\u00a0Mrd.', '\u00a0Bio.'], long: ['', ' Tausend', ' Millionen', ' Milliarden', ' Billionen'] },
  months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  monthsShort: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
  monthsAlone: ['Jan', 'Feb', 'Mär', 'Apr', 'Mai', 'Jun', 'Jul', 'Aug', 'Sep', 'Okt', 'Nov', 'Dez'],
  days: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  daysShort: ['So.', 'Mo.', 'Di.', 'Mi.', 'Do.', 'Fr.', 'Sa.'],
  daysAlone: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
  hour12: false,
  hourAlone: '{0} Uhr',
  wordDate: { yMd: 'd. M y', Md: 'd. M', yM: 'M y', E: 'E, {0}' },
  numberDate: { yNd: 'd.N.y', Nd: 'd.N.', yN: 'N/y', E: 'E, {0}' },
  dateStyles: { full: 'E, d. M y', long: 'd. M y', medium: 'dd.NN.y', short: 'dd.NN.yy' },
  timeStyleHour: '2-digit',
  joinLong: '{1} um {0}',
  gmtZero: 'GMT+0',
  utc: 'Koordinierte Weltzeit',
  zones: 'Europe',
};

const FR = {
  ...EN,
  numbers: { ...LATIN, decimal: ',', group: '\u202f' },
  percent: '{0}\u00a0%',
  currency: '{0}\u00a0¤',
  symbols: { ...EN.symbols, USD: '$US', GBP: '£GB', JPY: 'JPY', CAD: '$CA', AUD: '$AU', MXN: '$MX', CNY: 'CNY' },
  compact: { short: ['', '\u00a0k', '\u00a0M', '\u00a0Md', '\u00a0Bn'], long: ['', ' mille', ' millions', ' milliards', ' billions'] },
  months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  monthsShort: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  days: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  daysShort: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
  hour12: false,
  hourAlone: '{0} h',
  wordDate: { yMd: 'd M y', Md: 'd M', yM: 'M y', E: 'E {0}' },
  numberDate: { yNd: 'dd/NN/y', Nd: 'dd/NN', yN: 'NN/y', E: 'E {0}' },
  dateStyles: { full: 'E d M y', long: 'd M y', medium: 'd m y', short: 'dd/NN/y' },
  timeStyleHour: '2-digit',
  join: '{1} {0}',
  joinWord: '{1}, {0}',
  joinLong: '{1} à {0}',
  zones: 'Europe',
  gmt: 'UTC',
  gmtZero: 'UTC+0',
  utc: 'temps universel coordonné',
  minusSign: '−',
};

const ES = {
  ...EN,
  accounting: false,
  numbers: { ...LATIN, decimal: ',', group: '.', grouping: 2 },
  percent: '{0}\u00a0%',
  currency: '{0}\u00a0¤',
  symbols: { ...EN.symbols, USD: 'US$', JPY: 'JPY', GBP: 'GBP', CAD: 'CAD', AUD: 'AUD', MXN: 'MXN', BRL: 'BRL', CNY: 'CNY', INR: 'INR' },
  compact: { short: ['', '\u00a0mil', '\u00a0M', '000\u00a0M', '\u00a0B'], long: ['', ' mil', ' millones', ' mil millones', ' billones'] },
  months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  monthsShort: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'],
  days: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  daysShort: ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb'],
  periods: ['a.\u202fm.', 'p.\u202fm.'],
  hour12: false,
  hourNumeric: true,
  wordDate: { yMd: 'd de M de y', Md: 'd de M', yM: 'M de y', E: 'E, {0}', ymd: 'd m y', md: 'd m', ym: 'm y' },
  numberDate: { yNd: 'd/N/y', Nd: 'd/N', yN: 'N/y', E: 'E, {0}' },
  dateStyles: { full: 'E, d de M de y', long: 'd de M de y', medium: 'd m y', short: 'd/N/yy' },
  timeStyleHour: 'numeric',
  joinLong: '{1}, {0}',
  joinWord: '{1}, {0}',
  joinAt: '{1} a las {0}',
  utc: 'tiempo universal coordinado',
  zones: 'Europe',
};

const SV = {
  ...EN,
  accounting: false,
  numbers: { ...LATIN, decimal: ',', group: '\u00a0', minus: '−' },
  percent: '{0}\u00a0%',
  currency: '{0}\u00a0¤',
  symbols: { ...EN.symbols, USD: 'US$', JPY: 'JPY', GBP: 'GBP', SEK: 'kr' },
  months: ['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november', 'december'],
  monthsShort: ['jan.', 'feb.', 'mars', 'apr.', 'maj', 'juni', 'juli', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.'],
  days: ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'],
  daysShort: ['sön', 'mån', 'tis', 'ons', 'tors', 'fre', 'lör'],
  periods: ['fm', 'em'],
  hour12: false,
  wordDate: { yMd: 'd M y', Md: 'd M', yM: 'M y', E: 'E {0}' },
  numberDate: { yNd: 'y-NN-dd', Nd: 'd/N', yN: 'y-NN', E: 'E, {0}' },
  dateStyles: { full: 'E d M y', long: 'd M y', medium: 'd m y', short: 'y-NN-dd' },
  timeStyleHour: '2-digit',
  join: '{1} {0}',
  joinLong: '{1} kl. {0}',
  utc: 'Koordinerad universell tid',
  zones: 'Europe',
  minusSign: '−',
};

const LOCALES = { en: EN, 'en-US': EN, 'en-GB': GB, 'en-CA': CA, de: DE, 'de-DE': DE, fr: FR, 'fr-FR': FR, es: ES, 'es-ES': ES, sv: SV, 'sv-SE': SV };

// Names of zones, for the regions whose abbreviations a locale writes: [standard, summer], short and long.
const ZONES = {
  America: {
    'America/New_York': ['EST', 'EDT', 'Eastern'], 'America/Detroit': ['EST', 'EDT', 'Eastern'], 'America/Toronto': ['EST', 'EDT', 'Eastern'],
    'America/Chicago': ['CST', 'CDT', 'Central'], 'America/Denver': ['MST', 'MDT', 'Mountain'], 'America/Phoenix': ['MST', 'MDT', 'Mountain'],
    'America/Los_Angeles': ['PST', 'PDT', 'Pacific'], 'America/Anchorage': ['AKST', 'AKDT', 'Alaska'], 'Pacific/Honolulu': ['HST', 'HDT', 'Hawaii-Aleutian'],
  },
  Europe: {
    'Europe/London': ['GMT', 'BST'],
    ...Object.fromEntries(['Berlin', 'Paris', 'Madrid', 'Rome', 'Vienna', 'Zurich', 'Amsterdam', 'Brussels', 'Stockholm', 'Oslo', 'Copenhagen', 'Prague', 'Warsaw', 'Budapest']
      .map((city) => [`Europe/${city}`, ['CET', 'CEST']])),
  },
};
const LONG_ZONES = {
  'Europe/London': ['Greenwich Mean Time', 'British Summer Time'], 'Asia/Kolkata': ['India Standard Time'], 'Asia/Calcutta': ['India Standard Time'], 'Asia/Tokyo': ['Japan Standard Time'],
  UTC: ['Coordinated Universal Time'], ...Object.fromEntries(Object.keys(ZONES.Europe).filter((zone) => zone !== 'Europe/London')
    .map((zone) => [zone, ['Central European Standard Time', 'Central European Summer Time']])),
  ...Object.fromEntries(Object.entries(ZONES.America).map(([zone, [, , name]]) => [zone, [`${name} Standard Time`, `${name} Daylight Time`]])),
};

const TAG = /^[a-z]{2,8}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*(-[a-z\d]-.*)?$/i;

function canonical(tag) {
  if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) throw new TypeError('Incorrect locale information provided');
  const text = String(tag);
  if (!TAG.test(text)) throw new RangeError(`Incorrect locale information provided`);
  return text.split('-').map((part, at) => (at === 0 ? part.toLowerCase()
    : part.length === 2 ? part.toUpperCase()
      : part.length === 4 && /^[a-z]/i.test(part) ? part[0].toUpperCase() + part.slice(1).toLowerCase() : part)).join('-');
}

const list = (locales) => (locales === undefined ? [] : typeof locales === 'string' || locales instanceof Object && !Array.isArray(locales) ? [locales] : [...locales]).map(canonical)
  .filter((tag, at, all) => all.indexOf(tag) === at);

// The first locale that is known, by itself or by its language.
function choose(locales) {
  for (const tag of list(locales)) {
    const bare = tag.replace(/-[a-z\d]-.*$/i, '');
    if (LOCALES[bare]) return { locale: bare, data: LOCALES[bare] };
    const language = bare.split('-')[0];
    if (LOCALES[language]) return { locale: bare, data: LOCALES[language] };
  }
  return { locale: 'en-US', data: EN };
}

module.exports = { choose, canonical, list, LOCALES, ZONES, LONG_ZONES };
