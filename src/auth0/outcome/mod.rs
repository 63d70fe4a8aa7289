//! What Auth0 does with a hook's answer, as a sentence and the facts behind it.
//!
//! Sources: the last documentation of each point and auth0-ext-compilers' own pages. Where they contradict each
//! other or say nothing, the details say so.

mod action;
mod phone;
mod registration;
mod token;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Point;
use super::limits;

pub use action::of_action;

/// How a run ended, as far as Auth0 can tell.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// `cb(null, data)`; `None` where the data is nothing JSON can say.
    Answered { data: Option<Value> },
    /// `cb(error)`, or an error of the compiler's own.
    Failed {
        why: Failure,
        /// The error's own `name`: the class, for the classes of the extensibility points.
        name: Option<String>,
        message: String,
        /// `friendlyMessage`, for the classes that have one.
        friendly: Option<String>,
    },
    /// Thrown while the platform called the hook; `display` is `String(error)`.
    Unhandled { display: String },
    /// No answer ever went out.
    NothingSent { reason: NothingSent },
}

/// Why an answer is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Callback,
    Compile,
    InvalidPayload,
    /// The response or the error could not be turned into JSON.
    Serialization,
}

/// Why no answer went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NothingSent {
    Timeout,
    /// The hook ended and had never called back; the platform waits until the time is up.
    NoCallback,
    /// The user stopped the run.
    Stopped,
    Memory,
    Crash,
    /// An exception or rejection nobody caught ended the process.
    Uncaught,
}

/// Whether the outcome is what an author hopes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    Good,
    Bad,
    /// Went well, but differently from what the code seems to expect; or a failure without consequence.
    Caution,
}

/// What Auth0 does.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Stable and kebab-case, such as `registered`.
    pub kind: &'static str,
    pub tone: Tone,
    /// One sentence, or two.
    pub summary: String,
    pub details: Details,
}

/// The facts behind the sentence. What does not apply is absent from the document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_metadata: Option<Metadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_metadata: Option<Metadata>,
    /// Scopes of the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<Map<String, Value>>,
    /// Claims that Auth0 leaves out, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Dropped>,
    /// Paths of the response that Auth0 does not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<Ignored>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth: Option<OAuthError>,
    /// The entry in the tenant's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<Log>,
    /// Errors that an Action has put into the signup form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub validation: Vec<Invalid>,
    /// What the visitor reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<Visitor>,
    /// Sentences worth an author's attention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Metadata of the new user: what the payload held with the response's properties over it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Metadata {
    pub merged: Map<String, Value>,
    /// Each property that the response added or changed.
    pub changes: Vec<Change>,
    /// Properties whose names metadata must not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Dropped>,
}

/// One property the response added or changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub name: String,
    /// `added` or `changed`; of an Action also `removed`.
    pub change: &'static str,
    /// The value in the payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    pub to: Value,
}

/// Scopes of a token.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scope {
    pub granted: Vec<String>,
    pub added: Vec<String>,
    pub removed: Vec<String>,
}

/// A name that does not get through.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dropped {
    pub name: String,
    /// A clause without its full stop.
    pub reason: String,
}

/// A path of the response that Auth0 does not read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ignored {
    pub path: String,
    /// Whether it differs from the payload: then the author probably meant something by it.
    pub changed: bool,
}

/// The answer of the token endpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OAuthError {
    pub error: &'static str,
    pub error_description: String,
    /// HTTP status.
    pub status: u16,
}

/// An error that an Action has put into the signup form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invalid {
    pub code: String,
    pub message: String,
}

/// An entry in the tenant's log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Log {
    /// The log event's type code.
    pub code: &'static str,
    pub name: &'static str,
    pub text: String,
}

/// What the visitor reads; `None` is Auth0's own general text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Visitor {
    pub new_universal_login: Option<String>,
    pub classic_universal_login: Option<String>,
    /// The language of the pages, where the payload tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Outcome {
    fn new(kind: &'static str, tone: Tone, summary: impl Into<String>) -> Self {
        Self {
            kind,
            tone,
            summary: summary.into(),
            details: Details::default(),
        }
    }

    /// The document of a report: `kind`, `tone`, `summary`, then the details that apply.
    pub fn to_value(&self) -> Value {
        let mut document = Map::new();
        document.insert("kind".to_owned(), json!(self.kind));
        document.insert("tone".to_owned(), json!(self.tone));
        document.insert("summary".to_owned(), json!(self.summary));
        if let Ok(Value::Object(details)) = serde_json::to_value(&self.details) {
            document.extend(details);
        }
        Value::Object(document)
    }
}

/// Reads tone and sentence out of a report's document.
pub fn tell(document: &Value) -> (Tone, String) {
    let tone = match document.get("tone").and_then(Value::as_str) {
        Some("good") => Tone::Good,
        Some("bad") => Tone::Bad,
        _ => Tone::Caution,
    };
    let summary = document.get("summary").and_then(Value::as_str);
    (
        tone,
        summary
            .unwrap_or("This report does not say what Auth0 would do.")
            .to_owned(),
    )
}

/// What Auth0 does at `point` when a run over `body` ended so.
pub fn of(point: Point, body: &Value, end: &End) -> Outcome {
    let mut outcome = match end {
        End::Answered { data } => answered(point, body, data.as_ref()),
        End::Failed {
            why,
            name,
            message,
            friendly,
        } => {
            let error = Error {
                name: name.as_deref(),
                message,
                friendly: friendly.as_deref(),
            };
            match why {
                Failure::InvalidPayload => Outcome::new(
                    "invalid-payload",
                    Tone::Bad,
                    format!("The hook was not called, because the payload is refused: {message}."),
                ),
                Failure::Compile => with_kind("not-compiled", failed(point, body, &error)),
                Failure::Callback | Failure::Serialization => failed(point, body, &error),
            }
        }
        End::Unhandled { display } => {
            let error = Error {
                name: None,
                message: display,
                friendly: None,
            };
            failed(point, body, &error)
        }
        End::NothingSent { reason } => nothing_sent(point, *reason),
    };
    if let End::Answered { data: Some(data) } = end
        && leaks_sandbox(data)
    {
        outcome.tone = Tone::Caution;
        outcome.details.notes.push(
            "The response holds context.webtask, and with it every secret of the hook. Do not return context."
                .to_owned(),
        );
    }
    outcome
}

/// An error as Auth0 reads it.
struct Error<'a> {
    name: Option<&'a str>,
    message: &'a str,
    friendly: Option<&'a str>,
}

fn answered(point: Point, body: &Value, data: Option<&Value>) -> Outcome {
    match point {
        Point::PreUserRegistration => registration::registered(body, data),
        Point::PostUserRegistration | Point::PostChangePassword => {
            registration::ignored(point, data)
        }
        Point::CredentialsExchange | Point::PasswordExchange => token::issued(body, data),
        Point::SendPhoneMessage => phone::sent(body, data),
        Point::Generic => Outcome::new(
            "answered",
            Tone::Good,
            "The caller gets the response as it is.",
        ),
    }
}

fn failed(point: Point, body: &Value, error: &Error<'_>) -> Outcome {
    match point {
        Point::PreUserRegistration => registration::denied(body, error),
        Point::PostUserRegistration | Point::PostChangePassword => {
            registration::logged(point, error.message)
        }
        Point::CredentialsExchange | Point::PasswordExchange => token::refused(point, error),
        Point::SendPhoneMessage => phone::not_sent(body, error),
        Point::Generic => Outcome::new(
            "failed",
            Tone::Bad,
            format!("The caller gets the error: {}", error.message),
        ),
    }
}

fn with_kind(kind: &'static str, outcome: Outcome) -> Outcome {
    Outcome {
        kind,
        summary: format!("The code does not compile. {}", outcome.summary),
        tone: Tone::Bad,
        ..outcome
    }
}

fn nothing_sent(point: Point, reason: NothingSent) -> Outcome {
    let limit = limits::TIME_LIMIT.as_secs();
    let (kind, what) = match reason {
        NothingSent::Timeout => (
            "timed-out",
            format!("The hook did not call back within {limit} seconds"),
        ),
        NothingSent::NoCallback => (
            "no-callback",
            format!(
                "The hook ended without calling cb, so Auth0 waits until its {limit} seconds are over"
            ),
        ),
        NothingSent::Stopped => (
            "stopped",
            "You stopped the run before the hook called back".to_owned(),
        ),
        NothingSent::Memory => (
            "out-of-memory",
            "The hook ran out of memory before it called back".to_owned(),
        ),
        NothingSent::Crash => (
            "crashed",
            "The sandbox crashed before the hook called back".to_owned(),
        ),
        NothingSent::Uncaught => (
            "uncaught",
            "An error that nobody caught ended the sandbox before the hook called back".to_owned(),
        ),
    };
    let consequence = consequence(point, "hook");
    let tone = if reason == NothingSent::Stopped || !point.blocking() && point != Point::Generic {
        Tone::Caution
    } else {
        Tone::Bad
    };
    let mut outcome = Outcome::new(kind, tone, format!("{what}. {consequence}."));
    if reason != NothingSent::Stopped {
        let text = match reason {
            NothingSent::Timeout | NothingSent::NoCallback => limits::TIME_LIMIT_TEXT.to_owned(),
            _ => what,
        };
        outcome.details.log = log(point, text);
    }
    outcome
}

/// What it means for the transaction that `noun` gave no answer.
fn consequence(point: Point, noun: &str) -> String {
    match point {
        Point::PreUserRegistration => "The person is not registered".to_owned(),
        Point::PostUserRegistration => {
            format!("The person stays registered: Auth0 does not wait for this {noun}")
        }
        Point::PostChangePassword => {
            format!("The password stays changed: Auth0 does not wait for this {noun}")
        }
        Point::CredentialsExchange | Point::PasswordExchange => {
            "The application gets no token".to_owned()
        }
        Point::SendPhoneMessage => "Auth0 takes the message for not sent".to_owned(),
        Point::Generic => "The caller gets no response".to_owned(),
    }
}

/// The tenant log's entry for a failure at `point`; codes of the documentation's list of log events.
fn log(point: Point, text: impl Into<String>) -> Option<Log> {
    let (code, name) = match point {
        Point::PreUserRegistration => ("fs", "Failed Signup"),
        Point::PostUserRegistration => ("fpurh", "Failed Post User Registration Hook"),
        Point::PostChangePassword => ("fcph", "Failed Post Change Password Hook"),
        Point::CredentialsExchange => (
            "feccft",
            "Failed Exchange of Access Token for a Client Credentials Grant",
        ),
        // A phone message's code depends on how it was to be sent; see `phone`.
        Point::SendPhoneMessage | Point::PasswordExchange | Point::Generic => return None,
    };
    Some(Log {
        code,
        name,
        text: text.into(),
    })
}

/// Whether a response holds the sandbox's own context, with its secrets.
fn leaks_sandbox(data: &Value) -> bool {
    let webtask = |value: &Value| {
        value
            .get("webtask")
            .is_some_and(|webtask| webtask.get("secrets").is_some())
    };
    webtask(data) || data.get("context").is_some_and(webtask)
}
