//! The process boundary: one fresh worker process per run, its limits, and the report that remains.

pub mod memory;
pub mod report;
pub mod request;

pub use report::RunReport;
pub use request::RunRequest;
