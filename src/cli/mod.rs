//! The command line: one file per subcommand, thin over the rooms below.

use std::process::ExitCode;

use crate::runner::memory::Allocator;

/// Parses the arguments and does what they say. `allocator` is the process's own, for the worker's limit.
pub fn main(_allocator: &'static Allocator) -> ExitCode {
    ExitCode::SUCCESS
}
