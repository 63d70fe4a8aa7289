//! Dates as text: everything `Date.parse` takes in V8, and `String(date)` with the zone's name. Hooks run in UTC.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string,
};

use super::super::errors::define_hidden;
use super::super::state::text_of;

/// What V8 puts behind the offset.
const ZONE: &str = " (Coordinated Universal Time)";
/// The farthest a time may be from 1970, in milliseconds (ECMA-262, TimeClip).
const FARTHEST: i64 = 8_640_000_000_000_000;
const DAY_MS: i64 = 86_400_000;

/// Replaces the constructor `Date`, `Date.parse` and what writes a date with its zone.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let Some(original) = super::global("Date", context)? else {
        return Ok(());
    };
    let prototype = context.intrinsics().constructors().date().prototype();
    super::replace(&prototype, "toString", with_zone, context)?;
    super::replace(&prototype, "toTimeString", with_zone, context)?;
    let function = NativeFunction::from_copy_closure_with_captures(construct, original.clone());
    let wrapper: JsObject = FunctionObjectBuilder::new(context.realm(), function)
        .name(js_string!("Date"))
        .length(7)
        .constructor(true)
        .build()
        .into();
    let fixed = PropertyDescriptor::builder()
        .value(prototype.clone())
        .writable(false)
        .enumerable(false)
        .configurable(false);
    wrapper.define_property_or_throw(js_string!("prototype"), fixed, context)?;
    for name in ["now", "UTC", "parse"] {
        let value = original.get(js_string!(name), context)?;
        define_hidden(&wrapper, name, value, context)?;
    }
    super::replace(&wrapper, "parse", parse_date, context)?;
    define_hidden(&prototype, "constructor", wrapper.clone(), context)?;
    define_hidden(&context.global_object(), "Date", wrapper, context)
}

fn construct(
    new_target: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(target) = new_target.as_object() else {
        let now = original.construct(&[], None, context)?;
        return Ok(JsValue::from(now).to_string(context)?.into());
    };
    // One text is read by our own parser; everything else is boa's.
    let only = match args {
        [only] if only.is_string() => only.as_string(),
        [only]
            if only
                .as_object()
                .is_some_and(|object| !object.is::<boa_engine::builtins::date::Date>()) =>
        {
            let primitive =
                only.to_primitive(context, boa_engine::value::PreferredType::Default)?;
            match primitive.as_string() {
                Some(text) => Some(text),
                None => {
                    return original
                        .construct(&[primitive], Some(&target), context)
                        .map(JsValue::from);
                }
            }
        }
        _ => None,
    };
    let date = match only {
        Some(text) => original.construct(&[time_of(&text)], Some(&target), context)?,
        None => original.construct(args, Some(&target), context)?,
    };
    Ok(date.into())
}

fn parse_date(
    _: &JsValue,
    args: &[JsValue],
    _: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    Ok(time_of(&text))
}

fn time_of(text: &JsString) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "clipped below 2^53")]
    let time = parse(&text_of(text)).map_or(f64::NAN, |time| time as f64);
    JsValue::from(time)
}

fn with_zone(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = original.call(this, args, context)?;
    match text.as_string().map(|text| text_of(&text)) {
        Some(plain) if plain.contains("GMT") => Ok(js_string!(format!("{plain}{ZONE}")).into()),
        _ => Ok(text),
    }
}

/// One piece of a date's text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number { value: i64, digits: usize },
    Word(String),
    Symbol(char),
    Blank,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(&next) = rest.peek() {
        if next.is_ascii_digit() {
            let (mut value, mut digits) = (0_i64, 0);
            while let Some(digit) = rest.peek().and_then(|digit| digit.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(i64::from(digit));
                digits += 1;
                rest.next();
            }
            found.push(Token::Number { value, digits });
        } else if next.is_whitespace() {
            while rest.peek().is_some_and(|c| c.is_whitespace()) {
                rest.next();
            }
            found.push(Token::Blank);
        } else if next.is_alphabetic() || next > '\u{7f}' {
            let mut word = String::new();
            while let Some(&letter) = rest.peek().filter(|c| c.is_alphabetic() || **c > '\u{7f}') {
                word.extend(letter.to_lowercase());
                rest.next();
            }
            found.push(Token::Word(word));
        } else {
            rest.next();
            found.push(Token::Symbol(next));
        }
    }
    found
}

/// What is known of a date so far.
#[derive(Default)]
struct Parts {
    days: Vec<i64>,
    /// 1 to 12, where a name said it.
    month: Option<i64>,
    /// Hours, minutes, seconds, milliseconds.
    time: Vec<i64>,
    /// No further part of the time is awaited.
    time_done: bool,
    /// 0 for AM, 12 for PM.
    half: Option<i64>,
    sign: Option<i64>,
    zone_hour: Option<i64>,
    zone_minute: Option<i64>,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Names of zones, with their offsets in hours.
const ZONES: [(&str, i64); 12] = [
    ("ut", 0),
    ("utc", 0),
    ("z", 0),
    ("gmt", 0),
    ("cdt", -5),
    ("cst", -6),
    ("edt", -4),
    ("est", -5),
    ("mdt", -6),
    ("mst", -7),
    ("pdt", -7),
    ("pst", -8),
];

/// Milliseconds since 1970 of a date's text in any form that V8 takes; `None` is its NaN.
fn parse(text: &str) -> Option<i64> {
    let tokens = tokens(text.trim());
    if let Some(time) = iso(&tokens) {
        return time;
    }
    loose(&tokens)
}

fn number(tokens: &[Token], at: usize, wanted: usize) -> Option<i64> {
    match tokens.get(at) {
        Some(Token::Number { value, digits }) if *digits == wanted => Some(*value),
        _ => None,
    }
}

fn symbol(tokens: &[Token], at: usize, wanted: char) -> bool {
    tokens.get(at) == Some(&Token::Symbol(wanted))
}

/// The form of ECMAScript. The outer `None`: it is another form; the inner: it is this form and wrong.
#[allow(clippy::option_option)]
fn iso(tokens: &[Token]) -> Option<Option<i64>> {
    let mut at = 0;
    let year = match tokens.first()? {
        Token::Symbol(sign @ ('+' | '-')) => {
            let year = number(tokens, 1, 6)?;
            if *sign == '-' && year == 0 {
                return None;
            }
            at = 1;
            if *sign == '-' { -year } else { year }
        }
        _ => number(tokens, 0, 4)?,
    };
    at += 1;
    let (mut month, mut day) = (1, 1);
    if symbol(tokens, at, '-') {
        month = number(tokens, at + 1, 2).filter(|month| (1..=12).contains(month))?;
        at += 2;
        if symbol(tokens, at, '-') {
            day = number(tokens, at + 1, 2).filter(|day| (1..=31).contains(day))?;
            at += 2;
        }
    }
    if at == tokens.len() {
        return Some(time(year, month, day, &[], Some(0)));
    }
    if tokens.get(at) != Some(&Token::Word("t".to_owned())) {
        return None;
    }
    Some(
        iso_time(tokens, at + 1).and_then(|(parts, offset)| time(year, month, day, &parts, offset)),
    )
}

/// What follows the `T`: the parts of the time, and the offset in minutes where there is one.
fn iso_time(tokens: &[Token], mut at: usize) -> Option<(Vec<i64>, Option<i64>)> {
    let mut parts = vec![number(tokens, at, 2)?];
    if !symbol(tokens, at + 1, ':') {
        return None;
    }
    parts.push(number(tokens, at + 2, 2)?);
    at += 3;
    if symbol(tokens, at, ':') {
        parts.push(number(tokens, at + 1, 2)?);
        at += 2;
        if symbol(tokens, at, '.') {
            parts.push(milliseconds(tokens.get(at + 1)?)?);
            at += 2;
        }
    }
    let offset = match tokens.get(at) {
        None => None,
        Some(Token::Word(word)) if word == "z" => {
            at += 1;
            Some(0)
        }
        Some(Token::Symbol(sign @ ('+' | '-'))) => {
            let minutes = if let Some(both) = number(tokens, at + 1, 4) {
                at += 2;
                both / 100 * 60 + both % 100
            } else {
                let hours = number(tokens, at + 1, 2)?;
                if !symbol(tokens, at + 2, ':') {
                    return None;
                }
                let minutes = number(tokens, at + 3, 2)?;
                at += 4;
                hours * 60 + minutes
            };
            Some(if *sign == '-' { -minutes } else { minutes })
        }
        Some(_) => return None,
    };
    (at == tokens.len()).then_some((parts, offset))
}

/// The first three digits of a fraction of a second.
fn milliseconds(token: &Token) -> Option<i64> {
    let Token::Number { value, digits } = token else {
        return None;
    };
    let digits = u32::try_from(*digits).ok()?;
    Some(match digits {
        1 => value * 100,
        2 => value * 10,
        3 => *value,
        // More digits than a number holds are as good as these.
        more => value / 10_i64.checked_pow((more - 3).min(18))?,
    })
}

/// Every other form: numbers, names of months, times with colons, zones, in nearly any order.
fn loose(tokens: &[Token]) -> Option<i64> {
    let mut parts = Parts::default();
    let mut read_number = false;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Number { value, .. } => {
                read_number = true;
                at = parts.number(*value, tokens, at)?;
            }
            Token::Word(word) => {
                let month = MONTHS.iter().position(|month| word.starts_with(month));
                let zone = ZONES.iter().find(|(zone, _)| zone == word);
                match (month, zone) {
                    _ if matches!(word.as_str(), "am" | "pm") && !parts.time.is_empty() => {
                        parts.half = Some(if word == "pm" { 12 } else { 0 });
                    }
                    (Some(month), _) => {
                        parts.month = i64::try_from(month + 1).ok();
                        at += usize::from(symbol(tokens, at, '-'));
                    }
                    (_, Some((_, hours))) if read_number => {
                        parts.sign = Some(if *hours < 0 { -1 } else { 1 });
                        parts.zone_hour = Some(hours.abs());
                        parts.zone_minute = Some(0);
                    }
                    _ if read_number || matches!(tokens.get(at), Some(Token::Number { .. })) => {
                        return None;
                    }
                    _ => {}
                }
            }
            Token::Symbol(sign @ ('+' | '-')) if parts.is_utc() || !parts.time.is_empty() => {
                at = parts.offset(*sign, tokens, at)?;
                read_number = true;
            }
            Token::Symbol('+' | '-' | ')') if read_number => return None,
            Token::Symbol('(') => {
                let mut open = 1;
                while open > 0 {
                    match tokens.get(at) {
                        Some(Token::Symbol('(')) => open += 1,
                        Some(Token::Symbol(')')) => open -= 1,
                        Some(_) => {}
                        None => break,
                    }
                    at += 1;
                }
            }
            Token::Symbol(_) | Token::Blank => {}
        }
    }
    parts.finish()
}

impl Parts {
    fn is_utc(&self) -> bool {
        self.zone_hour == Some(0) && self.zone_minute == Some(0)
    }

    /// Whether a number can be the next part of a time that has begun.
    fn awaits(&self, value: i64) -> bool {
        !self.time_done
            && match self.time.len() {
                1 | 2 => (0..60).contains(&value),
                3 => (0..1000).contains(&value),
                _ => false,
            }
    }

    /// Takes a number; returns where to read on.
    fn number(&mut self, value: i64, tokens: &[Token], mut at: usize) -> Option<usize> {
        if symbol(tokens, at, ':') {
            if self.time_done || self.time.len() >= 4 {
                return None;
            }
            self.time.push(value);
            at += 1;
            if symbol(tokens, at, ':') {
                self.time.push(0);
                at += 1;
            }
            return Some(at);
        }
        let point = symbol(tokens, at, '.');
        at += usize::from(point);
        if point && self.awaits(value) {
            self.time.push(value);
            self.time.resize(3, 0);
            self.time.push(milliseconds(tokens.get(at)?)?);
            self.time_done = true;
            return Some(at + 1);
        }
        if self.zone_hour.is_some() && self.zone_minute.is_none() && (0..60).contains(&value) {
            self.zone_minute = Some(value);
        } else if self.awaits(value) {
            self.time.push(value);
            self.time_done = true;
            let fits = match tokens.get(at) {
                None | Some(Token::Blank | Token::Symbol('+' | '-')) => true,
                Some(Token::Word(word)) => word == "z",
                Some(_) => false,
            };
            if !fits {
                return None;
            }
        } else {
            if self.days.len() >= 3 {
                return None;
            }
            self.days.push(value);
            at += usize::from(symbol(tokens, at, '-'));
        }
        Some(at)
    }

    /// Takes what follows a sign behind the time; returns where to read on.
    fn offset(&mut self, sign: char, tokens: &[Token], at: usize) -> Option<usize> {
        self.sign = Some(if sign == '-' { -1 } else { 1 });
        let (value, digits, at) = match tokens.get(at) {
            Some(Token::Number { value, digits }) => (*value, *digits, at + 1),
            _ => (0, 0, at),
        };
        if symbol(tokens, at, ':') {
            self.zone_hour = Some(value);
            self.zone_minute = None;
            return Some(at + 1);
        }
        match digits {
            1 | 2 => {
                self.zone_hour = Some(value);
                self.zone_minute = Some(0);
            }
            3 | 4 => {
                self.zone_hour = Some(value / 100);
                self.zone_minute = Some(value % 100);
            }
            _ => return None,
        }
        Some(at)
    }

    fn finish(mut self) -> Option<i64> {
        if self.days.is_empty() {
            return None;
        }
        self.days.resize(3, 1);
        let [first, second, third] = self.days.try_into().ok()?;
        let is_day = |value: i64| (1..=31).contains(&value);
        let (year, month, day) = match self.month {
            None if !is_day(first) => (first, second, third),
            None => (third, first, second),
            Some(month) if !is_day(first) => (first, month, second),
            Some(month) => (second, month, first),
        };
        let year = match year {
            0..=49 => year + 2000,
            50..=99 => year + 1900,
            year => year,
        };
        if !(1..=12).contains(&month) || !is_day(day) {
            return None;
        }
        if let Some(half) = self.half {
            let hour = self.time.first_mut()?;
            if !(0..=12).contains(hour) {
                return None;
            }
            *hour = *hour % 12 + half;
        }
        let offset = self
            .sign
            .map(|sign| sign * (self.zone_hour.unwrap_or(0) * 60 + self.zone_minute.unwrap_or(0)));
        time(year, month, day, &self.time, offset)
    }
}

/// Milliseconds since 1970; days beyond the end of a month go on into the next.
fn time(year: i64, month: i64, day: i64, parts: &[i64], offset: Option<i64>) -> Option<i64> {
    let part = |index: usize| parts.get(index).copied().unwrap_or(0);
    let (hour, minute, second, ms) = (part(0), part(1), part(2), part(3));
    let midnight = hour == 24 && minute == 0 && second == 0 && ms == 0;
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    if !(fits || midnight) || year.abs() > 400_000 {
        return None;
    }
    let days = days_since_1970(year, month) + day - 1;
    let clock = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    let time = days * DAY_MS + clock - offset.unwrap_or(0) * 60_000;
    (time.abs() <= FARTHEST).then_some(time)
}

/// Days from 1970 to the first of a month, in the calendar of ISO 8601.
fn days_since_1970(year: i64, month: i64) -> i64 {
    // Years that begin in March, so that the day of a leap year is their last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_what_v8_reads() {
        // Read off node 20 with TZ=UTC.
        for (text, expected) in [
            ("Nov 26, 2026 10:00", Some(1_795_687_200_000)),
            ("2026-11-26 10:00", Some(1_795_687_200_000)),
            ("11/26/2026", Some(1_795_651_200_000)),
            ("26 November 2026", Some(1_795_651_200_000)),
            ("Thu, 26 Nov 2026 10:00:00 GMT", Some(1_795_687_200_000)),
            ("26 Nov 2026 10:00 EST", Some(1_795_705_200_000)),
            (
                "Thu Nov 26 2026 10:00:00 GMT+0200 (CEST)",
                Some(1_795_680_000_000),
            ),
            ("1/2/2026 3:04 pm", Some(1_767_366_240_000)),
            ("2026-1-5", Some(1_767_571_200_000)),
            ("12", Some(1_007_164_800_000)),
            ("1/1/49", Some(2_493_072_000_000)),
            ("2026-11-26T10:00:00.123456Z", Some(1_795_687_200_123)),
            ("2026-11-26T10", None),
            ("2026-13-01", None),
            ("26.11.2026", None),
            ("foo", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
