//! Puts a mask over every secret's value, wherever it stands and in whatever encoding.
//!
//! A value of several lines, such as a key in PEM, is also masked line by line: the console shows long texts so.
//! A value of fewer than [`MIN_SEARCHED_CHARS`] characters is masked only where a whole text is that value:
//! searching texts for it would tear them apart and tell nothing less.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::bounds::{self, MAX_ERROR_TEXT_BYTES, MAX_WARNING_BYTES};
use super::mask_cut::Beginnings;
use crate::engine::{Answer, Event, Thrown};

/// Characters a value must have to be searched for inside texts.
pub const MIN_SEARCHED_CHARS: usize = 4;

/// Characters a line of a value must have to be searched for by itself, without the blanks around it.
const MIN_LINE_CHARS: usize = 8;

/// Characters the certain part of a base64 form must have: shorter ones stand in ordinary words.
const MIN_BASE64_CHARS: usize = 6;

/// What `encodeURIComponent` leaves as it is besides letters and digits.
const URI_COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');
/// What `application/x-www-form-urlencoded` leaves as it is.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'*');
/// What `encodeURI` leaves as it is besides what `encodeURIComponent` does.
const URI: &AsciiSet = &URI_COMPONENT
    .remove(b';')
    .remove(b',')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b'#');

/// What the WHATWG URL parser escapes in a path, a query (of http and https) and before the `@`.
const URL_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');
const URL_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\'');
const URL_USER: &AsciiSet = &URL_PATH
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'=')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'|');

/// Knows a run's secrets in all their forms.
pub struct Masker {
    forms: Option<AhoCorasick>,
    beginnings: Option<Beginnings>,
    /// The mask of each form, in the forms' order.
    masks: Vec<String>,
    /// Whole texts that are masked: values too short to be searched for.
    whole: BTreeMap<String, String>,
}

impl Masker {
    /// A masker for these secrets; `reveal` makes one that changes nothing.
    #[must_use]
    pub fn new(secrets: &BTreeMap<String, String>, reveal: bool) -> Self {
        let mut whole = BTreeMap::new();
        let mut forms: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in secrets {
            if reveal || value.is_empty() {
                continue;
            }
            let mask = Self::mask_of(name);
            if value.chars().count() < MIN_SEARCHED_CHARS {
                whole.entry(value.clone()).or_insert(mask);
                continue;
            }
            for form in forms_of(value).into_iter().chain(lines_of(value)) {
                forms.entry(form).or_insert_with(|| mask.clone());
            }
        }
        let (patterns, masks): (Vec<_>, Vec<_>) = forms.into_iter().unzip();
        let searched = (!patterns.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&patterns)
        });
        match searched {
            None => Self {
                forms: None,
                beginnings: None,
                masks,
                whole,
            },
            Some(Ok(forms)) => Self {
                forms: Some(forms),
                beginnings: Beginnings::new(patterns),
                masks,
                whole,
            },
            // Too many secrets for one automaton: mask what equals a form rather than nothing.
            Some(Err(_)) => {
                whole.extend(patterns.into_iter().zip(masks));
                Self {
                    forms: None,
                    beginnings: None,
                    masks: Vec::new(),
                    whole,
                }
            }
        }
    }

    /// What stands in place of the value of the secret `name`.
    #[must_use]
    pub fn mask_of(name: &str) -> String {
        format!("[secret {name}]")
    }

    /// True if there is nothing to mask.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.forms.is_none() && self.whole.is_empty()
    }

    /// Masks a text in place.
    pub fn text(&self, text: &mut String) {
        self.cut_text(text, usize::MAX);
    }

    /// Masks a text in place that was cut if it fills `room` bytes: what its end leaves of a secret is masked too.
    fn cut_text(&self, text: &mut String, room: usize) {
        let cut = bounds::fills(text, room);
        if let Some(mask) = self.whole.get(text.as_str()) {
            text.clone_from(mask);
        } else if let Some(forms) = &self.forms
            && forms.is_match(text.as_str())
        {
            *text = forms.replace_all(text, &self.masks);
        }
        if let Some(beginnings) = &self.beginnings {
            beginnings.mask(text, cut, &self.masks);
        }
    }

    /// Masks bytes in place; those that hold a secret become text, with U+FFFD for what is no UTF-8.
    pub fn bytes(&self, bytes: &mut Vec<u8>) {
        let plain = String::from_utf8_lossy(bytes);
        let mut text = plain.clone().into_owned();
        self.text(&mut text);
        if text != plain {
            *bytes = text.into_bytes();
        }
    }

    /// Masks strings, keys and numbers of a JSON value in place.
    pub fn value(&self, value: &mut Value) {
        if self.is_idle() {
            return;
        }
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::Object(object) => {
                let masked = std::mem::take(object)
                    .into_iter()
                    .map(|(mut key, mut item)| {
                        self.text(&mut key);
                        self.value(&mut item);
                        (key, item)
                    })
                    .collect::<Map<_, _>>();
                *object = masked;
            }
            Value::Number(number) => {
                let plain = number.to_string();
                let mut text = plain.clone();
                self.text(&mut text);
                if text != plain {
                    *value = Value::String(text);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Masks a JSON text in place, and keeps it JSON.
    pub fn json(&self, json: &mut String) {
        if self.is_idle() {
            return;
        }
        match serde_json::from_str::<Value>(json) {
            Ok(mut value) => {
                self.value(&mut value);
                *json = value.to_string();
            }
            // Nested deeper than serde_json reads: no longer JSON perhaps, but without the secret.
            Err(_) => self.text(json),
        }
    }

    /// Masks everything an event tells; `room` is what the bounds left for it if it is a line, in bytes.
    pub fn event(&self, event: &mut Event, room: usize) {
        if self.is_idle() {
            return;
        }
        match event {
            Event::Log(line) => self.cut_text(&mut line.text, room),
            Event::Warning(warning) => self.cut_text(&mut warning.message, MAX_WARNING_BYTES),
            Event::Command { args, .. } => self.json(args),
            Event::Uncaught { thrown, .. } => self.thrown(thrown),
            Event::Answer { answer, .. } => match answer {
                Answer::Success { data } => {
                    if let Some(data) = data {
                        self.json(data);
                    }
                }
                Answer::Failure { thrown, .. } | Answer::Unhandled { thrown } => {
                    self.thrown(thrown);
                }
            },
            Event::Transaction(pair) => self.json(pair),
            Event::Request(call) => {
                self.text(&mut call.method);
                self.text(&mut call.url);
                for (name, value) in &mut call.headers {
                    self.text(name);
                    self.text(value);
                }
                self.bytes(&mut call.body);
            }
            // The next run has to find what this one wrote.
            Event::Storage(_) => {}
            Event::RequestAborted { .. } | Event::Loaded { .. } | Event::Finished(_) => {}
        }
    }

    fn thrown(&self, thrown: &mut Thrown) {
        self.cut_text(&mut thrown.display, MAX_ERROR_TEXT_BYTES);
        for text in [
            &mut thrown.name,
            &mut thrown.message,
            &mut thrown.stack,
            &mut thrown.explanation,
        ]
        .into_iter()
        .flatten()
        {
            self.cut_text(text, MAX_ERROR_TEXT_BYTES);
        }
        for json in [&mut thrown.properties, &mut thrown.body5]
            .into_iter()
            .flatten()
        {
            self.json(json);
        }
    }
}

/// Every form a value is searched in.
fn forms_of(value: &str) -> Vec<String> {
    let bytes = value.as_bytes();
    let once = json_escaped(value);
    let mut forms = vec![
        value.to_owned(),
        // JSON in JSON, as `console.log(JSON.stringify({body: JSON.stringify(…)}))` prints it.
        json_escaped(&once),
        once,
        hex(bytes, false),
        hex(bytes, true),
        utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(value, URI_COMPONENT).to_string(),
        utf8_percent_encode(value, URI).to_string(),
        utf8_percent_encode(value, URL_PATH).to_string(),
        utf8_percent_encode(value, URL_QUERY).to_string(),
        utf8_percent_encode(value, URL_USER).to_string(),
        utf8_percent_encode(value, FORM)
            .to_string()
            .replace("%20", "+"),
    ];
    let lower: Vec<_> = forms[5..].iter().map(|form| lower_escapes(form)).collect();
    forms.extend(lower);
    forms.extend(inspected(value));
    forms.extend([STANDARD_NO_PAD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes)]);
    // Inside a longer text: `user:value` of HTTP's Basic scheme, also as RFC 6749 encodes it, and values of JSON.
    let mut inside = vec![value.to_owned()];
    inside.extend([forms[1].clone(), forms[2].clone(), forms[6].clone()]);
    inside.sort_unstable();
    inside.dedup();
    for text in inside {
        for lead in 0..3 {
            forms.extend(base64_inside(text.as_bytes(), lead));
        }
    }
    forms
}

/// The value as JSON writes it inside quotes.
fn json_escaped(value: &str) -> String {
    let quoted = Value::from(value).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// The value as `util.inspect` writes it inside quotes of any kind: it takes those that spare escapes, by the whole text.
fn inspected(value: &str) -> [String; 2] {
    let bare = json_escaped(value).replace("\\\"", "\"");
    [bare.replace('\'', "\\'"), bare]
}

/// The forms of each line of a value that has several, also where the value holds `\n` as two characters, as env
/// files write it and hooks replace it.
fn lines_of(value: &str) -> Vec<String> {
    let lines: Vec<_> = value
        .split('\n')
        .flat_map(|line| line.split("\\n"))
        .collect();
    if lines.len() < 2 {
        return Vec::new();
    }
    lines
        .into_iter()
        .map(str::trim)
        .filter(|line| line.chars().count() >= MIN_LINE_CHARS)
        .flat_map(|line| {
            let once = json_escaped(line);
            let twice = json_escaped(&once);
            [line.to_owned(), once, twice]
                .into_iter()
                .chain(inspected(line))
        })
        .collect()
}

fn hex(bytes: &[u8], upper: bool) -> String {
    let digits = if upper {
        b"0123456789ABCDEF"
    } else {
        b"0123456789abcdef"
    };
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(digits[usize::from(nibble)]))
        .collect()
}

/// `%2F` as `%2f`.
fn lower_escapes(text: &str) -> String {
    let mut digits = 0;
    text.chars()
        .map(|c| {
            if c == '%' {
                digits = 2;
            } else if digits > 0 {
                digits -= 1;
                return c.to_ascii_lowercase();
            }
            c
        })
        .collect()
}

/// What base64 always shows of the value when `lead` bytes (modulo 3) stand before it in the encoded
/// text, as in `user:password`: the characters that no neighbour has a part in.
fn base64_inside(bytes: &[u8], lead: usize) -> Vec<String> {
    let mut led = vec![0; lead];
    led.extend_from_slice(bytes);
    // Each character holds six bits; those that share bits with the lead or with what follows go.
    let from = (lead * 8).div_ceil(6);
    let to = led.len() * 8 / 6;
    [STANDARD_NO_PAD.encode(&led), URL_SAFE_NO_PAD.encode(&led)]
        .into_iter()
        .filter_map(|text| text.get(from..to).map(str::to_owned))
        .filter(|inside| inside.len() >= MIN_BASE64_CHARS)
        .collect()
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use serde_json::json;

    use super::*;

    const VALUE: &str = "pa\"ss/wörd?&+ 1";

    fn masker(value: &str) -> Masker {
        Masker::new(
            &BTreeMap::from([("KEY".to_owned(), value.to_owned())]),
            false,
        )
    }

    fn masked(value: &str, text: &str) -> String {
        let mut text = text.to_owned();
        masker(value).text(&mut text);
        text
    }

    #[test]
    fn every_encoding_is_masked() {
        for form in [
            VALUE.to_owned(),
            json!(VALUE).to_string(),
            json!(json!({"a": VALUE}).to_string()).to_string(),
            STANDARD.encode(VALUE),
            URL_SAFE_NO_PAD.encode(VALUE),
            hex(VALUE.as_bytes(), false),
            hex(VALUE.as_bytes(), true),
            "pa%22ss%2Fw%C3%B6rd%3F%26%2B%201".to_owned(),
            "pa%22ss%2fw%c3%b6rd%3f%26%2b%201".to_owned(),
            "pa%22ss%2Fw%C3%B6rd%3F%26%2B+1".to_owned(),
        ] {
            let text = masked(VALUE, &format!("<{form}>"));
            assert!(text.contains("[secret KEY]"), "{form} stays in {text}");
        }
    }

    #[test]
    fn base64_of_a_longer_text_is_masked_at_every_offset() {
        for user in ["", "u", "us", "use", "user:"] {
            for after in ["", "x", "xy"] {
                let text = masked(
                    "correct horse battery",
                    &STANDARD.encode(format!("{user}correct horse battery{after}")),
                );
                assert!(text.contains("[secret KEY]"), "{user:?} {after:?}: {text}");
            }
        }
    }

    #[test]
    fn calls_are_masked_in_every_part() {
        use crate::engine::outside::HttpCall;
        let value = "s3 cr/et+\u{e9}\"";
        let basic = STANDARD.encode(format!("user:{value}"));
        let encoded = STANDARD.encode("user:s3%20cr%2Fet%2B%C3%A9%22");
        let mut binary = vec![0xff, 0xfe];
        binary.extend(value.bytes());
        let mut event = Event::Request(HttpCall {
            id: 1,
            at_ms: 0.0,
            method: "POST".to_owned(),
            // As the URL parser writes it in the three parts.
            url: "https://s3%20cr%2Fet+%C3%A9%22@a.com/s3%20cr/et+%C3%A9%22?q=s3%20cr/et+%C3%A9%22&c=s3%20cr%2Fet%2B%C3%A9%22".to_owned(),
            headers: vec![
                ("authorization".to_owned(), format!("Basic {basic}")),
                ("x-client".to_owned(), format!("Basic {encoded}")),
                ("x-json".to_owned(), STANDARD.encode(json!({"k": value}).to_string())),
            ],
            body: binary,
            line: None,
            after_response: false,
        });
        masker(value).event(&mut event, usize::MAX);
        let Event::Request(call) = event else {
            panic!("another event");
        };
        assert_eq!(
            call.url,
            "https://[secret KEY]@a.com/[secret KEY]?q=[secret KEY]&c=[secret KEY]"
        );
        for (_, value) in &call.headers {
            assert!(value.contains("[secret KEY]"), "{value}");
        }
        assert_eq!(
            String::from_utf8(call.body).unwrap(),
            "\u{fffd}\u{fffd}[secret KEY]"
        );
    }

    #[test]
    fn a_value_of_several_lines_is_masked_line_by_line() {
        let value = "first 'line'\r\n    \"second\" line\n\nend\n";
        let text = masked(
            value,
            "  first 'line'\n  \"first \\'line\\'\\r\\n\" +\n        \"second\" line\n  'end\\n'",
        );
        assert_eq!(
            text,
            "  [secret KEY]\n  \"[secret KEY]\\r\\n\" +\n        [secret KEY]\n  'end\\n'"
        );
        // As env files write it.
        assert_eq!(
            masked("-----BEGIN\\nMIIEvQIBADAN", "-----BEGIN\nMIIEvQIBADAN"),
            "[secret KEY]\n[secret KEY]"
        );
        // The blanks of an indentation are no secret, nor is a short line.
        let text = "          a\n}";
        assert_eq!(masked("{\n          \n}", text), text);
    }

    #[test]
    fn quotes_of_every_kind_are_masked_as_inspect_writes_them() {
        let value = "it's\n\"two\"";
        for shown in [r#"'it\'s\n"two"'"#, r#"`it's\n"two"`"#] {
            let text = masked(value, shown);
            assert!(text.contains("[secret KEY]"), "{text}");
        }
    }

    #[test]
    fn short_values_are_masked_as_whole_texts_only() {
        assert_eq!(masked("abc", "abc"), "[secret KEY]");
        assert_eq!(masked("abc", "abcd"), "abcd");
        assert_eq!(masked("", ""), "");
    }

    #[test]
    fn json_stays_json() {
        let mut json = r#"{"n":123456,"m":1e+21,"k1234":[true,"x1234y"]}"#.to_owned();
        masker("1234").json(&mut json);
        assert_eq!(
            json,
            r#"{"n":"[secret KEY]56","m":1e+21,"k[secret KEY]":[true,"x[secret KEY]y"]}"#
        );
    }

    #[test]
    fn the_longest_value_wins() {
        let secrets = BTreeMap::from([
            ("A".to_owned(), "word".to_owned()),
            ("B".to_owned(), "wordsmith".to_owned()),
        ]);
        let mut text = "wordsmith word".to_owned();
        Masker::new(&secrets, false).text(&mut text);
        assert_eq!(text, "[secret B] [secret A]");
        let mut text = "wordsmith".to_owned();
        Masker::new(&secrets, true).text(&mut text);
        assert_eq!(text, "wordsmith");
    }
}
