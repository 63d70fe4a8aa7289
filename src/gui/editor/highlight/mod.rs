//! Colours of the text: spans per line, kept beside the buffer, found by a thread of their own.

mod parser;
mod scopes;
mod spans;
mod thread;

pub use spans::{LineSpans, Span, TokenKind};
pub use thread::{Highlighter, warm_up};

#[cfg(test)]
pub use parser::{Grammars, LineParser};
