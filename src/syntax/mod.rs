//! Reading JavaScript with a real parser: what a hook exports, and where it is not JavaScript, in an author's words.

mod check;
mod fix;
mod nesting;
mod outline;
mod parse;
mod position;
mod repairs;
mod templates;
mod v8;

pub use check::{SyntaxProblem, check, checked, checked_module};
pub use fix::{Fix, TextEdit, splice};
pub use nesting::is_too_deep;
pub use outline::{Outline, outline};
pub use parse::{stay_on_this_thread, with_names};
pub use position::{Lines, Place};
pub use templates::templates;
