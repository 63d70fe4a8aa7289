//! What a run is asked to do: the program, its limits, and how its HTTP calls are answered.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::Program;

/// One run, complete: nothing else influences its result.
#[derive(Clone, Debug)]
pub struct RunRequest {
    pub program: Program,
    pub limits: Limits,
    pub network: Network,
    pub mocks: Vec<Mock>,
    /// The folder whose `node_modules` answers `require`; the script's own folder by default.
    pub modules: Option<PathBuf>,
    /// Leave secrets' values readable in the report.
    pub reveal_secrets: bool,
}

/// What a worker may use before its parent ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time from the request to the end.
    pub wall: Duration,
    /// Bytes of heap.
    pub memory: u64,
}

impl Default for Limits {
    /// Auth0's 20 s; 256 MiB, because Auth0 publishes no limit of memory.
    fn default() -> Self {
        Self {
            wall: Duration::from_secs(20),
            memory: 256 * 1024 * 1024,
        }
    }
}

/// Whether unmocked HTTP requests leave the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    #[default]
    Offline,
    Live,
}

/// One canned HTTP answer: the `--mock` file is a list of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mock {
    pub method: String,
    /// Exact, or with `*` for any text.
    pub url: String,
    pub respond: MockResponse,
}

/// What a mock answers with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MockResponse {
    pub status: u16,
    #[serde(default)]
    pub headers: serde_json::Map<String, Value>,
    #[serde(default)]
    pub body: Value,
}
