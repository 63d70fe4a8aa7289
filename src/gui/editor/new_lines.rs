//! Commands that make or join lines: copy, insert above and below, join, select.

use super::boundaries::{first_non_blank, line_end, line_start};
use super::brackets;
use super::buffer::Buffer;
use super::history::EditKind;
use super::selection::Selection;
use super::transaction::Transaction;

impl Buffer {
    /// Copies the selected lines; the selection stays on the upper copy, or goes along with the lower one.
    pub fn copy_lines(&mut self, down: bool) -> bool {
        let lines = self.selected_lines();
        let rope = self.rope();
        let start = line_start(rope, lines.start);
        let end = line_end(rope, lines.end.saturating_sub(1));
        let text = format!("{}{}", rope.slice(start..end), self.line_ending());
        let added = text.chars().count();
        let edit = Transaction::replace(rope, vec![(start..start, text)]);
        let old = self.selection();
        let after = if down {
            Selection::new(old.anchor + added, old.head + added)
        } else {
            old
        };
        self.edit(edit, after, EditKind::Whole)
    }

    /// A new line above or below the caret's, indented like it, or one level deeper behind an opening bracket.
    pub fn insert_line(&mut self, below: bool) -> bool {
        let rope = self.rope();
        let line = self.caret_line();
        let (start, end) = (line_start(rope, line), line_end(rope, line));
        let mut indent = rope.slice(start..first_non_blank(rope, line)).to_string();
        let last = rope
            .slice(start..end)
            .chars()
            .filter(|c| !c.is_whitespace())
            .last();
        if below && last.is_some_and(|c| brackets::closer_of(c).is_some()) {
            indent.push_str(self.indent_unit());
        }
        let ending = self.line_ending();
        let (at, text, caret) = if below {
            let text = format!("{ending}{indent}");
            let caret = end + text.chars().count();
            (end, text, caret)
        } else {
            let caret = start + indent.chars().count();
            (start, format!("{indent}{ending}"), caret)
        };
        let edit = Transaction::replace(rope, vec![(at..at, text)]);
        self.edit(edit, Selection::caret(caret), EditKind::Whole)
    }

    /// Joins the selected lines, or the caret's with the next, with one space where text meets text.
    pub fn join_lines(&mut self) -> bool {
        let lines = self.selected_lines();
        let rope = self.rope();
        let last = if lines.len() > 1 {
            lines.end - 1
        } else {
            lines.start + 1
        };
        if last >= rope.len_lines() {
            return false;
        }
        let mut edits = Vec::new();
        for line in lines.start..last {
            let mut from = line_end(rope, line);
            while from > line_start(rope, line)
                && matches!(rope.get_char(from - 1), Some(' ' | '\t'))
            {
                from -= 1;
            }
            let to = first_non_blank(rope, line + 1);
            let bare = from == line_start(rope, line) || to == line_end(rope, line + 1);
            let between = if bare { "" } else { " " };
            edits.push((from..to, between.to_owned()));
        }
        let place = edits.last().map_or(0, |(range, _)| range.start);
        let edit = Transaction::replace(rope, edits);
        let old = self.selection();
        let after = if old.is_empty() {
            Selection::caret(edit.carry(place, false))
        } else {
            Selection::new(edit.carry(old.anchor, true), edit.carry(old.head, true))
        };
        self.edit(edit, after, EditKind::Whole)
    }

    /// Selects the caret's line with its ending; again, the next one too.
    pub fn select_line(&mut self) -> bool {
        let selection = self.selection();
        let rope = self.rope();
        let first = rope.char_to_line(selection.start());
        let last = rope.char_to_line(selection.end());
        let to = line_start(rope, last + 1);
        self.select(Selection::new(line_start(rope, first), to));
        true
    }

    /// Ctrl+]: one level deeper, whatever is selected.
    pub fn indent_lines(&mut self) -> bool {
        let unit = self.indent_unit().to_owned();
        let rope = self.rope();
        let lines = self.selected_lines();
        let only = lines.len() == 1;
        let edits = lines
            .filter(|line| only || line_end(rope, *line) > line_start(rope, *line))
            .map(|line| {
                let start = line_start(rope, line);
                (start..start, unit.clone())
            })
            .collect();
        self.edit_lines(edits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::editor::buffer::Language;

    /// Runs `command` on a text with a caret `|`, or a selection from `<` to `>`, and shows both after it.
    fn done(text: &str, command: impl FnOnce(&mut Buffer) -> bool) -> String {
        let at = |mark| text.chars().position(|c| c == mark);
        let (anchor, head) = match (at('<'), at('>')) {
            (Some(from), Some(to)) => (from, to - 1),
            _ => (at('|').unwrap(), at('|').unwrap()),
        };
        let plain = text.replace(['|', '<', '>'], "");
        let mut buffer = Buffer::new(&plain, Language::JavaScript);
        buffer.select(Selection::new(anchor, head));
        command(&mut buffer);
        let mut shown: Vec<char> = buffer.rope().chars().collect();
        let selection = buffer.selection();
        if selection.is_empty() {
            shown.insert(selection.head, '|');
        } else {
            shown.insert(selection.end(), '>');
            shown.insert(selection.start(), '<');
        }
        let shown: String = shown.into_iter().collect();
        if buffer.undo() {
            assert_eq!(buffer.rope().to_string(), plain, "one undo takes it back");
        }
        shown
    }

    #[test]
    fn lines_are_copied_both_ways() {
        assert_eq!(done("a|b\nc", |b| b.copy_lines(true)), "ab\na|b\nc");
        assert_eq!(done("a|b\nc", |b| b.copy_lines(false)), "a|b\nab\nc");
        assert_eq!(done("x\n<a\nb>", |b| b.copy_lines(true)), "x\na\nb\n<a\nb>");
        assert_eq!(done("a|\r\n", |b| b.copy_lines(true)), "a\r\na|\r\n");
    }

    #[test]
    fn lines_are_inserted_with_their_indentation() {
        assert_eq!(
            done("if (x) {|\n}", |b| b.insert_line(true)),
            "if (x) {\n  |\n}"
        );
        assert_eq!(done("  a|b", |b| b.insert_line(true)), "  ab\n  |");
        assert_eq!(done("  a|b", |b| b.insert_line(false)), "  |\n  ab");
    }

    #[test]
    fn lines_are_joined_with_one_space() {
        assert_eq!(done("a|  \n   b\nc", Buffer::join_lines), "a| b\nc");
        assert_eq!(done("<a\nb\nc>\nd", Buffer::join_lines), "<a b c>\nd");
        assert_eq!(done("a|\n\nb", Buffer::join_lines), "a|\nb");
        assert_eq!(done("a|", Buffer::join_lines), "a|");
    }

    #[test]
    fn a_line_is_selected_and_then_the_next() {
        assert_eq!(done("a|b\nc\nd", Buffer::select_line), "<ab\n>c\nd");
        assert_eq!(
            done("a|b\nc\nd", |b| b.select_line() && b.select_line()),
            "<ab\nc\n>d"
        );
    }

    #[test]
    fn the_line_goes_deeper_wherever_the_caret_stands() {
        assert_eq!(done("ab|c", Buffer::indent_lines), "  ab|c");
        assert_eq!(done("<a\n\nb>", Buffer::indent_lines), "<  a\n\n  b>");
    }
}
