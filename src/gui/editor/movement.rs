//! Moving the caret, with or without extending the selection.

use super::boundaries::{self as b, line_end, line_start, line_text};
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
    /// So many lines up or down.
    PageUp(usize),
    PageDown(usize),
    /// The first character that is not blank; from there, the line's start.
    LineStart,
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
                let line = rope.char_to_line(old.head);
                let text = b::first_non_blank(rope, line);
                if old.head == text {
                    line_start(rope, line)
                } else {
                    text
                }
            }
            Move::LineEnd => line_end(rope, rope.char_to_line(old.head)),
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
        let line = rope.char_to_line(from);
        let last = rope.len_lines() - 1;
        let cell = self.goal_cell.unwrap_or_else(|| {
            b::cells_before(line_text(rope, line), from - line_start(rope, line))
        });
        let target = match movement {
            Move::Up => line.checked_sub(1),
            Move::Down => Some(line + 1),
            Move::PageUp(_) if line == 0 => None,
            Move::PageUp(lines) => Some(line.saturating_sub(lines)),
            Move::PageDown(_) if line == last => Some(last + 1),
            Move::PageDown(lines) => Some((line + lines).min(last)),
            _ => Some(line),
        };
        let head = match target {
            None => 0,
            Some(target) if target > last => rope.len_chars(),
            Some(target) => {
                let chars = b::char_at_cells(line_text(rope, target), cell);
                b::snap_to_grapheme(rope, line_start(rope, target) + chars)
            }
        };
        (head, cell)
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
}
