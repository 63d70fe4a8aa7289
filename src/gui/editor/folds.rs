//! Folded lines: which are hidden, and what a line's row is without them.

use std::ops::Range;

use super::boundaries::{line_end, line_start};
use super::brackets;
use super::selection::Selection;
use super::state::{EditorState, Reveal};
use super::transaction::LineEdit;

/// How many lines above the caret the start of what encloses it is looked for.
const FARTHEST: usize = 5_000;

/// Hidden stretches of lines, 0-based, in order; none touches another. The line before a stretch stays and shows that
/// something is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folds {
    hidden: Vec<Range<usize>>,
}

impl Folds {
    pub fn is_empty(&self) -> bool {
        self.hidden.is_empty()
    }

    /// The stretches of hidden lines, in order.
    pub fn hidden(&self) -> &[Range<usize>] {
        &self.hidden
    }

    pub fn clear(&mut self) {
        self.hidden.clear();
    }

    /// Hides lines; what was hidden in them or beside them becomes part of it.
    pub fn hide(&mut self, lines: Range<usize>) {
        if lines.is_empty() {
            return;
        }
        let mut lines = lines;
        self.hidden.retain(|known| {
            let apart = known.end < lines.start || known.start > lines.end;
            // A stretch that begins right behind another keeps its own first line in view.
            let beside = known.end == lines.start || known.start == lines.end;
            if !apart && !beside {
                lines = lines.start.min(known.start)..lines.end.max(known.end);
            }
            apart || beside
        });
        let at = self
            .hidden
            .partition_point(|known| known.start < lines.start);
        self.hidden.insert(at, lines);
    }

    /// Shows the stretch that hides a line. False where none does.
    pub fn show(&mut self, line: usize) -> bool {
        let before = self.hidden.len();
        self.hidden.retain(|hidden| !hidden.contains(&line));
        self.hidden.len() != before
    }

    /// The stretch that hides a line.
    pub fn around(&self, line: usize) -> Option<Range<usize>> {
        let at = self.hidden.partition_point(|hidden| hidden.end <= line);
        self.hidden
            .get(at)
            .filter(|hidden| hidden.contains(&line))
            .cloned()
    }

    /// How many lines are hidden right below a line; 0 where none are.
    pub fn below(&self, line: usize) -> usize {
        let at = self.hidden.partition_point(|hidden| hidden.start <= line);
        match self.hidden.get(at) {
            Some(hidden) if hidden.start == line + 1 => hidden.len(),
            _ => 0,
        }
    }

    /// The row of a line; of a hidden one that of the line that stands for it.
    pub fn row_of(&self, line: usize) -> usize {
        let mut gone = 0;
        for hidden in &self.hidden {
            if hidden.start > line {
                break;
            }
            gone += hidden.end.min(line + 1) - hidden.start;
        }
        line - gone
    }

    /// The line in a row.
    pub fn line_of(&self, row: usize) -> usize {
        let mut line = row;
        for hidden in &self.hidden {
            if hidden.start > line {
                break;
            }
            line += hidden.len();
        }
        line
    }

    /// Moves the stretches along with an edit; one that was edited into is shown.
    pub fn carry(&mut self, edit: &LineEdit) {
        let touched = edit.first..edit.first + edit.old;
        self.hidden.retain_mut(|hidden| {
            if hidden.end <= touched.start {
                return true;
            }
            if hidden.start >= touched.end {
                let moved = |at: usize| (at + edit.new).saturating_sub(edit.old);
                *hidden = moved(hidden.start)..moved(hidden.end);
                return true;
            }
            false
        });
    }
}

impl EditorState {
    /// The lines that can be folded under a line: what the last bracket it leaves open encloses.
    pub(super) fn foldable(&self, line: usize) -> Option<Range<usize>> {
        let rope = self.buffer.rope();
        if line >= rope.len_lines() {
            return None;
        }
        let (start, end) = (line_start(rope, line), line_end(rope, line));
        if end - start > super::layout::LONG_LINE {
            return None;
        }
        // The first that is still open at the line's end holds the others.
        (start..end).find_map(|at| {
            let c = rope.get_char(at)?;
            brackets::closer_of(c)?;
            if !self.is_code(at) {
                return None;
            }
            let (_, close) =
                brackets::pair_at(rope, at, |at| self.is_code(at)).filter(|(one, _)| *one == at)?;
            let last = rope.char_to_line(close);
            (last > line + 1).then(|| line + 1..last)
        })
    }

    /// Folds what encloses the caret most nearly. False where nothing does.
    pub(super) fn fold(&mut self) -> bool {
        let caret = self.buffer.caret_line();
        let found = (caret.saturating_sub(FARTHEST)..=caret)
            .rev()
            .find_map(|line| {
                let lines = self.foldable(line)?;
                let holds = line == caret || lines.contains(&caret);
                (holds && self.view.folds.below(line) == 0).then_some((line, lines))
            });
        let Some((line, lines)) = found else {
            return false;
        };
        self.fold_lines(line, lines);
        true
    }

    fn fold_lines(&mut self, line: usize, lines: Range<usize>) {
        let at_line_end = line_end(self.buffer.rope(), line);
        if lines.contains(&self.buffer.caret_line()) {
            // The caret does not stay where nobody sees it.
            self.buffer.select(Selection::caret(at_line_end));
        }
        self.view.folds.hide(lines);
        self.view.reveal = Some(Reveal::Near);
    }

    /// Shows what is folded under the caret's line. False where nothing is.
    pub(super) fn unfold(&mut self) -> bool {
        let line = self.buffer.caret_line();
        self.view.folds.show(line + 1)
    }

    /// Folds under a line, or shows what is folded there.
    pub(super) fn toggle_fold(&mut self, line: usize) {
        if self.view.folds.below(line) > 0 {
            self.view.folds.show(line + 1);
        } else if let Some(lines) = self.foldable(line) {
            self.fold_lines(line, lines);
        }
    }

    /// Folds everything that is not within something folded. False where nothing can be.
    pub(super) fn fold_all(&mut self) -> bool {
        let mut line = 0;
        let mut any = false;
        while line < self.buffer.rope().len_lines() {
            match self.foldable(line) {
                Some(lines) => {
                    let next = lines.end;
                    self.fold_lines(line, lines);
                    any = true;
                    line = next;
                }
                None => line += 1,
            }
        }
        any
    }

    /// Shows everything.
    pub(super) fn unfold_all(&mut self) -> bool {
        let any = !self.view.folds.is_empty();
        self.view.folds.clear();
        any
    }

    /// A caret that a key sent into hidden lines goes on to the next line in view, in the direction it came.
    pub(super) fn leave_folds(&mut self, from: usize, extend: bool) {
        let head = self.buffer.selection().head;
        let rope = self.buffer.rope();
        let line = rope.char_to_line(head);
        let Some(hidden) = self.view.folds.around(line) else {
            return;
        };
        let column = head - line_start(rope, line);
        let (target, row) = if head >= from {
            (hidden.end.min(rope.len_lines() - 1), 0)
        } else {
            let line = hidden.start.saturating_sub(1);
            (line, self.buffer.wraps().rows(line) - 1)
        };
        let start = self.buffer.wraps().row(rope, target, row).start;
        let at = (start + column).min(self.buffer.last_of_row(target, row));
        let anchor = if extend {
            self.buffer.selection().anchor
        } else {
            at
        };
        self.buffer.select(Selection::new(anchor, at));
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // one stretch is meant
mod tests {
    use super::*;
    use crate::gui::editor::buffer::Language;

    #[test]
    fn rows_are_lines_without_those_that_are_hidden() {
        let mut folds = Folds::default();
        folds.hide(2..5);
        folds.hide(8..9);
        assert_eq!(
            (0..10).map(|line| folds.row_of(line)).collect::<Vec<_>>(),
            [0, 1, 1, 1, 1, 2, 3, 4, 4, 5]
        );
        assert_eq!(
            (0..6).map(|row| folds.line_of(row)).collect::<Vec<_>>(),
            [0, 1, 5, 6, 7, 9]
        );
        assert_eq!((folds.below(1), folds.below(7), folds.below(2)), (3, 1, 0));
        folds.hide(1..7);
        assert_eq!(folds.hidden, [1..7, 8..9]);
        assert!(folds.show(3));
        assert!(!folds.show(3));
    }

    #[test]
    fn edits_move_stretches_and_show_those_they_touch() {
        let mut folds = Folds::default();
        folds.hide(5..8);
        folds.carry(&LineEdit::of_lines(0, 1, 3));
        assert_eq!(folds.hidden, [7..10]);
        folds.carry(&LineEdit::of_lines(12, 1, 2));
        assert_eq!(folds.hidden, [7..10]);
        folds.carry(&LineEdit::of_lines(8, 1, 1));
        assert!(folds.is_empty());
    }

    #[test]
    fn blocks_are_folded_around_the_caret_and_shown_again() {
        let mut state =
            EditorState::new("a {\n  b({\n    c\n  });\n  d\n}\ne", Language::JavaScript);
        assert_eq!(state.foldable(0), Some(1..5));
        assert_eq!(state.foldable(1), Some(2..3));
        assert_eq!(state.foldable(4), None);
        state.goto(3, 5);
        assert!(state.fold());
        assert_eq!(state.view.folds.hidden, [2..3]);
        assert_eq!(state.cursor(), (2, 6));
        assert!(state.fold());
        assert_eq!(state.view.folds.hidden, [1..5]);
        assert_eq!(state.cursor(), (1, 4));
        assert!(state.unfold());
        assert!(!state.unfold());
        assert!(state.fold_all() && state.unfold_all());
    }
}
