//! The runs of a hook, newest first: one row each, opened with a click and restored with another.

use eframe::egui::{self, Align, Layout, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::response::duration;
use super::{Action, heading};
use crate::gui::commands::Command;
use crate::gui::documents::Document;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::running::zoned;
use crate::gui::runs::{ENDED, of_ms};
use crate::gui::theme;
use crate::workspace::run_history::HistoryEntry;

const EMPTY: &str = "Every run gets a row here: time, status, duration.";
/// Rows shown at once; older ones stay on disk.
const MOST_ROWS: usize = 50;

/// Shows the rows.
pub fn show(ui: &mut Ui, doc: &Document, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let shown_id = doc.run.as_ref().map(|run| run.request_id.as_str());
    heading(ui, "History");
    if doc.history.is_empty() {
        ui.label(RichText::new(EMPTY).color(p.muted));
        return;
    }
    for (index, entry) in doc
        .history
        .iter()
        .map(|row| &row.entry)
        .take(MOST_ROWS)
        .enumerate()
    {
        row(
            ui,
            index,
            entry,
            shown_id == Some(entry.id.as_str()),
            actions,
        );
    }
    if doc.history.len() > MOST_ROWS {
        ui.weak(format!("{} older runs", doc.history.len() - MOST_ROWS));
    }
    let button = egui::Button::new(RichText::new("Clear history").color(p.accent))
        .min_size(vec2(ui.available_width(), 28.0));
    if ui
        .add(button)
        .on_hover_text(Command::ClearHistory.describe())
        .clicked()
    {
        actions.push(Action::Do(Command::ClearHistory));
    }
}

fn row(ui: &mut Ui, index: usize, entry: &HistoryEntry, shown: bool, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let at = zoned(entry.at);
    let time = at.strftime("%H:%M:%S").to_string();
    let status = entry
        .status
        .map_or_else(|| entry.completion.clone(), |status| status.to_string());
    let took = duration(of_ms(entry.duration_ms));
    ui.horizontal(|ui| {
        let size = vec2((ui.available_width() - 30.0).max(120.0), 26.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::ListBoxOption,
                true,
                shown,
                format!("Run at {time}, {status}, {took}"),
            )
        });
        let fill = if shown {
            p.raised
        } else if response.hovered() || response.has_focus() {
            p.hover
        } else {
            p.surface
        };
        ui.painter().rect(
            rect,
            egui::CornerRadius::same(theme::RADIUS),
            fill,
            Stroke::new(1.0, p.hairline),
            egui::StrokeKind::Inside,
        );
        let good = entry.status.is_some_and(|status| status < 400) || entry.completion == ENDED;
        let mut x = rect.left() + 10.0;
        for (text, font, ink) in [
            ("POST", theme::bold(theme::SMALL), p.method),
            (
                status.as_str(),
                theme::bold(theme::SMALL),
                if good { p.good } else { p.bad },
            ),
            (time.as_str(), theme::mono(theme::SMALL), p.muted),
        ] {
            let painted = ui.painter().text(
                egui::pos2(x, rect.center().y),
                egui::Align2::LEFT_CENTER,
                text,
                font,
                ink,
            );
            x = painted.right() + 10.0;
        }
        ui.painter().text(
            egui::pos2(rect.right() - 10.0, rect.center().y),
            egui::Align2::RIGHT_CENTER,
            &took,
            egui::FontId::proportional(theme::SMALL),
            p.muted,
        );
        let day = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        if response
            .on_hover_text(format!("{day}, {}", entry.completion))
            .clicked()
        {
            actions.push(Action::ShowRun(index));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icons::button(
                ui,
                Icon::Restore,
                "Restore this run's payload",
                "Put this run's payload back into the panes",
                Look::Plain,
            )
            .clicked()
            {
                actions.push(Action::RestoreRun(index));
            }
        });
    });
}
