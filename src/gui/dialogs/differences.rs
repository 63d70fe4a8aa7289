//! What scripts do otherwise here than on Node, each with an example.

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::{Ended, end_row, modal};
use crate::engine::differences::{DIFFERENCES, Difference};
use crate::gui::panes::primary;
use crate::gui::theme;

/// Shows the list.
pub fn show(ctx: &egui::Context) -> Option<Ended> {
    modal(ctx, "differences", "Differences from Node", 760.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(
            RichText::new(
                "Hookbench runs scripts in an engine of its own, as on Node 22, but for this.",
            )
            .color(p.muted),
        );
        ui.add_space(theme::GAP);
        let height = (ui.ctx().content_rect().height() - 290.0).max(140.0);
        ScrollArea::vertical()
            .id_salt("list of differences")
            .auto_shrink([false, true])
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                for (index, difference) in DIFFERENCES.iter().enumerate() {
                    if index > 0 {
                        ui.add_space(theme::GAP);
                        ui.separator();
                        ui.add_space(theme::GAP);
                    }
                    entry(ui, difference);
                }
            });
        ui.add_space(theme::GAP);
        let done = end_row(ui, |ui| primary(ui, "Close", 90.0).clicked());
        done.then_some(Ended::Cancelled)
    })
}

fn entry(ui: &mut Ui, difference: &Difference) {
    let p = theme::palette(ui.ctx());
    // What stands between backticks in the README is plain text here.
    ui.label(RichText::new(difference.what.replace('`', "")).color(p.text));
    ui.add_space(theme::GAP / 2.0);
    egui::Grid::new(difference.id)
        .num_columns(2)
        .spacing([14.0, 3.0])
        .show(ui, |ui| {
            for (name, text) in [
                ("Example", difference.example),
                ("On Node", difference.node),
                ("Here", difference.here),
            ] {
                ui.label(RichText::new(name).color(p.muted));
                let text = RichText::new(text).font(theme::mono(theme::CODE_SMALL));
                ui.add(egui::Label::new(text.color(p.accent)).wrap());
                ui.end_row();
            }
        });
}
