//! Facts of the platform: points, parameters, starter code, payloads, wire formats, outcomes, limits.
//!
//! Pure: no I/O, no engine, no window. Every fact stands here once and the other rooms read it.

pub mod action;
pub mod detect;
pub mod gallery;
mod kind;
pub mod limits;
pub mod outcome;
pub mod parameters;
pub mod payload;
pub mod pipeline;
pub mod point;
pub mod samples;
pub mod wire;

pub use kind::Kind;
pub use parameters::Parameter;
pub use point::Point;
pub use samples::Variant;
