//! The embedded JavaScript engine: one fresh context per run, called as Auth0's compilers call a hook.
//!
//! No process, no file, no clock of its own beyond the run's; the worker in `runner/` hosts it.

pub mod program;

pub use program::{Answer, Event, FailureKind, Level, LogLine, Program, Summary, Thrown, Warning};
