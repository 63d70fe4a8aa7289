//! The bar at the top: tools at the left, the hook's name in the middle ground, save, logs and Run at the right.

use eframe::egui::{self, Align, Layout, RichText, Ui, vec2};

use super::{Action, badge, network_menu};
use crate::auth0::{Kind, Point};
use crate::gui::commands::{Command, Group};
use crate::gui::documents::Document;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::theme;

/// Room that the buttons at the right take, and the point with its badge, in points.
const BUTTONS: f32 = 390.0;
const BADGES: f32 = 250.0;
/// A name keeps at least so much.
const LEAST_NAME: f32 = 60.0;

/// What the bar shows besides the hook.
pub struct Bar<'a> {
    pub workspace: Option<&'a str>,
    pub logs_shown: bool,
    pub runner_shown: bool,
    pub recent: &'a [std::path::PathBuf],
    /// Hosts that runs reach though they are offline.
    pub hosts: &'a [String],
    /// Only the hook's name and Run are shown.
    pub presenting: bool,
}

/// Shows the bar.
pub fn show(ui: &mut Ui, bar: &Bar<'_>, mut doc: Option<&mut Document>) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    let narrow = ui.available_width() < 760.0;
    ui.horizontal_centered(|ui| {
        tools_menu(ui, bar, doc.is_some(), &mut actions);
        ui.add_space(theme::GAP_SMALL);
        let has_doc = doc.is_some();
        if let Some(doc) = doc.as_deref_mut() {
            let workspace = bar.workspace.filter(|_| !narrow && !bar.presenting);
            if let Some(workspace) = workspace {
                ui.label(RichText::new(workspace).color(p.muted));
                ui.label(RichText::new("/").color(p.faint));
            }
            let star = if doc.is_dirty() { "*" } else { "" };
            let name = format!("{}{star}", doc.name());
            let room = (ui.available_width() - BUTTONS).max(LEAST_NAME);
            let name = egui::Label::new(
                RichText::new(name)
                    .font(theme::bold(theme::TITLE))
                    .color(p.text),
            );
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(name.truncate().selectable(false))
            })
            .inner
            .on_hover_text(if bar.presenting {
                doc.file_name()
            } else {
                doc.path().display().to_string()
            });
            if ui.available_width() > BUTTONS + BADGES {
                point_menu(ui, doc, &mut actions);
                badge(
                    ui,
                    if doc.point.blocking() {
                        "Blocking"
                    } else {
                        "Non-blocking"
                    },
                    p.muted,
                    p.raised,
                )
                .on_hover_text(if doc.point.blocking() {
                    "Auth0 waits for this hook; its answer decides what happens next."
                } else {
                    "Auth0 does not wait for this hook; its answer changes nothing."
                });
            }
        } else {
            ui.label(
                RichText::new("Hookbench")
                    .font(theme::bold(theme::TITLE))
                    .color(p.text),
            );
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if has_doc {
                let running = doc.as_deref().is_some_and(Document::is_running);
                run_button(ui, running, narrow, &mut actions);
                ui.add_space(theme::GAP_SMALL);
            }
            let hint = |command: Command, ui: &Ui| {
                let keys = command.shortcut_text(ui.ctx());
                format!("{} ({keys})", command.describe())
            };
            if bar.presenting {
                let text = hint(Command::Present, ui);
                let end = egui::Button::new("End presentation").min_size(vec2(0.0, 30.0));
                if ui.add(end).on_hover_text(text).clicked() {
                    actions.push(Action::Do(Command::Present));
                }
                return;
            }
            if has_doc {
                let text = hint(Command::ToggleRunner, ui);
                if icons::toggle(
                    ui,
                    Icon::Runner,
                    "Runner",
                    &text,
                    Look::Framed,
                    bar.runner_shown,
                )
                .clicked()
                {
                    actions.push(Action::Do(Command::ToggleRunner));
                }
                let text = hint(Command::ToggleLogs, ui);
                if icons::toggle(ui, Icon::Logs, "Logs", &text, Look::Framed, bar.logs_shown)
                    .clicked()
                {
                    actions.push(Action::Do(Command::ToggleLogs));
                }
                let text = hint(Command::Save, ui);
                if icons::button(ui, Icon::Save, "Save", &text, Look::Framed).clicked() {
                    actions.push(Action::Do(Command::Save));
                }
            }
            if let Some(doc) = doc
                && !narrow
            {
                network_menu::show(ui, &mut doc.outbox, bar.hosts, &mut actions);
            }
        });
    });
    actions
}

fn run_button(ui: &mut Ui, running: bool, narrow: bool, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let command = if running { Command::Stop } else { Command::Run };
    let keys = command.shortcut_text(ui.ctx());
    if !narrow {
        ui.label(
            RichText::new(&keys)
                .font(egui::FontId::proportional(theme::SMALL))
                .color(p.muted),
        );
    }
    let (fill, ink, icon) = if running {
        (p.bad_surface, p.bad, Icon::Stop)
    } else {
        (p.accent, p.on_accent, Icon::Play)
    };
    let galley =
        ui.painter()
            .layout_no_wrap(command.label().to_owned(), theme::bold(theme::BODY), ink);
    let size = vec2(galley.size().x + 44.0, 30.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, command.label()));
    let fill = if response.hovered() {
        fill.gamma_multiply(0.88)
    } else {
        fill
    };
    let ring = if response.has_focus() {
        p.text
    } else {
        egui::Color32::TRANSPARENT
    };
    ui.painter().rect(
        rect,
        egui::CornerRadius::same(theme::RADIUS),
        fill,
        egui::Stroke::new(1.5, ring),
        egui::StrokeKind::Inside,
    );
    icon.paint(
        ui.painter(),
        rect.left_center() + vec2(19.0, 0.0),
        13.0,
        ink,
    );
    let at = egui::pos2(rect.left() + 31.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    if response
        .on_hover_text(format!("{} ({keys})", command.describe()))
        .clicked()
    {
        actions.push(Action::Do(command));
    }
}

fn point_menu(ui: &mut Ui, doc: &Document, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let kind = match doc.kind {
        Kind::Hook => "",
        Kind::Action => " Action",
    };
    let doubt = if doc.point_guessed { "?" } else { "" };
    let text = format!("{}{kind}{doubt}", doc.point.name());
    let button = egui::Button::new(
        RichText::new(text)
            .font(egui::FontId::proportional(theme::SMALL))
            .color(p.muted),
    )
    .fill(p.raised)
    .stroke(egui::Stroke::NONE)
    .corner_radius(egui::CornerRadius::same(10))
    .min_size(vec2(0.0, 20.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(220.0);
        ui.label(RichText::new("Extensibility point").color(p.muted));
        for point in Point::ALL {
            if ui
                .selectable_label(point == doc.point && !doc.point_guessed, point.name())
                .clicked()
            {
                actions.push(Action::SetPoint(point));
                ui.close();
            }
        }
    });
    response.on_hover_text(if doc.point_guessed {
        "Guessed from the code. Press to say which point calls this hook."
    } else {
        "The extensibility point that calls this hook. Press to change it."
    });
}

fn tools_menu(ui: &mut Ui, bar: &Bar<'_>, has_doc: bool, actions: &mut Vec<Action>) {
    let response = icons::button(
        ui,
        Icon::Wrench,
        "Tools",
        "Files, secrets, settings, and every command",
        Look::Framed,
    );
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(250.0);
        let mut item = |ui: &mut Ui, command: Command| {
            let enabled = has_doc || !needs_hook(command);
            let button = egui::Button::new(command.label())
                .shortcut_text(command.shortcut_text(ui.ctx()))
                .frame_when_inactive(false);
            if ui.add_enabled(enabled, button).clicked() {
                actions.push(Action::Do(command));
                ui.close();
            }
        };
        item(ui, Command::Secrets);
        item(ui, Command::Modules);
        item(ui, Command::Mocks);
        item(ui, Command::Storage);
        item(ui, Command::Settings);
        ui.separator();
        for command in [Command::NewHook, Command::OpenFile, Command::OpenFolder] {
            item(ui, command);
        }
        for command in [
            Command::Save,
            Command::SaveAs,
            Command::Versions,
            Command::CompareSaved,
            Command::CloseHook,
        ] {
            item(ui, command);
        }
        ui.separator();
        for group in [Group::Edit, Group::Run, Group::View] {
            ui.menu_button(group.title(), |ui| {
                ui.set_min_width(230.0);
                for command in Command::ALL.into_iter().filter(|c| c.group() == group) {
                    item(ui, command);
                }
            });
        }
        ui.separator();
        item(ui, Command::Palette);
        item(ui, Command::Shortcuts);
        item(ui, Command::Differences);
        item(ui, Command::Quit);
        if !bar.recent.is_empty() {
            ui.separator();
            ui.weak("Recent");
            for path in bar.recent.iter().take(5) {
                let name = path.file_name().map_or_else(
                    || path.display().to_string(),
                    |n| n.to_string_lossy().into_owned(),
                );
                if ui
                    .add(egui::Button::new(name).frame_when_inactive(false))
                    .on_hover_text(path.display().to_string())
                    .clicked()
                {
                    actions.push(Action::OpenPath(path.clone()));
                    ui.close();
                }
            }
        }
    });
}

/// True for commands that mean nothing without an open hook.
pub fn needs_hook(command: Command) -> bool {
    !matches!(
        command,
        Command::NewHook
            | Command::OpenFile
            | Command::OpenFolder
            | Command::Quit
            | Command::RunSignUp
            | Command::AllowedHosts
            | Command::ToggleSidebar
            | Command::WrapLines
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
            | Command::Settings
            | Command::Palette
            | Command::Shortcuts
            | Command::Differences
    )
}
