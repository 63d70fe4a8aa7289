//! Recorded answers: what is kept of a live call, with secrets masked and credentials left out, and how it answers again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::mock::{self, MockFileError, MockResponse, Reply};
use crate::engine::outside::{HttpCall, HttpResponse};
use crate::runner::mask::Masker;

/// Stands for a credential that is no secret of the run, such as a token that a server gave out.
const LEFT_OUT: &str = "[left out]";
/// Names of fields and parameters whose values are credentials (RFC 6749, 6750 and custom).
const CREDENTIALS: [&str; 13] = [
    "access_token",
    "api_key",
    "apikey",
    "assertion",
    "client_assertion",
    "client_secret",
    "code_verifier",
    "id_token",
    "key",
    "password",
    "refresh_token",
    "secret",
    "token",
];
/// Headers of answers that would carry a session, or no longer fit the body as it is kept.
const NOT_KEPT: [&str; 5] = [
    "set-cookie",
    "content-encoding",
    "content-length",
    "transfer-encoding",
    "connection",
];

/// One live answer as it is kept in a file: a recording is a list of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    pub method: String,
    /// Exact, secrets masked.
    pub url: String,
    /// What the code sent, secrets masked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    pub respond: MockResponse,
}

impl Recorded {
    /// What is kept of a call and its answer.
    #[must_use]
    pub fn of(call: &HttpCall, response: &HttpResponse, masker: &Masker) -> Self {
        let (method, url, body) = question(call, masker);
        let mut kept = response.clone();
        kept.headers.retain(|(name, _)| {
            !NOT_KEPT
                .iter()
                .any(|other| name.eq_ignore_ascii_case(other))
        });
        for (_, value) in &mut kept.headers {
            masker.text(value);
        }
        if let Ok(text) = std::str::from_utf8(&kept.body) {
            let mut text = without_credentials(text);
            masker.text(&mut text);
            kept.body = text.into_bytes();
        }
        Self {
            method,
            url,
            body,
            respond: MockResponse::of(&kept),
        }
    }

    fn asks_the_same(&self, other: &Self) -> bool {
        (&self.method, &self.url, &self.body) == (&other.method, &other.url, &other.body)
    }
}

/// Method, URL and body of a call as a recording tells them.
fn question(call: &HttpCall, masker: &Masker) -> (String, String, String) {
    let mut url = match call.url.split_once('?') {
        Some((before, query)) => format!("{before}?{}", form_without_credentials(query)),
        None => call.url.clone(),
    };
    masker.text(&mut url);
    let mut body = without_credentials(&String::from_utf8_lossy(&call.body));
    masker.text(&mut body);
    (call.method.to_ascii_uppercase(), url, body)
}

fn is_credential(name: &str) -> bool {
    CREDENTIALS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// JSON or a form without the values of its credentials; any other text as it is.
fn without_credentials(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut value) if value.is_object() || value.is_array() => {
            if strip(&mut value) {
                value.to_string()
            } else {
                text.to_owned()
            }
        }
        Ok(_) => text.to_owned(),
        Err(_) if text.contains('=') && !text.contains(['\n', ' ']) => {
            form_without_credentials(text)
        }
        Err(_) => text.to_owned(),
    }
}

/// Takes the credentials out of a JSON value; true if there were any.
fn strip(value: &mut Value) -> bool {
    match value {
        Value::Object(object) => {
            let mut any = false;
            for (name, item) in object.iter_mut() {
                if is_credential(name) && item.is_string() {
                    *item = Value::from(LEFT_OUT);
                    any = true;
                } else {
                    any |= strip(item);
                }
            }
            any
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, item| strip(item) | any),
        _ => false,
    }
}

fn form_without_credentials(form: &str) -> String {
    let pairs: Vec<_> = form
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _)) if is_credential(name) => format!("{name}={LEFT_OUT}"),
            _ => pair.to_owned(),
        })
        .collect();
    pairs.join("&")
}

/// The text of a recording that holds what was recorded before and what is recorded now. An answer to the same
/// question as before takes the place of those before.
#[must_use]
pub fn merged(before: Vec<Recorded>, now: &[Recorded]) -> Vec<Recorded> {
    let mut kept: Vec<_> = before
        .into_iter()
        .filter(|old| !now.iter().any(|new| new.asks_the_same(old)))
        .collect();
    kept.extend_from_slice(now);
    kept
}

/// A recording's text.
#[must_use]
pub fn write(recorded: &[Recorded]) -> String {
    serde_json::to_string_pretty(recorded).unwrap_or_default() + "\n"
}

/// Reads a recording's text.
///
/// # Errors
/// The first thing in it that is not a recorded answer, with its entry.
pub fn read(text: &str) -> Result<Vec<Recorded>, MockFileError> {
    mock::entries(text)?
        .into_iter()
        .zip(1..)
        .map(|(value, number)| {
            serde_json::from_value::<Recorded>(value)
                .map_err(|error| error.to_string())
                .and_then(|recorded| {
                    let entry = mock::Mock::new(
                        &*recorded.method,
                        &*recorded.url,
                        recorded.respond.clone(),
                    );
                    match mock::problem(&entry) {
                        None => Ok(recorded),
                        Some(problem) => Err(problem),
                    }
                })
                .map_err(|problem| MockFileError::Entry { number, problem })
        })
        .collect()
}

/// Recorded answers that are given again during one run.
pub struct Replay {
    recorded: Vec<Recorded>,
    /// How often each has answered.
    given: Vec<u32>,
    secrets: BTreeMap<String, String>,
}

impl Replay {
    /// Answers of this recording, in which a mask becomes the run's own secret again.
    #[must_use]
    pub fn new(recorded: Vec<Recorded>, secrets: BTreeMap<String, String>) -> Self {
        Self {
            given: vec![0; recorded.len()],
            recorded,
            secrets,
        }
    }

    /// True where it answers nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recorded.is_empty()
    }

    /// The answer to a call: of those with its method and URL the ones with its body before the others, in the order
    /// they were recorded, the last one again and again.
    pub fn answer(&mut self, call: &HttpCall, masker: &Masker) -> Option<Reply> {
        let (method, url, body) = question(call, masker);
        let same: Vec<usize> = (0..self.recorded.len())
            .filter(|&index| {
                let entry = &self.recorded[index];
                entry.method.eq_ignore_ascii_case(&method) && entry.url == url
            })
            .collect();
        let exact: Vec<usize> = same
            .iter()
            .copied()
            .filter(|&index| self.recorded[index].body == body)
            .collect();
        let fitting = if exact.is_empty() { same } else { exact };
        let index = fitting
            .iter()
            .copied()
            .find(|&index| self.given[index] == 0)
            .or_else(|| fitting.last().copied())?;
        self.given[index] += 1;
        let reply = self.recorded[index].respond.reply(&call.url);
        Some(match reply {
            Reply::End {
                end: Ok(response),
                delay_ms,
            } => Reply::End {
                end: Ok(self.unmasked(response)),
                delay_ms,
            },
            other => other,
        })
    }

    fn unmasked(&self, mut response: HttpResponse) -> HttpResponse {
        for (name, value) in &self.secrets {
            let mask = Masker::mask_of(name);
            for (_, header) in &mut response.headers {
                *header = header.replace(&mask, value);
            }
            if let Ok(text) = std::str::from_utf8(&response.body)
                && text.contains(&mask)
            {
                response.body = text.replace(&mask, value).into_bytes();
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> BTreeMap<String, String> {
        [("HOOK".to_owned(), "T01/B02/xyzzy".to_owned())].into()
    }

    fn masker() -> Masker {
        Masker::new(&secrets(), false)
    }

    fn call(url: &str, body: &str) -> HttpCall {
        HttpCall {
            id: 1,
            at_ms: 0.0,
            method: "POST".to_owned(),
            url: url.to_owned(),
            headers: vec![(
                "authorization".to_owned(),
                "Bearer T01/B02/xyzzy".to_owned(),
            )],
            body: body.as_bytes().to_vec(),
            line: None,
            after_response: false,
        }
    }

    fn response(body: &str) -> HttpResponse {
        HttpResponse {
            status: 200,
            status_text: "OK".to_owned(),
            headers: vec![
                ("Set-Cookie".to_owned(), "session=1".to_owned()),
                ("content-type".to_owned(), "application/json".to_owned()),
            ],
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn a_recording_holds_no_secret_and_no_credential() {
        let recorded = Recorded::of(
            &call(
                "https://hooks.slack.com/services/T01/B02/xyzzy?api_key=abcdef",
                "grant_type=client_credentials&client_secret=hush",
            ),
            &response(r#"{"access_token":"eyJhbGciOi","echo":"T01/B02/xyzzy"}"#),
            &masker(),
        );
        let text = write(std::slice::from_ref(&recorded));
        for gone in [
            "xyzzy",
            "abcdef",
            "hush",
            "eyJhbGciOi",
            "session=1",
            "Bearer",
        ] {
            assert!(!text.contains(gone), "{gone} in {text}");
        }
        assert_eq!(read(&text).unwrap(), [recorded]);
    }

    #[test]
    fn the_same_call_gets_its_answer_again_with_the_secret_back() {
        let asked = call("https://a.com/T01/B02/xyzzy", "{\"n\":1}");
        let first = Recorded::of(&asked, &response(r#"{"echo":"T01/B02/xyzzy"}"#), &masker());
        let mut replay = Replay::new(vec![first], secrets());
        let Some(Reply::End {
            end: Ok(response), ..
        }) = replay.answer(&asked, &masker())
        else {
            panic!("no answer");
        };
        assert_eq!(response.body, br#"{"echo":"T01/B02/xyzzy"}"#);
        assert_eq!(
            replay.answer(&call("https://a.com/other", ""), &masker()),
            None
        );
    }

    #[test]
    fn answers_come_by_body_and_then_in_their_order() {
        let entry = |body: &str, status| Recorded {
            method: "POST".to_owned(),
            url: "https://a/".to_owned(),
            body: body.to_owned(),
            respond: MockResponse {
                status,
                ..MockResponse::default()
            },
        };
        let mut replay = Replay::new(
            vec![entry("a", 201), entry("b", 202), entry("b", 203)],
            secrets(),
        );
        let mut status = |body: &str| match replay.answer(&call("https://a/", body), &masker()) {
            Some(Reply::End {
                end: Ok(response), ..
            }) => response.status,
            other => panic!("{other:?}"),
        };
        let got: Vec<_> = ["b", "b", "b", "a", "new"].map(&mut status).to_vec();
        assert_eq!(got, [202, 203, 203, 201, 203]);
    }

    #[test]
    fn a_new_recording_takes_the_place_of_the_old_answers_it_repeats() {
        let entry = |url: &str, status| Recorded {
            method: "GET".to_owned(),
            url: url.to_owned(),
            body: String::new(),
            respond: MockResponse {
                status,
                ..MockResponse::default()
            },
        };
        let merged = merged(
            vec![entry("a", 200), entry("b", 200)],
            &[entry("b", 500), entry("b", 201)],
        );
        let told: Vec<_> = merged
            .iter()
            .map(|entry| (entry.url.as_str(), entry.respond.status))
            .collect();
        assert_eq!(told, [("a", 200), ("b", 500), ("b", 201)]);
    }
}
