//! From problem to problem, and what each says.

use super::markers::{Placed, Problem};
use super::selection::Selection;
use super::state::{EditorState, Reveal};

impl EditorState {
    /// What is marked, in the order of the text.
    pub fn problems(&self) -> Vec<Problem<'_>> {
        self.markers
            .in_order()
            .into_iter()
            .map(|placed| self.problem(placed))
            .collect()
    }

    /// How many places are marked.
    pub fn problem_count(&self) -> usize {
        self.markers.len()
    }

    /// Goes to the next marked place, or the one before, from one end of the text to the other; what it says stays
    /// in view until the caret moves on. False where nothing is marked.
    pub fn go_to_problem(&mut self, forward: bool) -> bool {
        self.catch_up();
        let head = self.buffer.selection().head;
        let starts: Vec<usize> = self
            .markers
            .in_order()
            .iter()
            .map(|placed| placed.range.start)
            .collect();
        let next = if forward {
            let after = starts.iter().find(|start| **start > head);
            after.or(starts.first())
        } else {
            let before = starts.iter().rev().find(|start| **start < head);
            before.or(starts.last())
        };
        let Some(start) = next.copied() else {
            return false;
        };
        self.buffer.select(Selection::caret(start));
        self.view.reveal = Some(Reveal::Middle);
        self.view.told_at = Some((self.buffer.revision(), self.buffer.selection()));
        true
    }

    /// What is to be said at the caret, while it stands where [`EditorState::go_to_problem`] put it.
    pub(super) fn told(&self) -> Option<String> {
        let now = (self.buffer.revision(), self.buffer.selection());
        // The list of its repairs takes its place.
        if self.view.told_at != Some(now) || self.view.popup.is_some() {
            return None;
        }
        let head = self.buffer.selection().head;
        let said: Vec<String> = self
            .markers
            .in_order()
            .into_iter()
            .filter(|placed| placed.range.start == head)
            .map(Placed::text)
            .collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    fn problem<'a>(&self, placed: &'a Placed) -> Problem<'a> {
        let (line, column) = self.buffer.line_column(placed.range.start);
        Problem {
            line,
            column,
            severity: placed.severity,
            message: &placed.message,
            detail: placed.detail.as_deref(),
            fixable: !placed.fixes.is_empty(),
        }
    }
}
