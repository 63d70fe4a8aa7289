//! The payload as a tree that is edited in place, beside its text: every edit goes through the pane's editor as one
//! step, and replaces nothing but what it is about.

mod field;
mod keys;
mod menu;
mod reading;
mod row;
mod state;
mod typing;
mod view;

pub use state::PayloadTree;
pub use view::{Shown, Wanted, rows_wanted, show};
