//! Moving the caret, with or without extending the selection.

use super::boundaries::{self as b, line_end, line_start};
use super::buffer::Buffer;
use super::selection::Selection;

/// Where the caret can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    /// So many rows up or down.
    PageUp(usize),
    PageDown(usize),
    /// The start of the row; there, the first character of the line that is not blank; from there, the line's start.
    LineStart,
    /// The end of the row; there, the line's end.
    LineEnd,
    TextStart,
    TextEnd,
}

impl Buffer {
    /// Moves the caret; `extend` keeps the anchor where it is. True when anything moved.
    pub fn go(&mut self, movement: Move, extend: bool) -> bool {
        let old = self.selection;
        let rope = self.rope();
        // Left and Right out of a selection go to its ends.
        let collapses = !extend && !old.is_empty();
        let mut goal = None;
        let head = match movement {
            Move::Left if collapses => old.start(),
            Move::Right if collapses => old.end(),
            Move::Left => b::prev_grapheme(rope, old.head),
            Move::Right => b::next_grapheme(rope, old.head),
            Move::WordLeft => b::prev_word(rope, old.head),
            Move::WordRight => b::next_word(rope, old.head),
            Move::LineStart => {
                let (line, index) = self.line_and_row(old.head);
                let row = self.wraps().row(rope, line, index).start;
                let text = b::first_non_blank(rope, line);
                if index > 0 && old.head != row {
                    row
                } else if old.head == text {
                    line_start(rope, line)
                } else {
                    text
                }
            }
            Move::LineEnd => {
                let (line, index) = self.line_and_row(old.head);
                let last = self.last_of_row(line, index);
                if old.head < last {
                    last
                } else {
                    line_end(rope, line)
                }
            }
            Move::TextStart => 0,
            Move::TextEnd => rope.len_chars(),
            Move::Up | Move::Down | Move::PageUp(_) | Move::PageDown(_) => {
                let from = match movement {
                    Move::Up if collapses => old.start(),
                    Move::Down if collapses => old.end(),
                    _ => old.head,
                };
                let (head, cell) = self.vertical(from, movement);
                goal = Some(cell);
                head
            }
        };
        let new = if extend {
            Selection::new(old.anchor, head)
        } else {
            Selection::caret(head)
        };
        self.select(new);
        self.goal_cell = goal;
        new != old
    }

    /// The place above or below `from`, and the cell to keep to.
    fn vertical(&self, from: usize, movement: Move) -> (usize, usize) {
        let rope = self.rope();
        let start = self.line_and_row(from);
        let cell = self.goal_cell.unwrap_or_else(|| self.cell_in_row(from));
        let mut target = start;
        let (steps, down) = match movement {
            Move::Up => (1, false),
            Move::Down => (1, true),
            Move::PageUp(rows) => (rows, false),
            Move::PageDown(rows) => (rows, true),
            _ => (0, true),
        };
        for _ in 0..steps {
            match self.row_beside(target, down) {
                Some(next) => target = next,
                // From the first and last rows on to the ends of the text.
                None if target == start && down => return (rope.len_chars(), cell),
                None if target == start => return (0, cell),
                None => break,
            }
        }
        (self.at_cell_of_row(target, cell), cell)
    }

    /// The row above or below one; rows are told by their line and which of its rows they are.
    fn row_beside(&self, (line, index): (usize, usize), down: bool) -> Option<(usize, usize)> {
        let wraps = self.wraps();
        if down {
            if index + 1 < wraps.rows(line) {
                return Some((line, index + 1));
            }
            return (line + 1 < self.rope().len_lines()).then_some((line + 1, 0));
        }
        match index.checked_sub(1) {
            Some(index) => Some((line, index)),
            None => line.checked_sub(1).map(|line| (line, wraps.rows(line) - 1)),
        }
    }

    /// The line of a character, and which of its rows on the screen.
    fn line_and_row(&self, at: usize) -> (usize, usize) {
        let line = self.rope().char_to_line(at);
        (line, self.wraps().index_of(self.rope(), line, at))
    }

    /// How many cells from the left a character stands on the screen.
    fn cell_in_row(&self, at: usize) -> usize {
        let (line, index) = self.line_and_row(at);
        let rope = self.rope();
        let row = self.wraps().row(rope, line, index);
        let indent = self.indent_of_row(line, index);
        let cells = b::cells_before(rope.slice(row.start..row.end.max(at)), at - row.start);
        indent + cells
    }

    fn at_cell_of_row(&self, (line, index): (usize, usize), cell: usize) -> usize {
        let rope = self.rope();
        let row = self.wraps().row(rope, line, index);
        let cell = cell.saturating_sub(self.indent_of_row(line, index));
        let chars = b::char_at_cells(rope.slice(row.clone()), cell);
        let at = b::snap_to_grapheme(rope, row.start + chars);
        at.min(self.last_of_row(line, index))
    }

    fn indent_of_row(&self, line: usize, index: usize) -> usize {
        if index == 0 {
            0
        } else {
            self.wraps().indent(self.rope(), line)
        }
    }

    /// The last place of a row: before its last character where the line goes on in the next row, for behind it is
    /// that row's start.
    pub(super) fn last_of_row(&self, line: usize, index: usize) -> usize {
        let row = self.wraps().row(self.rope(), line, index);
        if index + 1 < self.wraps().rows(line) {
            b::prev_grapheme(self.rope(), row.end).max(row.start)
        } else {
            row.end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::editor::buffer::Language;

    #[test]
    fn up_and_down_keep_the_column_over_short_lines() {
        let mut buffer = Buffer::new("abcdef\nab\n\tx\nabcdef", Language::JavaScript);
        buffer.select(Selection::caret(5));
        let mut stops = Vec::new();
        for _ in 0..4 {
            buffer.go(Move::Down, false);
            stops.push(buffer.line_column(buffer.selection().head));
        }
        assert_eq!(stops, [(2, 3), (3, 3), (4, 6), (4, 7)]);
        buffer.go(Move::Up, false);
        assert_eq!(buffer.line_column(buffer.selection().head), (3, 3));
    }

    #[test]
    fn home_goes_to_the_text_and_then_to_the_edge() {
        let mut buffer = Buffer::new("    abc", Language::JavaScript);
        buffer.select(Selection::caret(6));
        buffer.go(Move::LineStart, false);
        assert_eq!(buffer.selection().head, 4);
        buffer.go(Move::LineStart, false);
        assert_eq!(buffer.selection().head, 0);
        buffer.go(Move::LineStart, true);
        assert_eq!(buffer.selection(), Selection::new(0, 4));
        buffer.go(Move::Left, false);
        assert_eq!(buffer.selection(), Selection::caret(0));
    }

    #[test]
    fn pages_stop_at_both_ends() {
        let mut buffer = Buffer::new(&"line\n".repeat(50), Language::JavaScript);
        buffer.go(Move::PageDown(20), false);
        assert_eq!(buffer.caret_line(), 20);
        buffer.go(Move::PageDown(100), false);
        assert_eq!(buffer.caret_line(), 50);
        buffer.go(Move::PageUp(100), false);
        assert_eq!(buffer.caret_line(), 0);
    }

    #[test]
    fn keys_go_by_rows_where_lines_are_wrapped() {
        let mut buffer = Buffer::new(
            "one two three four\n  five six seven ate",
            Language::JavaScript,
        );
        buffer.wrap_at(Some(12));
        buffer.select(Selection::caret(2));
        let mut stops = Vec::new();
        for _ in 0..4 {
            buffer.go(Move::Down, false);
            stops.push(buffer.selection().head);
        }
        // "one two ", "three four", "  five six ", and "seven ate" two cells in.
        assert_eq!(stops, [10, 21, 30, 39]);
        buffer.go(Move::Up, false);
        assert_eq!(buffer.selection().head, 21);
        buffer.select(Selection::caret(10));
        buffer.go(Move::LineStart, false);
        assert_eq!(buffer.selection().head, 8);
        buffer.go(Move::LineStart, false);
        assert_eq!(buffer.selection().head, 0);
        buffer.go(Move::LineEnd, false);
        assert_eq!(buffer.selection().head, 7);
        buffer.go(Move::LineEnd, false);
        assert_eq!(buffer.selection().head, 18);
        buffer.go(Move::PageUp(9), false);
        assert_eq!(buffer.selection().head, 7);
    }
}
