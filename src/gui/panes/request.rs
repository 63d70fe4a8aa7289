//! The Runner's upper half: one JSON pane for each parameter of the point, or the whole body.

use eframe::egui::{self, Align, Layout, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::{Action, heading, link};
use crate::auth0::Kind;
use crate::gui::body::{Body, BodyProblem, Pane};
use crate::gui::commands::Command;
use crate::gui::documents::Document;
use crate::gui::editor::CodeEditor;
use crate::gui::icons::Icon;
use crate::gui::payload_tree::{self, Wanted};
use crate::gui::theme;
use crate::workspace::settings::Settings;

const INTRO: &str = "Here you simulate Auth0's call to the hook, with the payload below.";
const LEAST_HEIGHT: f32 = 44.0;
const MOST_HEIGHT: f32 = 900.0;
/// Panes nobody has resized share this part of the column, so that the answer is in view.
const SHARE: f32 = 0.36;
const LEAST_SHARE: f32 = 220.0;
/// What a pane's frame takes of its height, in points.
const FRAME: f32 = 14.0;

/// Shows the panes of `doc`'s body in a column of the given visible height.
pub fn show(
    ui: &mut Ui,
    doc: &mut Document,
    column: f32,
    settings: &mut Settings,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        heading(ui, "Runner").on_hover_text(INTRO);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, Command::ResetTestData.label())
                .on_hover_text(Command::ResetTestData.describe())
                .clicked()
            {
                actions.push(Action::Do(Command::ResetTestData));
            }
        });
    });
    let (point, kind) = (doc.point, doc.kind);
    let body: &mut Body = &mut doc.body;
    body.check();
    let panes = if body.whole_shown {
        std::slice::from_mut(&mut body.whole)
    } else {
        body.panes.as_mut_slice()
    };
    let as_tree: Vec<bool> = panes
        .iter()
        .map(|pane| settings.panes.trees.contains(&key_of(point.id(), pane)))
        .collect();
    let heights = natural_heights(panes, &as_tree, (column * SHARE).max(LEAST_SHARE));
    for (part, natural) in panes.iter_mut().zip(heights) {
        pane(ui, part, point.id(), natural, settings, actions);
    }
    ui.horizontal(|ui| {
        let text = if body.whole_shown {
            "Parameters"
        } else {
            "Whole body"
        };
        if kind == Kind::Hook
            && link(ui, text)
                .on_hover_text(if body.whole_shown {
                    "Edit each parameter in a pane of its own."
                } else {
                    "Edit the body as one JSON document, as the dashboard's Runner did."
                })
                .clicked()
        {
            actions.push(Action::ShowWholeBody(!body.whole_shown));
        }
        let secrets = match doc.secrets.len() {
            0 => "Secrets".to_owned(),
            n => format!("Secrets {n}"),
        };
        if link(ui, &secrets)
            .on_hover_text(Command::Secrets.describe())
            .clicked()
        {
            actions.push(Action::Do(Command::Secrets));
        }
    });
}

/// What the settings call a pane.
fn key_of(point: &str, pane: &Pane) -> String {
    format!("{point}/{}", pane.name)
}

/// The height of each open pane: its text's, or where all together are too high, a fair part of `budget`.
fn natural_heights(panes: &mut [Pane], as_tree: &[bool], budget: f32) -> Vec<f32> {
    let line = theme::CODE_SMALL * theme::CODE_LINE;
    let wanted: Vec<f32> = panes
        .iter_mut()
        .zip(as_tree)
        .map(|(pane, as_tree)| {
            let (lines, line) = match (pane.open, as_tree) {
                (false, _) => (0, line),
                (true, true) => payload_tree::rows_wanted(&mut pane.tree),
                (true, false) => (pane.editor.rope().len_lines().max(1), line),
            };
            lines as f32 * line + FRAME
        })
        .collect();
    // The small ones get what they want; what they leave goes to the others.
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut heights = vec![0.0; wanted.len()];
    let mut left = budget;
    for (done, &index) in order.iter().enumerate() {
        let fair = left / (wanted.len() - done) as f32;
        heights[index] = wanted[index].min(fair.max(LEAST_HEIGHT));
        left -= heights[index];
    }
    heights
}

fn pane(
    ui: &mut Ui,
    pane: &mut Pane,
    point: &str,
    natural: f32,
    settings: &mut Settings,
    actions: &mut Vec<Action>,
) {
    let p = theme::palette(ui.ctx());
    let key = key_of(point, pane);
    if std::mem::take(&mut pane.wants_text) || pane.editor.wants_text() {
        settings.panes.trees.remove(&key);
    }
    let mut as_tree = settings.panes.trees.contains(&key);
    // Not in the frame of the press, which takes the keyboard from what was not pressed.
    if std::mem::take(&mut pane.switched) {
        pane.editor.request_focus();
    }
    ui.horizontal(|ui| {
        if fold_header(ui, pane.open, pane.name).clicked() {
            pane.open = !pane.open;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if pane.open && switch(ui, pane.name, &mut as_tree) {
                pane.switched = true;
                ui.ctx().request_repaint();
                // The place stays: the value at the cursor, the cursor at the value.
                if as_tree {
                    pane.editor.close_search();
                    pane.tree.show_place(pane.editor.caret_byte());
                    settings.panes.trees.insert(key.clone());
                } else {
                    pane.tree.leave(&mut pane.editor);
                    if let Some(place) = pane.tree.place(&pane.editor) {
                        pane.editor.select_bytes(place..place);
                    }
                    settings.panes.trees.remove(&key);
                }
            }
            match &pane.problem {
                None if pane.editor.is_empty() => {
                    ui.label(RichText::new("left out").small().color(p.muted))
                        .on_hover_text("An empty pane leaves the parameter out of the body.");
                }
                None => {
                    ui.label(RichText::new("valid").small().color(p.good));
                }
                Some(problem) => {
                    let text = format!("line {}, column {}", problem.line, problem.column);
                    let button =
                        egui::Button::new(RichText::new(text).small().color(p.bad)).frame(false);
                    if ui.add(button).on_hover_text(&problem.message).clicked() {
                        actions.push(Action::GoToBody(BodyProblem {
                            pane: pane.name,
                            problem: problem.clone(),
                        }));
                    }
                }
            }
        });
    });
    if !pane.open {
        return;
    }
    let height = settings
        .panes
        .pane_heights
        .get(&key)
        .copied()
        .unwrap_or(natural)
        .clamp(LEAST_HEIGHT, MOST_HEIGHT);
    let border = if pane.problem.is_some() {
        p.bad
    } else {
        p.hairline
    };
    let frame = egui::Frame::new()
        .fill(p.surface)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(6, 5));
    let inner = frame.show(ui, |ui| {
        let size = vec2(ui.available_width(), height - 12.0);
        if as_tree {
            let shown = payload_tree::Shown {
                id: egui::Id::unique(("tree", point, pane.name)),
                label: pane.name,
                size,
                problem: pane.problem.as_ref(),
            };
            let wanted = payload_tree::show(ui, &mut pane.tree, &mut pane.editor, &shown);
            if let Some(wanted) = wanted {
                show_text(pane, wanted);
                ui.ctx().request_repaint();
            }
            return;
        }
        CodeEditor::new(&mut pane.editor)
            .id(egui::Id::unique(("body", point, pane.name)))
            .label(pane.name)
            .gutter(false)
            .font_size(theme::CODE_SMALL)
            .wrap(settings.wrap_lines)
            .fill(size)
            .show(ui);
    });
    if let Some(problem) = &pane.problem {
        ui.label(RichText::new(&problem.message).small().color(p.bad));
    }
    let id = ui.scope_id().with(("resize", pane.name));
    if let Some(new_height) = resize_handle(ui, id, inner.response.rect, height) {
        match new_height {
            Resize::To(height) => {
                settings
                    .panes
                    .pane_heights
                    .insert(key, height.clamp(LEAST_HEIGHT, MOST_HEIGHT));
            }
            Resize::Natural => {
                settings.panes.pane_heights.remove(&key);
            }
        }
    }
}

/// Leaves the tree of a pane for what it cannot show.
fn show_text(pane: &mut Pane, wanted: Wanted) {
    pane.tree.leave(&mut pane.editor);
    pane.wants_text = true;
    match wanted {
        Wanted::Select(bytes) => pane.editor.select_bytes(bytes),
        Wanted::Fault => {
            if let Some(problem) = &pane.problem {
                pane.editor.goto(problem.line, problem.column);
            }
        }
        Wanted::Find => {
            pane.editor.perform(Command::Find, false);
        }
    }
    pane.editor.request_focus();
}

/// The two ways to show a pane. True where the other one was chosen.
fn switch(ui: &mut Ui, name: &str, as_tree: &mut bool) -> bool {
    let p = theme::palette(ui.ctx());
    let mut changed = false;
    ui.spacing_mut().item_spacing.x = theme::GAP;
    for (tree, text, label, hint) in [
        (
            true,
            "Tree",
            format!("{name} as a tree"),
            "Edit value by value; the rest of the text stays as it is.",
        ),
        (
            false,
            "Text",
            format!("{name} as text"),
            "Edit the JSON as text.",
        ),
    ] {
        let chosen = *as_tree == tree;
        let ink = if chosen { p.text } else { p.muted };
        let button = egui::Button::new(RichText::new(text).small().color(ink))
            .frame(false)
            .min_size(vec2(0.0, 20.0));
        let response = ui.add(button).on_hover_text(hint);
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &label));
        if chosen || response.has_focus() {
            ui.painter().hline(
                response.rect.x_range(),
                response.rect.bottom() - 2.0,
                Stroke::new(1.5, p.accent),
            );
        }
        if response.clicked() && !chosen {
            *as_tree = tree;
            changed = true;
        }
    }
    ui.add_space(theme::GAP_SMALL);
    changed
}

enum Resize {
    To(f32),
    Natural,
}

/// The lower edge of a pane: dragged it resizes, pressed twice it fits the text again.
fn resize_handle(ui: &Ui, id: egui::Id, rect: egui::Rect, height: f32) -> Option<Resize> {
    let p = theme::palette(ui.ctx());
    let edge = egui::Rect::from_x_y_ranges(
        rect.x_range(),
        egui::Rangef::new(rect.bottom() - 3.0, rect.bottom() + 3.0),
    );
    let response = ui
        .interact(edge, id, Sense::click_and_drag())
        .on_hover_cursor(egui::CursorIcon::ResizeVertical);
    if response.hovered() || response.dragged() {
        ui.painter().hline(
            rect.x_range().shrink(f32::from(theme::RADIUS)),
            rect.bottom(),
            Stroke::new(2.0, p.accent),
        );
    }
    if response.double_clicked() {
        Some(Resize::Natural)
    } else if response.dragged() && response.drag_delta().y != 0.0 {
        Some(Resize::To(height + response.drag_delta().y))
    } else {
        None
    }
}

/// A heading that folds what is under it.
pub fn fold_header(ui: &mut Ui, open: bool, text: &str) -> egui::Response {
    let p = theme::palette(ui.ctx());
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        egui::FontId::proportional(theme::BODY),
        p.muted,
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 18.0, 20.0), Sense::click());
    response.widget_info(|| {
        let state = if open { "shown" } else { "folded" };
        WidgetInfo::selected(
            Role::DisclosureTriangle,
            true,
            open,
            format!("{text}, {state}"),
        )
    });
    let ink = if response.hovered() || response.has_focus() {
        p.text
    } else {
        p.muted
    };
    let icon = if open {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    };
    icon.paint(ui.painter(), rect.left_center() + vec2(6.0, 0.0), 11.0, ink);
    ui.painter().galley_with_override_text_color(
        rect.left_center() + vec2(16.0, -galley.size().y / 2.0),
        galley,
        ink,
    );
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
