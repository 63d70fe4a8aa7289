//! The middle: the code of the open hook, and the dashboard's note that running saves.

use eframe::egui::{self, Align, Layout, Ui};

use super::{Action, banner};
use crate::gui::documents::Document;
use crate::gui::editor::CodeEditor;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::theme;
use crate::workspace::settings::Settings;

/// Shows the code pane as the settings have it. `note` is whether the note is still wanted.
pub fn show(ui: &mut Ui, doc: &mut Document, note: bool, settings: &Settings) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(current) = &doc.banner {
        actions.extend(banner::show(ui, doc.name(), current));
    }
    if note {
        egui::Panel::bottom("run saves")
            .frame(egui::Frame::new())
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| run_note(ui, &mut actions));
    }
    let room = ui.available_size();
    CodeEditor::new(&mut doc.code)
        .id(egui::Id::unique(("code", doc.id)))
        .label("Code")
        .gutter(true)
        .font_size(settings.code_size)
        .wrap(settings.wrap_lines)
        .fill(room)
        .show(ui);
    actions
}

fn run_note(ui: &mut Ui, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let frame = egui::Frame::new()
        .fill(p.caution_surface)
        .inner_margin(egui::Margin::symmetric(12, 3));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(ui.available_width());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(ui, Icon::Close, "Hide this note", "Hide this note", Look::Plain)
                    .clicked()
                {
                    actions.push(Action::DismissRunNote);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let mut job = egui::text::LayoutJob::default();
                    let plain = egui::TextFormat::simple(
                        egui::FontId::proportional(theme::BODY),
                        p.caution,
                    );
                    let strong = egui::TextFormat::simple(theme::bold(theme::BODY), p.caution);
                    job.append("Please note that ", 0.0, plain.clone());
                    job.append("trying", 0.0, strong);
                    job.append(
                        " the hook will save it as well, overwriting its code. Every version is kept.",
                        0.0,
                        plain,
                    );
                    ui.add(egui::Label::new(job).truncate());
                });
            });
        });
    });
}
