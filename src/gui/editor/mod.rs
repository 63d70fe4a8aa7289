//! The code widget: a pure core (buffer, selection, history, search) and a view of visible lines only.

mod boundaries;
mod brackets;
mod buffer;
mod changes;
mod cursors;
mod editing;
mod expand;
mod find_bar;
mod folds;
mod gutter;
mod halves;
mod help;
mod highlight;
mod history;
mod keys;
mod layout;
mod lines;
mod markers;
#[cfg(test)]
mod model_tests;
mod movement;
mod new_lines;
mod outside;
mod overlays;
mod paint;
mod perform;
mod pointer;
mod popup;
mod popup_rows;
mod problems;
mod rows;
mod search;
mod selection;
mod state;
mod tidy;
mod transaction;
mod view;
mod wraps;

pub use buffer::Language;
pub use help::{Help, Wish};
pub use highlight::warm_up;
pub use markers::{Marker, Problem, Severity};
pub use state::EditorState;
pub use view::{CodeEditor, EditorResponse};
