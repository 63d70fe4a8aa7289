//! A selection: where it was begun and where the caret stands, as character positions in the text.

use std::ops::Range;

/// Two character positions; equal ones are a plain caret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where the selection was begun; stays while Shift extends it.
    pub anchor: usize,
    /// Where the caret stands.
    pub head: usize,
}

impl Selection {
    /// A caret with nothing selected.
    pub fn caret(at: usize) -> Self {
        Self {
            anchor: at,
            head: at,
        }
    }

    /// A selection begun at `anchor` with the caret at `head`.
    pub fn new(anchor: usize, head: usize) -> Self {
        Self { anchor, head }
    }

    /// The lower end.
    pub fn start(self) -> usize {
        self.anchor.min(self.head)
    }

    /// The upper end, exclusive.
    pub fn end(self) -> usize {
        self.anchor.max(self.head)
    }

    /// The selected characters.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// True when nothing is selected.
    pub fn is_empty(self) -> bool {
        self.anchor == self.head
    }

    /// Both ends brought into a text of `len` characters.
    pub fn clamped(self, len: usize) -> Self {
        Self {
            anchor: self.anchor.min(len),
            head: self.head.min(len),
        }
    }
}
