//! Rows of the screen and lines of the text: a folded line has no row, a wrapped one has several.

use std::ops::Range;
use std::sync::Arc;

use ropey::Rope;

use super::folds::Folds;
use super::wraps::Wraps;

/// Which lines have rows, as of one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub folds: Folds,
    pub wraps: Arc<Wraps>,
    /// Lines of the text.
    pub lines: usize,
}

impl Rows {
    /// Rows of the whole text.
    pub fn count(&self) -> usize {
        self.row_of(self.lines)
    }

    /// The first row of a line; of a hidden one that of the line that stands for it.
    pub fn row_of(&self, line: usize) -> usize {
        let row = self.folds.row_of(line);
        if !self.wraps.is_on() {
            return row;
        }
        let shown = match self.folds.around(line) {
            Some(hidden) => hidden.start.saturating_sub(1),
            None => line,
        };
        let mut above = self.wraps.above(shown);
        for hidden in self.folds.hidden() {
            if hidden.start > shown {
                break;
            }
            above -= self.wraps.above(hidden.end) - self.wraps.above(hidden.start);
        }
        row + above
    }

    /// The line in a row, and which of the line's rows it is. Beyond the text, a line beyond it.
    pub fn line_at(&self, row: usize) -> (usize, usize) {
        if !self.wraps.is_on() {
            return (self.folds.line_of(row), 0);
        }
        let count = self.count();
        if row >= count {
            return (self.lines + (row - count), 0);
        }
        // The last line whose first row is not below: rows only grow with lines.
        let (mut low, mut high) = (0, self.lines);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.row_of(middle) <= row {
                low = middle;
            } else {
                high = middle;
            }
        }
        let line = match self.folds.around(low) {
            Some(hidden) => hidden.start.saturating_sub(1),
            None => low,
        };
        (line, row - self.row_of(line))
    }

    /// The row that a character of a line stands in.
    pub fn row_at(&self, rope: &Rope, line: usize, at: usize) -> usize {
        self.row_of(line) + self.wraps.index_of(rope, line, at)
    }

    /// The characters of one of a line's rows.
    pub fn chars(&self, rope: &Rope, line: usize, index: usize) -> Range<usize> {
        self.wraps.row(rope, line, index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_line_with_folded_and_wrapped_lines() {
        let rope = Rope::from_str(
            "one two three four\na\nfive six seven eight nine\nb\none two three four",
        );
        let mut wraps = Wraps::default();
        wraps.set(&rope, Some(12));
        let mut rows = Rows {
            folds: Folds::default(),
            wraps: Arc::new(wraps),
            lines: rope.len_lines(),
        };
        let seen = |rows: &Rows| {
            (0..rows.count() + 1)
                .map(|row| rows.line_at(row))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            seen(&rows),
            [
                (0, 0),
                (0, 1),
                (1, 0),
                (2, 0),
                (2, 1),
                (2, 2),
                (3, 0),
                (4, 0),
                (4, 1),
                (5, 0)
            ]
        );
        assert_eq!(rows.row_at(&rope, 4, rope.len_chars()), 8);
        rows.folds.hide(1..4);
        assert_eq!(seen(&rows), [(0, 0), (0, 1), (4, 0), (4, 1), (5, 0)]);
        assert_eq!([rows.row_of(2), rows.row_of(4), rows.row_of(5)], [0, 2, 4]);
    }
}
