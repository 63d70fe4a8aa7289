//! The Runner's lower half: POST line, status, headers, the answer as text and tree, and what went wrong.

use eframe::egui::{self, Align, Layout, RichText, Stroke, Ui, vec2};

use super::{Action, heading, link, tab};
use crate::auth0::{Kind, Point};
use crate::gui::documents::Document;
use crate::gui::editor::CodeEditor;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::json_tree;
use crate::gui::running::completion;
use crate::gui::runs::{self, ResponseView, RunView};
use crate::gui::theme;
use crate::runner::report::ReportError;

const EMPTY: &str = "Press Run: the status and the response appear here.";
const NOTHING_SENT: &str = "No response: the hook ended without answering.";
const NO_TRANSACTION: &str =
    "No transaction: the hook was not called, or it left what JSON cannot say.";
const MOST_LINES: usize = 22;
/// An error's message is shown up to here; the response has it whole.
const MOST_CHARS: usize = 2_000;
/// The part of the column that the answer gets when it comes.
const PART_IN_VIEW: f32 = 0.47;

/// Shows the latest run of `doc`, or what would fill the pane.
pub fn show(
    ui: &mut Ui,
    doc: &mut Document,
    view: &mut ResponseView,
    wrap: bool,
    actions: &mut Vec<Action>,
) {
    let p = theme::palette(ui.ctx());
    let point = doc.point;
    let Some(run) = doc.run.as_mut() else {
        heading(ui, "Response");
        ui.label(RichText::new(EMPTY).color(p.muted));
        return;
    };
    show_run(ui, run, point, (view, wrap), actions);
}

/// Shows a run at a point; the tab chosen, and whether its long lines are wrapped.
pub fn show_run(
    ui: &mut Ui,
    run: &mut RunView,
    point: Point,
    (view, wrap): (&mut ResponseView, bool),
    actions: &mut Vec<Action>,
) {
    let p = theme::palette(ui.ctx());
    post_line(ui, run, actions);
    if run.headers_open {
        headers(ui, run);
    }
    let Some(report) = run.report.clone() else {
        // Words, no spinner: a hook may take its 20 seconds, and waiting costs nothing.
        ui.label(RichText::new("Running… no answer yet.").color(p.muted));
        return;
    };
    if let Some(error) = &report.error {
        error_card(ui, error, (point, report.kind), actions);
    }
    let tabs = ResponseView::tabs(report.kind);
    if !tabs.contains(view) {
        *view = ResponseView::Response;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 13.0;
        for &each in tabs {
            if tab(ui, *view == each, each.label()).clicked() {
                *view = each;
            }
        }
    });
    let value = view.of(&report);
    let missing = match *view {
        ResponseView::Transaction => value.is_null().then_some(NO_TRANSACTION),
        _ => (report.wire.is_null() && report.kind == Kind::Hook).then_some(NOTHING_SENT),
    };
    if let Some(missing) = missing {
        ui.label(RichText::new(missing).color(p.muted));
        return;
    }
    let frame = egui::Frame::new()
        .fill(p.surface)
        .stroke(Stroke::new(1.0, p.hairline))
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(6, 5));
    frame.show(ui, |ui| {
        if *view == ResponseView::Tree {
            ui.set_min_width(ui.available_width());
            json_tree::show(ui, "response tree", value);
            return;
        }
        run.show(*view);
        let lines = run.shown.rows_shown().clamp(1, MOST_LINES) as f32;
        let size = vec2(
            ui.available_width(),
            lines * theme::CODE_SMALL * theme::CODE_LINE + 8.0,
        );
        CodeEditor::new(&mut run.shown)
            .id(egui::Id::unique("response"))
            .label("Response")
            .read_only(true)
            .gutter(false)
            .font_size(theme::CODE_SMALL)
            .wrap(wrap)
            .fill(size)
            .show(ui);
    });
}

fn post_line(ui: &mut Ui, run: &mut RunView, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let status = run.status();
    let report = run.report.as_deref().filter(|_| run.finished);
    let action = report.is_some_and(|report| report.kind == Kind::Action);
    let ended = report.map(completion);
    let line = ui.horizontal(|ui| {
        ui.label(
            RichText::new("POST")
                .font(theme::bold(theme::BODY))
                .color(p.method),
        );
        ui.label(RichText::new("/").color(p.muted));
        let (text, ink, fill) = match status {
            Some(status) if status < 400 => (status.to_string(), p.good, p.good_surface),
            Some(status) => (status.to_string(), p.bad, p.bad_surface),
            None if action => match ended.unwrap_or("…") {
                runs::ENDED => (runs::ENDED.to_owned(), p.good, p.good_surface),
                word => (word.to_owned(), p.bad, p.bad_surface),
            },
            None if run.finished => ("no status".to_owned(), p.bad, p.bad_surface),
            None => ("…".to_owned(), p.muted, p.raised),
        };
        ui.label(RichText::new("STATUS").small().color(p.muted));
        status_badge(ui, &text, ink, fill);
        if run.finished {
            ui.label(
                RichText::new(duration(run.duration()))
                    .small()
                    .color(p.muted),
            );
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if run.report.is_some() {
                save_and_copy(ui, actions);
            }
            if status.is_some()
                && link(
                    ui,
                    if run.headers_open {
                        "Hide headers"
                    } else {
                        "Headers"
                    },
                )
                .clicked()
            {
                run.headers_open = !run.headers_open;
            }
        });
    });
    // Long payloads push the answer out of sight; it is what the user waits for.
    if run.reveal && run.report.is_some() {
        run.reveal = false;
        let wanted = vec2(1.0, ui.clip_rect().height() * PART_IN_VIEW);
        let answer = egui::Rect::from_min_size(line.response.rect.min, wanted);
        ui.scroll_to_rect(answer, None);
    }
}

fn save_and_copy(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let save = "Save this JSON to a file";
    if icons::button(ui, Icon::Download, "Save response", save, Look::Plain).clicked() {
        actions.push(Action::SaveResponse);
    }
    let copy = "Copy this JSON";
    if icons::button(ui, Icon::Copy, "Copy response", copy, Look::Plain).clicked() {
        actions.push(Action::CopyResponse);
    }
}

fn status_badge(ui: &mut Ui, text: &str, ink: egui::Color32, fill: egui::Color32) {
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), theme::bold(theme::BODY), ink);
    let (rect, response) =
        ui.allocate_exact_size(galley.size() + vec2(16.0, 4.0), egui::Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Status {text}"))
    });
    ui.painter()
        .rect_filled(rect, egui::CornerRadius::same(4), fill);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, ink);
}

fn headers(ui: &mut Ui, run: &RunView) {
    let p = theme::palette(ui.ctx());
    for (name, value) in runs::headers(run.status()) {
        ui.horizontal(|ui| {
            ui.label(
                RichText::new(format!("{name}:"))
                    .monospace()
                    .color(p.property),
            );
            ui.label(RichText::new(value).monospace());
        });
    }
}

fn error_card(
    ui: &mut Ui,
    error: &ReportError,
    (point, kind): (Point, Kind),
    actions: &mut Vec<Action>,
) {
    let p = theme::palette(ui.ctx());
    let (title, next) = runs::explain(error, point, kind);
    let frame = egui::Frame::new()
        .fill(p.bad_surface)
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 9));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            ui.label(
                RichText::new(title)
                    .font(theme::bold(theme::BODY))
                    .color(p.bad),
            );
            if let Some(line) = error.line {
                let column = error.column.unwrap_or(1);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if link(ui, &format!("Go to line {line}"))
                        .on_hover_text(format!("Line {line}, column {column} of the hook"))
                        .clicked()
                    {
                        actions.push(Action::GoTo { line, column });
                    }
                });
            }
        });
        match next {
            // The hook's own words, then ours.
            Some(next) => {
                ui.label(RichText::new(headline(error)).font(theme::mono(theme::CODE_SMALL)));
                ui.label(RichText::new(next).color(p.muted));
            }
            None => {
                ui.label(RichText::new(cut(&error.message)));
            }
        }
    });
}

/// The error with its class, as the first line of its stack has it.
fn headline(error: &ReportError) -> &str {
    let first = error
        .stack
        .as_deref()
        .and_then(|stack| stack.split("\n    at ").next());
    let whole = first
        .filter(|line| line.ends_with(&error.message))
        .unwrap_or(&error.message);
    cut(whole)
}

/// The beginning of a text that could be of any length.
fn cut(text: &str) -> &str {
    text.char_indices()
        .nth(MOST_CHARS)
        .map_or(text, |(end, _)| &text[..end])
}

/// A duration as the log says it: whole milliseconds, tenths below ten.
pub fn duration(time: std::time::Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 10.0 {
        format!("{ms:.1} ms")
    } else if ms < 10_000.0 {
        format!("{ms:.0} ms")
    } else {
        format!("{:.1} s", ms / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::duration;

    #[test]
    fn durations_are_short_at_every_size() {
        assert_eq!(duration(Duration::from_micros(4230)), "4.2 ms");
        assert_eq!(duration(Duration::from_millis(33)), "33 ms");
        assert_eq!(duration(Duration::from_secs(20)), "20.0 s");
    }
}
