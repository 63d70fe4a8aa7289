//! Two texts side by side: what is only in one of them, and what is in both around it.

use std::time::Duration;

use eframe::egui::{
    self, Align2, Color32, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use similar::{DiffOp, TextDiff};

use super::{Ended, end_row, modal};
use crate::gui::panes::{link, primary};
use crate::gui::theme;

/// Lines shown around a change.
const AROUND: usize = 3;
/// How long is looked for the shortest difference; after that a longer one does.
const PATIENCE: Duration = Duration::from_millis(800);
const ROW: f32 = 19.0;
/// Room for a line's number.
const NUMBER: f32 = 44.0;

/// A line of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1-based.
    pub number: usize,
    pub text: String,
}

/// A row of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    Same(Line, Line),
    Changed(Option<Line>, Option<Line>),
    /// So many lines that are the same.
    Gap(usize),
}

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    title: String,
    /// What stands left and right.
    names: (String, String),
    rows: Vec<Row>,
    /// How many stretches differ.
    changes: usize,
    /// The difference as `patch` reads it.
    patch: String,
}

impl View {
    /// Compares two texts; takes its time, so not on the window's thread.
    pub fn of(title: impl Into<String>, (left, right): (&str, &str), names: (&str, &str)) -> Self {
        let diff = TextDiff::configure()
            .timeout(PATIENCE)
            .diff_lines(left, right);
        let old: Vec<&str> = left.split_inclusive('\n').collect();
        let new: Vec<&str> = right.split_inclusive('\n').collect();
        let line = |lines: &[&str], at: usize| {
            lines.get(at).map(|text| Line {
                number: at + 1,
                text: text.trim_end_matches(['\n', '\r']).replace('\t', "    "),
            })
        };
        let mut rows = Vec::new();
        let mut changes = 0;
        let ops = diff.ops();
        for (index, op) in ops.iter().enumerate() {
            if let DiffOp::Equal {
                old_index,
                new_index,
                len,
            } = *op
            {
                let before = if index == 0 { 0 } else { AROUND };
                let behind = if index + 1 == ops.len() { 0 } else { AROUND };
                let same = |at: usize| {
                    Some(Row::Same(
                        line(&old, old_index + at)?,
                        line(&new, new_index + at)?,
                    ))
                };
                if len <= before + behind + 1 {
                    rows.extend((0..len).filter_map(same));
                } else {
                    rows.extend((0..before).filter_map(same));
                    rows.push(Row::Gap(len - before - behind));
                    rows.extend((len - behind..len).filter_map(same));
                }
                continue;
            }
            changes += 1;
            let (left, right) = (op.old_range(), op.new_range());
            for at in 0..left.len().max(right.len()) {
                let of = |range: &std::ops::Range<usize>, lines: &[&str]| {
                    (at < range.len())
                        .then(|| line(lines, range.start + at))
                        .flatten()
                };
                rows.push(Row::Changed(of(&left, &old), of(&right, &new)));
            }
        }
        let patch = diff
            .unified_diff()
            .context_radius(AROUND)
            .header(names.0, names.1)
            .to_string();
        Self {
            title: title.into(),
            names: (names.0.to_owned(), names.1.to_owned()),
            rows,
            changes,
            patch,
        }
    }
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, view: &View) -> Option<Ended> {
    let width = ctx.content_rect().width() - 120.0;
    modal(ctx, "diff", &view.title, width, |ui| {
        let p = theme::palette(ui.ctx());
        ui.horizontal(|ui| {
            let text = match view.changes {
                0 => "Both are the same.".to_owned(),
                1 => "1 change".to_owned(),
                count => format!("{count} changes"),
            };
            ui.label(RichText::new(text).color(p.muted));
            if view.changes > 0 && link(ui, "Copy as a patch").clicked() {
                ui.ctx().copy_text(view.patch.clone());
            }
        });
        ui.add_space(theme::GAP_SMALL);
        if view.changes > 0 {
            rows(ui, view);
        }
        ui.add_space(theme::GAP);
        end_row(ui, |ui| primary(ui, "Close", 90.0).clicked()).then_some(Ended::Cancelled)
    })
}

fn rows(ui: &mut Ui, view: &View) {
    let p = theme::palette(ui.ctx());
    let height = (ui.ctx().content_rect().height() - 300.0).max(120.0);
    let half = ui.available_width() / 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for name in [&view.names.0, &view.names.1] {
            let (rect, _) = ui.allocate_exact_size(vec2(half, ROW), Sense::hover());
            ui.painter().text(
                rect.left_center() + vec2(NUMBER, 0.0),
                Align2::LEFT_CENTER,
                name,
                theme::bold(theme::SMALL),
                p.muted,
            );
        }
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("diff rows")
        .max_height(height)
        .min_scrolled_height(height.min(ROW * 4.0))
        .auto_shrink([false, true])
        .show_rows(ui, ROW, view.rows.len(), |ui, shown| {
            for row in view.rows.iter().skip(shown.start).take(shown.len()) {
                show_row(ui, row);
            }
        });
}

fn show_row(ui: &mut Ui, row: &Row) {
    let p = theme::palette(ui.ctx());
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListItem, true, said(row)));
    // The end of a long line is only read here.
    response.on_hover_ui_at_pointer(|ui| {
        ui.label(RichText::new(whole(row)).font(theme::mono(theme::CODE_SMALL)));
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    let middle = rect.center().x;
    let left = egui::Rect::from_min_max(rect.min, pos2(middle - 2.0, rect.bottom()));
    let right = egui::Rect::from_min_max(pos2(middle + 2.0, rect.top()), rect.max);
    match row {
        Row::Gap(lines) => {
            ui.painter().rect_filled(rect, 0.0, p.hover);
            ui.painter().text(
                rect.center(),
                Align2::CENTER_CENTER,
                format!("{lines} lines are the same"),
                egui::FontId::proportional(theme::SMALL),
                p.muted,
            );
        }
        Row::Same(old, new) => {
            side(ui, left, Some(old), None);
            side(ui, right, Some(new), None);
        }
        Row::Changed(old, new) => {
            side(ui, left, old.as_ref(), Some(p.bad_surface));
            side(ui, right, new.as_ref(), Some(p.good_surface));
        }
    }
}

fn side(ui: &Ui, rect: egui::Rect, line: Option<&Line>, fill: Option<Color32>) {
    let p = theme::palette(ui.ctx());
    let Some(line) = line else {
        if fill.is_some() {
            ui.painter().rect_filled(rect, 0.0, p.hover);
        }
        return;
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.text(
        pos2(rect.left() + NUMBER - 10.0, rect.center().y),
        Align2::RIGHT_CENTER,
        line.number,
        theme::mono(theme::CODE_SMALL),
        p.faint,
    );
    painter.text(
        pos2(rect.left() + NUMBER, rect.center().y),
        Align2::LEFT_CENTER,
        &line.text,
        theme::mono(theme::CODE_SMALL),
        p.text,
    );
}

/// Both sides of a row, one below the other where they differ.
fn whole(row: &Row) -> String {
    match row {
        Row::Changed(Some(old), Some(new)) => format!("{}\n{}", old.text, new.text),
        Row::Same(_, line) | Row::Changed(Some(line), None) | Row::Changed(None, Some(line)) => {
            line.text.clone()
        }
        Row::Gap(_) | Row::Changed(None, None) => said(row),
    }
}

/// A row in words.
fn said(row: &Row) -> String {
    match row {
        Row::Gap(lines) => format!("{lines} lines are the same"),
        Row::Same(_, new) => format!("Same: {}", new.text),
        Row::Changed(Some(old), Some(new)) => format!("Changed: {} to {}", old.text, new.text),
        Row::Changed(Some(old), None) => format!("Removed: {}", old.text),
        Row::Changed(None, Some(new)) => format!("Added: {}", new.text),
        Row::Changed(None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(left: &str, right: &str) -> Vec<String> {
        let view = View::of("x", (left, right), ("a", "b"));
        view.rows.iter().map(said).collect()
    }

    #[test]
    fn lines_are_the_same_changed_added_or_removed() {
        assert_eq!(
            told("a\nb\nc\n", "a\nB\nc\nd\n"),
            ["Same: a", "Changed: b to B", "Same: c", "Added: d"]
        );
        assert_eq!(told("a\nb\n", "b\n"), ["Removed: a", "Same: b"]);
        assert_eq!(told("", "a"), ["Added: a"]);
        let same = View::of("x", ("a\n", "a\n"), ("a", "b"));
        assert_eq!(same.changes, 0);
    }

    #[test]
    fn what_is_far_from_a_change_is_counted_alone() {
        let left: String = (0..50).map(|n| format!("{n}\n")).collect();
        let right = left.replace("25\n", "25!\n");
        let rows = told(&left, &right);
        assert_eq!(rows[0], "22 lines are the same");
        assert_eq!(rows[4], "Changed: 25 to 25!");
        assert_eq!(rows[8], "21 lines are the same");
        assert_eq!(rows.len(), 9);
        let view = View::of("x", (&left, &right), ("old", "new"));
        assert!(
            view.patch
                .starts_with("--- old\n+++ new\n@@ -23,7 +23,7 @@\n"),
            "{}",
            view.patch
        );
    }
}
