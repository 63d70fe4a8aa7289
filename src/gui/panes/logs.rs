//! The log panel: request and finish lines as the dashboard wrote them, console output between them.

use eframe::egui::{self, Align, Layout, RichText, ScrollArea, Ui, vec2};

use super::Action;
use crate::engine::Level;
use crate::gui::commands::Command;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::logs::{Kind, Line, Logs, Threshold};
use crate::gui::lower::{self, Counts, LowerTab};
use crate::gui::theme::{self, Palette};

const EMPTY: &str = "Run a hook: its console output appears here, line by line as it arrives.";
/// The width, in points, under which the number of lines gives way.
const NARROW: f32 = 640.0;
const NO_MATCH: &str = "No line matches the search and the level.";

/// Shows the panel; `autoscroll` follows its checkbox, the tabs with their numbers stand above.
pub fn show(
    ui: &mut Ui,
    logs: &mut Logs,
    autoscroll: &mut bool,
    (tab, counts): (&mut LowerTab, Counts),
) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        let narrow = ui.available_width() < NARROW;
        lower::tabs(ui, tab, counts);
        if !logs.is_empty() && !narrow {
            let (shown, all) = (logs.shown_count(), logs.len());
            // Behind the tabs a bare number would read as the last tab's.
            let text = if shown < all {
                format!("{shown} of {all} lines")
            } else {
                format!("{all} {}", if all == 1 { "line" } else { "lines" })
            };
            let count = ui.label(RichText::new(text).small().color(p.muted));
            if logs.dropped() > 0 {
                count.on_hover_text(format!("{} older lines were dropped.", logs.dropped()));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            toolbar(ui, logs, autoscroll, narrow, &mut actions);
        });
    });
    let count = logs.shown_count();
    if count == 0 {
        let text = if logs.is_empty() { EMPTY } else { NO_MATCH };
        ui.label(RichText::new(text).color(p.muted));
        return actions;
    }
    let height = ui.fonts_mut(|fonts| fonts.row_height(&theme::mono(theme::SMALL + 0.5)));
    ui.spacing_mut().item_spacing.y = 3.0;
    // Rows are as high as their text, which is what the list counts with.
    ui.spacing_mut().interact_size.y = 0.0;
    ScrollArea::both()
        .id_salt("log lines")
        .auto_shrink(false)
        .stick_to_bottom(*autoscroll)
        .show_rows(ui, height, count, |ui, rows| {
            for index in rows {
                if let Some(line) = logs.shown_line(index) {
                    row(ui, line, p, &mut actions);
                }
            }
        });
    actions
}

fn toolbar(
    ui: &mut Ui,
    logs: &mut Logs,
    autoscroll: &mut bool,
    narrow: bool,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let hint = |command: Command| command.describe();
    if icons::button(ui, Icon::Close, "Hide logs", "Hide the logs", Look::Plain).clicked() {
        actions.push(Action::Do(Command::ToggleLogs));
    }
    ui.add_enabled_ui(!logs.is_empty(), |ui| {
        if icons::button(
            ui,
            Icon::Download,
            "Save logs",
            hint(Command::SaveLogs),
            Look::Plain,
        )
        .clicked()
        {
            actions.push(Action::Do(Command::SaveLogs));
        }
        if icons::button(
            ui,
            Icon::Trash,
            "Clear logs",
            hint(Command::ClearLogs),
            Look::Plain,
        )
        .clicked()
        {
            actions.push(Action::Do(Command::ClearLogs));
        }
    });
    ui.checkbox(autoscroll, "autoscroll");
    egui::ComboBox::from_id_salt("log level")
        .selected_text(logs.threshold.label())
        .width(if narrow { 88.0 } else { 120.0 })
        .show_ui(ui, |ui| {
            for level in Threshold::ALL {
                ui.selectable_value(&mut logs.threshold, level, level.label());
            }
        })
        .response
        .on_hover_text("The least level that is shown");
    // Beside the tabs of a narrow pane there may be no room left.
    let width = (ui.available_width() - 2.0 * theme::GAP).min(220.0);
    if width < 60.0 {
        return;
    }
    let search = egui::TextEdit::singleline(&mut logs.search)
        .hint_text("Search text in logs")
        .desired_width(width);
    let response = ui.add(search);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search text in logs")
    });
}

fn row(ui: &mut Ui, line: &Line, p: &Palette, actions: &mut Vec<Action>) {
    let font = theme::mono(theme::SMALL + 0.5);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add(
            egui::Label::new(
                RichText::new(format!("{:12}", line.time))
                    .font(font.clone())
                    .color(p.faint),
            )
            .extend(),
        );
        let ink = match line.kind {
            Kind::Connected | Kind::Finished { good: true } => p.good,
            Kind::Finished { good: false } => p.bad,
            Kind::Request => p.muted,
            Kind::Notice => p.caution,
            Kind::Console(Level::Error) => p.bad,
            Kind::Console(Level::Warn) => p.caution,
            Kind::Console(Level::Debug | Level::Trace) => p.muted,
            Kind::Console(Level::Log | Level::Info) => p.text,
        };
        ui.add(egui::Label::new(RichText::new(&line.text).font(font.clone()).color(ink)).extend());
        if let Some(source) = line.source_line {
            let button = egui::Button::new(
                RichText::new(format!("line {source}"))
                    .font(font)
                    .color(p.faint),
            )
            .frame(false)
            .min_size(vec2(0.0, 0.0));
            if ui
                .add(button)
                .on_hover_text("Go to the line that logged this")
                .clicked()
            {
                actions.push(Action::GoTo {
                    line: source,
                    column: 1,
                });
            }
        }
    });
}
