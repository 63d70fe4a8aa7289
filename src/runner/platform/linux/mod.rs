//! Linux: what a process holds, what a worker may do, and that it ends with its parent.

mod contain;
mod cpu_time;
mod resident;
mod spawn;

pub use contain::{contain, prepare};
pub use cpu_time::cpu_time;
pub use resident::resident;
pub use spawn::spawn;
