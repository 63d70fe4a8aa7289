//! One row of the tree: its letters and what assistive technology is told of it.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    self, Color32, Pos2, Rect, Response, Role, Sense, Stroke, TextFormat, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::assist::json_source::{JsonSource, Node, ValueKind};
use crate::gui::icons::Icon;
use crate::gui::theme::{self, Palette};

/// Height of a row, in points.
pub const ROW: f32 = 20.0;
/// How far each level stands in, in points.
pub const LEVEL: f32 = 14.0;
/// The arrow before what holds others.
pub const ARROW: f32 = 16.0;
/// Characters of a value that are laid out, and of what is told of it.
const MOST_CHARS: usize = 400;

/// Where the parts of a row stand.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    pub row: Rect,
    /// Left end of the name.
    pub name: f32,
    /// Left end of the value.
    pub value: f32,
}

/// How a row stands out.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    pub selected: bool,
    /// The tree has the keyboard.
    pub focused: bool,
    pub open: bool,
    /// What is typed stands in place of the value or of the name.
    pub hide_value: bool,
    pub hide_name: bool,
}

/// The name a row shows: of a property, the number of an item, or what the whole is called.
pub fn name_of(source: &JsonSource, index: usize, label: &str) -> String {
    match source.get(index) {
        Some(node) if node.parent.is_none() => label.to_owned(),
        Some(node) => source.name(index).unwrap_or_else(|| node.index.to_string()),
        None => String::new(),
    }
}

/// What a container holds, in a few letters.
fn size_text(node: &Node) -> String {
    match node.kind {
        ValueKind::Object => format!("{{{}}}", node.count),
        _ => format!("[{}]", node.count),
    }
}

/// What a container holds, in words.
fn size_words(node: &Node) -> String {
    let (one, many) = match node.kind {
        ValueKind::Object => ("property", "properties"),
        _ => ("item", "items"),
    };
    match node.count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// The colour of a value of this kind.
pub fn ink(p: &Palette, kind: ValueKind) -> Color32 {
    match kind {
        ValueKind::String => p.string,
        ValueKind::Number => p.number,
        ValueKind::Boolean | ValueKind::Null => p.constant,
        ValueKind::Object | ValueKind::Array => p.muted,
    }
}

/// The beginning of a text that could be of any length.
fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Paints a row and returns what happened to it.
pub fn show(
    ui: &Ui,
    source: &JsonSource,
    index: usize,
    label: &str,
    (row, id): (Rect, egui::Id),
    looks: Looks,
) -> Option<(Response, Places)> {
    let p = theme::palette(ui.ctx());
    let node = source.get(index)?;
    // Only the tree itself is come to by Tab.
    let response = ui.interact(row, id, Sense::CLICK);
    let name = name_of(source, index, label);
    let holds_others = node.kind.is_container();
    let value = if holds_others {
        size_text(node)
    } else {
        cut(source.written(index))
    };
    describe(ui, &response, source, (index, node), &name, looks);
    ground(ui, row, &response, looks);
    guides(ui, row, node.depth);
    let left = row.left() + 6.0 + depth_points(node.depth);
    if holds_others {
        let icon = if looks.open {
            Icon::ChevronDown
        } else {
            Icon::ChevronRight
        };
        let at = pos2(left + 6.0, row.center().y);
        icon.paint(ui.painter(), at, 11.0, p.muted);
    }
    let name_at = left + ARROW;
    let is_item = node.key.is_none() && node.parent.is_some();
    let name_ink = if is_item { p.muted } else { p.property };
    let right = row.right() - 4.0;
    let mut value_at = name_at;
    if !looks.hide_name {
        let colon = if holds_others { "  " } else { ": " };
        let mut job = LayoutJob::default();
        let mono = theme::mono(theme::CODE_SMALL);
        job.append(&cut(&name), 0.0, TextFormat::simple(mono.clone(), name_ink));
        // A long name leaves room for something of its value.
        let most = ((right - name_at) * 0.6).max(40.0);
        value_at += paint(ui, job, pos2(name_at, row.center().y), most);
        let job = LayoutJob::simple_singleline(colon.to_owned(), mono, p.muted);
        value_at += paint(ui, job, pos2(value_at, row.center().y), right - value_at);
    }
    if !looks.hide_value {
        let job =
            LayoutJob::simple_singleline(value, theme::mono(theme::CODE_SMALL), ink(p, node.kind));
        paint(ui, job, pos2(value_at, row.center().y), right - value_at);
    }
    let places = Places {
        row,
        name: name_at,
        value: value_at,
    };
    Some((response, places))
}

/// Paints one line of text, at most so wide, and tells its width.
fn paint(ui: &Ui, mut job: LayoutJob, left: Pos2, most: f32) -> f32 {
    job.wrap = TextWrapping::truncate_at_width(most.max(0.0));
    job.break_on_newline = false;
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    ui.painter()
        .galley(left - vec2(0.0, size.y / 2.0), galley, Color32::PLACEHOLDER);
    size.x
}

/// How far a value of this depth stands in.
#[allow(clippy::cast_precision_loss)] // as deep as nobody scrolls
pub fn depth_points(depth: usize) -> f32 {
    depth as f32 * LEVEL
}

fn ground(ui: &Ui, row: Rect, response: &Response, looks: Looks) {
    let p = theme::palette(ui.ctx());
    let fill = if looks.selected {
        p.raised
    } else if response.hovered() {
        p.hover
    } else {
        return;
    };
    let line = if looks.selected && looks.focused {
        p.accent
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect(
        row,
        egui::CornerRadius::same(theme::RADIUS - 2),
        fill,
        Stroke::new(1.0, line),
        egui::StrokeKind::Inside,
    );
}

/// A line down from each level that the row stands in, as the text has them.
pub fn guides(ui: &Ui, row: Rect, depth: usize) {
    let p = theme::palette(ui.ctx());
    let seen = ui.clip_rect().x_range();
    for level in 0..depth {
        let x = row.left() + 12.0 + depth_points(level);
        if seen.contains(x) {
            ui.painter()
                .vline(x, row.y_range(), Stroke::new(1.0, p.hairline));
        }
    }
}

fn describe(
    ui: &Ui,
    response: &Response,
    source: &JsonSource,
    (index, node): (usize, &Node),
    name: &str,
    looks: Looks,
) {
    response.widget_info(|| {
        let value = if node.kind.is_container() {
            format!("{}, {}", node.kind.name(), size_words(node))
        } else {
            cut(source.written(index))
        };
        WidgetInfo::selected(
            Role::TreeItem,
            ui.is_enabled(),
            looks.selected,
            format!("{}: {value}", cut(name)),
        )
    });
    ui.ctx().accesskit_node_builder(response.id, |item| {
        use egui::accesskit::Action;
        item.set_role(Role::TreeItem);
        item.set_level(node.depth + 1);
        item.set_position_in_set(node.index);
        item.set_selected(looks.selected);
        item.add_action(Action::Focus);
        item.add_action(Action::Click);
        item.add_action(Action::ShowContextMenu);
        if node.kind.is_container() {
            item.set_expanded(looks.open);
            item.add_action(if looks.open {
                Action::Collapse
            } else {
                Action::Expand
            });
        }
        let around = node.parent.and_then(|parent| source.get(parent));
        item.set_size_of_set(around.map_or(1, |around| around.count));
    });
}
