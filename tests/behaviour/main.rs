//! The answers of hooks beside those of Auth0's own compilers, through the worker as a user's run goes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod documents;
mod node;
#[path = "../support/node.rs"]
mod real_node;
mod support;
mod table;
mod validation;
