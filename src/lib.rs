//! Hookbench: write, run, test and demonstrate Auth0 Hooks on the desktop, offline.
//!
//! The rooms, lowest floor first; ARCHITECTURE.md holds the map and who may use whom.

pub mod analysis;
pub mod assist;
pub mod auth0;
pub mod cli;
pub mod engine;
pub mod flow;
pub mod gui;
pub mod matrix;
pub mod packages;
pub mod runner;
pub mod syntax;
pub mod workspace;
