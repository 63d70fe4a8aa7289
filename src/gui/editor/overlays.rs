//! What stands over the text: a name's meaning, the parameters of a call, the field for another name.

use std::time::Duration;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    self, FontId, Key, Modifiers, Pos2, Response, TextFormat, Ui, WidgetInfo, pos2, vec2,
};

use super::help::{Parameters, Renaming, Wish};
use super::state::EditorState;
use crate::gui::theme;

/// How long the pointer rests on a name before it is told.
const REST: Duration = Duration::from_millis(350);
const MOST_WIDTH: f32 = 460.0;

impl EditorState {
    /// Asks for the name under a pointer that rests; `at` is the character there.
    pub(super) fn rest_on(&mut self, ui: &Ui, at: Option<usize>) {
        let revision = self.buffer.revision();
        let Some(at) = at else {
            self.view.rested_on = None;
            return;
        };
        let word = self.word_at(at);
        if word.is_empty() {
            return;
        }
        let asked = (revision, word.start);
        if self.view.rested_on == Some(asked) {
            return;
        }
        let rested = ui.input(|input| input.pointer.time_since_last_movement());
        // Endless where it has not moved at all.
        let left = REST.saturating_sub(Duration::from_secs_f32(rested.clamp(0.0, 60.0)));
        if left.is_zero() {
            self.view.rested_on = Some(asked);
            self.wish(Wish::Hover { at });
        } else {
            ui.ctx().request_repaint_after(left);
        }
    }

    /// What is told of the name under the pointer: its title and text.
    pub(super) fn told_of(&self, at: Option<usize>) -> Option<(String, String)> {
        let told = self.view.told.as_ref()?;
        let holds = told.revision == self.buffer.revision()
            && told.at_caret.is_none()
            && at.is_some_and(|at| told.range.contains(&at));
        holds.then(|| (told.title.clone(), told.text.clone()))
    }

    /// What stands at the caret, whose lower end is `caret`.
    pub(super) fn show_overlays(
        &mut self,
        ui: &Ui,
        response: &Response,
        caret: Option<Pos2>,
        row: f32,
    ) {
        let focused = response.has_focus();
        if focused {
            self.follow_parameters();
        } else if self.view.focused {
            self.view.parameters = None;
        }
        if let (Some(at), Some(parameters)) = (caret, &self.view.parameters) {
            show_parameters(ui, response.id, at - vec2(0.0, row), parameters);
        }
        if let (Some(at), Some(told)) = (caret, &self.view.told)
            && told.at_caret == Some(self.buffer.selection())
            && told.revision == self.buffer.revision()
        {
            let (title, text) = (told.title.clone(), told.text.clone());
            over(ui, response.id.with("described"), at, |ui| {
                description(ui, &title, &text);
            });
        }
        self.show_renaming(ui, response.id, caret);
    }

    fn show_renaming(&mut self, ui: &Ui, id: egui::Id, caret: Option<Pos2>) {
        let (Some(at), Some(mut renaming)) = (caret, self.view.renaming.take()) else {
            self.view.renaming = None;
            return;
        };
        let (enter, escape) = ui.ctx().input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::Enter),
                input.consume_key(Modifiers::NONE, Key::Escape),
            )
        });
        let mut lost = false;
        over(ui, id.with("rename"), at, |ui| {
            lost = rename_field(ui, id.with("rename field"), &mut renaming);
        });
        if escape || lost {
            self.view.wants_focus |= escape;
            ui.ctx().request_repaint();
            return;
        }
        if enter && !renaming.asked {
            renaming.asked = true;
            renaming.problem = None;
            self.wish(Wish::Rename {
                at: renaming.at,
                name: renaming.name.trim().to_owned(),
            });
        }
        self.view.renaming = Some(renaming);
    }
}

/// The field, and below it what is wrong; true once the keyboard is elsewhere.
fn rename_field(ui: &mut Ui, id: egui::Id, renaming: &mut Renaming) -> bool {
    let p = theme::palette(ui.ctx());
    let response = ui.add(
        egui::TextEdit::singleline(&mut renaming.name)
            .id(id)
            .font(theme::mono(theme::CODE))
            .desired_width(220.0),
    );
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, &renaming.name, &renaming.name, "");
        info.label = Some("New name".to_owned());
        info
    });
    if response.changed() {
        renaming.problem = None;
    }
    match &renaming.problem {
        Some(problem) => ui.colored_label(p.bad, problem),
        None => ui.weak("Enter changes the name everywhere in this file."),
    };
    if !renaming.begun {
        renaming.begun = true;
        response.request_focus();
        let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::default(),
            egui::text::CCursor::end_of_str(&renaming.name),
        );
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), id);
        return false;
    }
    // Enter takes the focus from a field; it is still wanted while an answer is awaited or was a problem.
    if !response.has_focus() {
        let pressed = ui.input(|input| input.pointer.any_pressed());
        if pressed {
            return true;
        }
        response.request_focus();
    }
    false
}

fn show_parameters(ui: &Ui, id: egui::Id, above: Pos2, parameters: &Parameters) {
    let p = theme::palette(ui.ctx());
    let signature = &parameters.signature;
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(theme::mono(theme::CODE_SMALL), p.muted);
    let current = TextFormat {
        underline: egui::Stroke::new(1.0, p.accent),
        ..TextFormat::simple(theme::mono(theme::CODE_SMALL), p.text)
    };
    job.append(&format!("{}(", signature.name), 0.0, plain.clone());
    for (index, name) in signature.parameters.iter().enumerate() {
        if index > 0 {
            job.append(", ", 0.0, plain.clone());
        }
        let format = if index == signature.current {
            current.clone()
        } else {
            plain.clone()
        };
        job.append(name, 0.0, format);
    }
    job.append(")", 0.0, plain);
    let style = ui.ctx().style_of(ui.ctx().theme());
    let text = signature.text.clone();
    // Over the line, so that the list of suggestions has the room below.
    egui::Area::new(id.with("parameters"))
        .order(egui::Order::Foreground)
        .pivot(egui::Align2::LEFT_BOTTOM)
        .fixed_pos(pos2(above.x, above.y - 2.0))
        .constrain_to(ui.ctx().content_rect())
        .interactable(false)
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(&style).show(ui, |ui| {
                ui.set_max_width(MOST_WIDTH);
                ui.add(egui::Label::new(job).selectable(false));
                if !text.is_empty() {
                    ui.add(
                        egui::Label::new(egui::RichText::new(text).small().color(p.muted))
                            .wrap()
                            .selectable(false),
                    );
                }
            });
        });
}

/// A name and what is said of it.
pub(super) fn description(ui: &mut Ui, title: &str, text: &str) {
    let p = theme::palette(ui.ctx());
    ui.set_max_width(MOST_WIDTH);
    ui.add(
        egui::Label::new(
            egui::RichText::new(title)
                .font(theme::mono(theme::CODE_SMALL))
                .color(p.text),
        )
        .wrap(),
    );
    if !text.is_empty() {
        ui.add(
            egui::Label::new(
                egui::RichText::new(text)
                    .font(FontId::proportional(theme::BODY))
                    .color(p.muted),
            )
            .wrap(),
        );
    }
}

/// Something under the caret.
fn over(ui: &Ui, id: egui::Id, at: Pos2, content: impl FnOnce(&mut Ui)) {
    let style = ui.ctx().style_of(ui.ctx().theme());
    egui::Area::new(id)
        .order(egui::Order::Foreground)
        .fixed_pos(at + vec2(0.0, 2.0))
        .constrain_to(ui.ctx().content_rect())
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(&style).show(ui, |ui| {
                ui.set_max_width(MOST_WIDTH);
                content(ui);
            });
        });
}
