// Intl.DateTimeFormat: the fields of a moment in a zone, put into a locale's order.
const { choose, ZONES, LONG_ZONES } = require('internal/intl/locales');

const FIELDS = {
  weekday: ['narrow', 'short', 'long'], era: ['narrow', 'short', 'long'], year: ['2-digit', 'numeric'], month: ['2-digit', 'numeric', 'narrow', 'short', 'long'], day: ['2-digit', 'numeric'],
  dayPeriod: ['narrow', 'short', 'long'], hour: ['2-digit', 'numeric'], minute: ['2-digit', 'numeric'], second: ['2-digit', 'numeric'],
  timeZoneName: ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'],
};
const STYLES = ['full', 'long', 'medium', 'short'];
const DATE = ['weekday', 'year', 'month', 'day'];
const TIME = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];

function chosen(options, name, allowed) {
  const value = options[name];
  if (value === undefined) return undefined;
  const text = `${value}`;
  if (!allowed.includes(text)) throw new RangeError(`Value ${text} out of range for Intl.DateTimeFormat options property ${name}`);
  return text;
}

const two = (number) => String(number).padStart(2, '0');

class DateTimeFormat {
  #data;
  #locale;
  #zone;
  #fields = {};
  #styles = {};
  #hour12;
  #asked;
  #format;

  // `needed` and `usual`: what must be asked for, and what is shown where it is not.
  constructor(locales, options, needed = 'any', usual = 'date') {
    const { locale, data } = choose(locales);
    this.#data = data;
    this.#locale = locale;
    const given = options === undefined ? {} : Object(options);
    if (options === null) throw new TypeError('Cannot convert undefined or null to object');
    this.#zone = native.zoneName(given.timeZone === undefined ? '' : `${given.timeZone}`);
    if (this.#zone === undefined) throw new RangeError(`Invalid time zone specified: ${given.timeZone}`);
    for (const [name, allowed] of Object.entries(FIELDS)) {
      const value = chosen(given, name, allowed);
      if (value !== undefined) this.#fields[name] = value;
    }
    if (given.fractionalSecondDigits !== undefined) {
      const digits = Number(given.fractionalSecondDigits);
      if (!(digits >= 1 && digits <= 3)) throw new RangeError('fractionalSecondDigits value is out of range.');
      this.#fields.fractionalSecondDigits = Math.floor(digits);
    }
    for (const name of ['dateStyle', 'timeStyle']) {
      const value = chosen(given, name, STYLES);
      if (value !== undefined) this.#styles[name] = value;
    }
    const styled = this.#styles.dateStyle || this.#styles.timeStyle;
    const has = (names) => names.some((name) => this.#fields[name] !== undefined);
    if (styled) {
      const first = [...DATE, ...TIME, 'timeZoneName', 'era'].find((name) => this.#fields[name] !== undefined);
      if (first) throw new TypeError(`Can't set option ${first} when ${this.#styles.dateStyle ? 'dateStyle' : 'timeStyle'} is used`);
      if (needed === 'date' && this.#styles.timeStyle) throw new TypeError('Invalid option : timeStyle');
      if (needed === 'time' && this.#styles.dateStyle) throw new TypeError('Invalid option : dateStyle');
    } else {
      const enough = needed !== 'time' && has(DATE) || needed !== 'date' && has(TIME);
      if (!enough) {
        if (usual !== 'time') Object.assign(this.#fields, { year: this.#fields.year ?? 'numeric', month: this.#fields.month ?? 'numeric', day: this.#fields.day ?? 'numeric' });
        if (usual !== 'date') Object.assign(this.#fields, { hour: this.#fields.hour ?? 'numeric', minute: this.#fields.minute ?? 'numeric', second: this.#fields.second ?? 'numeric' });
      }
    }
    const cycle = chosen(given, 'hourCycle', ['h11', 'h12', 'h23', 'h24']);
    this.#asked = given.hour12 === undefined ? cycle : given.hour12 ? (data.hour12 ? 'h12' : 'h11') : 'h23';
    // `hour12: false` says midnight is 24 in English, as V8 does.
    if (given.hour12 !== undefined && !given.hour12 && data.hour12) this.#asked = 'h24';
    this.#hour12 = this.#asked ? this.#asked === 'h12' || this.#asked === 'h11' : data.hour12;
  }

  get format() {
    // The narrow space before AM and PM becomes a plain one, as V8 has it for the sake of older code.
    this.#format ??= (date) => this.formatToParts(date).map((part) => part.value).join('').replace(/\u202f/g, ' ');
    return this.#format;
  }

  formatToParts(date) {
    const at = date === undefined ? Date.now() : Number(date);
    if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) throw new RangeError('Invalid time value');
    const { dateStyle, timeStyle } = this.#styles;
    const moment = this.#moment(Math.trunc(at));
    const data = this.#data;
    if (!dateStyle && !timeStyle) return this.#ofFields(moment);
    const day = dateStyle && this.#date(data.dateStyles[dateStyle], moment, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
    const zone = timeStyle === 'full' ? 'long' : timeStyle === 'long' ? 'short' : undefined;
    const time = timeStyle && this.#time(moment, { hour: data.timeStyleHour, minute: '2-digit', ...(timeStyle === 'short' ? {} : { second: '2-digit' }), timeZoneName: zone }, true);
    return this.#joined(day, time, dateStyle === 'long' ? data.joinAt || data.joinLong : dateStyle === 'full' ? data.joinLong : dateStyle === 'medium' ? data.joinWord || data.join : data.join);
  }

  formatRange(from, to) {
    const [first, second] = [this.format(from), this.format(to)];
    return first === second ? first : `${first} – ${second}`;
  }

  formatRangeToParts(from, to) {
    const mark = (source) => (part) => ({ ...part, source });
    const [first, second] = [this.formatToParts(from), this.formatToParts(to)];
    if (this.format(from) === this.format(to)) return first.map(mark('shared'));
    return [...first.map(mark('startRange')), { type: 'literal', value: ' – ', source: 'shared' }, ...second.map(mark('endRange'))];
  }

  resolvedOptions() {
    const fields = this.#fields;
    const shown = { locale: this.#locale, calendar: 'gregory', numberingSystem: 'latn', timeZone: this.#zone };
    if (fields.hour !== undefined || this.#styles.timeStyle) {
      shown.hourCycle = this.#asked || (this.#data.hour12 ? 'h12' : 'h23');
      shown.hour12 = this.#hour12;
    }
    for (const name of ['weekday', 'era', 'year', 'month', 'day', 'dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits', 'timeZoneName']) {
      if (fields[name] === undefined) continue;
      shown[name] = fields[name];
      // A time is written with two digits of its minutes, whatever was asked for.
      if ((name === 'minute' && (fields.hour || fields.second)) || (name === 'second' && fields.minute)) shown[name] = '2-digit';
      if (name === 'hour' && !this.#hour12 && !this.#data.hourNumeric && (fields.minute === undefined || this.#asked)) shown[name] = '2-digit';
    }
    return { ...shown, ...this.#styles };
  }

  #moment(at) {
    const { offset, summer } = native.zoneAt(this.#zone, at);
    const local = new Date(at + offset * 1000);
    return {
      year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate(), weekday: local.getUTCDay(),
      hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: local.getUTCSeconds(), ms: local.getUTCMilliseconds(), offset, summer,
    };
  }

  #ofFields(moment) {
    const fields = this.#fields;
    const data = this.#data;
    const word = fields.month && fields.month !== 'numeric' && fields.month !== '2-digit';
    const has = (letter) => fields[{ y: 'year', M: 'month', d: 'day' }[letter]] !== undefined;
    const key = `${has('y') ? 'y' : ''}${has('M') ? (word ? 'M' : 'N') : ''}${has('d') ? 'd' : ''}`;
    const table = word ? data.wordDate : data.numberDate;
    const short = word && fields.month === 'short' && table[key.replace('M', 'm')];
    let pattern = short || table[key] || { y: 'y', M: 'M', N: 'N', d: 'd', yd: 'd y' }[key] || '';
    if (fields.month === '2-digit' && !pattern.includes('NN') && (has('y') && has('d') || key === 'N' || !data.hourNumeric)) pattern = pattern.replace('N', 'NN');
    if (fields.day === '2-digit' && !pattern.includes('dd') && (word || has('y') || key === 'd' || !data.hourNumeric)) pattern = pattern.replace('d', 'dd');
    if (fields.weekday) {
      if (!pattern) pattern = 'E';
      else if (key === 'd') pattern = data.hour12 && data.zones === 'America' && pattern === 'd' && this.#locale.startsWith('en-US') ? 'd E' : `E ${pattern}${data.hourAlone === '{0} Uhr' ? '.' : ''}`.replace('E d.', 'E, d.');
      else pattern = ((word && key === 'Md' && table.EMd) || table.E).replace('{0}', pattern);
    }
    const date = pattern && this.#date(pattern, moment, fields);
    const time = TIME.some((name) => fields[name] !== undefined) && this.#time(moment, fields, false);
    let join = word ? data.joinWord || data.join : data.join;
    if (word && fields.month === 'long' && date && time) join = data.joinAt || data.joinLong;
    if (fields.weekday && !key && time) join = data.hour12 ? '{1} {0}' : data.join;
    const parts = this.#joined(date, time, join);
    if (fields.timeZoneName && !time) {
      parts.push({ type: 'literal', value: data.join.replace('{1}', '').replace('{0}', '') }, { type: 'timeZoneName', value: this.#zoneName(moment, fields.timeZoneName) });
    }
    return parts;
  }

  #joined(date, time, pattern) {
    if (!date) return time || [];
    if (!time) return date;
    return [...date, { type: 'literal', value: pattern.replace('{1}', '').replace('{0}', '') }, ...time];
  }

  #date(pattern, moment, fields) {
    const data = this.#data;
    const parts = [];
    const alone = /^M?E?m?$/.test(pattern);
    for (const [piece] of pattern.matchAll(/E|yy|y|NN|N|M|m|dd|de(?= )|d|[^EyNMmd]+/g)) {
      const literal = (value) => {
        const last = parts[parts.length - 1];
        if (last && last.type === 'literal') last.value += value;
        else parts.push({ type: 'literal', value });
      };
      const names = (kind, at, style) => {
        if (style === 'narrow') return data[kind][at][0].toUpperCase();
        if (style === 'short' || style === undefined) return (alone && data[`${kind}Alone`] || data[`${kind}Short`])[at];
        return data[kind][at];
      };
      if (piece === 'E') parts.push({ type: 'weekday', value: names('days', moment.weekday, fields.weekday) });
      else if (piece === 'yy' || piece === 'y') parts.push({ type: 'year', value: piece === 'yy' || fields.year === '2-digit' ? two(moment.year % 100) : String(moment.year) });
      else if (piece === 'NN') parts.push({ type: 'month', value: two(moment.month + 1) });
      else if (piece === 'N') parts.push({ type: 'month', value: String(moment.month + 1) });
      else if (piece === 'M') parts.push({ type: 'month', value: names('months', moment.month, fields.month) });
      else if (piece === 'm') parts.push({ type: 'month', value: data.monthsShort[moment.month] });
      else if (piece === 'dd') parts.push({ type: 'day', value: two(moment.day) });
      else if (piece === 'd') parts.push({ type: 'day', value: String(moment.day) });
      else literal(piece);
    }
    return parts;
  }

  #time(moment, fields, styled) {
    const data = this.#data;
    const parts = [];
    const push = (type, value) => parts.push({ type, value });
    const { hour, minute, second } = fields;
    const hour12 = this.#hour12;
    if (hour !== undefined) {
      let shown = hour12 ? moment.hour % 12 || (this.#asked === 'h11' ? 0 : 12) : moment.hour;
      if (this.#asked === 'h24' && shown === 0) shown = 24;
      const padded = hour === '2-digit' || (!hour12 && !data.hourNumeric && (minute === undefined || this.#asked)) || (!hour12 && !data.hourNumeric && hour === 'numeric' && minute !== '2-digit');
      push('hour', padded && !(styled && data.hourNumeric) ? two(shown) : String(shown));
    }
    if (minute !== undefined) {
      if (hour !== undefined) push('literal', ':');
      push('minute', hour !== undefined || second !== undefined ? two(moment.minute) : String(moment.minute));
    }
    if (second !== undefined) {
      if (minute !== undefined) push('literal', ':');
      push('second', minute !== undefined ? two(moment.second) : String(moment.second));
    }
    if (fields.fractionalSecondDigits !== undefined) {
      if (second !== undefined) push('literal', data.numbers.decimal);
      push('fractionalSecond', String(moment.ms).padStart(3, '0').slice(0, fields.fractionalSecondDigits));
    }
    if (hour !== undefined && hour12) {
      push('literal', '\u202f');
      push('dayPeriod', data.periods[moment.hour < 12 ? 0 : 1]);
    } else if (hour !== undefined && minute === undefined && data.hourAlone) {
      push('literal', data.hourAlone.replace('{0}', ''));
    }
    if (fields.timeZoneName) {
      const long = this.#locale.startsWith('es') && fields.timeZoneName === 'long';
      push('literal', long ? ' (' : ' ');
      push('timeZoneName', this.#zoneName(moment, fields.timeZoneName));
      if (long) push('literal', ')');
    }
    return parts;
  }

  #zoneName(moment, style) {
    const zone = this.#zone;
    const summer = moment.summer ? 1 : 0;
    const { zones, gmt, minusSign = '-' } = this.#data;
    const plain = style === 'short' || style === 'long';
    if (zone === 'UTC' && plain) return style === 'short' ? 'UTC' : this.#data.utc;
    if (plain && style === 'long' && this.#locale.startsWith('en')) {
      const long = LONG_ZONES[zone];
      if (long) return long[summer] || long[0];
    }
    if (style === 'short') {
      const own = ZONES[zones][zone] && (this.#locale.startsWith('en-GB') || zones === 'America' ? ZONES[zones][zone] : /^(de|es|sv)/.test(this.#locale) && zone !== 'Europe/London' ? { de: ['MEZ', 'MESZ'] }[this.#locale.slice(0, 2)] || ['CET', 'CEST'] : undefined);
      if (own) return own[summer];
    }
    if (moment.offset === 0) return this.#data.gmtZero || gmt;
    const minutes = Math.abs(Math.round(moment.offset / 60));
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    const sign = moment.offset < 0 ? minusSign : '+';
    return style === 'longOffset' || style === 'long' ? `${gmt}${sign}${two(hours)}:${two(rest)}` : `${gmt}${sign}${hours}${rest ? `:${two(rest)}` : ''}`;
  }
}

module.exports = { DateTimeFormat };
