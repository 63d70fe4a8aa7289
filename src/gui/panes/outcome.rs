//! What Auth0 does with the answer, as a sentence and the facts behind it.

use eframe::egui::{self, RichText, Ui};
use serde_json::Value;

use super::heading;
use crate::gui::theme;
use crate::runner::report::RunReport;

/// Shows the outcome of `report`.
pub fn show(ui: &mut Ui, report: &RunReport) {
    let p = theme::palette(ui.ctx());
    heading(ui, "What Auth0 does with it");
    let text = |key: &str| report.outcome.get(key).and_then(Value::as_str).unwrap_or_default();
    let (ink, fill) = match text("tone") {
        "good" => (p.good, p.good_surface),
        "bad" => (p.bad, p.bad_surface),
        _ => (p.caution, p.caution_surface),
    };
    let frame = egui::Frame::new()
        .fill(fill)
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 9));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.label(RichText::new(text("summary")).font(theme::bold(theme::BODY)).color(ink));
    });
}
