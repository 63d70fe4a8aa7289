//! Unsaved edits at the end: save, discard, or stay.

use eframe::egui::{self, RichText};

use super::{Ended, end_row, modal};
use crate::gui::documents::DocId;
use crate::gui::panes::primary;
use crate::gui::theme;

/// What is about to be closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The hook to close, or none for the whole window.
    pub doc: Option<DocId>,
    /// Names of the hooks with unsaved edits.
    pub names: Vec<String>,
}

/// Shows the question.
pub fn show(ctx: &egui::Context, question: &Question) -> Option<Ended> {
    modal(ctx, "close", "Save before closing?", 420.0, |ui| {
        let p = theme::palette(ui.ctx());
        let names = question.names.join(", ");
        let text = if question.names.len() == 1 {
            format!("{names} has edits that are not saved.")
        } else {
            format!("These hooks have edits that are not saved: {names}.")
        };
        ui.label(RichText::new(text).color(p.muted));
        ui.add_space(theme::GAP);
        let mut ended = None;
        end_row(ui, |ui| {
            if primary(ui, "Save", 90.0).clicked() {
                ended = Some(Ended::SaveAllAndClose);
            }
            let size = egui::vec2(80.0, 30.0);
            if ui.add(egui::Button::new("Cancel").min_size(size)).clicked() {
                ended = Some(Ended::Cancelled);
            }
            if ui
                .add(egui::Button::new(RichText::new("Discard").color(p.bad)).min_size(size))
                .clicked()
            {
                ended = Some(Ended::DiscardAndClose);
            }
        });
        ended
    })
}
