//! One text in two places at once: what each has of its own (cursors, scroll, search, wrapped rows) is kept for the one
//! that is not in hand, and the two change places while the other is shown.

use super::buffer::{Asleep, Buffer};
use super::cursors::{Cursors, carried};
use super::selection::Selection;
use super::state::{EditorState, View};
use super::transaction::{LineEdit, Transaction};

impl EditorState {
    /// Makes a second view of the text, at the same place; where there is one already, it stays.
    pub fn split(&mut self) {
        if self.asleep.is_none() {
            self.buffer.split();
            self.asleep = Some(Box::new(View {
                scroll_to: Some(self.view.offset),
                focused: self.view.focused,
                ..View::default()
            }));
        }
    }

    /// Whether the text is shown twice.
    pub fn is_split(&self) -> bool {
        self.asleep.is_some()
    }

    /// Drops the view that is not in hand.
    pub fn unsplit(&mut self) {
        self.asleep = None;
        self.buffer.asleep = None;
    }

    /// Takes the other view in hand. Nothing happens where there is none.
    pub fn swap(&mut self) {
        let Some(asleep) = &mut self.asleep else {
            return;
        };
        std::mem::swap(&mut self.view, asleep);
        self.buffer.swap();
        // What belongs to the text goes with it, and so does what was asked about it.
        let (here, there) = (&mut self.view, &mut **asleep);
        std::mem::swap(&mut here.spans, &mut there.spans);
        std::mem::swap(&mut here.highlighter, &mut there.highlighter);
        std::mem::swap(&mut here.folds, &mut there.folds);
        std::mem::swap(&mut here.changes, &mut there.changes);
        std::mem::swap(&mut here.wishes, &mut there.wishes);
        std::mem::swap(&mut here.told, &mut there.told);
    }
}

impl Buffer {
    fn split(&mut self) {
        self.asleep = Some(Asleep {
            cursors: Cursors {
                primary: self.selection(),
                others: Vec::new(),
            },
            goal_cell: None,
            auto_closed: Vec::new(),
            wraps: self.wraps().clone(),
        });
    }

    fn swap(&mut self) {
        if let Some(mut asleep) = self.asleep.take() {
            self.exchange(&mut asleep);
            self.asleep = Some(asleep);
        }
    }
}

impl Asleep {
    /// Follows an edit made elsewhere in the text.
    pub fn carry(&mut self, transaction: &Transaction, lines: &[LineEdit], rope: &ropey::Rope) {
        let Self {
            cursors,
            wraps,
            auto_closed,
            ..
        } = self;
        for place in auto_closed {
            *place = transaction.carry(*place, true);
        }
        for one in cursors.others.iter_mut().chain([&mut cursors.primary]) {
            *one = carried(*one, transaction);
        }
        if wraps.is_on() {
            std::sync::Arc::make_mut(wraps).carry(lines, rope);
        }
    }

    /// The text is another one.
    pub fn renew(&mut self, rope: &ropey::Rope) {
        self.cursors = Cursors {
            primary: Selection::default(),
            others: Vec::new(),
        };
        (self.goal_cell, self.auto_closed) = (None, Vec::new());
        std::sync::Arc::make_mut(&mut self.wraps).renew(rope);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::editor::Language;
    use crate::gui::editor::movement::Move;

    #[test]
    fn each_view_has_its_cursor_and_both_follow_the_text() {
        let mut state = EditorState::new("one\ntwo\nthree\n", Language::JavaScript);
        state.goto(3, 2);
        state.split();
        state.swap();
        assert_eq!(state.cursor(), (3, 2));
        state.goto(1, 1);
        state.paste("zero\n");
        assert_eq!(state.cursor(), (2, 1));
        state.swap();
        assert_eq!(state.cursor(), (4, 2));
        assert!(state.undo());
        state.swap();
        assert_eq!(state.cursor(), (1, 1));
        state.reset("x");
        state.swap();
        assert_eq!(state.cursor(), (1, 1));
        state.unsplit();
        state.swap();
        assert_eq!(state.text(), "x");
    }

    #[test]
    fn what_is_being_typed_goes_on_while_the_other_view_is_shown() {
        let mut state = EditorState::new("long line\n\nlong line\n", Language::JavaScript);
        state.split();
        let shown_once = |state: &mut EditorState| {
            state.swap();
            state.swap();
        };
        for c in ["(", ")", "a", "b"] {
            state.buffer.type_text(c);
            shown_once(&mut state);
        }
        assert_eq!(state.text(), "()ablong line\n\nlong line\n");
        // What was typed in one go is one step.
        state.undo();
        assert_eq!(state.text(), "long line\n\nlong line\n");
        state.goto(1, 5);
        for _ in 0..2 {
            state.buffer.go(Move::Down, false);
            shown_once(&mut state);
        }
        assert_eq!(state.cursor(), (3, 5));
    }

    #[test]
    fn cursors_that_came_to_one_place_are_one() {
        let mut state = EditorState::new("a\nb\nc\nd", Language::JavaScript);
        state
            .buffer
            .set_cursors([0, 2, 4].map(Selection::caret).to_vec());
        state.split();
        state.swap();
        state.select_range((1, 1), (4, 1));
        state.paste("x");
        state.swap();
        assert_eq!(state.buffer.selections().len(), 1);
    }

    #[test]
    fn both_views_break_lines_at_their_own_width() {
        let mut state = EditorState::new("one two three four five", Language::JavaScript);
        state.buffer.wrap_at(Some(12));
        state.split();
        state.swap();
        state.buffer.wrap_at(Some(16));
        state.paste("zero ");
        assert_eq!(state.rows_shown(), 2);
        state.swap();
        assert_eq!(state.rows_shown(), 3);
        state.buffer.wrap_at(None);
        state.swap();
        assert_eq!(state.rows_shown(), 2);
    }
}
