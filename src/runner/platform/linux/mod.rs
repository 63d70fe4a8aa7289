//! Linux: what a process holds, what a worker may do, and that it ends with its parent.

mod contain;
mod resident;
mod spawn;

pub use contain::{contain, prepare};
pub use resident::resident;
pub use spawn::spawn;
