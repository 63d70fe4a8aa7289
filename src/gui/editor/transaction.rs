//! One edit of the text as data: it can be applied, inverted, and can carry a position along.

use std::ops::Range;

use ropey::Rope;

/// One replaced stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// First character replaced, in the text before the transaction.
    pub at: usize,
    pub removed: String,
    pub inserted: String,
}

/// The lines one change replaced: `old` lines from `first` became `new` lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineEdit {
    pub first: usize,
    pub old: usize,
    pub new: usize,
    /// Bytes before the change within line `first`.
    pub column: usize,
    /// Bytes taken out and put in, meaningful for a change within one line.
    pub removed: usize,
    pub inserted: usize,
}

#[cfg(test)]
impl LineEdit {
    /// One of whole lines, as those see it who keep something beside them.
    pub fn of_lines(first: usize, old: usize, new: usize) -> Self {
        Self {
            first,
            old,
            new,
            column: 0,
            removed: 0,
            inserted: 0,
        }
    }
}

/// Changes in ascending order that do not overlap, all counted in the text before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transaction {
    changes: Vec<Change>,
}

impl Transaction {
    /// Replaces each range of `rope` by its text. The ranges must be ascending and apart.
    pub fn replace(rope: &Rope, edits: Vec<(Range<usize>, String)>) -> Self {
        let len = rope.len_chars();
        let mut changes = Vec::with_capacity(edits.len());
        let mut from = 0;
        for (range, inserted) in edits {
            let start = range.start.clamp(from, len.max(from));
            let end = range.end.clamp(start, len.max(start));
            from = end;
            let removed = rope.slice(start.min(len)..end.min(len)).to_string();
            if removed != inserted {
                changes.push(Change {
                    at: start,
                    removed,
                    inserted,
                });
            }
        }
        Self { changes }
    }

    /// True when it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Carries the edit out, and tells which lines it replaced, in the order carried out.
    pub fn apply(&self, rope: &mut Rope) -> Vec<LineEdit> {
        let mut lines = Vec::with_capacity(self.changes.len());
        // From the end, so that the earlier positions stay right.
        for change in self.changes.iter().rev() {
            let first = rope.char_to_line(change.at);
            lines.push(LineEdit {
                first,
                old: line_breaks(&change.removed) + 1,
                new: line_breaks(&change.inserted) + 1,
                column: rope.char_to_byte(change.at) - rope.line_to_byte(first),
                removed: change.removed.len(),
                inserted: change.inserted.len(),
            });
            if !change.removed.is_empty() {
                rope.remove(change.at..change.at + change.removed.chars().count());
            }
            if !change.inserted.is_empty() {
                rope.insert(change.at, &change.inserted);
            }
        }
        lines
    }

    /// The edit that takes this one back.
    pub fn inverted(&self) -> Self {
        let mut shift = 0_isize;
        let changes = self
            .changes
            .iter()
            .map(|change| {
                let at = change.at.saturating_add_signed(shift);
                shift += signed(change.inserted.chars().count())
                    - signed(change.removed.chars().count());
                Change {
                    at,
                    removed: change.inserted.clone(),
                    inserted: change.removed.clone(),
                }
            })
            .collect();
        Self { changes }
    }

    /// Where a position of the text before stands after. With `after` set, a position at the place of an
    /// insertion moves behind what was inserted.
    pub fn carry(&self, position: usize, after: bool) -> usize {
        let mut shift = 0_isize;
        for change in &self.changes {
            if change.at > position || (change.at == position && !after) {
                break;
            }
            let removed = change.removed.chars().count();
            let inserted = change.inserted.chars().count();
            if position < change.at + removed {
                // Within what was taken out: to one end of what came in.
                let end = if after { inserted } else { 0 };
                return change.at.saturating_add_signed(shift) + end;
            }
            shift += signed(inserted) - signed(removed);
        }
        position.saturating_add_signed(shift)
    }

    /// Joins `next`, which is counted in the text after this one, when both are one change and touch: typing
    /// goes on, or deleting does.
    pub(super) fn join(&mut self, next: &Self) -> bool {
        let ([last], [next]) = (self.changes.as_mut_slice(), next.changes.as_slice()) else {
            return false;
        };
        let inserted = last.inserted.chars().count();
        if next.removed.is_empty() && next.at == last.at + inserted {
            last.inserted.push_str(&next.inserted);
            return true;
        }
        if next.inserted.is_empty() && last.inserted.is_empty() {
            if next.at == last.at {
                last.removed.push_str(&next.removed);
                return true;
            }
            if next.at + next.removed.chars().count() == last.at {
                last.removed.insert_str(0, &next.removed);
                last.at = next.at;
                return true;
            }
        }
        false
    }
}

fn line_breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn signed(count: usize) -> isize {
    isize::try_from(count).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_in_two_places_is_undone_by_its_inverse() {
        let mut rope = Rope::from_str("one two three");
        let edit = Transaction::replace(&rope, vec![(0..3, "1".into()), (8..13, "drei".into())]);
        edit.apply(&mut rope);
        assert_eq!(rope, "1 two drei");
        edit.inverted().apply(&mut rope);
        assert_eq!(rope, "one two three");
    }

    #[test]
    fn positions_are_carried_along() {
        let rope = Rope::from_str("abcdef");
        let edit = Transaction::replace(&rope, vec![(1..3, "XYZ".into()), (4..4, "--".into())]);
        // aXYZd--ef
        assert_eq!(edit.carry(0, true), 0);
        assert_eq!(edit.carry(2, false), 1);
        assert_eq!(edit.carry(2, true), 4);
        assert_eq!(edit.carry(3, true), 4);
        assert_eq!(edit.carry(4, false), 5);
        assert_eq!(edit.carry(4, true), 7);
        assert_eq!(edit.carry(6, true), 9);
    }

    #[test]
    fn replaced_lines_are_counted() {
        let mut rope = Rope::from_str("a\nb\nc\n");
        let edit = Transaction::replace(&rope, vec![(2..4, "x\ny\nz".into())]);
        let lines = edit.apply(&mut rope);
        assert_eq!(rope, "a\nx\ny\nzc\n");
        assert_eq!((lines[0].first, lines[0].old, lines[0].new), (1, 2, 3));
    }
}
