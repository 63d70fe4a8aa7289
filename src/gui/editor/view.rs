//! The widget: takes the frame's input, keeps the scroll, and paints the lines in view.

use std::ops::Range;

use eframe::egui::containers::scroll_area::{DragScroll, ScrollSource};
use eframe::egui::{
    self, Event, EventFilter, Id, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};

use super::boundaries::line_text;
use super::highlight::Span;
use super::layout::{Face, LONG_LINE, LineLayout};
use super::pointer;
use super::rows::Rows;
use super::state::{EditorState, Reveal};
use crate::gui::commands::Written;
use crate::gui::theme;

/// The code widget over an [`EditorState`]; shown in every frame like any egui widget.
pub struct CodeEditor<'a> {
    state: &'a mut EditorState,
    id: Option<Id>,
    label: &'a str,
    read_only: bool,
    gutter: bool,
    font_size: f32,
    wrap: bool,
    size: Option<Vec2>,
}

/// What one frame of the widget brought.
#[derive(Debug)]
pub struct EditorResponse {
    pub response: Response,
    /// The text changed in this frame.
    pub changed: bool,
    /// The caret or the selection is another than before this frame.
    pub cursor_moved: bool,
}

impl<'a> CodeEditor<'a> {
    /// A widget with line numbers, in the theme's code size, filling what room there is.
    pub fn new(state: &'a mut EditorState) -> Self {
        Self {
            state,
            id: None,
            label: "Code",
            read_only: false,
            gutter: true,
            font_size: theme::CODE,
            wrap: false,
            size: None,
        }
    }

    /// The widget's identity; needed where several editors may be shown in one place.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// What assistive technology calls it.
    pub fn label(mut self, label: &'a str) -> Self {
        self.label = label;
        self
    }

    /// Text can be selected, copied and searched, not changed.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Line numbers and marker dots at the left.
    pub fn gutter(mut self, gutter: bool) -> Self {
        self.gutter = gutter;
        self
    }

    /// Size of the text in points.
    pub fn font_size(mut self, size: f32) -> Self {
        self.font_size = size;
        self
    }

    /// Lines longer than the pane is wide go on in the next row.
    pub fn wrap(mut self, wrap: bool) -> Self {
        self.wrap = wrap;
        self
    }

    /// The room to take, in points.
    pub fn fill(mut self, size: Vec2) -> Self {
        self.size = Some(size);
        self
    }

    /// Shows the widget.
    pub fn show(self, ui: &mut Ui) -> EditorResponse {
        let Self {
            state,
            read_only,
            gutter,
            ..
        } = self;
        let id = self.id.unwrap_or_else(|| ui.scope_id().with("code editor"));
        let size = self.size.unwrap_or_else(|| ui.available_size());
        let (outer, _) = ui.allocate_exact_size(size.max(vec2(24.0, 24.0)), Sense::hover());
        let (revision, selection) = (state.buffer.revision(), state.buffer.selection());

        ui.painter()
            .rect_filled(outer, 0.0, theme::palette(ui.ctx()).surface);
        let area = state.show_bar(ui, outer, id, read_only);
        let face = Face::new(ui, self.font_size);
        let lines = state.buffer.rope().len_lines();
        let mut frame = Frame {
            area,
            inner: if state.view.area == area.size() {
                state.view.inner
            } else {
                area.size()
            },
            gutter: if gutter {
                gutter_width(&face, lines)
            } else {
                0.0
            },
            face,
            read_only,
            // Known once the keys are taken; held before, they would be copied by the first edit.
            rows: Rows::default(),
        };
        state.view.area = area.size();
        state.view.page = whole(frame.inner.y / frame.face.row);
        if std::mem::take(&mut state.view.wants_focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        take_keys(state, ui, id, read_only);
        take_requests(state, ui, id, read_only);
        state.catch_up();
        state.wrap_to(self.wrap.then(|| frame.cells(ui)), frame.face.row);
        state.show_the_caret();
        frame.rows = state.rows();
        state.keep_in_view(ui, &frame);

        let mut scroll = ScrollArea::both()
            .id_salt(id)
            .auto_shrink(false)
            .animated(false)
            .scroll_source(ScrollSource {
                drag: DragScroll::Never,
                ..ScrollSource::default()
            });
        if let Some(offset) = state.view.scroll_to.take() {
            scroll = scroll.scroll_offset(offset);
        }
        let mut child = ui.new_child(UiBuilder::new().max_rect(area).id_salt(id));
        child.set_clip_rect(area.intersect(ui.clip_rect()));
        // Faded edges would make the last letters of a line unreadable.
        child.spacing_mut().scroll.fade.strength = 0.0;
        let output = scroll.show_viewport(&mut child, |ui, viewport| {
            state.view.offset = viewport.min.to_vec2();
            let response = ui.interact(ui.clip_rect(), id, Sense::click_and_drag());
            pointer::take(state, ui, &response, &frame, viewport);
            pointer::menu(state, &response, read_only);
            // A press may have folded or pasted.
            frame.rows = state.rows();
            let response = state.paint(ui, response, &frame, viewport);
            let content = frame.content(state);
            ui.allocate_space(content);
            response
        });
        if gutter {
            state.paint_overview(ui, &frame);
        }
        state.view.inner = output.inner_rect.size();
        state.view.most_offset = (output.content_size - state.view.inner).max(Vec2::ZERO);
        let mut response = output.inner;
        let focused = response.has_focus();
        if state.view.focused != focused {
            state.view.focused = focused;
            state.buffer.close_step();
            state.view.preedit.clear();
            // The current line and the caret come and go with the focus.
            ui.ctx().request_repaint();
        }
        if focused {
            let filter = EventFilter {
                tab: !read_only && !state.view.tab_leaves,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        let changed = state.buffer.revision() != revision;
        if changed {
            response.mark_changed();
        }
        if let Some(rest) = state.view.rest_of_scroll.take() {
            state.view.scroll_to = Some(rest);
        }
        describe(state, ui, &response, self.label, read_only);
        EditorResponse {
            response,
            changed,
            cursor_moved: state.buffer.selection() != selection,
        }
    }
}

/// What is the same for all lines of one frame.
pub(super) struct Frame {
    /// Where text and line numbers are shown.
    pub area: Rect,
    /// The size of what is left of it beside scroll bars that take room.
    pub inner: Vec2,
    /// Width of the line numbers' column; 0 without one.
    pub gutter: f32,
    pub face: Face,
    pub read_only: bool,
    /// Which lines have rows.
    pub rows: Rows,
}

impl Frame {
    /// The size of the whole text with its margins, in points.
    fn content(&self, state: &EditorState) -> Vec2 {
        let mut size = vec2(
            self.gutter + LEFT + state.view.widest + 2.0 * self.face.cell,
            row_top(self.rows.count(), self.face.row) + 2.0 * TOP,
        );
        // Some room beyond: the next key at the end need not wait for a frame in which there is more to scroll.
        if state.buffer.wraps().is_on() {
            size.x = 0.0;
        } else if size.x > self.inner.x {
            size.x += 20.0 * self.face.cell;
        }
        if size.y > self.inner.y {
            size.y += 2.0 * self.face.row;
        }
        size
    }

    /// Left end of a line's text on the screen, with the view scrolled by `offset`.
    pub fn text_left(&self, offset: Vec2) -> f32 {
        self.area.left() + self.gutter + LEFT - offset.x
    }

    /// Top of a row on the screen.
    pub fn row_top(&self, row: usize, offset: Vec2) -> f32 {
        // The difference is taken first: far down a file single precision would be off by pixels.
        self.area.top() + TOP + (row_top(row, self.face.row) - offset.y)
    }

    /// The row at the height `y` of the screen; there may be fewer.
    pub fn row_at(&self, y: f32, offset: Vec2) -> usize {
        whole((y - self.area.top() - TOP + offset.y) / self.face.row)
    }

    /// Cells that fit beside the line numbers; the room of a scroll bar is left even where there is none yet, so that
    /// no line breaks otherwise because of it.
    fn cells(&self, ui: &Ui) -> usize {
        let bar = ui.spacing().scroll.allocated_width();
        whole((self.area.width() - self.gutter - LEFT - bar) / self.face.cell).saturating_sub(2)
    }

    /// What is in view of a line, in points from its start.
    pub fn view(&self, offset: Vec2) -> Range<f32> {
        offset.x..offset.x + self.area.width()
    }
}

/// Between the line numbers and the text, in points.
pub(super) const LEFT: f32 = 8.0;
/// Above the first line and below the last.
pub(super) const TOP: f32 = 4.0;

fn gutter_width(face: &Face, lines: usize) -> f32 {
    let digits = lines.to_string().len().max(3);
    #[allow(clippy::cast_precision_loss)] // a handful of digits
    let digits = digits as f32;
    20.0 + digits * face.cell
}

/// Points above line `line`.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn row_top(line: usize, row: f32) -> f32 {
    (line as f64 * f64::from(row)) as f32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded and not negative
fn whole(count: f32) -> usize {
    count.max(0.0).floor() as usize
}

/// What is left of a line's spans behind its first `bytes`.
fn spans_from(spans: &[Span], bytes: usize) -> Vec<Span> {
    let mut skipped = bytes;
    let mut rest = Vec::new();
    for span in spans {
        let length = span.bytes as usize;
        let gone = skipped.min(length);
        skipped -= gone;
        if gone < length {
            rest.push(Span {
                bytes: span.bytes - u32::try_from(gone).unwrap_or(span.bytes),
                kind: span.kind,
            });
        }
    }
    rest
}

/// Gives the frame's events to the focused editor and takes those it used out of the input.
fn take_keys(state: &mut EditorState, ui: &Ui, id: Id, read_only: bool) {
    if !ui.is_enabled() || !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let events = ui.input_mut(|input| std::mem::take(&mut input.events));
    let mut open = state.view.find.open;
    let mut left: Vec<Event> = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    let mut written = Written::default();
    for event in events.by_ref() {
        if written.is(&event) {
            continue;
        }
        if state.on_event(ui.ctx(), &event, read_only) {
            written.after(&event);
        } else {
            left.push(event);
        }
        if state.view.find.open && !open {
            // What is typed behind Ctrl+F is meant for the search bar.
            break;
        }
        open = state.view.find.open;
    }
    left.extend(events);
    ui.input_mut(|input| input.events = left);
}

/// What assistive technology asks for, focused or not.
fn take_requests(state: &mut EditorState, ui: &Ui, id: Id, read_only: bool) {
    if read_only {
        return;
    }
    use egui::accesskit::{Action, ActionData};
    for action in [Action::SetValue, Action::ReplaceSelectedText] {
        let texts: Vec<String> = ui.input(|input| {
            input
                .accesskit_action_requests(id, action)
                .filter_map(|request| match &request.data {
                    Some(ActionData::Value(text)) => Some(text.to_string()),
                    _ => None,
                })
                .collect()
        });
        for text in texts {
            if action == Action::SetValue {
                state.set_text(&text);
            } else {
                state.paste(&text);
            }
        }
    }
}

/// How much of the text assistive technology is given, in bytes: what Auth0 allows a hook to be.
const MOST_DESCRIBED: usize = 100_000;

/// Tells assistive technology what stands here, as egui's own text field does.
fn describe(state: &EditorState, ui: &Ui, response: &Response, label: &str, read_only: bool) {
    response.widget_info(|| {
        let rope = state.buffer.rope();
        let text = if rope.len_bytes() <= MOST_DESCRIBED {
            rope.to_string()
        } else {
            rope.slice(..rope.byte_to_char(MOST_DESCRIBED)).to_string()
        };
        let mut info = WidgetInfo::text_edit(ui.is_enabled(), text.as_str(), text.as_str(), "");
        info.label = Some(label.to_owned());
        info
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        use egui::accesskit::{Action, Role};
        node.set_role(Role::MultilineTextInput);
        if read_only {
            node.set_read_only();
        } else {
            node.add_action(Action::SetValue);
            node.add_action(Action::ReplaceSelectedText);
        }
    });
}

impl EditorState {
    /// The character nearest to a place on the screen.
    pub(super) fn char_at(&self, ui: &Ui, frame: &Frame, pos: egui::Pos2, offset: Vec2) -> usize {
        let rope = self.buffer.rope();
        if pos.y < frame.row_top(0, offset) {
            return 0;
        }
        let (line, index) = frame.rows.line_at(frame.row_at(pos.y, offset));
        if line >= rope.len_lines() {
            return rope.len_chars();
        }
        let layout = self.lay_out(ui, frame, (line, index), offset);
        let chars = layout.char_at(pos.x - frame.text_left(offset));
        let start = frame.rows.chars(rope, line, index).start;
        (start + chars).min(self.buffer.last_of_row(line, index))
    }

    /// The rows of the text as it stands.
    pub(super) fn rows(&self) -> Rows {
        Rows {
            folds: self.view.folds.clone(),
            wraps: std::sync::Arc::clone(self.buffer.wraps()),
            lines: self.buffer.rope().len_lines(),
        }
    }

    /// Breaks lines for a pane of so many cells, and leaves the text at its top where it is.
    fn wrap_to(&mut self, cells: Option<usize>, row: f32) {
        if self.buffer.wraps().is_for(cells) {
            return;
        }
        let old = self.rows();
        let top = whole((self.view.offset.y - TOP) / row);
        let (line, index) = old.line_at(top);
        let line = line.min(old.lines - 1);
        let at = old.chars(self.buffer.rope(), line, index).start;
        drop(old);
        self.buffer.wrap_at(cells);
        self.view.widest = 0.0;
        let row_now = self.rows().row_at(self.buffer.rope(), line, at);
        if row_now != top {
            let down = row_top(row_now, row) - row_top(top, row);
            self.view.scroll_to = Some(vec2(0.0, (self.view.offset.y + down).max(0.0)));
        }
    }

    /// One line, or one row of a wrapped one, as it stands in this frame.
    pub(super) fn lay_out(
        &self,
        ui: &Ui,
        frame: &Frame,
        (line, index): (usize, usize),
        offset: Vec2,
    ) -> LineLayout<'_> {
        let rope = self.buffer.rope();
        if frame.rows.wraps.rows(line) > 1 {
            let chars = frame.rows.chars(rope, line, index);
            let short = line_text(rope, line).len_chars() <= LONG_LINE;
            let spans = if short {
                let before = rope.char_to_byte(chars.start) - rope.line_to_byte(line);
                spans_from(self.view.spans.of(line), before)
            } else {
                Vec::new()
            };
            let indent = match index {
                0 => 0,
                _ => frame.rows.wraps.indent(rope, line),
            };
            return LineLayout::of_row(ui, &frame.face, rope.slice(chars), &spans, indent);
        }
        LineLayout::new(
            ui,
            &frame.face,
            line_text(self.buffer.rope(), line),
            self.view.spans.of(line),
            frame.view(offset),
        )
    }

    /// Lines that hide the caret are shown: something went there on purpose.
    fn show_the_caret(&mut self) {
        if self.view.reveal.is_some() && !self.view.folds.is_empty() {
            let line = self.buffer.caret_line();
            self.view.folds.show(line);
        }
    }

    /// Scrolls to where the caret was sent.
    fn keep_in_view(&mut self, ui: &Ui, frame: &Frame) {
        let row = frame.face.row;
        let mut offset = self.view.scroll_to.take().unwrap_or(self.view.offset);
        offset.y += std::mem::take(&mut self.view.scroll_lines) * row;
        if let Some(reveal) = self.view.reveal.take() {
            let rope = self.buffer.rope();
            let head = self.buffer.selection().head;
            let line = rope.char_to_line(head);
            let height = frame.inner.y;
            let (at, index) = (
                frame.rows.row_at(rope, line, head),
                frame.rows.wraps.index_of(rope, line, head),
            );
            let top = row_top(at, row) + TOP;
            if top < offset.y || top + row > offset.y + height {
                offset.y = match reveal {
                    Reveal::Middle => top - (height - row) / 2.0,
                    Reveal::Near if top < offset.y => top - TOP,
                    Reveal::Near => top + row + TOP - height,
                };
            }
            let width = frame.inner.x - frame.gutter - LEFT;
            let x = self
                .lay_out(ui, frame, (line, index), offset)
                .x_of(head - frame.rows.chars(rope, line, index).start);
            // Some characters ahead of the caret stay visible.
            let margin = (4.0 * frame.face.cell).min(width / 3.0);
            if x + margin > offset.x + width {
                offset.x = x + margin - width;
                self.view.widest = self.view.widest.max(x + margin);
            } else if x - margin < offset.x {
                offset.x = x - margin;
            }
        }
        let most = (frame.content(self) - frame.inner).max(Vec2::ZERO);
        offset = offset.clamp(Vec2::ZERO, most);
        if offset == self.view.offset {
            return;
        }
        // egui springs back from beyond what there was to scroll in the last frame: the rest follows in the next.
        let now = offset.min(self.view.most_offset);
        if now != offset {
            self.view.rest_of_scroll = Some(offset);
            ui.ctx().request_repaint();
        }
        self.view.scroll_to = Some(now);
    }
}
