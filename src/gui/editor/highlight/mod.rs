//! Colours of the text: spans per line, kept beside the buffer, found by a thread of their own.

mod spans;

pub use spans::{LineSpans, Span, TokenKind};
