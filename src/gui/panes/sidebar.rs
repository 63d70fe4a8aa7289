//! The list of hooks of the open folder, grouped by extensibility point; narrow windows fold it to a rail.

use eframe::egui::{self, Align, Layout, RichText, ScrollArea, Sense, Ui, vec2};

use super::{Action, link};
use crate::auth0::Point;
use crate::gui::commands::Command;
use crate::gui::documents::{DocId, Document};
use crate::gui::icons::{self, Icon, Look};
use crate::gui::theme;
use crate::workspace::{HookEntry, Workspace};

/// Width of the folded list, in points.
pub const RAIL: f32 = 46.0;

/// One row: a hook of the folder, or an open file from elsewhere.
struct Row<'a> {
    entry: &'a HookEntry,
    doc: Option<Open>,
    current: bool,
}

/// What the list shows of an open hook.
#[derive(Clone, Copy)]
struct Open {
    id: DocId,
    dirty: bool,
    running: bool,
}

/// Shows the list. `sign_up` tells whether there is a sign-up to come back to, and whether it is shown.
pub fn show(
    ui: &mut Ui,
    workspace: Option<&Workspace>,
    documents: &mut [Document],
    current: Option<DocId>,
    sign_up: Option<bool>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.add_space(theme::GAP);
    ui.horizontal(|ui| {
        if link(ui, "+ New hook")
            .on_hover_text(Command::NewHook.describe())
            .clicked()
        {
            actions.push(Action::Do(Command::NewHook));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icons::button(
                ui,
                Icon::Folder,
                "Open folder",
                Command::OpenFolder.describe(),
                Look::Plain,
            )
            .clicked()
            {
                actions.push(Action::Do(Command::OpenFolder));
            }
        });
    });
    let opened: Vec<(HookEntry, Open)> = documents
        .iter_mut()
        .map(|doc| {
            let open = Open {
                id: doc.id,
                dirty: doc.is_dirty(),
                running: doc.is_running(),
            };
            (doc.entry.clone(), open)
        })
        .collect();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let row = |entry| row_of(entry, &opened, current);
        if let Some(workspace) = workspace {
            sign_up_row(ui, sign_up, &mut actions);
            for point in Point::ALL {
                group(ui, point.name());
                let actions_of = workspace.actions.iter().map(|action| &action.file);
                let hooks: Vec<&HookEntry> = workspace
                    .hooks
                    .iter()
                    .chain(actions_of)
                    .filter(|hook| hook.point == Some(point))
                    .collect();
                if hooks.is_empty() {
                    nothing(ui);
                }
                for entry in hooks {
                    hook_row(ui, &row(entry), &mut actions);
                }
            }
            let unsorted: Vec<&HookEntry> = workspace
                .hooks
                .iter()
                .chain(workspace.actions.iter().map(|action| &action.file))
                .filter(|hook| hook.point.is_none_or(|point| !Point::ALL.contains(&point)))
                .collect();
            if !unsorted.is_empty() {
                group(ui, "Without a point");
                for entry in unsorted {
                    hook_row(ui, &row(entry), &mut actions);
                }
            }
            for problem in &workspace.problems {
                problem_row(ui, problem);
            }
        }
        let elsewhere: Vec<&(HookEntry, Open)> = opened
            .iter()
            .filter(|(entry, ..)| {
                !workspace.is_some_and(|w| {
                    let actions = w.actions.iter().map(|action| &action.file);
                    w.hooks
                        .iter()
                        .chain(actions)
                        .any(|file| file.script == entry.script)
                })
            })
            .collect();
        if !elsewhere.is_empty() {
            group(
                ui,
                if workspace.is_some() {
                    "Other files"
                } else {
                    "Open files"
                },
            );
            for (entry, open) in elsewhere {
                let row = Row {
                    entry,
                    doc: Some(*open),
                    current: Some(open.id) == current,
                };
                hook_row(ui, &row, &mut actions);
            }
        }
        ui.add_space(theme::PANE);
    });
    actions
}

/// Runs the sign-up the first time, and comes back to it later.
fn sign_up_row(ui: &mut Ui, sign_up: Option<bool>, actions: &mut Vec<Action>) {
    ui.add_space(theme::GAP_SMALL);
    match sign_up {
        Some(true) => {
            let p = theme::palette(ui.ctx());
            ui.label(
                RichText::new("Sign-up")
                    .font(theme::bold(theme::BODY))
                    .color(p.text),
            );
        }
        Some(false) => {
            if link(ui, "Back to the sign-up").clicked() {
                actions.push(Action::ShowFlow);
            }
        }
        None => {
            let hint = Command::RunSignUp.describe();
            if link(ui, Command::RunSignUp.label())
                .on_hover_text(hint)
                .clicked()
            {
                actions.push(Action::Do(Command::RunSignUp));
            }
        }
    }
}

fn row_of<'a>(
    entry: &'a HookEntry,
    opened: &[(HookEntry, Open)],
    current: Option<DocId>,
) -> Row<'a> {
    let doc = opened
        .iter()
        .find(|(open, _)| open.script == entry.script)
        .map(|(_, open)| *open);
    Row {
        entry,
        doc,
        current: doc.is_some_and(|open| Some(open.id) == current),
    }
}

fn group(ui: &mut Ui, title: &str) {
    let p = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(
        RichText::new(title)
            .font(theme::bold(theme::SMALL))
            .color(p.muted),
    );
}

fn nothing(ui: &mut Ui) {
    let p = theme::palette(ui.ctx());
    ui.label(RichText::new("none").color(p.faint));
}

fn problem_row(ui: &mut Ui, problem: &str) {
    let p = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new(problem).small().color(p.caution));
}

fn hook_row(ui: &mut Ui, row: &Row<'_>, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    let dirty = row.doc.is_some_and(|open| open.dirty);
    let running = row.doc.is_some_and(|open| open.running);
    let name = format!("{}{}", row.entry.name, if dirty { "*" } else { "" });
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, row.current, &name)
    });
    if ui.is_rect_visible(rect) {
        let fill = if row.current {
            p.raised
        } else if response.hovered() || response.has_focus() {
            p.hover
        } else {
            egui::Color32::TRANSPARENT
        };
        ui.painter().rect_filled(
            rect.expand2(vec2(6.0, 0.0)),
            egui::CornerRadius::same(theme::RADIUS),
            fill,
        );
        let dot = if row.entry.problem.is_some() {
            p.caution
        } else if row.entry.enabled {
            p.good
        } else {
            p.faint
        };
        let at = rect.left_center() + vec2(5.0, 0.0);
        if running {
            Icon::Play.paint(ui.painter(), at, 11.0, p.accent);
        } else {
            ui.painter().circle_filled(at, 3.5, dot);
        }
        let ink = if row.current { p.text } else { p.muted };
        let text = egui::WidgetText::from(RichText::new(&name).color(ink));
        let galley = text.into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            rect.width() - 18.0,
            egui::TextStyle::Body,
        );
        let at = rect.left_center() + vec2(16.0, -galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
    }
    let state = if running {
        "running"
    } else if row.entry.enabled {
        "enabled"
    } else {
        "not enabled"
    };
    let hint = match &row.entry.problem {
        Some(problem) => problem.clone(),
        None => format!("{} ({state})", row.entry.script.display()),
    };
    if response.on_hover_text(hint).clicked() {
        actions.push(match row.doc {
            Some(open) => Action::Show(open.id),
            None => Action::Open(row.entry.clone()),
        });
    }
}

/// The folded list: only the buttons.
pub fn rail(ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.add_space(theme::GAP);
    ui.vertical_centered(|ui| {
        for (icon, label, command) in [
            (Icon::Hooks, "Show the hooks", Command::ToggleSidebar),
            (Icon::Plus, "New hook", Command::NewHook),
            (Icon::File, "Open file", Command::OpenFile),
            (Icon::Folder, "Open folder", Command::OpenFolder),
        ] {
            if icons::button(ui, icon, label, command.describe(), Look::Plain).clicked() {
                actions.push(Action::Do(command));
            }
        }
    });
    actions
}
