//! The code widget: a pure core (buffer, selection, history, search) and a view of visible lines only.

mod boundaries;
mod buffer;
mod history;
mod markers;
mod movement;
mod selection;
mod state;
mod transaction;
mod view;

pub use buffer::Language;
pub use markers::{Marker, Severity};
pub use state::EditorState;
pub use view::{CodeEditor, EditorResponse};
