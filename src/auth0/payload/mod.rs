//! The request body: faults in its text, its split into one pane per argument, and what the compilers refuse.

mod checks;
mod panes;
mod problem;

pub use checks::{Refusal, authorize, check};
pub use panes::{Pane, PayloadError, join, split};
pub use problem::{JsonProblem, json_error};
