//! The sign-up as a whole: its way from the form over the database to what runs afterwards, and the report of each step.

use eframe::egui::{
    self, Align, Align2, Color32, CornerRadius, Layout, RichText, ScrollArea, Sense, Stroke, Ui,
    pos2, vec2,
};

use super::{Action, heading, link, outcome, primary, response};
use crate::auth0::Point;
use crate::auth0::outcome::{Tone, tell};
use crate::flow::{FlowReport, State, StepReport};
use crate::gui::commands::Command;
use crate::gui::editor::CodeEditor;
use crate::gui::runs::{ResponseView, of_ms};
use crate::gui::sign_up::{FlowView, progress};
use crate::gui::theme::{self, Palette};

/// Height of a station that can be pressed, in points, and of one that cannot.
const STEP: f32 = 44.0;
const PLACE: f32 = 34.0;
/// Where the line of the way runs, from the left.
const TRACK: f32 = 15.0;
/// The list's part of the pane.
const LIST: f32 = 0.36;
const LIST_MOST: f32 = 330.0;
const LIST_LEAST: f32 = 190.0;

/// Shows the sign-up; the tab of a step's response, and whether its long lines are wrapped.
pub fn show(
    ui: &mut Ui,
    flow: &mut FlowView,
    folder: &str,
    (view, wrap): (&mut ResponseView, bool),
) -> Vec<Action> {
    let mut actions = Vec::new();
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(18, 12));
    frame.show(ui, |ui| {
        title(ui, flow, folder, &mut actions);
        ui.add_space(theme::GAP);
        if let Some(problem) = &flow.problem {
            let p = theme::palette(ui.ctx());
            ui.label(RichText::new(problem).color(p.caution));
            return;
        }
        let Some(report) = flow.report.clone() else {
            let p = theme::palette(ui.ctx());
            ui.label(RichText::new("Reading the folder…").color(p.muted));
            return;
        };
        let size = ui.available_size();
        let list = (size.x * LIST).clamp(LIST_LEAST, LIST_MOST);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(list, size.y), Layout::top_down(Align::Min), |ui| {
                way(ui, flow, &report)
            });
            ui.add_space(theme::PANE);
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), size.y),
                Layout::top_down(Align::Min),
                |ui| {
                    ScrollArea::vertical()
                        .id_salt(("flow", flow.selected))
                        .auto_shrink(false)
                        .show(ui, |ui| match flow.selected {
                            None => whole(ui, flow, &report),
                            Some(index) => {
                                step(ui, flow, (&report, index), (view, wrap), &mut actions)
                            }
                        });
                },
            );
        });
    });
    actions
}

fn title(ui: &mut Ui, flow: &FlowView, folder: &str, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.label(
            RichText::new("Sign-up")
                .font(theme::bold(theme::TITLE))
                .color(p.text),
        );
        ui.label(RichText::new(folder).color(p.muted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui
                .add(egui::Button::new("Close").min_size(vec2(64.0, 30.0)))
                .on_hover_text("Back to the hooks")
                .clicked()
            {
                actions.push(Action::HideFlow);
            }
            if flow.running {
                if ui
                    .add(egui::Button::new("Stop the sign-up").min_size(vec2(90.0, 30.0)))
                    .clicked()
                {
                    actions.push(Action::StopFlow);
                }
            } else if primary(ui, "Run again", 90.0)
                .on_hover_text(Command::RunSignUp.describe())
                .clicked()
            {
                actions.push(Action::Do(Command::RunSignUp));
            }
        });
    });
}

/// The stations from top to bottom; those that can be pressed show their report.
fn way(ui: &mut Ui, flow: &mut FlowView, report: &FlowReport) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.y = 0.0;
    let created = !report.user.is_null();
    let mut chosen = None;
    let refused = report
        .steps
        .iter()
        .position(|step| step.state == State::Ran && step.point.blocking() && !step.went_well());
    let place = |ui: &mut Ui, name: &str, said: &str, ink: Color32, line: [Color32; 2]| {
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), PLACE), Sense::hover());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {said}"))
        });
        station(ui, rect, ink, line, false);
        words(ui, rect, (name, p.text), ("", said), ink);
    };
    place(
        ui,
        "Sign-up",
        "the form is sent",
        p.good,
        [Color32::TRANSPARENT, p.good],
    );
    let mut database = false;
    for (index, step) in report.steps.iter().enumerate() {
        if step.point != Point::PreUserRegistration && !database {
            database = true;
            self::database(ui, report, created, refused.is_some(), &place);
        }
        let ink = step_ink(step, p);
        let reached = !matches!(step.state, State::NotReached | State::Waiting);
        let above = if reached { p.good } else { p.hairline };
        let last = index + 1 == report.steps.len();
        let below = match () {
            () if last && database => Color32::TRANSPARENT,
            () if Some(index) == refused || !reached => p.hairline,
            () => p.good,
        };
        if row(
            ui,
            report,
            index,
            flow.selected == Some(index),
            ink,
            [above, below],
        ) {
            chosen = Some(index);
        }
    }
    if !database {
        self::database(ui, report, created, refused.is_some(), &place);
    }
    ui.add_space(theme::GAP);
    if flow.selected.is_some() && link(ui, "What came of the whole").clicked() {
        flow.select(None);
    }
    if let Some(index) = chosen {
        flow.select(Some(index));
    }
}

fn database(
    ui: &mut Ui,
    report: &FlowReport,
    created: bool,
    refused: bool,
    place: &impl Fn(&mut Ui, &str, &str, Color32, [Color32; 2]),
) {
    let p = theme::palette(ui.ctx());
    let after = report
        .steps
        .iter()
        .any(|step| step.point != Point::PreUserRegistration);
    let ink = if created { p.good } else { p.faint };
    let line = if created { p.good } else { p.hairline };
    let below = if after { line } else { Color32::TRANSPARENT };
    let said = match (created, refused) {
        (true, _) => report.user["user_id"]
            .as_str()
            .unwrap_or("the user is created"),
        (false, true) => "no user is created",
        (false, false) => "not reached yet",
    };
    place(ui, "Database", said, ink, [line, below]);
}

fn step_ink(step: &StepReport, p: &Palette) -> Color32 {
    match step.state {
        State::Ran if step.went_well() => {
            match step.report.as_ref().map(|run| tell(&run.outcome).0) {
                Some(Tone::Caution) => p.caution,
                _ => p.good,
            }
        }
        State::Ran if step.point.blocking() => p.bad,
        State::Ran => p.caution,
        State::Running => p.accent,
        State::Waiting | State::NotReached => p.faint,
    }
}

/// One step, to be pressed.
fn row(
    ui: &mut Ui,
    report: &FlowReport,
    index: usize,
    selected: bool,
    ink: Color32,
    line: [Color32; 2],
) -> bool {
    let p = theme::palette(ui.ctx());
    let Some(step) = report.steps.get(index) else {
        return false;
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STEP), Sense::click());
    let word = progress(report, index);
    let said = match &step.report {
        Some(run) => format!("{word}, {}", response::duration(of_ms(run.stats.total_ms))),
        None => word.to_owned(),
    };
    let label = format!(
        "{}, {} {}: {said}",
        step.name,
        step.point.name(),
        step.kind.noun()
    );
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, selected, &label)
    });
    let fill = if selected {
        p.raised
    } else if response.hovered() || response.has_focus() {
        p.hover
    } else {
        Color32::TRANSPARENT
    };
    let back = rect
        .with_min_x(rect.left() + TRACK + 10.0)
        .shrink2(vec2(0.0, 2.0));
    ui.painter()
        .rect_filled(back, CornerRadius::same(theme::RADIUS), fill);
    station(ui, rect, ink, line, step.state == State::Running);
    let reached = !matches!(step.state, State::NotReached | State::Waiting);
    let name_ink = if reached { p.text } else { p.muted };
    let what = format!("{} {}", step.point.name(), step.kind.noun());
    words(ui, rect, (&step.name, name_ink), (&what, &said), ink);
    response
        .on_hover_text(step.file.display().to_string())
        .clicked()
}

/// A dot on the line of the way.
fn station(ui: &Ui, rect: egui::Rect, ink: Color32, [above, below]: [Color32; 2], ring: bool) {
    let at = pos2(rect.left() + TRACK, rect.center().y);
    let painter = ui.painter();
    for (color, y) in [
        (above, egui::Rangef::new(rect.top(), at.y - 7.0)),
        (below, egui::Rangef::new(at.y + 7.0, rect.bottom())),
    ] {
        painter.vline(at.x, y, Stroke::new(2.0, color));
    }
    if ring {
        painter.circle_stroke(at, 5.0, Stroke::new(2.0, ink));
    } else {
        painter.circle_filled(at, 5.0, ink);
    }
}

/// A name with what is said of it at the right, and what it is below.
fn words(
    ui: &Ui,
    rect: egui::Rect,
    (name, name_ink): (&str, Color32),
    (what, said): (&str, &str),
    ink: Color32,
) {
    let p = theme::palette(ui.ctx());
    let left = rect.left() + TRACK + 20.0;
    let right = rect.right() - 10.0;
    let small = egui::FontId::proportional(theme::SMALL);
    let painter = ui.painter().with_clip_rect(rect);
    let y = if what.is_empty() {
        rect.center().y
    } else {
        rect.center().y - 8.0
    };
    let cut = |text: &str, font: egui::FontId, ink: Color32, width: f32| {
        let text = egui::WidgetText::from(RichText::new(text).font(font).color(ink));
        text.into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            width,
            egui::TextStyle::Body,
        )
    };
    let most = (right - left) * if what.is_empty() { 0.64 } else { 0.46 };
    let told = cut(said, small.clone(), ink, most);
    let taken = told.size().x;
    painter.galley(pos2(right - taken, y - told.size().y / 2.0), told, ink);
    let called = cut(
        name,
        theme::bold(theme::BODY),
        name_ink,
        right - left - taken - 10.0,
    );
    painter.galley(pos2(left, y - called.size().y / 2.0), called, name_ink);
    if !what.is_empty() {
        painter.text(
            pos2(left, y + 17.0),
            Align2::LEFT_CENTER,
            what,
            small,
            p.muted,
        );
    }
}

/// What came of the whole.
fn whole(ui: &mut Ui, flow: &mut FlowView, report: &FlowReport) {
    let p = theme::palette(ui.ctx());
    heading(ui, "What came of it");
    if flow.running {
        ui.label(RichText::new("Running…").color(p.muted));
    } else {
        outcome::card(ui, &report.outcome, &[]);
    }
    for note in &report.notes {
        ui.label(RichText::new(note).color(p.muted));
    }
    if report.user.is_null() {
        return;
    }
    ui.add_space(theme::GAP);
    heading(ui, "The new user");
    let lines = flow.user.rope().len_lines().max(1) as f32;
    let size = vec2(
        ui.available_width(),
        lines * theme::CODE_SMALL * theme::CODE_LINE + 8.0,
    );
    let frame = egui::Frame::new()
        .stroke(Stroke::new(1.0, p.hairline))
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(6, 5));
    frame.show(ui, |ui| {
        CodeEditor::new(&mut flow.user)
            .id(egui::Id::unique("new user"))
            .label("New user")
            .read_only(true)
            .gutter(false)
            .font_size(theme::CODE_SMALL)
            .fill(size - vec2(14.0, 0.0))
            .show(ui);
    });
}

/// The report of one step.
fn step(
    ui: &mut Ui,
    flow: &mut FlowView,
    (report, index): (&FlowReport, usize),
    (view, wrap): (&mut ResponseView, bool),
    actions: &mut Vec<Action>,
) {
    let p = theme::palette(ui.ctx());
    let Some(step) = report.steps.get(index) else {
        return;
    };
    ui.horizontal(|ui| {
        heading(ui, &step.name);
        ui.label(
            RichText::new(format!("{} {}", step.point.name(), step.kind.noun())).color(p.muted),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, "Open in the editor").clicked() {
                actions.push(Action::OpenStep(index));
            }
        });
    });
    let Some(run) = flow.run.as_mut() else {
        let said = match step.state {
            State::NotReached => "Not reached: a step before it ended the sign-up.",
            _ => "It has not run yet.",
        };
        ui.label(RichText::new(said).color(p.muted));
        return;
    };
    let mut asked = Vec::new();
    response::show_run(ui, run, step.point, (view, wrap), &mut asked);
    // Lines are those of the step's script, which is opened for it.
    actions.extend(asked.into_iter().map(|action| match action {
        Action::GoTo { .. } => Action::OpenStep(index),
        other => other,
    }));
    if let Some(run) = &step.report {
        if !run.logs.is_empty() {
            ui.add_space(theme::GAP);
            heading(ui, "Console");
            for line in run.logs.iter().take(200) {
                ui.label(RichText::new(&line.text).font(theme::mono(theme::CODE_SMALL)));
            }
        }
        ui.add_space(theme::GAP);
        outcome::show(ui, run);
    }
    ui.add_space(theme::PANE);
}
