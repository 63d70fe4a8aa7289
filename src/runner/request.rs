//! What a run is asked to do: the program, its limits, and how its HTTP calls are answered.

use std::time::Duration;

use super::modules::Folders;
pub use super::outbox::Answers;
pub use super::outbox::mock::{Mock, MockResponse};
use crate::engine::Program;

/// One run, complete: nothing else influences its result.
#[derive(Clone, Debug)]
pub struct RunRequest {
    pub program: Program,
    pub limits: Limits,
    pub network: Network,
    pub mocks: Vec<Mock>,
    /// What else answers HTTP calls.
    pub answers: Answers,
    /// Where `require` finds files and packages.
    pub modules: Folders,
    /// Leave secrets' values readable in the report.
    pub reveal_secrets: bool,
}

/// What a worker may use before its parent ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time from the request to the end.
    pub wall: Duration,
    /// Processor time of all the worker's threads together, where the system tells it.
    pub cpu: Duration,
    /// Bytes of heap.
    pub memory: u64,
}

impl Default for Limits {
    /// Auth0's 20 s, of which all may be spent computing; 256 MiB, because Auth0 publishes no limit of memory.
    fn default() -> Self {
        Self {
            wall: Duration::from_secs(20),
            cpu: Duration::from_secs(20),
            memory: 256 * 1024 * 1024,
        }
    }
}

/// Whether HTTP requests that nothing else answers leave the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    #[default]
    Offline,
    Live,
}
