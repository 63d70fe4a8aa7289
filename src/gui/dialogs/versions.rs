//! The versions kept of a hook's file: every save and run left one, and each can be brought back.

use eframe::egui::{self, RichText, ScrollArea};

use super::{Ended, end_row, modal};
use crate::gui::documents::DocId;
use crate::gui::panes::{link, primary};
use crate::gui::running::zoned;
use crate::gui::theme;
use crate::workspace::snapshots::{Snapshot, Why};

/// What the dialog shows.
pub struct List {
    pub doc: DocId,
    pub hook: String,
    /// Newest first.
    pub versions: Vec<Snapshot>,
}

/// Shows the list; a version is asked for by its id.
pub fn show(ctx: &egui::Context, list: &List) -> Option<Ended> {
    let title = format!("Earlier versions of {}", list.hook);
    modal(ctx, "versions", &title, 600.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(
            RichText::new(
                "Bringing one back puts its text into the code pane; Undo takes it out again.",
            )
            .color(p.muted),
        );
        ui.add_space(theme::GAP);
        if list.versions.is_empty() {
            ui.weak("None yet: every save and every run keeps one.");
        }
        let mut chosen = None;
        let mut compared = None;
        let height = (ui.ctx().content_rect().height() - 320.0).max(120.0);
        ScrollArea::vertical()
            .id_salt("version list")
            .max_height(height)
            .show(ui, |ui| {
                egui::Grid::new("versions")
                    .num_columns(5)
                    .spacing([20.0, 6.0])
                    .show(ui, |ui| {
                        for version in &list.versions {
                            let at = zoned(version.at).strftime("%Y-%m-%d %H:%M:%S").to_string();
                            ui.label(RichText::new(&at).font(theme::mono(theme::CODE_SMALL)));
                            ui.label(reason(version.why));
                            ui.label(
                                RichText::new(format!("{} bytes", version.bytes)).color(p.muted),
                            );
                            let bring = link(ui, "Bring back");
                            bring.widget_info(|| {
                                egui::WidgetInfo::labeled(
                                    egui::Role::Button,
                                    true,
                                    format!("Bring back the version of {at}"),
                                )
                            });
                            if bring.clicked() {
                                chosen = Some(version.id.clone());
                            }
                            let compare = link(ui, "Compare");
                            compare.widget_info(|| {
                                egui::WidgetInfo::labeled(
                                    egui::Role::Button,
                                    true,
                                    format!("Compare the version of {at} with the code"),
                                )
                            });
                            if compare.clicked() {
                                compared = Some(version.id.clone());
                            }
                            ui.end_row();
                        }
                    });
            });
        ui.add_space(theme::GAP);
        if end_row(ui, |ui| primary(ui, "Close", 90.0).clicked()) {
            return Some(Ended::Cancelled);
        }
        if let Some(id) = compared {
            return Some(Ended::CompareVersion(list.doc, id));
        }
        chosen.map(|id| Ended::BringBack(list.doc, id))
    })
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::BeforeSave => "before a save",
        Why::Run => "run",
        Why::ChangedOutside => "before a change on disk was loaded",
        Why::BeforeRestore => "before a version was brought back",
    }
}
