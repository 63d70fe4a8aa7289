//! The fields in which a value or a name is typed, over the row they belong to.

use eframe::egui::{
    self, CornerRadius, EventFilter, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Pos2,
    Rect, RichText, ScrollArea, Stroke, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::row::{self, Places, ROW};
use super::state::{Field, PayloadTree, Typing};
use crate::assist::json_source::{JsonSource, ValueKind, as_value};
use crate::gui::editor::EditorState;
use crate::gui::theme;

/// A value keeps at least so much width, in points, however long its name is.
const LEAST_WIDTH: f32 = 120.0;
/// Rows of a long text that are seen at once.
const MOST_ROWS: f32 = 6.0;

/// What a longer text becomes is told once it is taken, in bytes: it would be read in every frame.
const MOST_HINTED: usize = 16 << 10;

const NAME_HINT: &str = "Enter goes on, Escape leaves.";
const STRING_HINT: &str = "Becomes a string, for it is no JSON.";

/// What was pressed in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Nothing,
    /// Enter: take it.
    Confirm,
    /// Tab: take it, or go on to the next field.
    Next,
    /// Shift and Tab.
    Back,
    Leave,
}

/// The keys a field does not get: those that end it.
fn pressed(ui: &Ui, field: &Field) -> Pressed {
    if !field.focused {
        return Pressed::Nothing;
    }
    ui.input_mut(|input| {
        for (modifiers, key, pressed) in [
            (Modifiers::NONE, Key::Enter, Pressed::Confirm),
            (Modifiers::NONE, Key::Escape, Pressed::Leave),
            (Modifiers::SHIFT, Key::Tab, Pressed::Back),
            (Modifiers::NONE, Key::Tab, Pressed::Next),
        ] {
            if input.consume_key(modifiers, key) {
                return pressed;
            }
        }
        Pressed::Nothing
    })
}

/// Shows the fields of what is being typed, over the row at `places`. `tree_id` gets the keyboard back in the end.
pub(super) fn show(
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    ui: &mut Ui,
    places: Places,
    tree_id: Id,
) {
    let Some(mut field) = tree.field.take() else {
        return;
    };
    let pressed = pressed(ui, &field);
    let source = tree.reading.source().clone();
    let mut focused = false;
    let top = top_of(ui, places.row, field.height);
    let height = fields(
        ui,
        &mut field,
        &source,
        (places, top),
        tree_id,
        &mut focused,
    );
    field.height = height;
    let had_focus = std::mem::replace(&mut field.focused, focused);
    let left = had_focus && !focused && !field.wants_focus;
    let untouched = matches!(&field.typing,
        Typing::New { name, value, .. }
            if value.is_empty() && name.as_ref().is_none_or(String::is_empty));
    tree.field = Some(field);
    let ended = match pressed {
        Pressed::Leave => {
            tree.cancel();
            true
        }
        Pressed::Confirm | Pressed::Next if goes_on(tree) => {
            tree.name_is_done();
            false
        }
        Pressed::Confirm | Pressed::Next => tree.settle(editor),
        Pressed::Back => match &mut tree.field {
            Some(Field {
                typing:
                    Typing::New {
                        name: Some(_),
                        on_value: on_value @ true,
                        ..
                    },
                wants_focus,
                ..
            }) => {
                *on_value = false;
                *wants_focus = true;
                false
            }
            _ => tree.settle(editor),
        },
        // Somebody went elsewhere: what fits is taken, the rest waits with its sentence.
        Pressed::Nothing if left && untouched => {
            tree.cancel();
            false
        }
        Pressed::Nothing if left => {
            tree.settle(editor);
            if let Some(field) = &mut tree.field {
                field.wants_focus = false;
            }
            false
        }
        Pressed::Nothing => false,
    };
    if ended {
        ui.memory_mut(|memory| memory.request_focus(tree_id));
    }
    if pressed != Pressed::Nothing || left {
        ui.ctx().request_repaint();
    }
}

/// Whether Enter goes from the name of a new property to its value.
fn goes_on(tree: &PayloadTree) -> bool {
    matches!(
        &tree.field,
        Some(Field {
            typing: Typing::New {
                name: Some(_),
                on_value: false,
                ..
            },
            ..
        })
    )
}

/// The height to show it at: at its row, or higher where it would not fit into the pane.
fn top_of(ui: &Ui, row: Rect, height: f32) -> f32 {
    let seen = ui.clip_rect();
    let lowest = (seen.bottom() - height - 2.0).max(seen.top());
    row.top().min(lowest)
}

/// Shows them, and returns how high they are together.
fn fields(
    ui: &mut Ui,
    field: &mut Field,
    source: &JsonSource,
    (places, top): (Places, f32),
    id: Id,
    focused: &mut bool,
) -> f32 {
    let right = places.row.right().min(ui.clip_rect().right()) - 4.0;
    let wants_focus = std::mem::take(&mut field.wants_focus);
    let problem = field.problem.clone();
    let mut shown = Shown {
        ui,
        id,
        top,
        right,
        bad: problem.is_some(),
        bottom: top + ROW,
        focused: false,
    };
    let left = match &mut field.typing {
        Typing::Value { of, text } => {
            let kind = source.get(*of).map_or(ValueKind::Null, |node| node.kind);
            let left = places.value.min(right - LEAST_WIDTH);
            let label = format!("Value of {}", row::name_of(source, *of, "the whole"));
            let many = kind == ValueKind::String;
            shown.text(left, right, text, (&label, "value"), (many, wants_focus));
            left
        }
        Typing::Name { of, text } => {
            let left = places.name.min(right - LEAST_WIDTH);
            let label = format!("New name of {}", row::name_of(source, *of, "the whole"));
            shown.text(left, right, text, (&label, "name"), (false, wants_focus));
            left
        }
        Typing::New {
            name,
            value,
            on_value,
            at,
            ..
        } => {
            let left = places.name.min(right - LEAST_WIDTH);
            let mut value_at = left;
            if let Some(name) = name {
                let middle = left + (right - left) * 0.4;
                let focus = wants_focus && !*on_value;
                let label = "Name of the new property";
                let here = shown.text(left, middle, name, (label, "name"), (false, focus));
                if here && !wants_focus {
                    *on_value = false;
                }
                value_at = middle + 6.0;
            }
            let focus = wants_focus && *on_value;
            let label = match name {
                Some(_) => "Value of the new property".to_owned(),
                None => format!("Value of the new item {at}"),
            };
            let here = shown.text(value_at, right, value, (&label, "value"), (true, focus));
            if here && !wants_focus {
                *on_value = true;
            }
            left
        }
    };
    if let Typing::New {
        value, on_value, ..
    } = &field.typing
        && problem.is_none()
    {
        let read = (value.len() <= MOST_HINTED).then(|| JsonSource::read(as_value(value)));
        let read = read.and_then(Result::ok);
        let kind = read.and_then(|read| read.get(0).map(|node| node.kind));
        match kind.map_or("", ValueKind::name) {
            _ if !on_value => shown.say(left, NAME_HINT, false),
            "" => {}
            "string" => shown.say(left, STRING_HINT, false),
            kind => shown.say(left, &format!("Becomes JSON: {kind}."), false),
        }
    }
    if let Some(problem) = problem {
        shown.say(left, &problem, true);
    }
    *focused = shown.focused;
    shown.bottom - top
}

/// The place of the fields of a frame.
struct Shown<'a> {
    ui: &'a mut Ui,
    id: Id,
    top: f32,
    right: f32,
    bad: bool,
    /// How far down they go.
    bottom: f32,
    focused: bool,
}

impl Shown<'_> {
    /// A field between two edges. True where it has the keyboard.
    fn text(
        &mut self,
        left: f32,
        right: f32,
        text: &mut String,
        (label, what): (&str, &str),
        (many, wants_focus): (bool, bool),
    ) -> bool {
        let p = theme::palette(self.ui.ctx());
        let id = self.id.with(what);
        let seen = self.ui.clip_rect();
        let most = (MOST_ROWS * ROW).min((seen.height() - ROW).max(ROW));
        let area = Rect::from_min_max(pos2(left, self.top), pos2(right, self.top + most));
        let mut child = self
            .ui
            .new_child(UiBuilder::new().max_rect(area).id_salt(id));
        let here = self.ui.memory(|memory| memory.has_focus(id));
        let line = match (self.bad, here) {
            (true, _) => p.bad,
            (false, true) => p.accent,
            (false, false) => p.hairline,
        };
        let frame = Frame::new()
            .fill(p.surface)
            .stroke(Stroke::new(1.0, line))
            .corner_radius(CornerRadius::same(theme::RADIUS - 2))
            .inner_margin(Margin::symmetric(4, 1));
        let shown = frame.show(&mut child, |ui| {
            ui.set_width(ui.available_width());
            // As high as a row, not as a button.
            ui.spacing_mut().interact_size.y = 0.0;
            let edit = if many {
                TextEdit::multiline(text)
                    .desired_rows(1)
                    .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
            } else {
                TextEdit::singleline(text)
            };
            let edit = edit
                .id(id)
                .font(theme::mono(theme::CODE_SMALL))
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .desired_width(f32::INFINITY)
                .event_filter(EventFilter {
                    tab: true,
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    escape: true,
                });
            ScrollArea::vertical()
                .id_salt(id)
                .max_height(most - 4.0)
                .min_scrolled_height(ROW - 4.0)
                .show(ui, |ui| edit.show(ui))
                .inner
        });
        let output = shown.inner;
        let response = &output.response.response;
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, text.as_str(), text.as_str(), "");
            info.label = Some(label.to_owned());
            info
        });
        if wants_focus {
            response.request_focus();
            // Where something is to be mended, the cursor stays.
            if !self.bad {
                select_all(self.ui, output.state, id, text);
            }
        }
        let focused = response.has_focus() || wants_focus;
        self.focused |= focused;
        self.bottom = self.bottom.max(shown.response.rect.bottom());
        focused
    }

    /// A sentence under the fields.
    fn say(&mut self, left: f32, text: &str, bad: bool) {
        let p = theme::palette(self.ui.ctx());
        let (ink, fill) = if bad {
            (p.bad, p.bad_surface)
        } else {
            (p.muted, p.raised)
        };
        let from = pos2(left, self.bottom + 1.0);
        let area = Rect::from_min_size(from, vec2(self.right - left, ROW));
        let mut child = self.ui.new_child(UiBuilder::new().max_rect(area));
        let frame = Frame::new()
            .fill(fill)
            .corner_radius(CornerRadius::same(theme::RADIUS - 2))
            .inner_margin(Margin::symmetric(4, 1));
        let shown = frame.show(&mut child, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(text).small().color(ink));
        });
        self.bottom = shown.response.rect.bottom();
    }
}

/// What is opened is selected, so that typing replaces it.
fn select_all(ui: &Ui, mut state: egui::text_edit::TextEditState, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let end = CCursor::new(text.chars().count());
    let all = CCursorRange::two(CCursor::new(0), end);
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

/// Where the fields of a new value stand in its row.
pub(super) fn places_of_new(row: Rect, depth: usize) -> Places {
    let left: Pos2 = row.left_top() + vec2(6.0 + row::depth_points(depth) + row::ARROW, 0.0);
    Places {
        row,
        name: left.x,
        value: left.x,
    }
}
