//! The code pane in two halves: two hooks beside each other, or one twice. The half with the cursor is the current
//! hook's; the Runner, the logs and every command go with it.

use eframe::egui::{self, Ui};

use super::app::HookbenchApp;
use super::documents::{DocId, PaneId};
use super::panes::Action;
use super::panes::code::{self, Choice, Half};

/// A half is at least so wide, in points; where there is less room, one stands above the other.
const LEAST_WIDTH: f32 = 200.0;
const LEAST_HEIGHT: f32 = 80.0;

/// What is known of the halves besides the current hook, which is in the one with the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// The hook in the half without the cursor.
    pub other: DocId,
    /// Whether the cursor is in the right half.
    pub right: bool,
}

impl HookbenchApp {
    /// Splits the code pane, the cursor in the new half at the right, or shows its half alone again.
    pub(super) fn toggle_split(&mut self) {
        let Some(current) = self.current else { return };
        self.split = match self.split {
            Some(_) => None,
            None => Some(Split {
                other: current,
                right: true,
            }),
        };
        self.tidy_split();
        self.focus(PaneId::Code);
    }

    /// Moves the cursor to the other half.
    pub(super) fn go_to_other_half(&mut self) {
        if self.split.is_none() {
            self.tell("The code is not split: \u{201c}Split the code\u{201d} does that.");
            return;
        }
        self.take_other_half();
        self.focus(PaneId::Code);
    }

    /// Shows a hook in a half, and goes there.
    pub(super) fn show_in_half(&mut self, right: bool, id: DocId) {
        if self.split.is_some_and(|split| split.right != right) {
            self.take_other_half();
        }
        self.current = Some(id);
        self.focus(PaneId::Code);
    }

    /// Leaves the other half alone.
    pub(super) fn close_half(&mut self, right: bool) {
        if self.split.is_some_and(|split| split.right == right) {
            self.take_other_half();
        }
        self.split = None;
        self.tidy_split();
        self.focus(PaneId::Code);
    }

    /// Drops what no half shows any more. A hook that was shown twice and is now in the half without the cursor alone
    /// stays as it was there.
    pub(super) fn tidy_split(&mut self) {
        let open = |id: DocId| self.documents.iter().any(|doc| doc.id == id);
        let lost = |split: Split| !open(split.other) || self.current.is_none();
        if self.split.is_some_and(lost) {
            self.split = None;
            if let Some(doc) = self.doc() {
                doc.pane().request_focus();
            }
        }
        let (other, current) = (self.split.map(|split| split.other), self.current);
        for doc in &mut self.documents {
            if Some(doc.id) == current && current == other {
                doc.code.split();
                continue;
            }
            if Some(doc.id) == other && doc.code.is_split() {
                doc.code.swap();
            }
            doc.code.unsplit();
        }
    }

    /// Shows the code of the current hook, and of the other half beside it.
    pub(super) fn show_code(&mut self, ui: &mut Ui, current: DocId, actions: &mut Vec<Action>) {
        if self.split.is_none() || self.presenting {
            let settings = &self.settings;
            if let Some(doc) = self.documents.iter_mut().find(|doc| doc.id == current) {
                actions.extend(code::show(ui, doc, Half::Left, settings));
            }
            return;
        }
        let room = ui.available_size();
        let frame = egui::Frame::new();
        let mut entered = false;
        let mut show = |ui: &mut Ui, half| entered |= self.show_half(ui, half, actions);
        if room.x >= 2.0 * LEAST_WIDTH {
            egui::Panel::left("left half")
                .resizable(true)
                .default_size(room.x / 2.0)
                .size_range(LEAST_WIDTH..=room.x - LEAST_WIDTH)
                .frame(frame)
                .show(ui, |ui| show(ui, Half::Left));
        } else {
            let most = (room.y - LEAST_HEIGHT).max(LEAST_HEIGHT);
            egui::Panel::top("upper half")
                .resizable(true)
                .default_size(room.y / 2.0)
                .size_range(LEAST_HEIGHT..=most)
                .frame(frame)
                .show(ui, |ui| show(ui, Half::Left));
        }
        egui::CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| show(ui, Half::Right));
        if entered {
            self.take_other_half();
            ui.ctx().request_repaint();
        }
    }

    /// Shows one half. True when the cursor came into it from the other one.
    fn show_half(&mut self, ui: &mut Ui, half: Half, actions: &mut Vec<Action>) -> bool {
        let Some(split) = self.split else {
            return false;
        };
        let active = split.right == (half == Half::Right);
        let shown = if active {
            self.current
        } else {
            Some(split.other)
        };
        let twice = self.current == Some(split.other);
        // On its way to the active half, the keyboard may still be with this one.
        let on_its_way = self.doc().is_some_and(|doc| doc.code.wants_focus());
        let choices: Vec<Choice> = self
            .documents
            .iter()
            .map(|doc| Choice {
                id: doc.id,
                name: doc.name().to_owned(),
            })
            .collect();
        let settings = &self.settings;
        let Some(doc) = self.documents.iter_mut().find(|doc| Some(doc.id) == shown) else {
            return false;
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        actions.extend(code::half_title(ui, doc, half, active, &choices));
        if active {
            actions.extend(code::show(ui, doc, half, settings));
            return false;
        }
        if twice {
            doc.code.swap();
        }
        let had = doc.code.has_keyboard();
        code::editor(ui, doc, half, settings);
        let entered = doc.code.has_keyboard() && !had && !on_its_way;
        if twice {
            doc.code.swap();
        }
        entered
    }

    /// Makes the other half the one with the cursor.
    pub(super) fn take_other_half(&mut self) {
        let Some(split) = self.split.as_mut() else {
            return;
        };
        split.right = !split.right;
        if self.current == Some(split.other) {
            if let Some(doc) = self.doc() {
                doc.code.swap();
            }
        } else if let Some(current) = self.current.replace(split.other) {
            split.other = current;
        }
    }
}
