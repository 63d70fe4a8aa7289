//! The lines that differ from what is saved, for the bar beside their numbers.

use std::ops::Range;

use super::transaction::LineEdit;

/// Changed stretches of lines, 0-based, in order; an empty one stands where lines were taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    ranges: Vec<Range<usize>>,
}

impl Changes {
    /// Takes over what was compared.
    pub fn set(&mut self, ranges: Vec<Range<usize>>) {
        self.ranges = ranges;
    }

    /// The changed stretches, in order.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// Whether a line differs, or something was taken out right above it.
    pub fn of(&self, line: usize) -> Option<Change> {
        let at = self.ranges.partition_point(|range| range.end < line);
        self.ranges.get(at..)?.iter().take(2).find_map(|range| {
            if range.contains(&line) {
                Some(Change::Written)
            } else {
                (range.is_empty() && range.start == line).then_some(Change::TakenOut)
            }
        })
    }

    /// Moves along with an edit, whose lines count as changed until they are compared.
    pub fn carry(&mut self, edit: &LineEdit) {
        let touched = edit.first..edit.first + edit.old;
        let written = edit.first..edit.first + edit.new;
        let moved = |at: usize| (at + edit.new).saturating_sub(edit.old);
        let mut carried: Vec<Range<usize>> = Vec::with_capacity(self.ranges.len() + 1);
        let mut here = written;
        for range in &self.ranges {
            if range.end < touched.start {
                carried.push(range.clone());
            } else if range.start > touched.end {
                carried.push(moved(range.start)..moved(range.end));
            } else {
                let end = if range.end > touched.end {
                    moved(range.end)
                } else {
                    here.end
                };
                here = here.start.min(range.start)..here.end.max(end);
            }
        }
        let at = carried.partition_point(|range| range.start < here.start);
        carried.insert(at, here);
        self.ranges = carried;
    }
}

/// How a line differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Written,
    TakenOut,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_mark_their_lines_and_move_the_others() {
        let mut changes = Changes::default();
        changes.set(vec![2..3, 10..10]);
        assert_eq!(changes.of(2), Some(Change::Written));
        assert_eq!(
            (changes.of(3), changes.of(10)),
            (None, Some(Change::TakenOut))
        );
        changes.carry(&LineEdit::of_lines(5, 1, 3));
        assert_eq!(changes.ranges, [2..3, 5..8, 12..12]);
        changes.carry(&LineEdit::of_lines(6, 1, 1));
        assert_eq!(changes.ranges, [2..3, 5..8, 12..12]);
        changes.carry(&LineEdit::of_lines(0, 2, 1));
        assert_eq!(changes.ranges, [0..2, 4..7, 11..11]);
    }
}
