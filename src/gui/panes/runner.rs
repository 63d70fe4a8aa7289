//! The right column: what is sent, what came back, what Auth0 does with it, and the earlier runs.

use eframe::egui::{ScrollArea, Ui};

use super::{Action, hairline, history, outcome, request, response};
use crate::gui::documents::Document;
use crate::gui::runs::ResponseView;
use crate::gui::theme;
use crate::workspace::settings::Settings;

/// The least width at which the column stays usable, in points.
pub const LEAST_WIDTH: f32 = 300.0;

/// Shows the column; it scrolls as one. In a presentation the answer and what becomes of it are all there is.
pub fn show(
    ui: &mut Ui,
    doc: &mut Document,
    settings: &mut Settings,
    view: &mut ResponseView,
    presenting: bool,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let column = ui.available_height();
    ScrollArea::vertical()
        .id_salt(("runner", doc.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(theme::GAP);
            if !presenting {
                request::show(ui, doc, column, settings, &mut actions);
                ui.add_space(theme::GAP);
                hairline(ui);
                ui.add_space(theme::GAP);
            }
            response::show(ui, doc, view, settings.wrap_lines, &mut actions);
            if let Some(report) = doc.run.as_ref().and_then(|run| run.report.clone()) {
                ui.add_space(theme::GAP);
                hairline(ui);
                ui.add_space(theme::GAP);
                outcome::show(ui, &report);
            }
            if !presenting {
                ui.add_space(theme::GAP);
                hairline(ui);
                ui.add_space(theme::GAP);
                history::show(ui, doc, &mut actions);
            }
            ui.add_space(theme::PANE);
        });
    actions
}
