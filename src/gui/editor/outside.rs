//! An editor whose text is shown otherwise as well, such as a tree: edits and selections by bytes, and the keyboard's
//! place.

use std::ops::Range;

use super::history::EditKind;
use super::selection::Selection;
use super::state::{EditorState, Reveal};
use super::transaction::Transaction;

impl EditorState {
    /// Replaces stretches of the text, in ascending order and apart, as one step that can be undone. The caret goes to
    /// the byte `caret` of the text after. False where nothing changes.
    pub fn edit_bytes(&mut self, changes: &[(Range<usize>, String)], caret: usize) -> bool {
        let rope = self.buffer.rope();
        let char_at = |byte: usize| rope.byte_to_char(byte.min(rope.len_bytes()));
        let edits = changes
            .iter()
            .map(|(range, text)| (char_at(range.start)..char_at(range.end), text.clone()))
            .collect();
        let transaction = Transaction::replace(rope, edits);
        if transaction.is_empty() {
            return false;
        }
        self.buffer.single();
        self.buffer.close_step();
        let here = self.buffer.selection();
        self.buffer.edit(transaction, here, EditKind::Whole);
        let rope = self.buffer.rope();
        let caret = rope.byte_to_char(caret.min(rope.len_bytes()));
        self.buffer.selection = Selection::caret(caret);
        self.view.reveal = Some(Reveal::Near);
        true
    }

    /// Selects these bytes and brings them into view.
    pub fn select_bytes(&mut self, range: Range<usize>) {
        let rope = self.buffer.rope();
        let char_at = |byte: usize| rope.byte_to_char(byte.min(rope.len_bytes()));
        let selection = Selection::new(char_at(range.start), char_at(range.end));
        self.buffer.select(selection);
        self.view.reveal = Some(Reveal::Middle);
    }

    /// The byte the caret stands at.
    pub fn caret_byte(&self) -> usize {
        self.buffer
            .rope()
            .char_to_byte(self.buffer.selection().head)
    }

    /// One level of the text's indentation.
    pub fn indent_unit(&self) -> &str {
        self.buffer.indent_unit()
    }

    /// Whether the keyboard was asked for; who stands in for the widget takes it.
    pub fn take_focus_request(&mut self) -> bool {
        std::mem::take(&mut self.view.wants_focus)
    }

    /// Notes whether who stands in for the widget has the keyboard.
    pub fn stand_in_has_focus(&mut self, focused: bool) {
        self.view.focused = focused;
    }

    /// Closes the search bar: what is shown instead of the text has none.
    pub fn close_search(&mut self) {
        self.view.find.open = false;
    }

    /// Whether what was asked for can only be shown in the text, such as the search bar.
    pub fn wants_text(&self) -> bool {
        self.view.find.open
    }
}
