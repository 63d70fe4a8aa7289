//! What remains of a run: the document `hookbench run --format json` prints and the panes show.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::outbox::Answered;
pub use crate::auth0::Kind;
use crate::auth0::Point;
use crate::engine::outside::HttpFailure;
use crate::engine::{Level, Warning};

/// A whole run, in the shape of the headless contract, schema 1. Field order is the document's order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    pub schema: u32,
    pub point: Option<Point>,
    pub kind: Kind,
    /// The envelope as the 6.x compilers send it, or the sandbox's own JSON; null where nothing was sent.
    pub wire: Value,
    /// `{"statusCode", "body"}` as the 5.x compilers answered; null where nothing was sent.
    pub wire5: Value,
    /// What the hook handed to Auth0, in the shape the docs show; null where nothing was sent. Of an Action the test
    /// results `{"error", "logs", "stats"}`.
    pub response: Value,
    /// The payload as the hook left it (`user` and `context`, say), without `context.webtask`; null where the hook
    /// was not called or left what JSON cannot say.
    #[serde(default)]
    pub transaction: Value,
    /// What Auth0 does with it: `{"kind", …}`, see `auth0::outcome`.
    pub outcome: Value,
    pub commands: Vec<Value>,
    pub logs: Vec<ReportLog>,
    pub requests: Vec<ReportRequest>,
    pub warnings: Vec<Warning>,
    pub error: Option<ReportError>,
    pub stats: Stats,
}

impl RunReport {
    /// Whether the code ran well and refused the transaction: an Action's denial is no error.
    #[must_use]
    pub fn denies(&self) -> bool {
        self.kind == Kind::Action
            && self.error.is_none()
            && matches!(
                self.outcome.get("kind").and_then(Value::as_str),
                Some("denied" | "oauth-error")
            )
    }
}

/// One line of console output, as reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportLog {
    pub at_ms: f64,
    pub level: Level,
    pub text: String,
    pub after_response: bool,
}

/// One HTTP call of the code, as reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportRequest {
    /// Counts from 1 in each run.
    pub id: u32,
    pub at_ms: f64,
    pub method: String,
    pub url: String,
    pub headers: serde_json::Map<String, Value>,
    /// Text, with U+FFFD for what is no UTF-8.
    pub body: String,
    /// Null while nobody has answered.
    pub answered: Option<Answered>,
    pub response: Option<ReportResponse>,
    /// Why there is no response.
    pub failure: Option<HttpFailure>,
    /// Milliseconds from the call to its end; null while there is none.
    #[serde(default)]
    pub took_ms: Option<f64>,
    /// 1-based line of the author's file that made the call.
    pub line: Option<u32>,
    pub after_response: bool,
}

/// What a call was answered with, as reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportResponse {
    pub status: u16,
    pub headers: serde_json::Map<String, Value>,
    /// Text, with U+FFFD for what is no UTF-8.
    pub body: String,
}

/// Why the run was no success.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportError {
    pub kind: ErrorKind,
    pub message: String,
    pub stack: Option<String>,
    pub line: Option<u32>,
    pub column: Option<u32>,
}

/// The contract's kinds of error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    Compile,
    Thrown,
    Rejected,
    Callback,
    InvalidPayload,
    NoCallback,
    Timeout,
    Memory,
    Stopped,
    Crash,
    Denied,
}

/// Figures of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    pub boot_ms: f64,
    pub run_ms: f64,
    pub total_ms: f64,
    /// The worker's peak; 0 where it was killed before it could tell and the system does not.
    pub peak_memory_bytes: u64,
}
