//! The process boundary: one fresh worker process per run, its limits, and the report that remains.

mod action_report;
pub mod assemble;
pub mod bounds;
pub mod end;
mod findings;
mod forecast;
pub mod mask;
mod mask_cut;
pub mod memory;
pub mod modules;
pub mod outbox;
pub mod platform;
pub mod process;
pub mod protocol;
mod ready;
pub mod report;
pub mod request;
pub mod run_warnings;
mod sent;
mod standby;
pub mod supervisor;
pub mod worker;
mod worker_outside;

pub use report::RunReport;
pub use request::RunRequest;
