//! Painting the lines in view: bands, matches, selection, guides, text, underlines, caret, line numbers.

use std::ops::Range;

use eframe::egui::{
    self, Align2, Color32, Painter, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::boundaries::{TAB_CELLS, line_end, line_start, line_text};
use super::brackets;
use super::layout::LineLayout;
use super::markers::Placed;
use super::overlays;
use super::state::{BracketsAtCaret, EditorState};
use super::view::Frame;
use crate::gui::theme::{self, Palette};

/// One row in view: a line, or a part of one that is wrapped.
pub(super) struct Row<'a> {
    pub line: usize,
    /// First character and one past the last, without the line ending.
    pub start: usize,
    pub end: usize,
    /// Whether the line begins and ends in this row.
    pub first: bool,
    pub last: bool,
    pub top: f32,
    pub layout: LineLayout<'a>,
}

impl Row<'_> {
    /// Whether a place in the text is in this row; where a wrapped line goes on, it is in the row that begins there.
    pub fn holds(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at) || (self.last && at == self.end)
    }

    /// Where the characters of `range` stand on this line, in points from its start.
    /// `tail` widens a range that goes on behind the line's end.
    fn span(&self, range: &Range<usize>, tail: f32) -> Option<(f32, f32)> {
        if range.start > self.end || range.end < self.start {
            return None;
        }
        let from = range.start.max(self.start) - self.start;
        let to = range.end.min(self.end) - self.start;
        let tail = if range.end > self.end { tail } else { 0.0 };
        Some((self.layout.x_of(from), self.layout.x_of(to) + tail))
    }
}

impl EditorState {
    /// Paints what is in view and answers the pointer where a marker is under it.
    pub(super) fn paint(
        &mut self,
        ui: &Ui,
        response: Response,
        frame: &Frame,
        viewport: Rect,
    ) -> Response {
        let offset = viewport.min.to_vec2();
        let lines = self.buffer.rope().len_lines();
        let most = frame.rows.count().saturating_sub(1);
        let in_view =
            [frame.area.top(), frame.area.bottom()].map(|y| frame.row_at(y, offset).min(most));
        let [first, last] = in_view.map(|row| frame.rows.line_at(row).0.min(lines - 1));
        self.take_colours(ui.ctx(), (first, last));
        self.find_brackets();
        let rows: Vec<Row<'_>> = (in_view[0]..=in_view[1])
            .map(|row| {
                let (line, index) = frame.rows.line_at(row);
                let chars = frame.rows.chars(self.buffer.rope(), line, index);
                Row {
                    line,
                    start: chars.start,
                    end: chars.end,
                    first: index == 0,
                    last: index + 1 == frame.rows.wraps.rows(line),
                    top: frame.row_top(row, offset),
                    layout: self.lay_out(ui, frame, (line, index), offset),
                }
            })
            .collect();
        let focused = response.has_focus();
        let mut canvas = Canvas {
            painter: ui.painter().clone(),
            palette: frame.face.palette,
            frame,
            left: frame.text_left(offset),
        };
        if focused {
            canvas.current_line(self.buffer.caret_line(), &rows);
        }
        let text_area = Rect::from_min_max(
            pos2(frame.area.left() + frame.gutter, frame.area.top()),
            frame.area.max,
        );
        canvas.painter.shrink_clip_rect(text_area);
        self.paint_text(&canvas, &rows, focused);
        let caret = place_of(&canvas, &rows, self.buffer.selection().head);
        let anchor = place_of(&canvas, &rows, self.popup_anchor()).or(caret);
        if focused && !frame.read_only {
            self.paint_caret(ui, &canvas, &rows);
        }
        if let Some(at) = self.view.drop_at
            && let Some(at) = place_of(&canvas, &rows, at)
        {
            let line = Stroke::new(2.0, canvas.palette.text);
            canvas
                .painter
                .vline(at.x, at.y - frame.face.row..=at.y, line);
        }
        if focused && let Some(text) = self.told() {
            tell(ui, response.id, caret, &text);
        }
        let hovered = response.hover_pos();
        let message = hovered.and_then(|pos| self.message_at(&canvas, &rows, pos));
        let under = hovered.and_then(|pos| char_under(&canvas, &rows, pos));
        let widest = rows
            .iter()
            .map(|row| row.layout.width())
            .fold(self.view.widest, f32::max);
        if frame.gutter > 0.0 {
            canvas.painter = ui.painter().clone();
            self.paint_gutter(&canvas, &rows, focused);
            let over = hovered.is_some_and(|pos| pos.x < frame.area.left() + frame.gutter);
            self.paint_fold_signs(&canvas, &rows, over);
        }
        drop(rows);
        self.view.widest = widest;
        let row = frame.face.row;
        self.show_popup(ui, response.id, anchor.map(|at| (at, row)), focused);
        self.show_overlays(ui, &response, caret, row);
        self.rest_on(ui, under);
        let described = self.told_of(under);
        if message.is_none() && described.is_none() {
            return response;
        }
        response.on_hover_ui_at_pointer(|ui| {
            if let Some(message) = message {
                ui.label(message);
            }
            if let Some((title, text)) = described {
                overlays::description(ui, &title, &text);
            }
        })
    }

    fn paint_text(&self, canvas: &Canvas<'_>, rows: &[Row<'_>], focused: bool) {
        let palette = canvas.palette;
        let selection = self.buffer.selection();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        let in_view = first.start..last.end;
        if let Some(scope) = self.view.find.scope() {
            for row in rows {
                canvas.fill(row, scope, canvas.frame.face.cell / 2.0, palette.raised);
            }
        }
        for row in rows {
            if self.view.find.open {
                for found in self.view.find.search.within(row.start..row.end) {
                    let current = *found == selection.range();
                    let fill = if current {
                        palette.found_current
                    } else {
                        palette.found
                    };
                    canvas.fill(row, found, 0.0, fill);
                }
            }
            let fill = if focused {
                palette.selection
            } else {
                palette.raised
            };
            for one in std::iter::once(&selection).chain(&self.buffer.others) {
                let is_match =
                    self.view.find.open && self.view.find.search.index_of(&one.range()).is_some();
                if !one.is_empty() && !is_match {
                    canvas.fill(row, &one.range(), canvas.frame.face.cell / 2.0, fill);
                }
            }
        }
        self.paint_guides(canvas, rows);
        if focused && let Some((one, other)) = self.view.brackets.pair {
            for at in [one, other] {
                for row in rows {
                    canvas.frame_char(row, at);
                }
            }
        }
        for row in rows {
            for (x, galley) in row.layout.galleys() {
                canvas.painter.galley(
                    pos2(canvas.left + x, row.top),
                    std::sync::Arc::clone(galley),
                    palette.text,
                );
            }
        }
        for row in rows {
            if row.last && canvas.frame.rows.folds.below(row.line) > 0 {
                canvas.fold_sign(row);
            }
        }
        for marker in self.markers.within(in_view) {
            let color = theme::severity(palette, marker.severity);
            for row in rows {
                canvas.underline(row, &marker.range, color);
            }
        }
    }

    /// Faint lines at each level of indentation; empty lines show those of the line above.
    fn paint_guides(&self, canvas: &Canvas<'_>, rows: &[Row<'_>]) {
        let unit = match self.buffer.indent_unit() {
            "\t" => TAB_CELLS,
            unit => unit.len(),
        };
        let mut above = 0;
        for row in rows {
            let mut cells = 0;
            let mut blank = true;
            for c in line_text(self.buffer.rope(), row.line).chars().take(200) {
                match c {
                    ' ' => cells += 1,
                    '\t' => cells += TAB_CELLS,
                    _ => {
                        blank = false;
                        break;
                    }
                }
            }
            let shown = if blank { above.max(cells) } else { cells };
            above = shown;
            for level in 1..shown.div_ceil(unit) {
                #[allow(clippy::cast_precision_loss)] // a line's indentation
                let x = canvas.left + (level * unit) as f32 * canvas.frame.face.cell;
                canvas.painter.vline(
                    x,
                    row.top..=row.top + canvas.frame.face.row,
                    Stroke::new(1.0, canvas.palette.hairline),
                );
            }
        }
    }

    fn paint_further_carets(&self, canvas: &Canvas<'_>, rows: &[Row<'_>], height: f32) {
        let face = &canvas.frame.face;
        for other in &self.buffer.others {
            let seen = rows.iter().find(|row| row.holds(other.head));
            if let Some(row) = seen {
                let x = canvas.left + row.layout.x_of(other.head - row.start);
                let top = row.top + (face.row - height).max(0.0) / 2.0;
                canvas.painter.rect_filled(
                    Rect::from_min_size(pos2(x - 0.75, top), vec2(1.5, height)),
                    0.0,
                    canvas.palette.accent,
                );
            }
        }
    }

    fn paint_caret(&self, ui: &Ui, canvas: &Canvas<'_>, rows: &[Row<'_>]) {
        let head = self.buffer.selection().head;
        let face = &canvas.frame.face;
        let height = (face.font.size * 1.3).min(face.row);
        self.paint_further_carets(canvas, rows, height);
        let Some(row) = rows.iter().find(|row| row.holds(head)) else {
            return;
        };
        let mut x = canvas.left + row.layout.x_of(head - row.start);
        let top = row.top + (face.row - height).max(0.0) / 2.0;
        if !self.view.preedit.is_empty() {
            // What is being composed stands over the text behind it until it is committed.
            let galley = canvas.painter.layout_no_wrap(
                self.view.preedit.clone(),
                face.font.clone(),
                canvas.palette.text,
            );
            let place = pos2(x, row.top + (face.row - galley.size().y) / 2.0);
            let rect = Rect::from_min_size(place, galley.size());
            canvas.painter.rect_filled(rect, 0.0, canvas.palette.raised);
            canvas.painter.hline(
                rect.x_range(),
                rect.bottom(),
                Stroke::new(1.0, canvas.palette.accent),
            );
            x = rect.right();
            canvas.painter.galley(place, galley, canvas.palette.text);
        }
        // Steady: a blinking one would draw twice a second while nothing happens.
        let caret = Rect::from_min_size(pos2(x - 0.75, top), vec2(1.5, height));
        canvas
            .painter
            .rect_filled(caret, 0.0, canvas.palette.accent);
        let to_global = ui
            .ctx()
            .layer_transform_to_global(ui.layer_id())
            .unwrap_or_default();
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: to_global * canvas.frame.area,
                cursor_rect: to_global * caret,
                should_interrupt_composition: false,
            });
        });
    }

    /// The messages of the markers at `pos`: those under the pointer, in the gutter all of the line.
    fn message_at(&self, canvas: &Canvas<'_>, rows: &[Row<'_>], pos: Pos2) -> Option<String> {
        let row = rows
            .iter()
            .find(|row| (row.top..row.top + canvas.frame.face.row).contains(&pos.y))?;
        let in_gutter = pos.x < canvas.frame.area.left() + canvas.frame.gutter;
        let messages: Vec<String> = self
            .markers
            .within(if in_gutter {
                line_start(self.buffer.rope(), row.line)..line_end(self.buffer.rope(), row.line)
            } else {
                row.start..row.end
            })
            .filter(|marker| {
                in_gutter
                    || row.span(&marker.range, 0.0).is_some_and(|(from, to)| {
                        let to = to.max(from + canvas.frame.face.cell);
                        (from..to).contains(&(pos.x - canvas.left))
                    })
            })
            .map(Placed::text)
            .collect();
        (!messages.is_empty()).then(|| messages.join("\n"))
    }

    /// Finds the brackets at the caret, once for each place and text.
    fn find_brackets(&mut self) {
        let head = self.buffer.selection().head;
        let current = (self.buffer.revision(), self.view.spans.generation(), head);
        if self.view.brackets.found_for == Some(current) {
            return;
        }
        let rope = self.buffer.rope();
        let pair = brackets::pair_at(rope, head, |at| self.is_code(at));
        self.view.brackets = BracketsAtCaret {
            found_for: Some(current),
            pair,
        };
    }
}

/// Where and with what the lines are painted.
pub(super) struct Canvas<'a> {
    pub painter: Painter,
    pub palette: &'a Palette,
    pub frame: &'a Frame,
    /// Left end of the lines' text on the screen.
    pub left: f32,
}

impl Canvas<'_> {
    fn current_line(&self, line: usize, rows: &[Row<'_>]) {
        for row in rows.iter().filter(|row| row.line == line) {
            let band = Rect::from_min_max(
                pos2(self.frame.area.left(), row.top),
                pos2(self.frame.area.right(), row.top + self.frame.face.row),
            );
            self.painter.rect_filled(band, 0.0, self.palette.raised);
        }
    }

    fn fill(&self, row: &Row<'_>, range: &Range<usize>, tail: f32, color: Color32) {
        if let Some((from, to)) = row.span(range, tail)
            && to > from
        {
            self.painter.rect_filled(
                Rect::from_min_max(
                    pos2(self.left + from, row.top),
                    pos2(self.left + to, row.top + self.frame.face.row),
                ),
                2.0,
                color,
            );
        }
    }

    fn frame_char(&self, row: &Row<'_>, at: usize) {
        if at < row.start || at >= row.end {
            return;
        }
        if let Some((from, to)) = row.span(&(at..at + 1), 0.0) {
            let rect = Rect::from_min_max(
                pos2(self.left + from, row.top + 1.0),
                pos2(self.left + to, row.top + self.frame.face.row - 1.0),
            );
            self.painter.rect_stroke(
                rect,
                2.0,
                Stroke::new(1.0, self.palette.faint),
                StrokeKind::Inside,
            );
        }
    }

    /// Three dots behind a line under which others are hidden.
    fn fold_sign(&self, row: &Row<'_>) {
        let rect = self.fold_rect(row);
        self.painter.rect_filled(rect, 3.0, self.palette.raised);
        self.painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            "…",
            self.frame.face.font.clone(),
            self.palette.muted,
        );
    }

    fn fold_rect(&self, row: &Row<'_>) -> Rect {
        let left = self.left + row.layout.width() + self.frame.face.cell;
        let top = row.top + self.frame.face.row * 0.2;
        Rect::from_min_size(
            pos2(left, top),
            vec2(2.5 * self.frame.face.cell, self.frame.face.row * 0.6),
        )
    }

    /// A wave under `range`, one character wide at least.
    fn underline(&self, row: &Row<'_>, range: &Range<usize>, color: Color32) {
        let Some((from, to)) = row.span(range, 0.0) else {
            return;
        };
        // A range that only touches this line with its end has nothing here.
        let behind = range.start == row.end && !row.last;
        if (range.end == row.start && range.start < row.start) || behind {
            return;
        }
        let clip = self.painter.clip_rect();
        let start = (self.left + from).max(clip.left());
        let end = (self.left + to.max(from + self.frame.face.cell)).min(clip.right());
        let y = row.top + self.frame.face.row - 3.0;
        let mut points = Vec::new();
        let (mut x, mut up) = (start, false);
        while x < end {
            points.push(pos2(x, if up { y - 1.5 } else { y + 0.5 }));
            x += 2.0;
            up = !up;
        }
        self.painter
            .add(Shape::line(points, Stroke::new(1.2, color)));
    }
}

/// The lower end of a character's left side on the screen, while it is in view.
fn place_of(canvas: &Canvas<'_>, rows: &[Row<'_>], at: usize) -> Option<Pos2> {
    let row = rows.iter().find(|row| row.holds(at))?;
    let x = canvas.left + row.layout.x_of(at - row.start);
    Some(pos2(x, row.top + canvas.frame.face.row))
}

/// The character under a place of the text; none beside it.
fn char_under(canvas: &Canvas<'_>, rows: &[Row<'_>], pos: Pos2) -> Option<usize> {
    let x = pos.x - canvas.left;
    let row = rows
        .iter()
        .find(|row| (row.top..row.top + canvas.frame.face.row).contains(&pos.y))?;
    let in_gutter = pos.x < canvas.frame.area.left() + canvas.frame.gutter;
    if in_gutter || !(0.0..row.layout.width()).contains(&x) {
        return None;
    }
    // The nearest gap may lie behind the character the pointer is over.
    let near = row.layout.char_at(x);
    let at = if row.layout.x_of(near) > x {
        near.saturating_sub(1)
    } else {
        near
    };
    Some(row.start + at)
}

/// What a problem says, under the caret, for as long as the caret stays.
fn tell(ui: &Ui, id: egui::Id, caret: Option<Pos2>, text: &str) {
    let Some(at) = caret else { return };
    let style = ui.ctx().style_of(ui.ctx().theme());
    let width = 420.0_f32.min(ui.ctx().content_rect().width() - 40.0);
    egui::Area::new(id.with("told"))
        .order(egui::Order::Tooltip)
        .fixed_pos(at + vec2(0.0, 2.0))
        .constrain(true)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(&style).show(ui, |ui| {
                ui.set_max_width(width);
                ui.label(text);
            });
        });
}
