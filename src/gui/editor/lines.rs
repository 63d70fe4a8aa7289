//! Commands on whole lines: indent, comment, move, delete.

use std::ops::Range;

use super::boundaries::{first_non_blank, line_end, line_start};
use super::buffer::{Buffer, Language};
use super::history::EditKind;
use super::selection::Selection;
use super::transaction::Transaction;

impl Buffer {
    /// The lines the selection touches; a line it only reaches the start of is not meant.
    pub fn selected_lines(&self) -> Range<usize> {
        let selection = self.selection;
        let first = self.rope().char_to_line(selection.start());
        let mut last = self.rope().char_to_line(selection.end());
        if last > first && selection.end() == line_start(self.rope(), last) {
            last -= 1;
        }
        first..last + 1
    }

    /// Tab: indents the selected lines, or inserts up to the next stop.
    pub fn indent(&mut self) -> bool {
        let lines = self.selected_lines();
        if self.selection.is_empty() || lines.len() == 1 && !self.whole_line_selected() {
            let unit = self.indent_unit().to_owned();
            if unit == "\t" {
                return self.insert(&unit, EditKind::Whole);
            }
            let start = self.selection.start();
            let column = start - line_start(self.rope(), self.rope().char_to_line(start));
            let spaces = unit.len() - column % unit.len();
            return self.insert(&" ".repeat(spaces), EditKind::Whole);
        }
        let unit = self.indent_unit().to_owned();
        let edits = lines
            .filter(|line| line_end(self.rope(), *line) > line_start(self.rope(), *line))
            .map(|line| {
                let start = line_start(self.rope(), line);
                (start..start, unit.clone())
            })
            .collect();
        self.edit_lines(edits)
    }

    /// Shift+Tab: takes one level of indentation from the selected lines.
    pub fn outdent(&mut self) -> bool {
        let width = match self.indent_unit() {
            "\t" => super::boundaries::TAB_CELLS,
            unit => unit.len(),
        };
        let edits = self
            .selected_lines()
            .map(|line| {
                let start = line_start(self.rope(), line);
                let taken = match self.rope().get_char(start) {
                    Some('\t') => 1,
                    _ => self
                        .rope()
                        .chars_at(start)
                        .take(width)
                        .take_while(|c| *c == ' ')
                        .count(),
                };
                (start..start + taken, String::new())
            })
            .collect();
        self.edit_lines(edits)
    }

    /// Ctrl+/: makes the selected lines comments, or takes the comment signs away when all have one.
    /// JSON knows no comments, so nothing happens there.
    pub fn toggle_comment(&mut self) -> bool {
        if self.language() == Language::Json {
            return false;
        }
        let rope = self.rope();
        let texts: Vec<usize> = self
            .selected_lines()
            .filter(|line| first_non_blank(rope, *line) < line_end(rope, *line))
            .map(|line| first_non_blank(rope, line))
            .collect();
        let commented =
            |at: usize| rope.get_char(at) == Some('/') && rope.get_char(at + 1) == Some('/');
        let edits = if !texts.is_empty() && texts.iter().all(|at| commented(*at)) {
            texts
                .into_iter()
                .map(|at| {
                    let space = usize::from(rope.get_char(at + 2) == Some(' '));
                    (at..at + 2 + space, String::new())
                })
                .collect()
        } else {
            let column = texts
                .iter()
                .map(|at| at - line_start(rope, rope.char_to_line(*at)))
                .min()
                .unwrap_or(0);
            texts
                .into_iter()
                .map(|at| {
                    let place = line_start(rope, rope.char_to_line(at)) + column;
                    (place..place, "// ".to_owned())
                })
                .collect()
        };
        self.edit_lines(edits)
    }

    /// Moves the selected lines over the line above or below.
    pub fn move_lines(&mut self, down: bool) -> bool {
        let lines = self.selected_lines();
        let rope = self.rope();
        let count = rope.len_lines();
        if (down && lines.end >= count) || (!down && lines.start == 0) {
            return false;
        }
        let (first, second) = if down {
            (lines.clone(), lines.end..lines.end + 1)
        } else {
            (lines.start - 1..lines.start, lines)
        };
        let start = line_start(rope, first.start);
        let middle = line_start(rope, second.start);
        let end = line_end(rope, second.end - 1);
        let upper_end = line_end(rope, first.end - 1);
        let upper = rope.slice(start..upper_end).to_string();
        let between = rope.slice(upper_end..middle).to_string();
        let lower = rope.slice(middle..end).to_string();
        let lower_len = lower.chars().count() + between.chars().count();
        let upper_len = middle - start;
        let edit =
            Transaction::replace(rope, vec![(start..end, format!("{lower}{between}{upper}"))]);
        let old = self.selection;
        let after = if down {
            Selection::new(old.anchor + lower_len, old.head + lower_len)
        } else {
            Selection::new(old.anchor - upper_len, old.head - upper_len)
        };
        self.edit(edit, after, EditKind::Whole)
    }

    /// Deletes the selected lines with their line endings.
    pub fn delete_lines(&mut self) -> bool {
        let lines = self.selected_lines();
        let rope = self.rope();
        let mut start = line_start(rope, lines.start);
        let end = line_start(rope, lines.end);
        if end == rope.len_chars() && lines.end >= rope.len_lines() && lines.start > 0 {
            // The last line has no ending of its own: it takes the one before.
            start = line_end(rope, lines.start - 1);
        }
        let edit = Transaction::replace(rope, vec![(start..end, String::new())]);
        let changed = self.edit(edit, Selection::caret(start), EditKind::Whole);
        if changed {
            let line = self.caret_line().min(lines.start);
            let caret = first_non_blank(self.rope(), line.max(self.caret_line()));
            self.selection = Selection::caret(caret);
        }
        changed
    }

    /// What Ctrl+C takes: the selection, or the caret's whole line with a line ending.
    pub fn copied_text(&self) -> String {
        if !self.selection.is_empty() {
            return self.selected_text();
        }
        let line = self.caret_line();
        let start = line_start(self.rope(), line);
        let mut text = self
            .rope()
            .slice(start..line_start(self.rope(), line + 1))
            .to_string();
        if !text.ends_with('\n') {
            text.push_str(self.line_ending());
        }
        text
    }

    /// What Ctrl+X leaves: the text without the selection, or without the caret's line.
    pub fn remove_copied(&mut self) -> bool {
        if self.selection.is_empty() {
            self.delete_lines()
        } else {
            self.insert("", EditKind::Whole)
        }
    }

    /// Moves the selected text to a place outside of it, or copies it there; it stays selected.
    pub fn move_selected(&mut self, to: usize, copy: bool) -> bool {
        let range = self.selection.range();
        if range.is_empty() || (range.start..=range.end).contains(&to) {
            return false;
        }
        let text = self.selected_text();
        let len = text.chars().count();
        let (edits, start) = match (copy, to < range.start) {
            (true, _) => (vec![(to..to, text)], to),
            (false, true) => (vec![(to..to, text), (range, String::new())], to),
            (false, false) => (vec![(range, String::new()), (to..to, text)], to - len),
        };
        let edit = Transaction::replace(self.rope(), edits);
        self.edit(edit, Selection::new(start, start + len), EditKind::Whole)
    }

    /// One step that changes lines at their fronts; the selection goes along.
    pub(super) fn edit_lines(&mut self, edits: Vec<(Range<usize>, String)>) -> bool {
        let edit = Transaction::replace(self.rope(), edits);
        let old = self.selection;
        let after = if old.is_empty() {
            Selection::caret(edit.carry(old.head, true))
        } else {
            // The lower end stays in front of what comes in, so that whole lines stay selected.
            let ahead = old.anchor <= old.head;
            Selection::new(edit.carry(old.anchor, !ahead), edit.carry(old.head, ahead))
        };
        self.edit(edit, after, EditKind::Whole)
    }

    fn whole_line_selected(&self) -> bool {
        let line = self.rope().char_to_line(self.selection.start());
        self.selection.start() == line_start(self.rope(), line)
            && self.selection.end() >= line_end(self.rope(), line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(text: &str, anchor: usize, head: usize) -> Buffer {
        let mut buffer = Buffer::new(text, Language::JavaScript);
        buffer.select(Selection::new(anchor, head));
        buffer
    }

    fn text(buffer: &Buffer) -> String {
        buffer.rope().to_string()
    }

    #[test]
    fn tab_and_shift_tab_move_the_selected_lines() {
        let mut b = buffer("a\n\nb\nc", 0, 4);
        assert!(b.indent());
        assert_eq!(text(&b), "  a\n\n  b\nc");
        assert_eq!(b.selection(), Selection::new(0, 8));
        assert!(b.outdent());
        assert_eq!(text(&b), "a\n\nb\nc");
        assert!(!b.outdent());
    }

    #[test]
    fn tab_goes_to_the_next_stop() {
        let mut b = buffer("abc", 3, 3);
        b.indent();
        assert_eq!(text(&b), "abc ");
    }

    #[test]
    fn comments_come_and_go() {
        let source = "  a();\n\n    b();\n";
        let mut b = buffer(source, 0, 15);
        b.toggle_comment();
        assert_eq!(text(&b), "  // a();\n\n  //   b();\n");
        b.toggle_comment();
        assert_eq!(text(&b), source);
    }

    #[test]
    fn lines_move_and_the_last_needs_no_ending() {
        let mut b = buffer("a\nb\nc", 2, 2);
        assert!(b.move_lines(true));
        assert_eq!(text(&b), "a\nc\nb");
        assert_eq!(b.selection(), Selection::caret(4));
        assert!(!b.move_lines(true));
        assert!(b.move_lines(false));
        assert!(b.move_lines(false));
        assert_eq!(text(&b), "b\na\nc");
        assert_eq!(b.selection(), Selection::caret(0));
    }

    #[test]
    fn deleted_lines_take_one_line_ending_with_them() {
        let mut b = buffer("a\nb\nc", 4, 4);
        b.delete_lines();
        assert_eq!(text(&b), "a\nb");
        let mut b = buffer("a\nb\nc", 0, 3);
        b.delete_lines();
        assert_eq!(text(&b), "c");
        b.delete_lines();
        assert_eq!(text(&b), "");
        assert!(!b.delete_lines());
    }

    #[test]
    fn selected_text_moves_or_is_copied_and_stays_selected() {
        let mut b = buffer("one two three", 4, 8);
        assert!(b.move_selected(0, false));
        assert_eq!(
            (text(&b), b.selected_text()),
            ("two one three".to_owned(), "two ".to_owned())
        );
        assert!(b.move_selected(13, false));
        assert_eq!(
            (text(&b), b.selected_text()),
            ("one threetwo ".to_owned(), "two ".to_owned())
        );
        assert!(b.move_selected(0, true));
        assert_eq!(text(&b), "two one threetwo ");
        assert!(!b.move_selected(2, false));
    }

    #[test]
    fn with_nothing_selected_the_line_is_copied() {
        assert_eq!(buffer("a\nb", 0, 0).copied_text(), "a\n");
        assert_eq!(buffer("a\nb", 3, 3).copied_text(), "b\n");
        assert_eq!(buffer("a\nb", 0, 1).copied_text(), "a");
    }
}
