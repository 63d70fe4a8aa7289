//! The list that stands at the caret: repairs or suggestions to choose from.

use std::ops::Range;

use eframe::egui::{self, Key, Modifiers, Pos2, Ui, pos2};

use super::boundaries::{line_end, line_start};
use super::help::is_name;
use super::history::EditKind;
use super::markers::PlacedFix;
use super::popup_rows::{self, ROW};
use super::selection::Selection;
use super::state::{EditorState, Reveal};
use super::transaction::Transaction;
use crate::assist::Suggestion;
use crate::gui::fuzzy;

/// Rows in view without scrolling.
pub(super) const ROWS: usize = 10;
/// The most rows; more letters bring the others up.
const MOST: usize = 200;

/// An open list.
#[derive(Debug)]
pub(super) struct Popup {
    pub choices: Choices,
    pub chosen: usize,
    /// The text and the caret it is right for.
    valid_for: (u64, Selection),
    /// Whether the chosen row was moved out of view.
    pub reveal: bool,
    /// Whether a row was gone to by a key.
    moved: bool,
    /// Whether the text had the keyboard since: a list asked for from elsewhere waits for it.
    held: bool,
}

#[derive(Debug)]
pub(super) enum Choices {
    Fixes(Vec<PlacedFix>),
    Suggestions(Suggested),
}

/// Suggestions for a part of the text.
#[derive(Debug)]
pub(super) struct Suggested {
    /// Where the part begins, and how many characters of it stand behind the caret.
    start: usize,
    tail: usize,
    all: Vec<Suggestion>,
    /// Indices of those that fit what is typed, the best first.
    pub fitting: Vec<usize>,
}

impl Suggested {
    /// The suggestion of a row.
    pub fn row(&self, index: usize) -> Option<&Suggestion> {
        self.all.get(*self.fitting.get(index)?)
    }

    fn fit(&mut self, typed: &str) {
        let mut scored: Vec<(i32, usize)> = self
            .all
            .iter()
            .enumerate()
            .filter_map(|(index, one)| Some((fit(typed, &one.label)?, index)))
            .collect();
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        scored.truncate(MOST);
        self.fitting = scored.into_iter().map(|(_, index)| index).collect();
    }
}

/// How well typed letters fit: all alike without any, what begins with them before the rest.
fn fit(typed: &str, label: &str) -> Option<i32> {
    if typed.is_empty() {
        return Some(0);
    }
    let score = fuzzy::score(typed, label)?;
    let begins = label.starts_with(typed);
    let alike = label.to_lowercase().starts_with(&typed.to_lowercase());
    Some(score + 10_000 * i32::from(alike) + 10_000 * i32::from(begins))
}

impl Popup {
    pub fn len(&self) -> usize {
        match &self.choices {
            Choices::Fixes(fixes) => fixes.len(),
            Choices::Suggestions(suggested) => suggested.fitting.len(),
        }
    }
}

impl EditorState {
    /// Lists the repairs of what is marked at the caret, or else on its line. False where there is none.
    pub(super) fn open_fixes(&mut self) -> bool {
        self.catch_up();
        let rope = self.buffer.rope();
        let head = self.buffer.selection().head;
        let line = rope.char_to_line(head);
        let line = line_start(rope, line)..line_end(rope, line);
        let fixes = self.markers.fixes_at(rope, head, line);
        if fixes.is_empty() {
            return false;
        }
        self.open(Choices::Fixes(fixes));
        true
    }

    /// Lists suggestions for a part of the text that the caret, at `at` when they were asked for, is in.
    pub(super) fn suggest(&mut self, at: usize, replace: Range<usize>, all: Vec<Suggestion>) {
        let head = self.buffer.selection().head;
        if !self.buffer.selection().is_empty()
            || head != at
            || !(replace.start..=replace.end).contains(&head)
        {
            return;
        }
        let mut suggested = Suggested {
            start: replace.start,
            tail: replace.end - head,
            all,
            fitting: Vec::new(),
        };
        suggested.fit(&self.typed(&suggested));
        if suggested.fitting.is_empty() {
            self.close_suggestions();
        } else {
            self.open(Choices::Suggestions(suggested));
        }
    }

    pub(super) fn suggestions_open(&self) -> bool {
        matches!(
            &self.view.popup,
            Some(Popup {
                choices: Choices::Suggestions(_),
                ..
            })
        )
    }

    pub(super) fn close_suggestions(&mut self) {
        if self.suggestions_open() {
            self.view.popup = None;
        }
    }

    /// Where the list stands: under the word that is replaced, or under the caret.
    pub(super) fn popup_anchor(&self) -> usize {
        match &self.view.popup {
            Some(Popup {
                choices: Choices::Suggestions(suggested),
                ..
            }) => suggested.start,
            _ => self.buffer.selection().head,
        }
    }

    fn open(&mut self, choices: Choices) {
        self.view.popup = Some(Popup {
            choices,
            chosen: 0,
            valid_for: (self.buffer.revision(), self.buffer.selection()),
            reveal: true,
            moved: false,
            held: false,
        });
        self.view.reveal = Some(Reveal::Near);
    }

    /// What is typed of the part the suggestions are for.
    fn typed(&self, suggested: &Suggested) -> String {
        let head = self.buffer.selection().head;
        let start = suggested.start.min(head);
        let typed = self.buffer.rope().slice(start..head).to_string();
        typed.trim_start_matches('"').to_owned()
    }

    /// Keeps the list in step with what was typed since, or closes it.
    pub(super) fn follow_suggestions(&mut self) {
        let now = (self.buffer.revision(), self.buffer.selection());
        let Some(mut popup) = self.view.popup.take() else {
            return;
        };
        if popup.valid_for == now {
            self.view.popup = Some(popup);
            return;
        }
        let Choices::Suggestions(suggested) = &mut popup.choices else {
            return;
        };
        let head = self.buffer.selection().head;
        let line_of = |at: usize| self.buffer.rope().char_to_line(at);
        if !self.buffer.selection().is_empty()
            || head < suggested.start
            || line_of(head) != line_of(suggested.start)
        {
            return;
        }
        let typed = self.typed(suggested);
        if !typed
            .chars()
            .all(|c| is_name(c) || matches!(c, '@' | '/' | '-' | '.'))
        {
            return;
        }
        // A path within require has full stops; behind a name a full stop begins another.
        if typed.contains('.')
            && !suggested
                .all
                .iter()
                .any(|one| one.label.starts_with(&typed))
        {
            return;
        }
        suggested.fit(&typed);
        if suggested.fitting.is_empty() {
            return;
        }
        popup.chosen = 0;
        popup.reveal = true;
        popup.moved = false;
        popup.valid_for = now;
        self.view.popup = Some(popup);
    }

    /// A key while the list is open. True when it was meant for the list.
    pub(super) fn on_popup_key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        let fits = self.begins_as_typed();
        let Some(popup) = &mut self.view.popup else {
            return false;
        };
        let suggesting = matches!(popup.choices, Choices::Suggestions(_));
        if modifiers.any() {
            if !suggesting {
                self.view.popup = None;
            }
            return false;
        }
        let count = popup.len().max(1);
        match key {
            Key::ArrowDown => popup.chosen = (popup.chosen + 1) % count,
            Key::ArrowUp => popup.chosen = (popup.chosen + count - 1) % count,
            Key::Home if !suggesting => popup.chosen = 0,
            Key::End if !suggesting => popup.chosen = count - 1,
            Key::PageDown => popup.chosen = (popup.chosen + ROWS).min(count - 1),
            Key::PageUp => popup.chosen = popup.chosen.saturating_sub(ROWS),
            Key::Enter if suggesting && !popup.moved && !fits => {
                // A new line is meant: nobody asked for a name that only shares some letters.
                self.view.popup = None;
                return false;
            }
            Key::Enter | Key::Tab => {
                let chosen = popup.chosen;
                return self.choose(chosen);
            }
            Key::Escape => {
                self.view.popup = None;
                return true;
            }
            // Letters arrive as text.
            _ if suggesting => return false,
            _ => {
                self.view.popup = None;
                return false;
            }
        }
        popup.reveal = true;
        popup.moved = true;
        true
    }

    /// Whether the chosen suggestion begins with what is typed, or was asked for without a letter.
    fn begins_as_typed(&self) -> bool {
        let Some(popup) = &self.view.popup else {
            return false;
        };
        let Choices::Suggestions(suggested) = &popup.choices else {
            return true;
        };
        let typed = self.typed(suggested).to_lowercase();
        suggested
            .row(popup.chosen)
            .is_some_and(|one| one.label.to_lowercase().starts_with(&typed))
    }

    /// Carries a row out. False where it would change nothing: the key means what it always does.
    fn choose(&mut self, index: usize) -> bool {
        let Some(popup) = self.view.popup.take() else {
            return false;
        };
        if popup.valid_for != (self.buffer.revision(), self.buffer.selection()) {
            return false;
        }
        let rope = self.buffer.rope();
        let head = self.buffer.selection().head;
        let (transaction, after) = match &popup.choices {
            Choices::Fixes(fixes) => {
                let Some(fix) = fixes.get(index) else {
                    return false;
                };
                let transaction = fix.transaction(rope);
                let after = transaction.carry(head, true);
                (transaction, after)
            }
            Choices::Suggestions(suggested) => {
                let Some(one) = suggested.row(index) else {
                    return false;
                };
                let range = suggested.start..(head + suggested.tail).min(rope.len_chars());
                let after = suggested.start + one.insert.chars().count().saturating_sub(one.back);
                let edit = (range, one.insert.clone());
                (Transaction::replace(rope, vec![edit]), after)
            }
        };
        if transaction.is_empty() {
            return false;
        }
        self.buffer.close_step();
        let after = Selection::caret(after);
        self.revealing(|buffer| buffer.edit(transaction, after, EditKind::Whole));
        self.buffer.close_step();
        true
    }

    /// Shows the list under the caret, whose lower end is at the place given and which is `row` points high, or above
    /// it where there is no room.
    pub(super) fn show_popup(
        &mut self,
        ui: &Ui,
        id: egui::Id,
        caret: Option<(Pos2, f32)>,
        focused: bool,
    ) {
        self.follow_suggestions();
        let Some(popup) = &mut self.view.popup else {
            return;
        };
        let Some((at, row)) = caret else {
            self.view.popup = None;
            return;
        };
        #[allow(clippy::cast_precision_loss)] // a handful of rows
        let height = popup.len().min(ROWS) as f32 * ROW + 14.0;
        let screen = ui.ctx().content_rect();
        let at = if at.y + height > screen.bottom() && at.y - row - height > screen.top() {
            pos2(at.x, at.y - row - height)
        } else {
            at
        };
        popup.held |= focused;
        let left = popup.held && !focused;
        let mut chosen = None;
        let style = ui.ctx().style_of(ui.ctx().theme());
        let area = egui::Area::new(id.with("list"))
            .order(egui::Order::Foreground)
            .fixed_pos(at)
            .constrain_to(screen)
            .show(ui.ctx(), |ui| {
                egui::Frame::popup(&style)
                    .inner_margin(egui::Margin::same(6))
                    .show(ui, |ui| chosen = popup_rows::show(ui, popup));
            });
        let pressed_elsewhere = ui.input(|input| {
            input.pointer.any_pressed()
                && input
                    .pointer
                    .interact_pos()
                    .is_none_or(|pos| !area.response.rect.contains(pos))
        });
        let over = area.response.contains_pointer();
        if let Some(index) = chosen {
            self.choose(index);
            self.view.wants_focus = true;
            ui.ctx().request_repaint();
        } else if pressed_elsewhere || (left && !over) {
            self.view.popup = None;
            ui.ctx().request_repaint();
        }
    }
}
