//! The packages of a hook: what it needs, what of it is there, their installation by the user's `npm` or from its registry, and stubs.

mod fetch;
mod install;
mod needs;
mod stub;

pub use install::{Install, InstallEvent, command_line};
pub use needs::{Need, Source, name_problem, needs, version_problem};
pub use stub::{StubError, write_stub};
