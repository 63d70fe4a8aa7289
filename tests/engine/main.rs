//! The engine from outside: what hooks do, what comes out, and how that compares with Node.
#![allow(clippy::unwrap_used, reason = "a test ends by panicking")]

#[path = "../support/node.rs"]
mod real_node;
mod support;

mod callback;
mod node;
mod places;
mod starters;
mod world;
