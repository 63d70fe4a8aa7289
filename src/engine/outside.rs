//! What the engine asks of the world beyond its own memory, as plain data; the worker's side of it goes over the pipe.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Event;

/// The world around one run. The engine opens nothing itself.
pub trait Outside {
    /// Hears of something at once.
    fn tell(&mut self, event: Event);

    /// Finds a module and waits for the answer.
    fn module(&mut self, ask: &ModuleAsk) -> ModuleAnswer;

    /// Hears that the run uses something that was prepared before it, and the bytes of heap that holds: they are the
    /// run's from now on.
    fn uses(&mut self, _bytes: usize) {}

    /// The next message for the run, waited for at most `wait`, without end where that is `None`.
    /// `None` when the time is over, or when nothing can come any more.
    fn receive(&mut self, wait: Option<Duration>) -> Option<Incoming>;
}

/// A listener alone: no modules, and no HTTP call is ever answered.
impl<F: FnMut(Event)> Outside for F {
    fn tell(&mut self, event: Event) {
        self(event);
    }

    fn module(&mut self, _: &ModuleAsk) -> ModuleAnswer {
        ModuleAnswer::Missing {
            message: "no folder of modules belongs to this run".to_owned(),
        }
    }

    fn receive(&mut self, wait: Option<Duration>) -> Option<Incoming> {
        if let Some(wait) = wait {
            std::thread::sleep(wait);
        }
        None
    }
}

/// A `require` that means no core module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleAsk {
    /// The path of the file that asks, as the run knows it, such as `/data/io/hook.js`.
    pub from: String,
    /// What it asks for, such as `axios`, `./lib/text` or `ipaddr.js@1.9.0`.
    pub specifier: String,
    /// False for `require.resolve`: the path alone is wanted.
    pub with_source: bool,
    /// Whether `import` asks, not `require`: packages may answer the two with different files.
    pub import: bool,
}

/// What became of a [`ModuleAsk`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModuleAnswer {
    Found {
        /// Where the run knows it from now on; one file has one path.
        path: String,
        format: ModuleFormat,
        /// Absent where it was not asked for.
        source: Option<String>,
        /// The version that is there, where another was asked for.
        other_version: Option<String>,
    },
    /// There is no such module: `MODULE_NOT_FOUND`, with our own words for why and what to do, without a full stop.
    Missing { message: String },
    /// There is one and it cannot be had: Node's error code, and why.
    Refused { code: String, message: String },
}

/// A module's text, by the path the run knows it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleText {
    pub path: String,
    pub format: ModuleFormat,
    pub source: String,
}

/// What a module's text asks for by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Such as `axios`, `./lib/text` or `http`.
    pub specifier: String,
    /// Whether `import` asks, not `require`.
    pub import: bool,
}

/// How a module's text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModuleFormat {
    CommonJs,
    /// `import` and `export`.
    Module,
    Json,
}

/// A message for a run that goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Incoming {
    /// How an HTTP call ended.
    Http {
        /// The call's own id.
        id: u32,
        end: Result<HttpResponse, HttpFailure>,
    },
}

/// One HTTP request as the code made it, complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HttpCall {
    /// Counts from 1 in each run.
    pub id: u32,
    /// Milliseconds since the run began.
    pub at_ms: f64,
    /// In capitals.
    pub method: String,
    /// Absolute, with its query.
    pub url: String,
    /// In the order and spelling of the code.
    pub headers: Vec<(String, String)>,
    #[serde(with = "bytes")]
    pub body: Vec<u8>,
    /// 1-based line of the author's file that made the call, where the stack tells.
    pub line: Option<u32>,
    /// True when the hook had already called back.
    pub after_response: bool,
}

/// What a server, or whoever stands in for it, answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpResponse {
    pub status: u16,
    /// Such as `OK`; empty where the server said nothing.
    pub status_text: String,
    pub headers: Vec<(String, String)>,
    #[serde(with = "bytes")]
    pub body: Vec<u8>,
}

/// Why there is no response, as Node's errors tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpFailure {
    /// Node's code, such as `ECONNREFUSED`.
    pub code: String,
    /// Such as `connect ECONNREFUSED 127.0.0.1:443`.
    pub message: String,
    /// The system's number, negative, as `error.errno` has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errno: Option<i32>,
    /// Such as `connect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub syscall: Option<String>,
    /// The name that was looked up in vain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
}

impl HttpFailure {
    /// A failure of which no more than this is known.
    #[must_use]
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            ..Self::default()
        }
    }
}

/// Bytes as base64: JSON lists of numbers would be three times as long.
mod bytes {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}
