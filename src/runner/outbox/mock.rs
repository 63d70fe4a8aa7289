//! Canned answers: what a mock file holds, how it is read and checked, and which calls an entry fits.
//!
//! The contract's three keys are `method`, `url` and `respond`; ours besides: `when`, `times`, `enabled`, a list under
//! `respond` for answers in turn, and in an answer `delay_ms`, `fault` and `body_base64`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use thiserror::Error;

use super::failure;
use super::pattern;
use super::target::Target;
use crate::engine::outside::{HttpCall, HttpFailure, HttpResponse};

/// The longest wait before an answer: beyond it no run is alive any more.
pub const MAX_DELAY_MS: u64 = 24 * 60 * 60 * 1000;

/// One canned HTTP answer: the `--mock` file is a list of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mock {
    /// In any case, or `*` for every method.
    pub method: String,
    /// Exact, or with `*` for any text.
    pub url: String,
    /// An entry that is switched off fits no call.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
    /// What the call must carry besides.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub when: When,
    /// Calls it answers before it fits no more; without it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// The answers in turn, the last one for all further calls. One alone stands in the file without its list.
    #[serde(serialize_with = "one_or_list", deserialize_with = "list_of_one")]
    pub respond: Vec<MockResponse>,
}

/// What a call must carry for a mock to fit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// Values of headers, exact or with `*` for any text.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// A text is a pattern for the whole body. Other JSON is compared with a JSON body: objects may have more keys there.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub body: Value,
}

impl When {
    fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.body.is_null()
    }

    fn fits(&self, call: &HttpCall) -> bool {
        self.headers.iter().all(|(name, wanted)| {
            let wanted = text_of(wanted);
            call.headers.iter().any(|(known, value)| {
                known.eq_ignore_ascii_case(name) && pattern::matches(&wanted, value)
            })
        }) && match &self.body {
            Value::Null => true,
            Value::String(wanted) => pattern::matches(wanted, &String::from_utf8_lossy(&call.body)),
            wanted => serde_json::from_slice(&call.body).is_ok_and(|body| holds(&body, wanted)),
        }
    }
}

/// What a mock answers with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MockResponse {
    #[serde(default = "ok")]
    pub status: u16,
    /// Texts, or lists of texts for headers that stand several times.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// A text as it is; other JSON is written out and called `application/json`.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub body: Value,
    /// Bytes that are no text, in place of `body`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_base64: Option<String>,
    /// Milliseconds until the answer.
    #[serde(default, skip_serializing_if = "is_none_of_it")]
    pub delay_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

impl Default for MockResponse {
    fn default() -> Self {
        Self {
            status: ok(),
            headers: Map::new(),
            body: Value::Null,
            body_base64: None,
            delay_ms: 0,
            fault: None,
        }
    }
}

/// What goes wrong instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// No answer ever comes; with `delay_ms` the connection times out after it.
    Timeout,
    /// The connection breaks off.
    Reset,
    /// Nobody listens there.
    Refused,
    /// The host's name is not known.
    NotFound,
    /// The server's certificate has expired.
    Certificate,
    /// The answer's JSON is broken off in its middle.
    BrokenJson,
}

impl Fault {
    /// In the order of menus.
    pub const ALL: [Self; 6] = [
        Self::Timeout,
        Self::Reset,
        Self::Refused,
        Self::NotFound,
        Self::Certificate,
        Self::BrokenJson,
    ];

    /// What it is, in few words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Timeout => "No answer (timeout)",
            Self::Reset => "Connection reset",
            Self::Refused => "Connection refused",
            Self::NotFound => "Unknown host",
            Self::Certificate => "Expired certificate",
            Self::BrokenJson => "Broken JSON",
        }
    }
}

/// What a mock does with a call that it fits.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The call's end, after so many milliseconds.
    End {
        end: Result<HttpResponse, HttpFailure>,
        delay_ms: u64,
    },
    /// The call hangs until the code gives it up or the run ends.
    Silence,
}

impl Mock {
    /// An entry that always gives this answer.
    #[must_use]
    pub fn new(method: impl Into<String>, url: impl Into<String>, respond: MockResponse) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            enabled: true,
            when: When::default(),
            times: None,
            respond: vec![respond],
        }
    }

    /// Whether it answers this call after it has answered so many.
    #[must_use]
    pub fn fits(&self, call: &HttpCall, answered: u32) -> bool {
        self.enabled
            && self.times.is_none_or(|times| answered < times)
            && (self.method == "*" || self.method.eq_ignore_ascii_case(&call.method))
            && pattern::matches(&self.url, &call.url)
            && self.when.fits(call)
    }

    /// The answer after it has given so many.
    #[must_use]
    pub fn respond_at(&self, answered: u32) -> Option<&MockResponse> {
        let index = usize::try_from(answered).unwrap_or(usize::MAX);
        self.respond.get(index).or_else(|| self.respond.last())
    }
}

impl MockResponse {
    /// What comes of it for a call of `url`.
    #[must_use]
    pub fn reply(&self, url: &str) -> Reply {
        let target = Target::of(url);
        let why = "a mock with this fault answers the call";
        let end = match self.fault {
            None => Ok(self.response()),
            Some(Fault::BrokenJson) => Ok(self.broken()),
            Some(Fault::Timeout) if self.delay_ms == 0 => return Reply::Silence,
            Some(Fault::Timeout) => Err(failure::timed_out(target.as_ref(), why)),
            Some(Fault::Reset) => Err(failure::reset(why)),
            Some(Fault::Refused) => Err(failure::refused(target.as_ref(), why)),
            Some(Fault::NotFound) => Err(failure::not_found(target.as_ref(), why)),
            Some(Fault::Certificate) => Err(failure::plain(
                "CERT_HAS_EXPIRED",
                "certificate has expired",
                why,
            )),
        };
        Reply::End {
            end,
            delay_ms: self.delay_ms,
        }
    }

    /// The answer without its fault.
    #[must_use]
    pub fn response(&self) -> HttpResponse {
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in &self.headers {
            match value {
                Value::Array(values) => {
                    headers.extend(values.iter().map(|value| (name.clone(), text_of(value))));
                }
                value => headers.push((name.clone(), text_of(value))),
            }
        }
        let (body, json) = match (&self.body_base64, &self.body) {
            // Checked when it was read.
            (Some(bytes), _) => (STANDARD.decode(bytes).unwrap_or_default(), false),
            (None, Value::Null) => (Vec::new(), false),
            (None, Value::String(text)) => (text.clone().into_bytes(), false),
            (None, value) => (value.to_string().into_bytes(), true),
        };
        if json
            && !headers
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        HttpResponse {
            status: self.status,
            status_text: reason(self.status).to_owned(),
            headers,
            body,
        }
    }

    fn broken(&self) -> HttpResponse {
        let mut response = self.response();
        let half = response.body.len() / 2;
        response.body.truncate(half);
        // Of an empty or tiny answer nothing would be left to break.
        if serde_json::from_slice::<Value>(&response.body).is_ok() || response.body.is_empty() {
            response.body = b"{\"broken\": ".to_vec();
        }
        response
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
        if !response
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        {
            response
                .headers
                .push(("content-type".to_owned(), "application/json".to_owned()));
        }
        response
    }

    /// An answer that gives these bytes again.
    #[must_use]
    pub fn of(response: &HttpResponse) -> Self {
        let mut headers = Map::new();
        for (name, value) in &response.headers {
            let value = Value::from(value.as_str());
            match headers.get_mut(name) {
                None => {
                    headers.insert(name.clone(), value);
                }
                Some(Value::Array(values)) => values.push(value),
                Some(known) => *known = Value::from(vec![known.take(), value]),
            }
        }
        let json = response.headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("content-type") && value.contains("json")
        });
        let (body, body_base64) = match std::str::from_utf8(&response.body) {
            Ok("") => (Value::Null, None),
            Ok(text) => {
                let read: Option<Value> = serde_json::from_str(text).ok();
                // Written out again it must be the same bytes: blanks are part of an answer.
                let value = read
                    .filter(|value| json && !value.is_string() && format!("{value}") == text)
                    .unwrap_or_else(|| Value::from(text));
                (value, None)
            }
            Err(_) => (Value::Null, Some(STANDARD.encode(&response.body))),
        };
        Self {
            status: response.status,
            headers,
            body,
            body_base64,
            delay_ms: 0,
            fault: None,
        }
    }
}

/// Why a text is no list of mocks.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MockFileError {
    #[error("line {line}, column {column} is not JSON: {problem}")]
    Json {
        line: usize,
        column: usize,
        problem: String,
    },
    #[error("it holds no list; write [ … ] around the entries")]
    NoList,
    #[error("entry {number}: {problem}")]
    Entry {
        /// Counts from 1.
        number: usize,
        problem: String,
    },
}

/// Reads a mock file's text.
///
/// # Errors
/// The first thing in it that is not a mock, with its entry.
pub fn read(text: &str) -> Result<Vec<Mock>, MockFileError> {
    entries(text)?
        .into_iter()
        .zip(1..)
        .map(|(value, number)| {
            serde_json::from_value(value)
                .map_err(|error| error.to_string())
                .and_then(|mock: Mock| match problem(&mock) {
                    None => Ok(mock),
                    Some(problem) => Err(problem),
                })
                .map_err(|problem| MockFileError::Entry { number, problem })
        })
        .collect()
}

/// A text's list of entries, unread.
pub(super) fn entries(text: &str) -> Result<Vec<Value>, MockFileError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let mut problem = error.to_string();
        // serde_json appends the place, which the sentence names already.
        if let Some(at) = problem.rfind(" at line ") {
            problem.truncate(at);
        }
        MockFileError::Json {
            line: error.line(),
            column: error.column(),
            problem,
        }
    })?;
    match value {
        Value::Array(entries) => Ok(entries),
        _ => Err(MockFileError::NoList),
    }
}

/// A mock file's text.
#[must_use]
pub fn write(mocks: &[Mock]) -> String {
    serde_json::to_string_pretty(mocks).unwrap_or_default() + "\n"
}

/// What is wrong with an entry, in words; none where nothing is.
#[must_use]
pub fn problem(mock: &Mock) -> Option<String> {
    if mock.method.trim().is_empty() {
        return Some("it has no method; write one such as GET, or * for all".to_owned());
    }
    if mock.url.trim().is_empty() {
        return Some("it has no url; write one, exact or with * for any text".to_owned());
    }
    if mock.respond.is_empty() {
        return Some("its list of answers is empty; write at least one under respond".to_owned());
    }
    mock.respond.iter().find_map(problem_of_answer)
}

fn problem_of_answer(answer: &MockResponse) -> Option<String> {
    if !(100..=599).contains(&answer.status) {
        return Some(format!(
            "the status {} is none that HTTP has; write one from 100 to 599",
            answer.status
        ));
    }
    if answer.delay_ms > MAX_DELAY_MS {
        return Some("delay_ms is longer than a day".to_owned());
    }
    if let Some(text) = &answer.body_base64
        && STANDARD.decode(text).is_err()
    {
        return Some("body_base64 is no base64".to_owned());
    }
    answer.headers.iter().find_map(|(name, value)| {
        let single = |value: &Value| !value.is_object() && !value.is_array() && !value.is_null();
        let fine = match value {
            Value::Array(values) => values.iter().all(single),
            value => single(value),
        };
        (!fine).then(|| format!("the header {name:?} is no text; write a text, or a list of texts"))
    })
}

/// Whether a JSON body has all that is wanted of it: keys of objects at least, everything else exactly.
fn holds(body: &Value, wanted: &Value) -> bool {
    match (body, wanted) {
        (Value::Object(body), Value::Object(wanted)) => wanted
            .iter()
            .all(|(key, wanted)| body.get(key).is_some_and(|body| holds(body, wanted))),
        (Value::Array(body), Value::Array(wanted)) => {
            body.len() == wanted.len()
                && body
                    .iter()
                    .zip(wanted)
                    .all(|(body, wanted)| holds(body, wanted))
        }
        (Value::Number(body), Value::Number(wanted)) => {
            body == wanted || body.as_f64() == wanted.as_f64()
        }
        (body, wanted) => body == wanted,
    }
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A status's words, as servers say them.
pub(super) fn reason(status: u16) -> &'static str {
    ureq::http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or_default()
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_yes(value: &bool) -> bool {
    *value
}

fn ok() -> u16 {
    200
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_none_of_it(value: &u64) -> bool {
    *value == 0
}

fn one_or_list<S: Serializer>(answers: &[MockResponse], serializer: S) -> Result<S::Ok, S::Error> {
    match answers {
        [one] => one.serialize(serializer),
        answers => answers.serialize(serializer),
    }
}

fn list_of_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<MockResponse>, D::Error> {
    use serde::de::Error;
    let in_respond = |error: serde_json::Error| D::Error::custom(format!("under respond, {error}"));
    match Value::deserialize(deserializer)? {
        Value::Array(answers) => answers
            .into_iter()
            .map(|answer| serde_json::from_value(answer).map_err(in_respond))
            .collect(),
        answer => serde_json::from_value(answer)
            .map(|answer| vec![answer])
            .map_err(in_respond),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    pub(super) fn call(method: &str, url: &str, body: &str) -> HttpCall {
        HttpCall {
            id: 1,
            at_ms: 0.0,
            method: method.to_owned(),
            url: url.to_owned(),
            headers: vec![("Authorization".to_owned(), "Bearer abc".to_owned())],
            body: body.as_bytes().to_vec(),
            line: None,
            after_response: false,
        }
    }

    fn mock(value: Value) -> Mock {
        read(&Value::from(vec![value]).to_string())
            .unwrap()
            .remove(0)
    }

    #[test]
    fn the_contracts_three_keys_suffice() {
        let mock = mock(
            json!({"method": "get", "url": "https://a/*", "respond": {"status": 201, "body": {"a": 1}}}),
        );
        assert!(mock.fits(&call("GET", "https://a/x", ""), 0));
        assert!(!mock.fits(&call("POST", "https://a/x", ""), 0));
        let response = mock.respond_at(7).unwrap().response();
        assert_eq!(
            (response.status, response.body.as_slice()),
            (201, b"{\"a\":1}".as_slice())
        );
        assert_eq!(
            response.headers,
            [("content-type".to_owned(), "application/json".to_owned())]
        );
    }

    #[test]
    fn headers_and_bodies_decide_too() {
        let base = json!({"method": "*", "url": "*", "respond": {}});
        let with = |when: Value| {
            let mut value = base.clone();
            value["when"] = when;
            mock(value)
        };
        let posted = call(
            "POST",
            "https://a/",
            r#"{"user":{"id":1,"name":"x"},"tags":[1,2]}"#,
        );
        for (when, fits) in [
            (json!({"headers": {"authorization": "Bearer *"}}), true),
            (json!({"headers": {"authorization": "Basic *"}}), false),
            (json!({"headers": {"x-none": "*"}}), false),
            (json!({"body": {"user": {"id": 1}}}), true),
            (json!({"body": {"user": {"id": 2}}}), false),
            (json!({"body": {"tags": [1]}}), false),
            (json!({"body": "*\"name\":\"x\"*"}), true),
            (json!({"body": "name"}), false),
        ] {
            assert_eq!(with(when.clone()).fits(&posted, 0), fits, "{when}");
        }
        assert!(!with(json!({"body": {"a": 1}})).fits(&call("GET", "https://a/", "a=1"), 0));
    }

    #[test]
    fn answers_come_in_turn_and_end_with_their_times() {
        let mock = mock(
            json!({"method": "GET", "url": "*", "times": 3, "respond": [{"status": 500}, {"status": 204}]}),
        );
        let statuses: Vec<_> = (0..3).map(|n| mock.respond_at(n).unwrap().status).collect();
        assert_eq!(statuses, [500, 204, 204]);
        assert!(mock.fits(&call("GET", "x", ""), 2) && !mock.fits(&call("GET", "x", ""), 3));
    }

    #[test]
    fn a_file_is_written_as_it_was_read() {
        let text = r#"[{"method":"GET","url":"https://a/","when":{"body":{"a":1.50}},"respond":{"status":200,"headers":{"set-cookie":["a=1","b=2"]},"delay_ms":5,"fault":"reset"}},{"method":"GET","url":"*","enabled":false,"times":1,"respond":[{"status":500},{"status":204}]}]"#;
        let mocks = read(text).unwrap();
        let compact: Value = serde_json::from_str(&write(&mocks)).unwrap();
        assert_eq!(compact.to_string(), text);
        assert_eq!(mocks[0].respond[0].response().headers.len(), 2);
    }

    #[test]
    fn a_fault_names_its_entry() {
        let fine = r#"{"method":"GET","url":"*","respond":{}}"#;
        for (entry, says) in [
            (r#"{"method":"GET","url":"*"}"#, "respond"),
            (
                r#"{"method":"GET","url":"*","respond":{"status":"x"}}"#,
                "under respond",
            ),
            (
                r#"{"method":"GET","url":"*","respond":{"staus":1}}"#,
                "staus",
            ),
            (
                r#"{"method":"GET","url":"*","respond":{"status":99}}"#,
                "99",
            ),
            (
                r#"{"method":"GET","url":"*","respond":{"fault":"fire"}}"#,
                "fire",
            ),
            (
                r#"{"method":"GET","url":"*","respond":{"body_base64":"?"}}"#,
                "base64",
            ),
            (
                r#"{"method":"GET","url":"*","respond":{"headers":{"a":{}}}}"#,
                "\"a\"",
            ),
            (r#"{"method":"GET","url":"*","respond":[]}"#, "empty"),
            (r#"{"method":"","url":"*","respond":{}}"#, "method"),
            (r#"{"method":"GET","url":" ","respond":{}}"#, "url"),
            ("7", "entry 3"),
        ] {
            let error = read(&format!("[{fine},{fine},{entry}]"))
                .unwrap_err()
                .to_string();
            assert!(
                error.starts_with("entry 3: ") && error.contains(says),
                "{entry}: {error}"
            );
        }
        assert!(matches!(
            read("[\n{]"),
            Err(MockFileError::Json { line: 2, .. })
        ));
        assert_eq!(read("{}"), Err(MockFileError::NoList));
    }

    #[test]
    fn faults_are_what_node_would_tell() {
        let reply = |answer: Value| {
            serde_json::from_value::<MockResponse>(answer)
                .unwrap()
                .reply("https://a.com/x")
        };
        assert_eq!(reply(json!({"fault": "timeout"})), Reply::Silence);
        for (fault, code) in [
            ("timeout", "ETIMEDOUT"),
            ("reset", "ECONNRESET"),
            ("refused", "ECONNREFUSED"),
            ("not-found", "ENOTFOUND"),
            ("certificate", "CERT_HAS_EXPIRED"),
        ] {
            let Reply::End {
                end: Err(failure),
                delay_ms: 5,
            } = reply(json!({"fault": fault, "delay_ms": 5}))
            else {
                panic!("{fault}");
            };
            assert_eq!(failure.code, code);
        }
        for body in [json!({"a": [1, 2, 3]}), json!(null), json!(12), json!([])] {
            let Reply::End {
                end: Ok(response), ..
            } = reply(json!({"fault": "broken-json", "body": body}))
            else {
                panic!("{body}");
            };
            assert!(
                serde_json::from_slice::<Value>(&response.body).is_err(),
                "{body}"
            );
        }
    }

    #[test]
    fn an_answer_of_a_response_gives_the_same_bytes() {
        for body in [
            b"{\"a\":1}".as_slice(),
            b"{ \"a\": 1 }",
            b"plain",
            b"\"text\"",
            b"\xff\xfe",
            b"",
        ] {
            let response = HttpResponse {
                status: 200,
                status_text: "OK".to_owned(),
                headers: vec![("content-type".to_owned(), "application/json".to_owned())],
                body: body.to_vec(),
            };
            let again = MockResponse::of(&response);
            assert_eq!(again.response(), response, "{again:?}");
            let read: MockResponse =
                serde_json::from_value(serde_json::to_value(&again).unwrap()).unwrap();
            assert_eq!(read, again);
        }
    }
}
