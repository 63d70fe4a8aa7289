//! Every command and its keys.

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::{Ended, end_row, modal};
use crate::gui::commands::{Command, Group};
use crate::gui::panes::{heading, primary};
use crate::gui::theme;

/// Shows the list.
pub fn show(ctx: &egui::Context) -> Option<Ended> {
    modal(ctx, "shortcuts", "Keyboard shortcuts", 680.0, |ui| {
        let p = theme::palette(ui.ctx());
        let height = (ui.ctx().content_rect().height() - 260.0).max(140.0);
        ScrollArea::vertical()
            .id_salt("shortcut list")
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                // One grid for all groups, so that the columns agree.
                egui::Grid::new("commands")
                    .num_columns(3)
                    .spacing([20.0, 4.0])
                    .show(ui, |ui| {
                        for group in Group::ALL {
                            heading(ui, group.title());
                            ui.end_row();
                            for command in Command::ALL.into_iter().filter(|c| c.group() == group) {
                                row(ui, command);
                            }
                        }
                    });
                ui.add_space(theme::GAP);
                ui.label(
                    RichText::new(
                        "In a text pane Tab indents; Escape and then Tab leaves the pane.",
                    )
                    .color(p.muted),
                );
            });
        let done = end_row(ui, |ui| primary(ui, "Close", 90.0).clicked());
        done.then_some(Ended::Cancelled)
    })
}

fn row(ui: &mut Ui, command: Command) {
    let p = theme::palette(ui.ctx());
    ui.label(command.label());
    let keys: Vec<String> = command
        .shortcuts()
        .iter()
        .map(|keys| ui.ctx().format_shortcut(keys))
        .collect();
    ui.label(
        RichText::new(keys.join(", "))
            .font(theme::mono(theme::CODE_SMALL))
            .color(p.accent),
    );
    ui.label(RichText::new(command.describe()).color(p.muted));
    ui.end_row();
}
