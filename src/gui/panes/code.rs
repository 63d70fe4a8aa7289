//! The middle: the code of the open hook, and the dashboard's note that running saves.

use eframe::egui::{self, Align, Layout, RichText, Ui, WidgetInfo};

use super::{Action, banner};
use crate::gui::documents::{DocId, Document};
use crate::gui::editor::CodeEditor;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::theme;
use crate::workspace::settings::Settings;

/// Where the code of a hook is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The whole pane, or the left half of it.
    Left,
    Right,
}

/// Shows the code of a hook as the settings have it, under what there is to decide.
pub fn show(ui: &mut Ui, doc: &mut Document, half: Half, settings: &Settings) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(current) = &doc.banner {
        actions.extend(banner::show(ui, doc.name(), current));
    }
    editor(ui, doc, half, settings);
    actions
}

/// Shows the code alone.
pub fn editor(ui: &mut Ui, doc: &mut Document, half: Half, settings: &Settings) {
    let room = ui.available_size();
    let (id, label) = match half {
        Half::Left => (egui::Id::unique(("code", doc.id)), "Code"),
        Half::Right => (
            egui::Id::unique(("code", doc.id, "right")),
            "Code, right half",
        ),
    };
    CodeEditor::new(&mut doc.code)
        .id(id)
        .label(label)
        .gutter(true)
        .font_size(settings.code_size)
        .wrap(settings.wrap_lines)
        .fill(room)
        .show(ui);
}

/// A hook that a half may show.
pub struct Choice {
    pub id: DocId,
    pub name: String,
}

/// Room for the sign behind a name that there are others, in points.
const CHEVRON: f32 = 14.0;

/// The strip above a half: which hook it shows, the others that it could, and the way to one half alone.
pub fn half_title(
    ui: &mut Ui,
    doc: &mut Document,
    half: Half,
    active: bool,
    choices: &[Choice],
) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    let right = half == Half::Right;
    let side = if right { "right" } else { "left" };
    let frame = egui::Frame::new()
        .fill(p.pane)
        .inner_margin(egui::Margin::symmetric(6, 1));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(ui.available_width());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("Close the {side} half");
                if icons::button(ui, Icon::Close, &name, &name, Look::Plain).clicked() {
                    actions.push(Action::CloseHalf { right });
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let star = if doc.is_dirty() { "*" } else { "" };
                    let ink = if active { p.text } else { p.muted };
                    let text = RichText::new(format!("{}{star}", doc.name())).color(ink);
                    ui.set_max_width(ui.available_width() - CHEVRON);
                    let button = egui::Button::new(text)
                        .frame_when_inactive(false)
                        .truncate();
                    let response = ui.add(button);
                    let at = response.rect.right_center() + egui::vec2(CHEVRON / 2.0, 0.0);
                    Icon::ChevronDown.paint(ui.painter(), at, 9.0, p.muted);
                    response.widget_info(|| {
                        let name = format!("Hook in the {side} half: {}", doc.name());
                        WidgetInfo::labeled(egui::Role::Button, true, name)
                    });
                    egui::Popup::menu(&response).show(|ui| {
                        ui.set_min_width(160.0);
                        for choice in choices {
                            let shown = choice.id == doc.id;
                            let entry = ui.selectable_label(shown, &choice.name);
                            entry.widget_info(|| {
                                let name = format!("Show {} in the {side} half", choice.name);
                                WidgetInfo::selected(egui::Role::Button, true, shown, name)
                            });
                            if entry.clicked() {
                                let id = choice.id;
                                actions.push(Action::ShowInHalf { right, id });
                                ui.close();
                            }
                        }
                    });
                });
            });
        });
    });
    actions
}

/// The dashboard's note that running saves, at the bottom.
pub fn run_note(ui: &mut Ui, actions: &mut Vec<Action>) {
    egui::Panel::bottom("run saves")
        .frame(egui::Frame::new())
        .show_separator_line(false)
        .resizable(false)
        .show(ui, |ui| note(ui, actions));
}

fn note(ui: &mut Ui, actions: &mut Vec<Action>) {
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
