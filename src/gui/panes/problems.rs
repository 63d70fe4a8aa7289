//! The errors and warnings of the hook: what is wrong, where, and what mends it.

use eframe::egui::{self, Align, Layout, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Action, link, row_ground};
use crate::gui::commands::Command;
use crate::gui::documents::Document;
use crate::gui::editor::Severity;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::lower::{self, Counts, LowerTab};
use crate::gui::theme;

const EMPTY: &str = "Nothing is wrong as far as can be told without running the hook.";
const ROW: f32 = 24.0;
/// Room for a row's place and its button.
const RIGHT: f32 = 150.0;

/// One row.
struct Row<'a> {
    severity: Severity,
    message: &'a str,
    detail: Option<&'a str>,
    place: String,
    go: Action,
    repair: Option<Action>,
}

/// Shows the tab.
pub fn show(ui: &mut Ui, doc: Option<&Document>, tab: &mut LowerTab) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    let counts = doc.map(Counts::of).unwrap_or_default();
    ui.horizontal(|ui| {
        lower::tabs(ui, tab, counts);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hide = "Hide the logs";
            if icons::button(ui, Icon::Close, "Hide logs", hide, Look::Plain).clicked() {
                actions.push(Action::Do(Command::ToggleLogs));
            }
        });
    });
    ui.add_space(theme::GAP_SMALL);
    let rows = doc.map(rows).unwrap_or_default();
    if rows.is_empty() {
        ui.label(RichText::new(EMPTY).color(p.muted));
        return actions;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show_rows(ui, ROW, rows.len(), |ui, shown| {
            for row in rows.into_iter().skip(shown.start).take(shown.len()) {
                show_row(ui, row, &mut actions);
            }
        });
    actions
}

/// What is wrong with the code, then with the payload.
fn rows(doc: &Document) -> Vec<Row<'_>> {
    let place = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let code = doc.code.problems().into_iter().map(|problem| {
        let (line, column) = (place(problem.line), place(problem.column));
        Row {
            severity: problem.severity,
            message: problem.message,
            detail: problem.detail,
            place: format!("ln {line}, col {column}"),
            go: Action::GoTo { line, column },
            repair: problem.fixable.then_some(Action::Repair { line, column }),
        }
    });
    let payload = doc.body.problems().map(|(pane, problem)| Row {
        severity: Severity::Error,
        message: &problem.message,
        detail: None,
        place: format!("{pane}, ln {}", problem.line),
        go: Action::GoToBody(crate::gui::body::BodyProblem {
            pane,
            problem: problem.clone(),
        }),
        repair: None,
    });
    code.chain(payload).collect()
}

fn show_row(ui: &mut Ui, row: Row<'_>, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = match row.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    };
    response.widget_info(|| {
        let label = format!("{name}: {} ({})", row.message, row.place);
        WidgetInfo::labeled(egui::Role::ListItem, true, label)
    });
    row_ground(ui, false, &response);
    let dot = pos2(rect.left() + 8.0, rect.center().y);
    ui.painter()
        .circle_filled(dot, 3.5, theme::severity(p, row.severity));
    let text = egui::Rect::from_min_max(
        pos2(rect.left() + 20.0, rect.top()),
        pos2(
            (rect.right() - RIGHT).max(rect.left() + 60.0),
            rect.bottom(),
        ),
    );
    let mut left = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(text)
            .layout(Layout::left_to_right(Align::Center)),
    );
    left.add(egui::Label::new(row.message).truncate().selectable(false));
    let right = egui::Rect::from_min_max(pos2(text.right(), rect.top()), rect.max);
    let mut right = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(right)
            .layout(Layout::right_to_left(Align::Center)),
    );
    right.add_space(theme::GAP);
    right.label(RichText::new(row.place).small().color(p.muted));
    if let Some(repair) = row.repair
        && link(&mut right, "Fix…")
            .on_hover_text(Command::QuickFix.describe())
            .clicked()
    {
        actions.push(repair);
    }
    let hover = match row.detail {
        Some(detail) => format!("{}\n{detail}", row.message),
        None => row.message.to_owned(),
    };
    if response.on_hover_text(hover).clicked() {
        actions.push(row.go);
    }
}
