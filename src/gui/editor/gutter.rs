//! Beside the text: line numbers with what differs and what is wrong, the arrows of folds, and the marks at the right
//! edge, which stand for the whole text.

use eframe::egui::{Align2, Color32, Rect, Ui, pos2, vec2};

use super::changes::Change;
use super::paint::{Canvas, Row};
use super::state::EditorState;
use super::view::Frame;
use crate::gui::icons::Icon;
use crate::gui::theme;

/// More than this is not marked at the edge.
const MOST_OVERVIEW: usize = 2_000;

impl EditorState {
    pub(super) fn paint_gutter(&self, canvas: &Canvas<'_>, rows: &[Row<'_>], focused: bool) {
        let palette = canvas.palette;
        let frame = canvas.frame;
        let right = frame.area.left() + frame.gutter - 4.0;
        let caret_line = self.buffer.caret_line();
        for row in rows {
            let color = if focused && row.line == caret_line {
                palette.muted
            } else {
                palette.faint
            };
            if row.first {
                canvas.painter.text(
                    pos2(right, row.top + frame.face.row / 2.0),
                    Align2::RIGHT_CENTER,
                    row.line + 1,
                    frame.face.font.clone(),
                    color,
                );
            }
            let bar = frame.area.left() + frame.gutter - 2.0;
            match self.view.changes.of(row.line) {
                Some(Change::Written) => {
                    let rect = Rect::from_min_size(pos2(bar, row.top), vec2(2.0, frame.face.row));
                    canvas.painter.rect_filled(rect, 0.0, palette.accent);
                }
                Some(Change::TakenOut) if row.first => {
                    let rect = Rect::from_min_size(pos2(bar - 2.0, row.top - 1.5), vec2(6.0, 3.0));
                    canvas.painter.rect_filled(rect, 0.0, palette.bad);
                }
                Some(Change::TakenOut) | None => {}
            }
            let worst = self
                .markers
                .within(row.start..row.end)
                .filter(|marker| row.holds(marker.range.start))
                .map(|marker| marker.severity)
                .min();
            if let Some(severity) = worst {
                canvas.painter.circle_filled(
                    pos2(frame.area.left() + 7.0, row.top + frame.face.row / 2.0),
                    3.0,
                    theme::severity(palette, severity),
                );
            }
        }
    }

    /// Arrows beside lines that are folded, and beside those that can be while the pointer is over the gutter.
    pub(super) fn paint_fold_signs(&self, canvas: &Canvas<'_>, rows: &[Row<'_>], over: bool) {
        let frame = canvas.frame;
        for row in rows {
            let folded = frame.rows.folds.below(row.line) > 0;
            let shown = row.first && (folded || (over && self.foldable(row.line).is_some()));
            if !shown {
                continue;
            }
            let icon = if folded {
                Icon::ChevronRight
            } else {
                Icon::ChevronDown
            };
            let at = pos2(
                frame.area.left() + frame.gutter + 5.0,
                row.top + frame.face.row / 2.0,
            );
            icon.paint(&canvas.painter, at, 9.0, canvas.palette.muted);
        }
    }

    /// Marks at the right edge where in the whole text there are problems, changes, matches of the search and cursors.
    pub(super) fn paint_overview(&self, ui: &Ui, frame: &Frame) {
        let area = frame.area;
        let rope = self.buffer.rope();
        let palette = theme::palette(ui.ctx());
        // Beside its line where all lines are in view, else in proportion.
        #[allow(clippy::cast_precision_loss)] // rows as parts of a few hundred points
        let step = ((area.height() - 4.0) / frame.rows.count() as f32).min(frame.face.row);
        #[allow(clippy::cast_precision_loss)]
        let height = |row: usize| area.top() + row as f32 * step;
        let mark = |at: usize, color: Color32, wide: f32| {
            let line = rope.char_to_line(at.min(rope.len_chars()));
            let row = frame.rows.row_of(line);
            let y = (height(row) + height(row + 1)) / 2.0 - 1.5;
            let rect = Rect::from_min_size(pos2(area.right() - wide, y), vec2(wide, 3.0));
            ui.painter().rect_filled(rect, 0.0, color);
        };
        for lines in self.view.changes.ranges().iter().take(MOST_OVERVIEW) {
            let [from, to] = [lines.start, lines.end.max(lines.start + 1)]
                .map(|line| height(frame.rows.row_of(line)).min(area.bottom()));
            // At the left of the others, as the bar is beside the numbers.
            let rect = Rect::from_min_max(
                pos2(area.right() - 10.0, from),
                pos2(area.right() - 8.0, to.max(from + 3.0)),
            );
            let color = if lines.is_empty() {
                palette.bad
            } else {
                palette.accent
            };
            ui.painter().rect_filled(rect, 0.0, color);
        }
        if self.view.find.open {
            let everything = 0..rope.len_chars();
            for found in self
                .view
                .find
                .search
                .within(everything)
                .iter()
                .take(MOST_OVERVIEW)
            {
                mark(found.start, palette.found_current, 5.0);
            }
        }
        if self.buffer.has_many() {
            for one in self.buffer.selections() {
                mark(one.head, palette.accent, 5.0);
            }
        }
        for placed in self.markers.in_order().into_iter().rev() {
            mark(
                placed.range.start,
                theme::severity(palette, placed.severity),
                7.0,
            );
        }
    }
}
