//! Reading JavaScript with a real parser: what a hook exports, and where it is not JavaScript, in an author's words.

mod check;
mod nesting;
mod outline;
mod parse;
mod position;
mod v8;

pub use check::{SyntaxProblem, check};
pub use outline::{Outline, outline};
pub use parse::with_names;
pub use position::{Lines, Place};
