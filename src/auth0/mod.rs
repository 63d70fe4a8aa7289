//! Facts of the platform: points, parameters, starter code, payloads, wire formats, outcomes, limits.
//!
//! Pure: no I/O, no engine, no window. Every fact stands here once and the other rooms read it.

pub mod point;

pub use point::Point;
