//! The pointer: clicks, drags by place, word and line, the wheel button's paste, the other button's menu.

use std::ops::Range;

use eframe::egui::{self, CursorIcon, Event, Pos2, Rect, Response, Ui, Vec2, vec2};

use super::boundaries::{line_start, word_around};
use super::selection::Selection;
use super::state::EditorState;
use super::view::Frame;

/// Clicks, drags and the wheel button.
pub(super) fn take(
    state: &mut EditorState,
    ui: &Ui,
    response: &Response,
    frame: &Frame,
    viewport: Rect,
) {
    let offset = viewport.min.to_vec2();
    if response.hovered() {
        let over_text = ui
            .input(|input| input.pointer.hover_pos())
            .is_some_and(|pos| pos.x > frame.area.left() + frame.gutter);
        if over_text {
            ui.set_cursor_icon(CursorIcon::Text);
        }
    }
    let pasted = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::MiddleClickPaste { pos, text } if response.rect.contains(*pos) => {
                Some((*pos, text.clone()))
            }
            _ => None,
        })
    });
    if let Some((pos, text)) = pasted
        && response.contains_pointer()
        && !frame.read_only
    {
        let at = state.char_at(ui, frame, pos, offset);
        state.buffer.select(Selection::caret(at));
        state.paste(&text);
        response.request_focus();
        ui.ctx().request_repaint();
    }
    let Some(pos) = response.interact_pointer_pos() else {
        return;
    };
    let at = state.char_at(ui, frame, pos, offset);
    let (pressed, modifiers, time) =
        ui.input(|input| (input.pointer.primary_pressed(), input.modifiers, input.time));
    let (shift, alt) = (modifiers.shift, modifiers.alt);
    let in_gutter = pos.x < frame.area.left() + frame.gutter + 6.0 && frame.gutter > 0.0;
    let on_arrow = in_gutter && pos.x > frame.area.left() + frame.gutter - 6.0;
    if pressed
        && response.is_pointer_button_down_on()
        && state.press_on_fold(ui, frame, pos, offset, on_arrow)
    {
        response.request_focus();
        return;
    }
    if state.view.press.how == How::Move {
        let released = ui.input(|input| !input.pointer.primary_down());
        if released {
            state.drop_text(at, modifiers.command);
        } else if response.dragged() {
            state.view.drop_at = Some(at);
            autoscroll(state, ui, frame, pos);
        }
        return;
    }
    let on_selection = !shift
        && !alt
        && !frame.read_only
        && !state.buffer.has_many()
        && !state.buffer.selection().is_empty()
        && state.buffer.selection().range().contains(&at);
    if pressed && on_selection && response.is_pointer_button_down_on() {
        let last = &state.view.press;
        let soon = last.clicks > 0 && time - last.time < AGAIN_SECONDS;
        if !soon {
            // The selection is taken hold of; where it goes, the release tells.
            response.request_focus();
            state.view.press = Press {
                time,
                pos,
                clicks: 1,
                range: 0..0,
                how: How::Move,
            };
            return;
        }
    }
    // A tap of a touchpad presses and releases within one frame.
    if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
        response.request_focus();
        let press = &mut state.view.press;
        let again = time - press.time < AGAIN_SECONDS && pos.distance(press.pos) < AGAIN_POINTS;
        *press = Press {
            time,
            pos,
            clicks: if again { press.clicks % 3 + 1 } else { 1 },
            range: 0..0,
            how: How::Plain,
        };
        let range = unit_around(state, at);
        if shift && alt {
            let from = state.buffer.selection().head;
            state.view.press.how = How::Block(state.buffer.line_and_cell(from));
            state.select_block_to(at);
        } else if alt {
            state.view.press.how = How::Further;
            state.view.press.range = range.clone();
            if range.is_empty() {
                state.buffer.toggle_cursor(Selection::caret(at));
            } else {
                state
                    .buffer
                    .select_primary(Selection::new(range.start, range.end));
            }
        } else if shift {
            let anchor = state.buffer.selection().anchor;
            state.view.press.range = anchor..anchor;
            state.buffer.select(Selection::new(anchor, at));
        } else {
            state.view.press.range = range.clone();
            state.buffer.select(Selection::new(range.start, range.end));
        }
    } else if response.dragged_by(egui::PointerButton::Primary) {
        if matches!(state.view.press.how, How::Block(_)) {
            state.select_block_to(at);
            autoscroll(state, ui, frame, pos);
            return;
        }
        let from = state.view.press.range.clone();
        let to = unit_around(state, at);
        let selection = if to.start < from.start {
            Selection::new(from.end, to.start)
        } else {
            Selection::new(from.start, to.end.max(from.end))
        };
        match state.view.press.how {
            How::Further => state.buffer.select_primary(selection),
            _ => state.buffer.select(selection),
        }
        autoscroll(state, ui, frame, pos);
    }
}

/// What a press with modifiers began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum How {
    #[default]
    Plain,
    /// A further cursor: Alt.
    Further,
    /// A block from this line and cell: Shift and Alt.
    Block((usize, usize)),
    /// The selected text was taken hold of.
    Move,
}

impl EditorState {
    /// A press on a fold's arrow, or on the dots behind its line. True when it was one.
    fn press_on_fold(
        &mut self,
        ui: &Ui,
        frame: &Frame,
        pos: Pos2,
        offset: Vec2,
        on_arrow: bool,
    ) -> bool {
        let (line, index) = frame.rows.line_at(frame.row_at(pos.y, offset));
        let folded = frame.rows.folds.below(line) > 0;
        let last = index + 1 == frame.rows.wraps.rows(line);
        let behind = folded && last && {
            let width = self.lay_out(ui, frame, (line, index), offset).width();
            pos.x > frame.text_left(offset) + width
        };
        let on_arrow = on_arrow && index == 0;
        let pressed = (on_arrow && (folded || self.foldable(line).is_some())) || behind;
        if pressed {
            self.toggle_fold(line);
        }
        pressed
    }

    /// Lets go of the selected text: it moves to where it was dragged, or is copied there; without a drag the press
    /// was a click at `at`.
    fn drop_text(&mut self, at: usize, copy: bool) {
        self.view.press.how = How::Plain;
        let Some(target) = self.view.drop_at.take() else {
            self.buffer.select(Selection::caret(at));
            return;
        };
        self.buffer.close_step();
        self.revealing(|buffer| buffer.move_selected(target, copy));
        self.buffer.close_step();
    }

    fn select_block_to(&mut self, at: usize) {
        if let How::Block(from) = self.view.press.how {
            let to = self.buffer.line_and_cell(at);
            self.buffer.select_block(from, to);
        }
    }
}

/// A press this soon and this near after the last one is a double or triple click.
const AGAIN_SECONDS: f64 = 0.35;
const AGAIN_POINTS: f32 = 6.0;

/// The last press of the first button.
#[derive(Clone, Debug, Default)]
pub(super) struct Press {
    time: f64,
    pos: Pos2,
    /// 1 selects places, 2 words, 3 lines.
    clicks: u8,
    /// What the press selected: a drag goes on from there in the same units.
    range: Range<usize>,
    how: How,
}

/// The place, word or line at `at`, as the clicks ask for.
fn unit_around(state: &EditorState, at: usize) -> Range<usize> {
    let rope = state.buffer.rope();
    match state.view.press.clicks {
        3 => {
            let line = rope.char_to_line(at);
            line_start(rope, line)..line_start(rope, line + 1)
        }
        2 => word_around(rope, at),
        _ => at..at,
    }
}

/// What a click with the other button offers.
pub(super) fn menu(state: &mut EditorState, response: &Response, read_only: bool) {
    response.context_menu(|ui| {
        let entry = |ui: &mut Ui, enabled: bool, text: &str| {
            let clicked = ui.add_enabled(enabled, egui::Button::new(text)).clicked();
            if clicked {
                ui.close();
                ui.memory_mut(|memory| memory.request_focus(response.id));
            }
            clicked
        };
        if entry(ui, !read_only, "Cut") {
            ui.ctx().copy_text(state.cut());
        }
        if entry(ui, true, "Copy") {
            ui.ctx().copy_text(state.copy());
        }
        if entry(ui, !read_only, "Paste") {
            // The text comes as an event in one of the next frames.
            ui.ctx()
                .send_viewport_cmd(egui::ViewportCommand::RequestPaste);
        }
        ui.separator();
        if entry(ui, true, "Select all") {
            state.select_all();
        }
        if entry(ui, true, "Find") {
            state.open_find();
        }
    });
}

/// Scrolls while a selection is dragged over the edge of the pane; faster, the farther out.
fn autoscroll(state: &mut EditorState, ui: &Ui, frame: &Frame, pos: Pos2) {
    let area = frame.area;
    let beyond = |at: f32, low: f32, high: f32| (at - low).min(0.0) + (at - high).max(0.0);
    let out = vec2(
        beyond(pos.x, area.left() + frame.gutter, area.right()),
        beyond(pos.y, area.top(), area.bottom()),
    );
    if out == Vec2::ZERO {
        return;
    }
    let seconds = ui.input(|input| input.stable_dt).min(0.1);
    let offset = state.view.offset + out * 12.0 * seconds;
    state.view.scroll_to = Some(offset.max(Vec2::ZERO));
    ui.ctx().request_repaint();
}
