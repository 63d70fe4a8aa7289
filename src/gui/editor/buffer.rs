//! The pure core: text, selection and history together. Knows no screen and no clock; every edit goes through
//! [`Buffer::edit`], so that history, revision and line bookkeeping cannot be forgotten.

use std::sync::Arc;

use ropey::Rope;

use super::boundaries::{self, line_start};
use super::cursors::{Cursors, Round, carried};
use super::history::{EditKind, History};
use super::selection::Selection;
use super::transaction::{LineEdit, Transaction};
use super::wraps::Wraps;

/// What the text is; decides comments, pairs and colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    JavaScript,
    Json,
}

/// One change of the text as those see it who keep something beside it: colours per line, markers.
#[derive(Clone, Debug)]
pub struct Damage {
    pub transaction: Transaction,
    /// In the order carried out.
    pub lines: Vec<LineEdit>,
}

/// So many changes are kept for those who have something beside the text; an editor out of sight asks for none.
const MOST_DAMAGE: usize = 4_000;

/// A text being edited.
#[derive(Debug)]
pub struct Buffer {
    rope: Rope,
    language: Language,
    pub(super) selection: Selection,
    /// The further cursors; none touches another.
    pub(super) others: Vec<Selection>,
    /// Set while a command is carried out at one cursor after the other.
    pub(super) round: Option<Round>,
    history: History,
    revision: u64,
    /// What changed since it was last asked for; `None` when the whole text was replaced.
    damage: Option<Vec<Damage>>,
    /// The cell the caret keeps to while it moves up and down.
    pub(super) goal_cell: Option<usize>,
    /// Closing brackets and quotes typed by the editor itself, over which typing the same one steps.
    pub(super) auto_closed: Vec<usize>,
    /// What one Tab inserts.
    indent: String,
    /// Where long lines are broken on the screen.
    wraps: Arc<Wraps>,
    /// What the other view of the text has of its own.
    pub(super) asleep: Option<Asleep>,
}

/// What a view of the text that is not in hand has of its own.
#[derive(Debug)]
pub(super) struct Asleep {
    pub cursors: Cursors,
    pub goal_cell: Option<usize>,
    pub auto_closed: Vec<usize>,
    pub wraps: Arc<Wraps>,
}

impl Buffer {
    /// A buffer with `text`, the caret at its start, and nothing to undo.
    pub fn new(text: &str, language: Language) -> Self {
        let rope = Rope::from_str(text);
        let indent = guess_indent(&rope);
        Self {
            rope,
            language,
            selection: Selection::default(),
            others: Vec::new(),
            round: None,
            history: History::default(),
            revision: 1,
            damage: None,
            goal_cell: None,
            auto_closed: Vec::new(),
            indent,
            wraps: Arc::default(),
            asleep: None,
        }
    }

    /// Breaks lines on the screen that are longer than so many cells, or none.
    pub fn wrap_at(&mut self, cells: Option<usize>) {
        Arc::make_mut(&mut self.wraps).set(&self.rope, cells);
    }

    /// Where lines are broken on the screen.
    pub(super) fn wraps(&self) -> &Arc<Wraps> {
        &self.wraps
    }

    /// Exchanges what this view of the text has of its own with what another one had.
    pub(super) fn exchange(&mut self, other: &mut Asleep) {
        std::mem::swap(&mut self.selection, &mut other.cursors.primary);
        std::mem::swap(&mut self.others, &mut other.cursors.others);
        std::mem::swap(&mut self.goal_cell, &mut other.goal_cell);
        std::mem::swap(&mut self.auto_closed, &mut other.auto_closed);
        std::mem::swap(&mut self.wraps, &mut other.wraps);
        // Edits made elsewhere may have brought some to one place.
        self.merge_cursors();
    }

    pub fn rope(&self) -> &Rope {
        &self.rope
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// A number that changes with every edit and never comes back.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// One level of this file's indentation: two spaces, or what its lines begin with.
    pub fn indent_unit(&self) -> &str {
        &self.indent
    }

    /// The line ending the text uses.
    pub fn line_ending(&self) -> &'static str {
        let first = self.rope.get_line(0);
        match first {
            Some(line)
                if line.len_chars() > 1 && line.get_char(line.len_chars() - 2) == Some('\r') =>
            {
                "\r\n"
            }
            _ => "\n",
        }
    }

    /// The selected text.
    pub fn selected_text(&self) -> String {
        self.rope.slice(self.selection.range()).to_string()
    }

    /// The caret's line, 0-based.
    pub fn caret_line(&self) -> usize {
        self.rope.char_to_line(self.selection.head)
    }

    /// Puts the selection where it is asked, whole graphemes only. Ends the current undo step.
    pub fn select(&mut self, selection: Selection) {
        let selection = Selection::new(
            boundaries::snap_to_grapheme(&self.rope, selection.anchor),
            boundaries::snap_to_grapheme(&self.rope, selection.head),
        );
        self.goal_cell = None;
        if self.round.is_some() {
            self.selection = selection;
            return;
        }
        let many = self.single();
        if many || selection != self.selection {
            self.selection = selection;
            self.history.close_step();
            self.forget_auto_closed();
        }
    }

    /// Selects the whole text.
    pub fn select_all(&mut self) {
        self.select(Selection::new(0, self.rope.len_chars()));
    }

    /// Carries `transaction` out, puts the selection at `after`, and remembers it for undo.
    /// True when the text changed.
    pub fn edit(&mut self, transaction: Transaction, after: Selection, kind: EditKind) -> bool {
        let before = self.cursors();
        self.goal_cell = None;
        if transaction.is_empty() {
            self.selection = after.clamped(self.rope.len_chars());
            return false;
        }
        self.carry_out(transaction.clone());
        self.selection = after.clamped(self.rope.len_chars());
        match &mut self.round {
            Some(round) => round.record(transaction, kind),
            None => {
                self.merge_cursors();
                let after = self.cursors();
                self.history.record(vec![transaction], before, after, kind);
            }
        }
        true
    }

    /// Remembers what a command did at all cursors as one step.
    pub(super) fn record_round(
        &mut self,
        parts: Vec<(Transaction, EditKind)>,
        before: Cursors,
        after: Cursors,
    ) {
        let kind = parts.last().map_or(EditKind::Whole, |(_, kind)| *kind);
        let alike = parts.iter().all(|(_, other)| *other == kind);
        let kind = if alike { kind } else { EditKind::Whole };
        let parts = parts.into_iter().map(|(part, _)| part).collect();
        self.history.record(parts, before, after, kind);
    }

    /// Replaces the whole text as one undo step. Lines at both ends that stay the same are left alone, and the
    /// caret stays with its text where that is still there.
    pub fn set_text(&mut self, text: &str) -> bool {
        let old = self.rope.to_string();
        if old == text {
            return false;
        }
        let prefix: usize = old
            .chars()
            .zip(text.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let (old_len, new_len) = (old.chars().count(), text.chars().count());
        let most = old_len.min(new_len) - prefix;
        let suffix = old
            .chars()
            .rev()
            .zip(text.chars().rev())
            .take(most)
            .take_while(|(a, b)| a == b)
            .count();
        let inserted: String = text
            .chars()
            .skip(prefix)
            .take(new_len - prefix - suffix)
            .collect();
        let transaction =
            Transaction::replace(&self.rope, vec![(prefix..old_len - suffix, inserted)]);
        let after = Selection::caret(transaction.carry(self.selection.head, false));
        self.single();
        self.history.close_step();
        let changed = self.edit(transaction, after, EditKind::Whole);
        self.selection = Selection::caret(boundaries::snap_to_grapheme(
            &self.rope,
            self.selection.head,
        ));
        self.indent = guess_indent(&self.rope);
        changed
    }

    /// Replaces the whole text and forgets the history.
    pub fn reset(&mut self, text: &str) {
        self.rope = Rope::from_str(text);
        self.indent = guess_indent(&self.rope);
        self.selection = Selection::default();
        self.others.clear();
        self.history = History::default();
        self.revision += 1;
        self.damage = None;
        self.goal_cell = None;
        self.auto_closed.clear();
        Arc::make_mut(&mut self.wraps).renew(&self.rope);
        if let Some(asleep) = &mut self.asleep {
            asleep.renew(&self.rope);
        }
    }

    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes the last step back. False when there is none.
    pub fn undo(&mut self) -> bool {
        let step = self.history.undo();
        self.replay(step)
    }

    /// Does the last step taken back again. False when there is none.
    pub fn redo(&mut self) -> bool {
        let step = self.history.redo();
        self.replay(step)
    }

    /// Ends the current undo step: what is typed next is taken back on its own.
    pub fn close_step(&mut self) {
        self.history.close_step();
    }

    /// The changes since the last call, or `None` when the whole text is new.
    pub fn take_damage(&mut self) -> Option<Vec<Damage>> {
        self.damage.replace(Vec::new())
    }

    fn replay(&mut self, step: Option<(Vec<Transaction>, Cursors)>) -> bool {
        let Some((parts, cursors)) = step else {
            return false;
        };
        for part in parts {
            self.carry_out(part);
        }
        self.forget_auto_closed();
        self.goal_cell = None;
        let len = self.rope.len_chars();
        self.selection = cursors.primary.clamped(len);
        self.others = cursors.others;
        for other in &mut self.others {
            *other = other.clamped(len);
        }
        true
    }

    fn carry_out(&mut self, transaction: Transaction) {
        let lines = transaction.apply(&mut self.rope);
        self.revision += 1;
        if self.wraps.is_on() {
            Arc::make_mut(&mut self.wraps).carry(&lines, &self.rope);
        }
        if let Some(asleep) = &mut self.asleep {
            asleep.carry(&transaction, &lines, &self.rope);
        }
        for place in &mut self.auto_closed {
            *place = transaction.carry(*place, true);
        }
        for other in &mut self.others {
            *other = carried(*other, &transaction);
        }
        if let Some(round) = &mut self.round {
            round.note(&transaction);
        }
        match &mut self.damage {
            Some(damage) if damage.len() < MOST_DAMAGE => {
                damage.push(Damage { transaction, lines });
            }
            // Nobody looks at this text: whoever comes to it begins with the whole.
            damage => *damage = None,
        }
    }

    /// Drops the closers written by the editor that the caret has left behind.
    fn forget_auto_closed(&mut self) {
        let Self {
            rope,
            selection,
            auto_closed,
            ..
        } = self;
        let line = rope.char_to_line(selection.head.min(rope.len_chars()));
        let (start, end) = (line_start(rope, line), boundaries::line_end(rope, line));
        auto_closed.retain(|place| (start..end).contains(place) && *place >= selection.head);
    }

    /// 1-based line and UTF-16 column of a character position.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.rope.len_chars());
        let line = self.rope.char_to_line(at);
        let start = self.rope.line_to_char(line);
        let column = self.rope.char_to_utf16_cu(at) - self.rope.char_to_utf16_cu(start);
        (line + 1, column + 1)
    }

    /// The character position of a 1-based line and UTF-16 column, brought into the text.
    pub fn position(&self, line: u32, column: u32) -> usize {
        let line = usize::try_from(line.max(1) - 1).unwrap_or(usize::MAX);
        if line >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let start = self.rope.line_to_char(line);
        let end = boundaries::line_end(&self.rope, line);
        let units = usize::try_from(column.max(1) - 1).unwrap_or(usize::MAX);
        let first = self.rope.char_to_utf16_cu(start);
        let wanted = first
            .saturating_add(units)
            .min(self.rope.char_to_utf16_cu(end));
        self.rope.utf16_cu_to_char(wanted).clamp(start, end)
    }
}

/// How many lines are looked at to guess the indentation.
const GUESS_FROM: usize = 200;

/// One level of indentation as the lines of `rope` show it; two spaces when they show none.
fn guess_indent(rope: &Rope) -> String {
    let mut tabs = 0;
    let mut widths = [0_usize; 9];
    let mut previous = 0;
    for line in rope.lines().take(GUESS_FROM) {
        match line.get_char(0) {
            Some('\t') => tabs += 1,
            Some('\n' | '\r') | None => continue,
            _ => {}
        }
        let spaces = line.chars().take(64).take_while(|c| *c == ' ').count();
        // Comment blocks stand one space further in.
        if line.get_char(spaces) == Some('*') {
            continue;
        }
        if spaces > previous
            && let Some(seen) = widths.get_mut(spaces - previous)
        {
            *seen += 1;
        }
        previous = spaces;
    }
    let spaced: usize = widths.iter().skip(2).sum();
    if tabs > spaced {
        return "\t".to_owned();
    }
    let best = [2, 4, 3, 8]
        .into_iter()
        .max_by_key(|width| (widths[*width], *width == 2))
        .unwrap_or(2);
    " ".repeat(if widths[best] == 0 { 2 } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_is_read_from_the_file() {
        assert_eq!(guess_indent(&Rope::from_str("a {\n    b\n}\n")), "    ");
        assert_eq!(guess_indent(&Rope::from_str("a {\n\tb\n}\n")), "\t");
        assert_eq!(guess_indent(&Rope::from_str("a {\n  b {\n    c\n")), "  ");
        assert_eq!(guess_indent(&Rope::from_str("")), "  ");
        assert_eq!(
            guess_indent(&Rope::from_str("/**\n * x\n */\nvar a;")),
            "  "
        );
    }

    #[test]
    fn columns_are_utf_16_units() {
        let mut buffer = Buffer::new("a😀b\nc", Language::JavaScript);
        assert_eq!(buffer.position(1, 4), 2);
        assert_eq!(buffer.line_column(2), (1, 4));
        assert_eq!(buffer.position(1, 99), 3);
        assert_eq!(buffer.position(9, 1), 5);
        assert_eq!(buffer.position(0, 0), 0);
        buffer.select(Selection::caret(buffer.position(2, 2)));
        assert_eq!(buffer.line_column(buffer.selection().head), (2, 2));
    }

    #[test]
    fn set_text_is_one_step_and_keeps_the_caret_with_its_text() {
        let mut buffer = Buffer::new("one\ntwo\nthree", Language::Json);
        buffer.select(Selection::caret(9));
        assert!(buffer.set_text("one\nand two\nthree"));
        assert_eq!(buffer.selection().head, 13);
        assert!(buffer.undo());
        assert_eq!(buffer.rope().to_string(), "one\ntwo\nthree");
        assert!(!buffer.undo());
        assert!(!buffer.set_text("one\ntwo\nthree"));
    }

    #[test]
    fn a_text_nobody_looks_at_gathers_no_endless_list_of_changes() {
        let mut buffer = Buffer::new("", Language::Json);
        assert!(buffer.take_damage().is_none());
        for round in 0..MOST_DAMAGE {
            buffer.set_text(&round.to_string());
        }
        assert_eq!(
            buffer.take_damage().map(|damage| damage.len()),
            Some(MOST_DAMAGE)
        );
        for round in 0..=MOST_DAMAGE {
            buffer.set_text(&format!("{round}x"));
        }
        assert!(buffer.take_damage().is_none());
        buffer.set_text("again");
        assert_eq!(buffer.take_damage().map(|damage| damage.len()), Some(1));
    }

    #[test]
    fn revisions_never_come_back() {
        let mut buffer = Buffer::new("a", Language::Json);
        let mut seen = vec![buffer.revision()];
        buffer.set_text("b");
        seen.push(buffer.revision());
        buffer.undo();
        seen.push(buffer.revision());
        buffer.redo();
        seen.push(buffer.revision());
        buffer.reset("b");
        seen.push(buffer.revision());
        let sorted = seen.windows(2).all(|pair| pair[0] < pair[1]);
        assert!(sorted, "{seen:?}");
    }
}
