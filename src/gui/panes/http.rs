//! The HTTP tab: the calls of a run as they are made and answered, and one of them with all it carries.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    self, Align, Color32, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};
use serde_json::{Map, Value};

use super::response::duration;
use super::{Action, heading, link};
use crate::gui::commands::Command;
use crate::gui::documents::Document;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::lower::{self, Counts, LowerTab};
use crate::gui::outbox::HookOutbox;
use crate::gui::runs::of_ms;
use crate::gui::theme::{self, Palette};
use crate::runner::outbox::Answered;
use crate::runner::report::ReportRequest;

const EMPTY: &str = "No HTTP calls yet: those of a run stand here, each with its answer. Without a mock a call is refused, for runs are offline.";
const NONE: &str = "This run made no HTTP calls.";
/// Height of a row, in points.
const ROW: f32 = 24.0;
/// Under this width the details take the place of the list.
const SPLIT_FROM: f32 = 640.0;
/// The part of the width that the list keeps beside the details.
const LIST: f32 = 0.46;
/// Characters of a body that are shown; the report has it whole.
const MOST_CHARS: usize = 20_000;

/// Shows the tab over the calls of the run that is shown.
pub fn show(ui: &mut Ui, doc: Option<&mut Document>, tab: &mut LowerTab) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    let nothing: &[ReportRequest] = &[];
    let mut empty = HookOutbox::default();
    let counts = doc.as_deref().map(Counts::of).unwrap_or_default();
    let (calls, outbox, ran) = match doc {
        Some(doc) => (
            doc.run.as_ref().map_or(nothing, |run| run.calls.as_slice()),
            &mut doc.outbox,
            doc.run.as_ref().is_some_and(|run| run.finished),
        ),
        None => (nothing, &mut empty, false),
    };
    let selected = outbox
        .selected
        .and_then(|id| calls.iter().find(|call| call.id == id));
    ui.horizontal(|ui| {
        lower::tabs(ui, tab, counts);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let hide = "Hide the logs";
            if icons::button(ui, Icon::Close, "Hide logs", hide, Look::Plain).clicked() {
                actions.push(Action::Do(Command::ToggleLogs));
            }
            let text = match outbox.mocks.len() {
                0 => "Mocks…".to_owned(),
                count => format!("Mocks {count}…"),
            };
            if link(ui, &text)
                .on_hover_text(Command::Mocks.describe())
                .clicked()
            {
                actions.push(Action::Do(Command::Mocks));
            }
        });
    });
    ui.add_space(theme::GAP_SMALL);
    if calls.is_empty() {
        let text = if ran { NONE } else { EMPTY };
        ui.label(RichText::new(text).color(p.muted));
        return actions;
    }
    let width = ui.available_width();
    let mut chosen = outbox.selected;
    match selected {
        Some(call) if width < SPLIT_FROM => {
            if link(ui, "Back to the calls").clicked() {
                chosen = None;
            }
            details(ui, call, &mut actions);
        }
        Some(call) => {
            let height = ui.available_height();
            ui.horizontal_top(|ui| {
                ui.allocate_ui(vec2(width * LIST, height), |ui| {
                    ui.vertical(|ui| list(ui, calls, &mut chosen, &mut actions));
                });
                ui.add(egui::Separator::default().vertical());
                ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                    ui.vertical(|ui| details(ui, call, &mut actions));
                });
            });
        }
        None => list(ui, calls, &mut chosen, &mut actions),
    }
    outbox.selected = chosen;
    actions
}

fn list(ui: &mut Ui, calls: &[ReportRequest], chosen: &mut Option<u32>, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .id_salt("calls")
        .auto_shrink(false)
        .show_rows(ui, ROW, calls.len(), |ui, rows| {
            for call in calls.get(rows).unwrap_or_default() {
                row(ui, call, chosen, actions);
            }
        });
}

/// The answer in one word, with its colour.
fn answer_word(call: &ReportRequest, p: &Palette) -> (String, Color32) {
    match (&call.response, &call.failure, call.answered) {
        (Some(response), _, _) if response.status < 400 => (response.status.to_string(), p.good),
        (Some(response), _, _) => (response.status.to_string(), p.bad),
        (None, _, Some(Answered::Refused)) => ("refused".to_owned(), p.bad),
        (None, Some(failure), _) => (failure.code.clone(), p.bad),
        (None, None, Some(Answered::Aborted)) => ("given up".to_owned(), p.caution),
        (None, None, _) => ("no answer".to_owned(), p.caution),
    }
}

/// Who answered, where the answer does not say it.
fn by(answered: Option<Answered>) -> &'static str {
    match answered {
        Some(Answered::Mock) => "mock",
        Some(Answered::Fault) => "mock's fault",
        Some(Answered::Replayed) => "recorded",
        Some(Answered::Live) => "live",
        Some(Answered::Tenant) => "tenant",
        Some(Answered::Refused | Answered::Aborted) | None => "",
    }
}

fn row(ui: &mut Ui, call: &ReportRequest, chosen: &mut Option<u32>, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let (answer, ink) = answer_word(call, p);
    let selected = *chosen == Some(call.id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let line = call.line.map(|line| format!("line {line}"));
        let font = egui::FontId::proportional(theme::SMALL);
        // The line's button keeps its room at the right.
        let room = line.as_ref().map_or(0.0, |text| {
            let galley = ui
                .painter()
                .layout_no_wrap(text.clone(), font.clone(), p.muted);
            galley.size().x + 14.0
        });
        let size = vec2((ui.available_width() - room).max(80.0), ROW - 2.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let after = if call.after_response {
            ", after the callback"
        } else {
            ""
        };
        response.widget_info(|| {
            let text = format!("{} {}, {answer}{after}", call.method, call.url);
            WidgetInfo::selected(Role::ListBoxOption, true, selected, text)
        });
        let fill = if selected {
            p.raised
        } else if response.hovered() || response.has_focus() {
            p.hover
        } else {
            p.surface
        };
        ui.painter()
            .rect_filled(rect, egui::CornerRadius::same(theme::RADIUS), fill);
        let mut right = rect.right() - 8.0;
        let took = call
            .took_ms
            .map_or_else(String::new, |took| duration(of_ms(took)));
        let when = if call.after_response {
            "after the callback"
        } else {
            ""
        };
        for (text, ink) in [
            (took.as_str(), p.muted),
            (by(call.answered), p.muted),
            (when, p.caution),
        ] {
            if !text.is_empty() {
                let at = egui::pos2(right, rect.center().y);
                let align = egui::Align2::RIGHT_CENTER;
                let painted = ui.painter().text(at, align, text, font.clone(), ink);
                right = painted.left() - 10.0;
            }
        }
        let mut left = rect.left() + 8.0;
        for (text, ink, least) in [
            (call.method.as_str(), p.method, 40.0),
            (answer.as_str(), ink, 52.0),
        ] {
            let at = egui::pos2(left, rect.center().y);
            let align = egui::Align2::LEFT_CENTER;
            let painted = ui
                .painter()
                .text(at, align, text, theme::bold(theme::SMALL), ink);
            left = (left + least).max(painted.right() + 10.0);
        }
        let mut job =
            LayoutJob::simple_singleline(call.url.clone(), theme::mono(theme::SMALL + 0.5), p.text);
        job.wrap = TextWrapping::truncate_at_width((right - left).max(0.0));
        let galley = ui.painter().layout_job(job);
        let at = egui::pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, p.text);
        if response.on_hover_text(&call.url).clicked() {
            *chosen = if selected { None } else { Some(call.id) };
        }
        if let (Some(text), Some(line)) = (line, call.line) {
            let button = egui::Button::new(RichText::new(text).font(font).color(p.muted))
                .frame(false)
                .min_size(vec2(0.0, 0.0));
            if ui
                .add(button)
                .on_hover_text("Go to the line that made this call")
                .clicked()
            {
                actions.push(Action::GoTo { line, column: 1 });
            }
        }
    });
}

fn details(ui: &mut Ui, call: &ReportRequest, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let (answer, ink) = answer_word(call, p);
    ui.horizontal(|ui| {
        let text = if call.response.is_some() {
            "Make a mock of it…"
        } else {
            "Answer this call…"
        };
        if link(ui, text)
            .on_hover_text("Open the editor of mocks with one for this call")
            .clicked()
        {
            actions.push(Action::AnswerCall(call.id));
        }
        if link(ui, "Copy as curl")
            .on_hover_text("Copy the call as a command for a terminal, secrets masked")
            .clicked()
        {
            actions.push(Action::CopyCurl(call.id));
        }
    });
    ScrollArea::vertical()
        .id_salt(("call", call.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let url = RichText::new(&call.url).font(theme::mono(theme::SMALL + 0.5));
            ui.horizontal_top(|ui| {
                ui.label(
                    RichText::new(&call.method)
                        .font(theme::bold(theme::SMALL))
                        .color(p.method),
                );
                ui.add(egui::Label::new(url).wrap());
            });
            headers(ui, &call.headers, p);
            body(ui, &call.body, p);
            ui.add_space(theme::GAP_SMALL);
            ui.horizontal(|ui| {
                heading(ui, "Answer");
                ui.label(
                    RichText::new(answer)
                        .font(theme::bold(theme::SMALL))
                        .color(ink),
                );
                ui.label(RichText::new(by(call.answered)).small().color(p.muted));
            });
            if let Some(failure) = &call.failure {
                ui.add(egui::Label::new(RichText::new(&failure.message).color(p.text)).wrap());
            }
            if let Some(response) = &call.response {
                headers(ui, &response.headers, p);
                body(ui, &response.body, p);
            }
        });
}

fn headers(ui: &mut Ui, headers: &Map<String, Value>, p: &Palette) {
    let font = theme::mono(theme::SMALL);
    for (name, value) in headers {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let mut job = LayoutJob::default();
        let format = |ink| egui::TextFormat::simple(font.clone(), ink);
        job.append(&format!("{name}: "), 0.0, format(p.property));
        job.append(cut(&value, 2_000), 0.0, format(p.text));
        ui.add(egui::Label::new(job).wrap());
    }
}

fn body(ui: &mut Ui, body: &str, p: &Palette) {
    if body.is_empty() {
        ui.label(RichText::new("no body").small().color(p.muted));
        return;
    }
    let pretty = serde_json::from_str::<Value>(body)
        .ok()
        .filter(|value| value.is_object() || value.is_array())
        .and_then(|value| serde_json::to_string_pretty(&value).ok());
    let text = pretty.as_deref().unwrap_or(body);
    let shown = cut(text, MOST_CHARS);
    let frame = egui::Frame::new()
        .fill(p.pane)
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(8, 6));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(shown).font(theme::mono(theme::SMALL + 0.5))).wrap());
        if shown.len() < text.len() {
            let note = format!("… {} bytes in all", text.len());
            ui.label(RichText::new(note).small().color(p.muted));
        }
    });
}

/// The beginning of a text that could be of any length.
fn cut(text: &str, most: usize) -> &str {
    text.char_indices()
        .nth(most)
        .map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
