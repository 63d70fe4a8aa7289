//! The widget: lays out the rows in view, and takes keys and clicks.

use std::ops::Range;

use eframe::egui::{
    self, EventFilter, Id, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::row::{self, Looks, Places, ROW};
use super::state::{Order, PayloadTree, Row, Typing};
use super::{field, keys, menu};
use crate::assist::json_source::ReadError;
use crate::auth0::payload::JsonProblem;
use crate::gui::editor::EditorState;
use crate::gui::icons::Icon;
use crate::gui::panes::link;
use crate::gui::theme;

/// Above the first row and below the last, in points.
const TOP: f32 = 2.0;
/// Values keep so much width however deep they stand; the pane scrolls sideways for it.
const VALUE: f32 = 150.0;

/// Room for a field with a sentence under it.
const FIELD: f32 = 2.5 * ROW;

const LEFT_OUT: &str = "Empty: the body leaves this parameter out.";
const READING: &str = "Reading…";

/// What the pane is asked for, which the tree cannot do itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Show the text, with these bytes selected.
    Select(Range<usize>),
    /// Show the text at the place of its fault.
    Fault,
    /// Show the text and search in it.
    Find,
}

/// How the tree of a pane is shown.
pub struct Shown<'a> {
    pub id: Id,
    /// What the whole is called.
    pub label: &'a str,
    /// The room to take, in points.
    pub size: Vec2,
    /// Why the text may not be sent.
    pub problem: Option<&'a JsonProblem>,
}

/// How high the tree would like to be, in rows, and how high a row is.
pub fn rows_wanted(tree: &mut PayloadTree) -> (usize, f32) {
    (tree.rows().len().max(3), ROW)
}

/// Shows the tree of a pane's text.
pub fn show(
    ui: &mut Ui,
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    shown: &Shown<'_>,
) -> Option<Wanted> {
    let id = shown.id;
    let (area, _) = ui.allocate_exact_size(shown.size.max(vec2(24.0, ROW)), Sense::hover());
    tree.follow(ui.ctx(), editor);
    let nothing = editor.len_bytes() < 1_000 && editor.text().trim().is_empty();
    if nothing || tree.reading.fault().is_some() || tree.reading.is_waiting() {
        return without_tree(ui, tree, editor, (area, nothing), shown);
    }
    let ground = ui.interact(area, id, Sense::click());
    if editor.take_focus_request() || ground.clicked() {
        ground.request_focus();
    }
    if ground.gained_focus() {
        tree.reveal = true;
    }
    describe(ui, tree, &ground, shown.label);
    let mut wanted = keys::take(tree, editor, ui, id);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let typing = tree.field.as_ref().is_some_and(|field| field.focused);
    editor.stand_in_has_focus(focused || typing || tree.menu.is_some());
    let asked = if tree.menu.is_some() {
        EventFilter::default()
    } else {
        EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        }
    };
    if focused {
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, asked));
    }
    rows(ui, tree, editor, (area, focused), shown);
    if let Some(refused) = tree.refused.clone() {
        say(ui, area, &refused);
    }
    wanted = wanted.or(menu::show(tree, editor, ui, (id, shown.label)));
    wanted
}

/// What stands in place of a tree: why there is none, and what to do.
fn without_tree(
    ui: &mut Ui,
    tree: &PayloadTree,
    editor: &mut EditorState,
    (area, nothing): (Rect, bool),
    shown: &Shown<'_>,
) -> Option<Wanted> {
    let p = theme::palette(ui.ctx());
    editor.stand_in_has_focus(false);
    let inner = area.shrink2(vec2(6.0, 4.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    child.set_clip_rect(inner.intersect(ui.clip_rect()));
    child.spacing_mut().item_spacing.y = 2.0;
    if nothing {
        child.label(RichText::new(LEFT_OUT).color(p.muted));
        let begin = link(&mut child, "Begin an object");
        if editor.take_focus_request() {
            begin.request_focus();
        }
        if begin.clicked() {
            let length = editor.len_bytes();
            editor.edit_bytes(&[(0..length, "{}".to_owned())], 0);
            editor.request_focus();
        }
        return None;
    }
    let Some(fault) = tree.reading.fault() else {
        child.label(RichText::new(READING).color(p.muted));
        return None;
    };
    let text = match (fault, shown.problem) {
        (ReadError::TooMany, _) => fault.to_string(),
        (ReadError::NotJson(_), Some(problem)) => format!(
            "No tree: line {}, column {} is not JSON.",
            problem.line, problem.column
        ),
        (ReadError::NotJson(_), None) => "No tree: the text is not JSON.".to_owned(),
    };
    child.label(RichText::new(text).color(p.muted));
    let to_text = link(&mut child, "Go to the text");
    if editor.take_focus_request() {
        to_text.request_focus();
    }
    to_text.clicked().then_some(Wanted::Fault)
}

/// Tells assistive technology what this is, and which row the keyboard is in.
fn describe(ui: &Ui, tree: &PayloadTree, ground: &egui::Response, label: &str) {
    ground.widget_info(|| WidgetInfo::labeled(Role::Tree, ui.is_enabled(), label));
    let row = row_id(ground.id, tree.selected());
    let known = ui.ctx().has_accesskit_node(row);
    ui.ctx().accesskit_node_builder(ground.id, |node| {
        node.set_role(Role::Tree);
        if known {
            node.set_active_descendant(row.accesskit_id());
        }
    });
}

fn row_id(id: Id, index: usize) -> Id {
    id.with(("row", index))
}

fn rows(
    ui: &mut Ui,
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    (area, focused): (Rect, bool),
    shown: &Shown<'_>,
) {
    let count = tree.rows().len();
    let mut scroll = ScrollArea::both()
        .id_salt(shown.id)
        .auto_shrink(false)
        .animated(false);
    let seen = if tree.inner == Vec2::ZERO {
        area.size()
    } else {
        tree.inner.min(area.size())
    };
    let wanted = std::mem::take(&mut tree.reveal).then(|| reveal(tree, seen));
    if let Some(offset) = wanted {
        // Beyond what there was to scroll in the last frame egui springs back: the rest follows in the next.
        scroll = scroll.scroll_offset(offset.min(tree.most_offset));
    }
    let builder = UiBuilder::new()
        .max_rect(area)
        .id_salt(shown.id)
        .accessibility_parent(shown.id);
    let mut child = ui.new_child(builder);
    child.set_clip_rect(area.intersect(ui.clip_rect()));
    child.spacing_mut().scroll.fade.strength = 0.0;
    let output = scroll.show_viewport(&mut child, |ui, viewport| {
        let origin = ui.max_rect().min;
        let first = whole((viewport.top() - TOP) / ROW);
        let last = (whole((viewport.bottom() - TOP) / ROW) + 1).min(count);
        let width = width_of(tree, first..last).max(viewport.width());
        // What is typed in the last row and said under it has room, too.
        let typed = tree.field.as_ref().map_or(0.0, |field| field.height);
        ui.allocate_space(vec2(width, points(count) + 2.0 * TOP + typed));
        let mut places = None;
        for at in first..last {
            let min = origin + vec2(0.0, TOP + points(at));
            let rect = Rect::from_min_size(min, vec2(width, ROW));
            let here = one(ui, tree, editor, (at, rect), focused, shown);
            places = places.or(here);
        }
        if let Some(places) = places {
            field::show(tree, editor, ui, places, shown.id);
        }
    });
    tree.offset = output.state.clamped_offset();
    tree.inner = output.inner_rect.size();
    tree.most_offset = (output.content_size - output.inner_rect.size()).max(Vec2::ZERO);
    let rest = wanted.is_some_and(|wanted| wanted != tree.offset);
    if rest && !tree.fell_short {
        tree.reveal = true;
        ui.ctx().request_repaint();
    }
    tree.fell_short = rest;
    tree.page = whole(output.inner_rect.height() / ROW);
}

/// Shows one row. Returns where its parts are if something is being typed there.
fn one(
    ui: &mut Ui,
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    (at, rect): (usize, Rect),
    focused: bool,
    shown: &Shown<'_>,
) -> Option<Places> {
    let index = match tree.rows().get(at).copied()? {
        Row::Value(index) => index,
        Row::New => {
            let depth = match &tree.field.as_ref()?.typing {
                Typing::New { container, .. } => tree.source().get(*container)?.depth + 1,
                _ => 0,
            };
            row::guides(ui, rect, depth);
            return Some(field::places_of_new(rect, depth));
        }
    };
    let (hide_value, hide_name) = match tree.field.as_ref().map(|field| &field.typing) {
        Some(Typing::Value { of, .. }) => (*of == index, false),
        Some(Typing::Name { of, .. }) => (*of == index, *of == index),
        _ => (false, false),
    };
    let selected = tree.selected() == index;
    let looks = Looks {
        selected,
        focused,
        open: tree.is_open(index),
        hide_value,
        hide_name,
    };
    let id = row_id(shown.id, index);
    let source = tree.reading.source().clone();
    let (response, places) = row::show(ui, &source, index, shown.label, (rect, id), looks)?;
    let button = id.with("more");
    let more = response.contains_pointer()
        || (selected && (focused || ui.memory(|memory| memory.has_focus(button))));
    if more && !hide_value {
        let name = row::name_of(&source, index, shown.label);
        let pressed = more_button(ui, rect, button, &format!("Menu of {name}"));
        if pressed.clicked() {
            let by_key = pressed.has_focus();
            tree.select(index);
            tree.open_menu(pressed.rect, by_key);
        }
    }
    if selected && std::mem::take(&mut tree.wants_menu) {
        tree.open_menu(rect.intersect(ui.clip_rect()), true);
    }
    take_clicks(ui, tree, editor, (index, &response), places, shown.id);
    (hide_value || hide_name).then_some(places)
}

/// The button that opens a row's menu, at the right end of what is seen of it.
fn more_button(ui: &Ui, row: Rect, id: Id, label: &str) -> egui::Response {
    let right = row.right().min(ui.clip_rect().right());
    let at = Rect::from_min_max(
        pos2(right - ROW - 4.0, row.top()),
        pos2(right, row.bottom()),
    );
    let response = ui.interact(at, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    let p = theme::palette(ui.ctx());
    let lit = response.hovered() || response.has_focus();
    let (fill, ink) = if lit {
        (p.selection, p.text)
    } else {
        (p.raised, p.muted)
    };
    ui.painter().rect_filled(
        at.shrink(1.0),
        egui::CornerRadius::same(theme::RADIUS - 2),
        fill,
    );
    Icon::More.paint(ui.painter(), at.center(), 14.0, ink);
    response
}

fn take_clicks(
    ui: &Ui,
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    (index, response): (usize, &egui::Response),
    places: Places,
    tree_id: Id,
) {
    use egui::accesskit::Action;
    let asked = |action| ui.input(|input| input.has_accesskit_action_request(response.id, action));
    let holds_others = tree
        .source()
        .get(index)
        .is_some_and(|node| node.kind.is_container());
    let pos = response.interact_pointer_pos();
    let on_arrow = pos.is_some_and(|pos| pos.x < places.name);
    if response.clicked() || response.secondary_clicked() || asked(Action::Focus) {
        let reveal = tree.reveal;
        tree.select(index);
        // What was clicked is in view.
        tree.reveal = reveal;
        ui.memory_mut(|memory| memory.request_focus(tree_id));
        ui.ctx().request_repaint();
    }
    if asked(Action::Expand) || asked(Action::Collapse) {
        tree.set_open(index, asked(Action::Expand));
    }
    if response.secondary_clicked() {
        let at = pos.map_or(response.rect, |pos| Rect::from_min_size(pos, Vec2::ZERO));
        tree.open_menu(at, false);
    } else if asked(Action::ShowContextMenu) {
        tree.open_menu(response.rect, true);
    } else if response.clicked() && holds_others && on_arrow {
        tree.set_open(index, !tree.is_open(index));
    } else if response.double_clicked() {
        let on_name = pos.is_some_and(|pos| (places.name..places.value).contains(&pos.x));
        let named = tree.source().name(index).is_some();
        tree.carry_out(
            if on_name && named {
                Order::Rename
            } else {
                Order::Edit
            },
            editor,
        );
    }
}

/// Where to scroll for the selected row, or for what is typed.
fn reveal(tree: &mut PayloadTree, seen: Vec2) -> Vec2 {
    let typed = tree.rows().iter().position(|row| *row == Row::New);
    let at = typed.unwrap_or_else(|| tree.selected_row());
    let depth = tree
        .source()
        .get(tree.selected())
        .map_or(0, |node| node.depth);
    let mut offset = tree.offset;
    let (top, height) = (points(at), seen.y);
    // A field is higher than its row by what is said under it.
    let own = match &tree.field {
        Some(_) => FIELD,
        None => ROW,
    };
    let bottom = top + own.min(height - 2.0 * TOP) + 2.0 * TOP;
    if top < offset.y {
        offset.y = top;
    } else if bottom > offset.y + height {
        offset.y = bottom - height;
    }
    let left = row::depth_points(depth);
    if left < offset.x {
        offset.x = left;
    } else if left + VALUE > offset.x + seen.x {
        offset.x = left + VALUE - seen.x;
    }
    offset.max(Vec2::ZERO)
}

/// The width that the rows in view want.
fn width_of(tree: &mut PayloadTree, rows: Range<usize>) -> f32 {
    let seen: Vec<Row> = tree.rows().get(rows).unwrap_or_default().to_vec();
    let deepest = seen
        .into_iter()
        .filter_map(|row| match row {
            Row::Value(index) => Some(tree.source().get(index)?.depth),
            Row::New => None,
        })
        .max();
    row::depth_points(deepest.unwrap_or_default()) + VALUE
}

/// A sentence at the foot of the tree, until the next order.
fn say(ui: &Ui, area: Rect, text: &str) {
    let p = theme::palette(ui.ctx());
    let galley = ui.painter().layout(
        text.to_owned(),
        egui::FontId::proportional(theme::SMALL),
        p.caution,
        area.width() - 12.0,
    );
    let height = galley.size().y + 6.0;
    let strip = Rect::from_min_max(pos2(area.left(), area.bottom() - height), area.max);
    let id = ui.scope_id().with("refused");
    let response = ui.interact(strip, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(
        strip,
        egui::CornerRadius::same(theme::RADIUS - 2),
        p.caution_surface,
    );
    ui.painter()
        .galley(strip.min + vec2(6.0, 3.0), galley, p.caution);
}

#[allow(clippy::cast_precision_loss)] // half a million rows are a point off
fn points(rows: usize) -> f32 {
    rows as f32 * ROW
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded and not negative
fn whole(count: f32) -> usize {
    count.max(0.0).floor() as usize
}
