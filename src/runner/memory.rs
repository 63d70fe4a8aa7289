//! The allocator of every Hookbench process: it counts, and in a worker refuses past the run's limit.

use std::alloc::System;

use cap::Cap;

/// The system's allocator behind a counter and a limit.
pub type Allocator = Cap<System>;

/// A new allocator, without a limit until a worker sets its own.
#[must_use]
pub const fn allocator() -> Allocator {
    Cap::new(System, usize::MAX)
}
