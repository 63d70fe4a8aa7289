//! Every command and its keys, which can be changed here.

use eframe::egui::{self, Event, Key, KeyboardShortcut, Modifiers, RichText, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

use super::{Ended, end_row, modal};
use crate::gui::commands::{Command, Group};
use crate::gui::keymap::{self, Changed};
use crate::gui::panes::{heading, link, primary};
use crate::gui::theme;

/// What the dialog shows.
#[derive(Debug, Default)]
pub struct Form {
    typed: String,
    /// The field took the keyboard already.
    begun: bool,
    /// The command whose new keys are awaited.
    asked: Option<Command>,
    /// What the last pressed keys could not be.
    problem: Option<String>,
}

/// Shows the list over the changed keys of the settings.
pub fn show(ctx: &egui::Context, form: &mut Form, changed: &mut Changed) -> Option<Ended> {
    take_keys(ctx, form, changed);
    modal(ctx, "shortcuts", "Keyboard shortcuts", 760.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.horizontal(|ui| {
            let field = ui.add(
                egui::TextEdit::singleline(&mut form.typed)
                    .hint_text("Search commands and keys")
                    .desired_width(280.0),
            );
            if !form.begun {
                form.begun = true;
                field.request_focus();
            }
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search commands and keys")
            });
            if !changed.is_empty() && link(ui, "Reset all").clicked() {
                changed.clear();
            }
            if let Some(problem) = &form.problem {
                ui.colored_label(p.bad, problem);
            }
        });
        ui.add_space(theme::GAP_SMALL);
        let height = (ui.ctx().content_rect().height() - 300.0).max(140.0);
        ScrollArea::vertical()
            .id_salt("shortcut list")
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for group in Group::ALL {
                    group_rows(ui, group, form, changed);
                }
                ui.add_space(theme::GAP);
                ui.label(
                    RichText::new(
                        "In a text pane Tab indents; Escape and then Tab leaves the pane.",
                    )
                    .color(p.muted),
                );
            });
        let done = end_row(ui, |ui| primary(ui, "Close", 90.0).clicked());
        done.then_some(Ended::Cancelled)
    })
}

fn group_rows(ui: &mut Ui, group: Group, form: &mut Form, changed: &mut Changed) {
    let typed = form.typed.to_lowercase();
    let fits = |ui: &Ui, command: Command| {
        let text = format!(
            "{} {} {}",
            command.label(),
            keys_text(ui, command),
            command.describe()
        );
        text.to_lowercase().contains(&typed)
    };
    let shown: Vec<Command> = Command::ALL
        .into_iter()
        .filter(|command| command.group() == group && fits(ui, *command))
        .collect();
    if shown.is_empty() {
        return;
    }
    ui.add_space(theme::GAP_SMALL);
    heading(ui, group.title());
    let p = theme::palette(ui.ctx());
    let room = ui.available_width();
    TableBuilder::new(ui)
        .id_salt(group.title())
        .vscroll(false)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .column(Column::exact(NAME.min(room * 0.3)))
        .column(Column::exact(KEYS.min(room * 0.3)))
        .column(Column::remainder().clip(true))
        .body(|mut body| {
            for command in shown {
                body.row(ROW, |mut row| {
                    row.col(|ui| {
                        ui.add(egui::Label::new(command.label()).truncate());
                    });
                    row.col(|ui| keys_cell(ui, command, form, changed));
                    row.col(|ui| {
                        let text = RichText::new(command.describe()).color(p.muted);
                        ui.add(egui::Label::new(text).truncate());
                    });
                });
            }
        });
}

/// Widths of the first two columns where there is room for them, in points; the last one has the rest.
const NAME: f32 = 190.0;
const KEYS: f32 = 210.0;
const ROW: f32 = 24.0;

fn keys_cell(ui: &mut Ui, command: Command, form: &mut Form, changed: &mut Changed) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.x = theme::GAP_SMALL;
    let asked = form.asked == Some(command);
    let keys = keys_text(ui, command);
    let text = match (asked, keys.as_str()) {
        (true, _) => "Press the keys…",
        (false, "") => "none",
        (false, keys) => keys,
    };
    let ink = if keys.is_empty() && !asked {
        p.faint
    } else {
        p.accent
    };
    let button = egui::Button::new(
        RichText::new(text)
            .font(theme::mono(theme::CODE_SMALL))
            .color(ink),
    )
    .frame_when_inactive(asked);
    let response = ui.add(button);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Button,
            true,
            format!("Keys of {}: {text}", command.label()),
        )
    });
    if response
        .on_hover_text("Click and press other keys; Escape leaves them as they are.")
        .clicked()
    {
        form.asked = Some(command).filter(|_| !asked);
        form.problem = None;
    }
    if keymap::is_changed(changed, command) {
        let reset = link(ui, "Reset");
        reset.widget_info(|| {
            egui::WidgetInfo::labeled(
                egui::Role::Button,
                true,
                format!("Reset the keys of {}", command.label()),
            )
        });
        if reset.clicked() {
            keymap::change(ui.ctx(), changed, command, None);
        }
    }
}

fn keys_text(ui: &Ui, command: Command) -> String {
    let keys: Vec<String> = keymap::keys_of(ui.ctx(), command)
        .iter()
        .map(|keys| ui.ctx().format_shortcut(keys))
        .collect();
    keys.join(", ")
}

/// The pressed keys, while some are awaited: nobody else sees them.
fn take_keys(ctx: &egui::Context, form: &mut Form, changed: &mut Changed) {
    let Some(command) = form.asked else { return };
    let pressed = ctx.input_mut(|input| {
        let mut pressed = None;
        input.events.retain(|event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => {
                pressed = pressed.or(Some((*key, *modifiers)));
                false
            }
            Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_) => false,
            _ => true,
        });
        pressed
    });
    let Some((key, modifiers)) = pressed else {
        return;
    };
    if key == Key::Escape {
        form.asked = None;
        return;
    }
    if !keymap::can_be(key, modifiers) {
        form.problem = Some("Hold Ctrl or Alt, or press a function key.".to_owned());
        return;
    }
    let modifiers = Modifiers {
        // Cmd on macOS, Ctrl elsewhere: what `COMMAND` stands for.
        ctrl: false,
        mac_cmd: false,
        ..modifiers
    };
    let keys = KeyboardShortcut::new(modifiers, key);
    let before = Command::ALL
        .into_iter()
        .find(|other| *other != command && keymap::keys_of(ctx, *other).contains(&keys));
    keymap::change(ctx, changed, command, Some(keys));
    form.asked = None;
    form.problem = before.map(|other| format!("{} has lost these keys.", other.label()));
}
