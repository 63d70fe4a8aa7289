//! What goes into the engine and what comes out of it, as plain data that crosses the process boundary.
//!
//! The enums are externally tagged: serde's other forms cannot hold `arbitrary_precision` numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::outside::HttpCall;
use crate::auth0::{Kind, Point};

/// One Hook or Action with everything its one execution needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Program {
    pub point: Point,
    pub kind: Kind,
    /// The script's name as stack traces show it, such as `add-metadata.js`; no folder.
    pub file_name: String,
    pub source: String,
    /// The whole request body, or an Action's event: JSON text exactly as the author wrote it.
    pub body: String,
    /// `context.webtask.secrets`, or an Action's `event.secrets`.
    pub secrets: BTreeMap<String, String>,
    /// The document that `context.webtask.storage` holds before the run, JSON text.
    #[serde(default)]
    pub storage: Option<String>,
}

/// Something that happened during the run, in order, streamed as it happens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// The script is compiled and its top level has run; the hook is called next.
    Loaded {
        boot_ms: f64,
    },
    Log(LogLine),
    /// A call of a method of an Action's `api` that passed its checks.
    Command {
        at_ms: f64,
        /// Such as `user.setAppMetadata`.
        api: String,
        /// JSON text: the list of its arguments.
        args: String,
    },
    /// What the hook handed to Auth0, or that an Action ended: then a success without data. At most once.
    Answer {
        at_ms: f64,
        answer: Answer,
    },
    /// An exception or rejection nobody caught; Node ends the process here, and so does the engine. Also the
    /// rejection of an Action's own promise, which ends the Action alone.
    Uncaught {
        at_ms: f64,
        thrown: Thrown,
        /// True for an unhandled rejection, false for an exception.
        rejected: bool,
        after_response: bool,
    },
    /// The code made an HTTP call; its end comes back as `Incoming::Http`.
    Request(HttpCall),
    /// The code gave a call up before it was answered.
    RequestAborted {
        id: u32,
        at_ms: f64,
    },
    Warning(Warning),
    /// The hook's arguments as they stand now, JSON text without `context.webtask`: sent with the answer and again
    /// at the end.
    Transaction(String),
    /// The document of `context.webtask.storage` as the hook has just set it, JSON text. Not masked: it goes back to the
    /// hook and into the owner's own file, never into a report.
    Storage(String),
    /// Nothing is left to do, or an uncaught error ended the run. Always the last event.
    Finished(Summary),
}

/// One line of console output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    /// Milliseconds since the run began.
    pub at_ms: f64,
    pub level: Level,
    pub text: String,
    /// True when the hook had already called back.
    pub after_response: bool,
    /// 1-based line of the author's file that logged, where the stack tells.
    pub line: Option<u32>,
}

/// The console's levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Trace,
    Debug,
    Log,
    Info,
    Warn,
    Error,
}

/// The answer as the 6.x compilers distinguish it (auth0-ext-compilers 6.1.0 `lib/adapter.js`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// `cb(null, data)`: JSON text, `None` where `JSON.stringify` gave undefined.
    Success { data: Option<String> },
    /// `cb(error)`, a refused payload, or code that does not compile.
    Failure { kind: FailureKind, thrown: Thrown },
    /// Thrown synchronously out of the hook: answered by the sandbox's own JSON with HTTP 500.
    Unhandled { thrown: Thrown },
}

/// Why an answer is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    Compile,
    InvalidPayload,
    Callback,
    /// The response or the error could not be turned into JSON.
    Serialization,
}

/// A thrown or passed error, taken apart inside the engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Thrown {
    /// `String(error)`.
    pub display: String,
    /// `error.name`, absent for what is not an Error.
    pub name: Option<String>,
    /// `error.message`, absent for what is not an Error.
    pub message: Option<String>,
    /// In V8's shape: `Name: message` and then `    at f (file.js:1:2)` lines with the author's own lines.
    pub stack: Option<String>,
    /// JSON text: every own property in V8's order (stack, message, then the others as created); for what was
    /// thrown and is no Error, the `details`, `name` and `message` the sandbox reads off it.
    pub properties: Option<String>,
    /// JSON text: the body the 5.x compilers would have sent; absent where it follows from `properties`.
    #[serde(default)]
    pub body5: Option<String>,
    /// The class of the 6.x compilers that the error is an instance of; 5.x had none of them.
    #[serde(default)]
    pub class_of_6: Option<String>,
    /// Our own words for code that does not compile, where they say more than the platform's.
    #[serde(default)]
    pub explanation: Option<String>,
    /// 1-based line in the author's file.
    pub line: Option<u32>,
    /// 1-based column in the author's file.
    pub column: Option<u32>,
}

/// Something the author should know although the run went on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable and kebab-case, such as `callback-twice`.
    pub code: String,
    pub message: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
}

/// Figures of a run that ended by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Milliseconds from the start to the hook's call.
    pub boot_ms: f64,
    /// Milliseconds from the hook's call to the end.
    pub run_ms: f64,
}
