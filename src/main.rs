//! The `hookbench` binary: everything it does lives in the library.

use std::process::ExitCode;

/// Counts what a process allocates, and refuses past a worker's limit; elsewhere it has no limit.
#[global_allocator]
static ALLOCATOR: hookbench::runner::memory::Allocator = hookbench::runner::memory::allocator();

fn main() -> ExitCode {
    hookbench::cli::main(&ALLOCATOR)
}
