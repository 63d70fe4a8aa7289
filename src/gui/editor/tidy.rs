//! What a save cleans up, on lines that were changed since the last one and no others: blanks at their ends, and a
//! last line without an end.

use std::ops::Range;

use super::boundaries::{line_end, line_start};
use super::history::EditKind;
use super::selection::Selection;
use super::state::EditorState;
use super::transaction::Transaction;

impl EditorState {
    /// Takes blanks off the ends of changed lines and ends the last one. Lines with a cursor keep theirs, and so does
    /// what `kept` names, in bytes; nothing is done where that cannot be told. `kept` is asked only if there is something
    /// to do. True when the text changed.
    pub fn tidy(&mut self, kept: impl FnOnce(&str) -> Option<Vec<Range<usize>>>) -> bool {
        self.catch_up();
        let edits = self.untidy();
        if edits.is_empty() {
            return false;
        }
        let Some(kept) = kept(&self.text()) else {
            return false;
        };
        let rope = self.buffer.rope();
        let edits = edits
            .into_iter()
            .filter(|(range, _)| {
                let at = rope.char_to_byte(range.end);
                !kept.iter().any(|one| one.start < at && at < one.end)
            })
            .collect();
        let transaction = Transaction::replace(rope, edits);
        let now = self.buffer.selection();
        let after = Selection::new(
            transaction.carry(now.anchor, false),
            transaction.carry(now.head, false),
        );
        self.buffer.close_step();
        let changed = self.buffer.edit(transaction, after, EditKind::Whole);
        self.buffer.close_step();
        changed
    }

    fn untidy(&self) -> Vec<(Range<usize>, String)> {
        let rope = self.buffer.rope();
        let count = rope.len_lines();
        let cursors: Vec<usize> = self
            .buffer
            .selections()
            .iter()
            .map(|one| rope.char_to_line(one.head))
            .collect();
        let changed = self.view.changes.ranges().iter().cloned();
        let mut edits: Vec<(Range<usize>, String)> = changed
            .flatten()
            .take_while(|line| *line < count)
            .filter(|line| !cursors.contains(line))
            .filter_map(|line| {
                let (start, end) = (line_start(rope, line), line_end(rope, line));
                let blanks = rope
                    .chars_at(end)
                    .reversed()
                    .take(end - start)
                    .take_while(|c| matches!(c, ' ' | '\t'))
                    .count();
                (blanks > 0).then(|| (end - blanks..end, String::new()))
            })
            .collect();
        let last = count - 1;
        let bare = line_start(rope, last) == rope.len_chars();
        let touched = self
            .view
            .changes
            .ranges()
            .iter()
            .any(|one| one.contains(&last));
        if touched && !bare {
            let end = rope.len_chars();
            edits.push((end..end, self.buffer.line_ending().to_owned()));
        }
        edits
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // one stretch is meant
mod tests {
    use super::*;
    use crate::gui::editor::Language;

    fn state(text: &str, changed: Range<usize>) -> EditorState {
        let mut state = EditorState::new(text, Language::JavaScript);
        state.set_changes(vec![changed]);
        state
    }

    #[test]
    fn changed_lines_alone_are_tidied() {
        let mut state = state("a  \r\nb \t\r\nc  \r\nd  ", 1..2);
        assert!(state.tidy(|_| Some(Vec::new())));
        assert_eq!(state.text(), "a  \r\nb\r\nc  \r\nd  ");
        assert!(!state.tidy(|_| panic!("nothing is left to do")));
        assert!(state.undo());
        assert_eq!(state.text(), "a  \r\nb \t\r\nc  \r\nd  ");
    }

    #[test]
    fn the_last_line_is_ended_when_it_was_changed() {
        let mut last = state("a\r\nb", 1..2);
        last.goto(2, 2);
        assert!(last.tidy(|_| Some(Vec::new())));
        assert_eq!(
            (last.text().as_str(), last.cursor()),
            ("a\r\nb\r\n", (2, 2))
        );
        assert!(!state("a\nb", 0..1).tidy(|_| Some(Vec::new())));
    }

    #[test]
    fn lines_with_the_cursor_and_what_is_kept_stay() {
        let mut cursor = state("a\nb  \n", 0..3);
        cursor.goto(2, 2);
        assert!(!cursor.tidy(|_| Some(Vec::new())));
        // A template literal from `x` to `y`.
        let mut kept = state("a\nx  \ny  \n", 1..3);
        assert!(kept.tidy(|_| Some(vec![2..7])));
        assert_eq!(kept.text(), "a\nx  \ny\n");
        assert!(!state("x\na  \n", 1..2).tidy(|_| None));
    }
}
