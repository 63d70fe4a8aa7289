//! What Auth0 does with the answer, as a sentence and the facts behind it.

use eframe::egui::{self, RichText, Ui};
use serde_json::Value;

use super::heading;
use crate::auth0::Point;
use crate::auth0::outcome::Tone;
use crate::gui::theme;
use crate::runner::report::RunReport;

/// Shows the outcome of `report`.
pub fn show(ui: &mut Ui, report: &RunReport, _point: Point) {
    let p = theme::palette(ui.ctx());
    heading(ui, "What Auth0 does with it");
    let (tone, sentence) = crate::auth0::outcome::tell(&report.outcome);
    let (ink, fill) = match tone {
        Tone::Good => (p.good, p.good_surface),
        Tone::Bad => (p.bad, p.bad_surface),
        Tone::Caution => (p.caution, p.caution_surface),
    };
    let frame = egui::Frame::new()
        .fill(fill)
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 9));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.label(RichText::new(sentence).font(theme::bold(theme::BODY)).color(ink));
        let _ = Value::Null;
    });
}
