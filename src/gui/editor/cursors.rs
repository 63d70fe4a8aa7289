//! Several cursors at once: each command of the core carried out at every one of them, as one step.

use ropey::Rope;

use super::boundaries::{self as b, line_end, line_start, line_text, word_around};
use super::buffer::Buffer;
use super::help::is_name;
use super::history::EditKind;
use super::movement::Move;
use super::selection::Selection;
use super::transaction::Transaction;

/// More cursors than this are not made.
pub const MOST_CURSORS: usize = 1_000;

/// All cursors of a text. The primary one is what the view follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursors {
    pub primary: Selection,
    /// In no order that matters; none touches another or the primary.
    pub others: Vec<Selection>,
}

/// What is done while a command runs at one cursor after the other.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Everything carried out in the round, to be one step.
    parts: Vec<(Transaction, EditKind)>,
    /// What the command did at the present cursor.
    here: Vec<Transaction>,
}

impl Round {
    pub fn note(&mut self, transaction: &Transaction) {
        self.here.push(transaction.clone());
    }

    pub fn record(&mut self, transaction: Transaction, kind: EditKind) {
        self.parts.push((transaction, kind));
    }
}

/// In which order the cursors are come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    FromTheEnd,
    FromTheStart,
}

/// A cursor within a round.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    selection: Selection,
    primary: bool,
    /// The place in the order of the text.
    index: usize,
}

impl Buffer {
    /// All cursors.
    pub fn cursors(&self) -> Cursors {
        Cursors {
            primary: self.selection,
            others: self.others.clone(),
        }
    }

    /// The selections of all cursors, in the order of the text.
    pub fn selections(&self) -> Vec<Selection> {
        let mut all = vec![self.selection];
        all.extend(&self.others);
        all.sort_by_key(|one| (one.start(), one.end()));
        all
    }

    /// Whether there is more than one cursor.
    pub fn has_many(&self) -> bool {
        !self.others.is_empty()
    }

    /// Leaves the primary cursor alone. False when it was.
    pub fn single(&mut self) -> bool {
        let had = self.has_many();
        self.others.clear();
        had
    }

    /// Adds a cursor, which is the primary one from now on; on a caret that is there, takes that one away.
    pub fn toggle_cursor(&mut self, selection: Selection) {
        let selection = self.snapped(selection);
        if selection.is_empty() && self.has_many() {
            if let Some(at) = self.others.iter().position(|one| *one == selection) {
                self.others.remove(at);
                return;
            }
            if self.selection == selection
                && let Some(last) = self.others.pop()
            {
                self.selection = last;
                return;
            }
        }
        self.add_cursor(selection);
    }

    /// Adds a cursor, which is the primary one from now on.
    pub fn add_cursor(&mut self, selection: Selection) {
        if self.others.len() + 1 >= MOST_CURSORS {
            return;
        }
        let selection = self.snapped(selection);
        let old = std::mem::replace(&mut self.selection, selection);
        self.others.push(old);
        self.close_step();
        self.goal_cell = None;
        self.merge_cursors();
    }

    /// Changes the primary cursor and leaves the others as they are.
    pub fn select_primary(&mut self, selection: Selection) {
        self.selection = self.snapped(selection);
        self.close_step();
        self.merge_cursors();
    }

    /// Puts cursors into the place of those there are; the last one is the primary.
    pub fn set_cursors(&mut self, selections: Vec<Selection>) {
        let mut all: Vec<Selection> = selections
            .into_iter()
            .take(MOST_CURSORS)
            .map(|one| self.snapped(one))
            .collect();
        let Some(primary) = all.pop() else { return };
        self.selection = primary;
        self.others = all;
        self.goal_cell = None;
        self.close_step();
        self.merge_cursors();
    }

    fn snapped(&self, selection: Selection) -> Selection {
        Selection::new(
            b::snap_to_grapheme(self.rope(), selection.anchor),
            b::snap_to_grapheme(self.rope(), selection.head),
        )
    }

    /// Cursors that touch become one.
    pub(super) fn merge_cursors(&mut self) {
        if self.others.is_empty() {
            return;
        }
        let mut all: Vec<(Selection, bool)> =
            self.others.drain(..).map(|one| (one, false)).collect();
        all.push((self.selection, true));
        all.sort_by_key(|(one, _)| (one.start(), one.end()));
        let mut merged: Vec<(Selection, bool)> = Vec::with_capacity(all.len());
        for (next, primary) in all {
            match merged.last_mut() {
                Some((last, was_primary)) if touch(*last, next) => {
                    let (start, end) = (last.start(), last.end().max(next.end()));
                    // The direction of the one that matters.
                    let ahead = if primary {
                        next.anchor <= next.head
                    } else {
                        last.anchor <= last.head
                    };
                    *last = if ahead {
                        Selection::new(start, end)
                    } else {
                        Selection::new(end, start)
                    };
                    *was_primary |= primary;
                }
                _ => merged.push((next, primary)),
            }
        }
        for (selection, primary) in merged {
            if primary {
                self.selection = selection;
            } else {
                self.others.push(selection);
            }
        }
    }

    /// Carries a command out at every cursor. True when it did something at one of them.
    pub fn each(&mut self, mut command: impl FnMut(&mut Self) -> bool) -> bool {
        self.round(Order::FromTheEnd, false, |buffer, _| command(buffer))
    }

    /// The same for a command on whole lines: cursors on the same lines are one to it. `downwards` is where the
    /// lines go, if anywhere.
    pub fn each_line(
        &mut self,
        downwards: bool,
        mut command: impl FnMut(&mut Self) -> bool,
    ) -> bool {
        let order = if downwards {
            Order::FromTheEnd
        } else {
            Order::FromTheStart
        };
        self.round(order, true, |buffer, _| command(buffer))
    }

    /// Puts a text at every cursor; as many lines as there are cursors go to one each.
    pub fn paste_each(&mut self, text: &str) -> bool {
        let lines: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).lines().collect();
        if self.has_many() && lines.len() == self.others.len() + 1 {
            return self.round(Order::FromTheEnd, false, |buffer, index| {
                buffer.paste(lines.get(index).copied().unwrap_or_default())
            });
        }
        self.each(|buffer| buffer.paste(text))
    }

    /// What Ctrl+C takes of all cursors, one after the other.
    pub fn copied_each(&self) -> String {
        if !self.has_many() {
            return self.copied_text();
        }
        let selections = self.selections();
        let some = selections.iter().any(|one| !one.is_empty());
        let parts: Vec<String> = selections
            .iter()
            .map(|one| {
                let range = if some {
                    one.range()
                } else {
                    let line = self.rope().char_to_line(one.head);
                    line_start(self.rope(), line)..line_end(self.rope(), line)
                };
                self.rope().slice(range).to_string()
            })
            .collect();
        let mut text = parts.join(self.line_ending());
        if !some {
            text.push_str(self.line_ending());
        }
        text
    }

    fn round(
        &mut self,
        order: Order,
        by_line: bool,
        mut command: impl FnMut(&mut Self, usize) -> bool,
    ) -> bool {
        if !self.has_many() || self.round.is_some() {
            return command(self, 0);
        }
        let before = self.cursors();
        let goal = self.goal_cell;
        let mut waiting: Vec<Cursor> = self
            .selections()
            .into_iter()
            .enumerate()
            .map(|(index, selection)| Cursor {
                selection,
                primary: selection == self.selection,
                index,
            })
            .collect();
        // Taken from the end of the list.
        if order == Order::FromTheStart {
            waiting.reverse();
        }
        let mut done: Vec<Cursor> = Vec::with_capacity(waiting.len());
        let mut goal_after = None;
        let mut lines_done: Option<std::ops::Range<usize>> = None;
        let mut changed = false;
        self.round = Some(Round::default());
        self.others.clear();
        while let Some(mut cursor) = waiting.pop() {
            self.selection = cursor.selection;
            self.goal_cell = goal;
            let lines = self.selected_lines();
            let again = by_line
                && lines_done
                    .as_ref()
                    .is_some_and(|done| lines.start < done.end && done.start < lines.end);
            if !again {
                changed |= command(self, cursor.index);
                cursor.selection = self.selection;
                if cursor.primary {
                    goal_after = self.goal_cell;
                }
                let here = self
                    .round
                    .as_mut()
                    .map(|round| std::mem::take(&mut round.here))
                    .unwrap_or_default();
                for transaction in &here {
                    for other in waiting.iter_mut().chain(&mut done) {
                        other.selection = carried(other.selection, transaction);
                    }
                }
                lines_done = by_line.then(|| self.selected_lines());
            }
            done.push(cursor);
        }
        let round = self.round.take().unwrap_or_default();
        for cursor in done {
            if cursor.primary {
                self.selection = cursor.selection;
            } else {
                self.others.push(cursor.selection);
            }
        }
        self.goal_cell = goal_after;
        self.merge_cursors();
        let after = self.cursors();
        if round.parts.is_empty() {
            if before != after {
                self.close_step();
            }
        } else {
            self.record_round(round.parts, before, after);
        }
        changed
    }

    /// The cursor above the topmost one, or below the lowest, in the same cell.
    pub fn add_cursor_beside(&mut self, down: bool) -> bool {
        let all = self.selections();
        let from = if down { all.last() } else { all.first() };
        let Some(from) = from.copied() else {
            return false;
        };
        let goal = self.goal_cell.unwrap_or_else(|| {
            let line = self.rope().char_to_line(from.head);
            b::cells_before(
                line_text(self.rope(), line),
                from.head - line_start(self.rope(), line),
            )
        });
        let line = self.rope().char_to_line(from.head);
        let target = if down {
            Some(line + 1).filter(|line| *line < self.rope().len_lines())
        } else {
            line.checked_sub(1)
        };
        let Some(target) = target else { return false };
        let at = at_cell(self.rope(), target, goal);
        self.add_cursor(Selection::caret(at));
        self.goal_cell = Some(goal);
        true
    }

    /// Selects the word at the caret; then, each time, the next place with the same text.
    pub fn select_next_occurrence(&mut self) -> bool {
        if self.selection.is_empty() {
            let word = word_around(self.rope(), self.selection.head);
            let is_word = !word.is_empty() && self.rope().slice(word.clone()).chars().all(is_name);
            if is_word {
                self.select_primary(Selection::new(word.start, word.end));
            }
            return is_word;
        }
        let taken = self.selections();
        let places = self.occurrences();
        let from = self.selection.end();
        let free = |start: &&usize| !taken.iter().any(|one| one.start() == **start);
        let next = places
            .iter()
            .filter(|start| **start >= from)
            .find(free)
            .or_else(|| places.iter().find(free));
        let Some(start) = next.copied() else {
            return false;
        };
        let len = self.selection.end() - self.selection.start();
        self.add_cursor(Selection::new(start, start + len));
        true
    }

    /// Selects every place with the text that is selected, or that the word at the caret is.
    pub fn select_all_occurrences(&mut self) -> bool {
        if self.selection.is_empty() && !self.select_next_occurrence() {
            return false;
        }
        let primary = self.selection;
        let len = primary.end() - primary.start();
        let mut all: Vec<Selection> = self
            .occurrences()
            .into_iter()
            .filter(|start| *start != primary.start())
            .map(|start| Selection::new(start, start + len))
            .collect();
        all.truncate(MOST_CURSORS - 1);
        all.push(primary);
        self.set_cursors(all);
        true
    }

    /// Where the selected text stands; a whole word as a whole word alone.
    fn occurrences(&self) -> Vec<usize> {
        let wanted = self.selected_text();
        let rope = self.rope();
        let text = rope.to_string();
        let edge = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| rope.get_char(at));
            let behind = rope.get_char(at);
            !(before.is_some_and(is_name) && behind.is_some_and(is_name))
        };
        let whole = wanted.chars().all(is_name)
            && edge(self.selection.start())
            && edge(self.selection.end());
        let len = wanted.chars().count();
        text.match_indices(&wanted)
            .map(|(byte, _)| rope.byte_to_char(byte))
            .filter(|start| !whole || (edge(*start) && edge(*start + len)))
            .collect()
    }

    /// Selects a block: on each line from one cell to another, as far as the line goes.
    pub fn select_block(&mut self, from: (usize, usize), to: (usize, usize)) {
        let rope = self.rope();
        let last = rope.len_lines() - 1;
        let (first, until) = (from.0.min(last), to.0.min(last));
        let lines: Box<dyn Iterator<Item = usize>> = if first <= until {
            Box::new(first..=until)
        } else {
            Box::new((until..=first).rev())
        };
        let selections = lines
            .take(MOST_CURSORS)
            .map(|line| Selection::new(at_cell(rope, line, from.1), at_cell(rope, line, to.1)))
            .collect();
        self.set_cursors(selections);
    }

    /// Line and cell of a character.
    pub fn line_and_cell(&self, at: usize) -> (usize, usize) {
        let rope = self.rope();
        let line = rope.char_to_line(at);
        let cell = b::cells_before(line_text(rope, line), at - line_start(rope, line));
        (line, cell)
    }

    /// Moves every cursor.
    pub fn go_each(&mut self, movement: Move, extend: bool) -> bool {
        self.each(|buffer| buffer.go(movement, extend))
    }
}

fn at_cell(rope: &Rope, line: usize, cell: usize) -> usize {
    let chars = b::char_at_cells(line_text(rope, line), cell);
    b::snap_to_grapheme(rope, line_start(rope, line) + chars)
}

/// A caret at the end of a selection belongs to it; two selections may stand side by side.
fn touch(first: Selection, next: Selection) -> bool {
    next.start() < first.end()
        || (next.start() == first.end() && (next.is_empty() || first.is_empty()))
}

pub(super) fn carried(selection: Selection, transaction: &Transaction) -> Selection {
    if selection.is_empty() {
        return Selection::caret(transaction.carry(selection.head, true));
    }
    // What is put in at an end stays outside.
    let ahead = selection.anchor <= selection.head;
    Selection::new(
        transaction.carry(selection.anchor, ahead),
        transaction.carry(selection.head, !ahead),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::editor::buffer::Language;

    /// `|` marks carets, `‹…›` selections; the last one is the primary.
    fn buffer(text: &str) -> Buffer {
        let mut plain = String::new();
        let mut selections = Vec::new();
        let mut start = 0;
        for c in text.chars() {
            let at = plain.chars().count();
            match c {
                '|' => selections.push(Selection::caret(at)),
                '‹' => start = at,
                '›' => selections.push(Selection::new(start, at)),
                c => plain.push(c),
            }
        }
        let mut buffer = Buffer::new(&plain, Language::JavaScript);
        buffer.set_cursors(selections);
        buffer
    }

    fn shown(buffer: &Buffer) -> String {
        let mut text: Vec<char> = buffer.rope().chars().collect();
        for one in buffer.selections().into_iter().rev() {
            if one.is_empty() {
                text.insert(one.head, '|');
            } else {
                text.insert(one.end(), '›');
                text.insert(one.start(), '‹');
            }
        }
        text.into_iter().collect()
    }

    #[test]
    fn typing_happens_at_every_cursor_and_is_one_step() {
        let mut b = buffer("a|\nb|\nc|");
        for c in "xy".chars() {
            b.each(|buffer| buffer.type_text(&c.to_string()));
        }
        assert_eq!(shown(&b), "axy|\nbxy|\ncxy|");
        assert!(b.undo());
        assert_eq!(shown(&b), "a|\nb|\nc|");
        assert!(b.redo());
        assert_eq!(shown(&b), "axy|\nbxy|\ncxy|");
    }

    #[test]
    fn pairs_open_and_are_stepped_over_at_every_cursor() {
        let mut b = buffer("f|\ng|");
        for c in ["(", "'", "x", "'", ")"] {
            b.each(|buffer| buffer.type_text(c));
        }
        assert_eq!(shown(&b), "f('x')|\ng('x')|");
        let mut b = buffer("‹ab› ‹cd›");
        b.each(|buffer| buffer.type_text("("));
        assert_eq!(shown(&b), "(‹ab›) (‹cd›)");
    }

    #[test]
    fn deleting_may_bring_cursors_together() {
        let mut b = buffer("a|b|c");
        b.each(|buffer| buffer.delete_back(false));
        assert_eq!(shown(&b), "|c");
        assert!(!b.has_many());
        b.undo();
        assert_eq!(shown(&b), "a|b|c");
        let mut b = buffer("one |two |");
        b.each(|buffer| buffer.delete_back(true));
        assert_eq!(shown(&b), "|");
    }

    #[test]
    fn every_cursor_moves_and_extends() {
        let mut b = buffer("|abc\n|abc");
        b.go_each(Move::WordRight, true);
        assert_eq!(shown(&b), "‹abc›\n‹abc›");
        b.go_each(Move::Down, false);
        // Both are at the text's end now.
        assert_eq!(shown(&b), "abc\nabc|");
    }

    #[test]
    fn cursors_are_added_above_and_below_over_short_lines() {
        let mut b = buffer("abcd|\nx\nabcd");
        assert!(b.add_cursor_beside(true));
        assert!(b.add_cursor_beside(true));
        assert!(!b.add_cursor_beside(true));
        assert_eq!(shown(&b), "abcd|\nx|\nabcd|");
        let mut b = buffer("ab\nab|");
        assert!(b.add_cursor_beside(false));
        assert_eq!(shown(&b), "ab|\nab|");
        assert!(b.single());
        assert_eq!(shown(&b), "ab|\nab");
    }

    #[test]
    fn the_same_text_is_selected_place_by_place_or_at_once() {
        let mut b = buffer("us|er users user\nuser");
        assert!(b.select_next_occurrence());
        assert_eq!(shown(&b), "‹user› users user\nuser");
        assert!(b.select_next_occurrence());
        assert!(b.select_next_occurrence());
        assert!(!b.select_next_occurrence());
        assert_eq!(shown(&b), "‹user› users ‹user›\n‹user›");
        let mut b = buffer("‹us›er users user");
        assert!(b.select_all_occurrences());
        assert_eq!(shown(&b), "‹us›er ‹us›ers ‹us›er");
        let mut b = buffer("a |= 1");
        assert!(!b.select_next_occurrence());
    }

    #[test]
    fn lines_are_changed_once_however_many_cursors_they_have() {
        let mut b = buffer("a|b|c\nd|");
        b.each_line(true, Buffer::toggle_comment);
        assert_eq!(shown(&b), "// a|b|c\n// d|");
        let mut b = buffer("1\n2|\n3|\n4");
        b.each_line(false, |buffer| buffer.move_lines(false));
        assert_eq!(shown(&b), "2|\n3|\n1\n4");
        b.each_line(true, |buffer| buffer.move_lines(true));
        assert_eq!(shown(&b), "1\n2|\n3|\n4");
        let mut b = buffer("1|\n2\n3|\n4");
        b.each_line(true, Buffer::delete_lines);
        assert_eq!(b.rope().to_string(), "2\n4");
    }

    #[test]
    fn what_many_cursors_copied_is_pasted_to_each() {
        let mut b = buffer("‹a› ‹b›\n| |");
        assert_eq!(b.copied_each(), "a\nb\n\n");
        let mut b2 = buffer("x|\ny|");
        assert_eq!(b2.copied_each(), "x\ny\n");
        b2.paste_each("1\n2");
        assert_eq!(shown(&b2), "x1|\ny2|");
        b2.paste_each("!");
        assert_eq!(shown(&b2), "x1!|\ny2!|");
        b.single();
    }

    #[test]
    fn a_block_takes_the_same_cells_of_each_line() {
        let mut b = buffer("|abcd\nab\n\tcd");
        b.select_block((0, 1), (2, 3));
        assert_eq!(shown(&b), "a‹bc›d\na‹b›\n‹\t›cd");
    }

    #[test]
    fn a_caret_is_added_and_taken_away() {
        let mut b = buffer("ab|cd");
        b.toggle_cursor(Selection::caret(4));
        assert_eq!(shown(&b), "ab|cd|");
        b.toggle_cursor(Selection::caret(2));
        assert_eq!(shown(&b), "abcd|");
        b.toggle_cursor(Selection::caret(4));
        assert_eq!(shown(&b), "abcd|");
    }
}
