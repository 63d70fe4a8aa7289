//! JSON as a tree that folds: objects and arrays with their size, values in their colours.

use eframe::egui::{self, CollapsingHeader, RichText, Ui};
use serde_json::Value;

use super::theme;

/// Past this many children of one node only the first are shown, with a line that says so.
const MOST_CHILDREN: usize = 500;

/// A leaf longer than this is cut; the Response tab has it whole.
const MOST_CHARS: usize = 1_000;
/// Past this many nodes in sight a frame shows no more of them.
const MOST_NODES: usize = 2_000;
/// Larger values open with their first level only.
const SMALL: usize = 200;

/// Shows `value` with its first levels open.
pub fn show(ui: &mut Ui, id: &str, value: &Value) {
    let mut left = MOST_NODES;
    let open_depth = if count(value, SMALL) < SMALL { 2 } else { 0 };
    let tree = &mut Tree {
        left: &mut left,
        open_depth,
    };
    ui.push_id(id, |ui| match value {
        Value::Object(_) | Value::Array(_) => children(ui, tree, value, 0),
        leaf => {
            ui.label(leaf_text(ui, leaf));
        }
    });
}

struct Tree<'a> {
    /// Nodes this frame may still show.
    left: &'a mut usize,
    /// Levels above this one open by themselves.
    open_depth: usize,
}

/// The number of values in `value`, counted up to `most`.
fn count(value: &Value, most: usize) -> usize {
    let mut total = 1;
    let mut add = |child: &Value| {
        if total < most {
            total += count(child, most - total);
        }
    };
    match value {
        Value::Object(map) => map.values().take(most).for_each(&mut add),
        Value::Array(items) => items.iter().take(most).for_each(&mut add),
        _ => {}
    }
    total
}

fn children(ui: &mut Ui, tree: &mut Tree<'_>, value: &Value, depth: usize) {
    let total = match value {
        Value::Object(map) => {
            for (index, (key, child)) in map.iter().take(MOST_CHILDREN).enumerate() {
                ui.push_id(index, |ui| node(ui, tree, key, child, depth));
            }
            map.len()
        }
        Value::Array(items) => {
            for (index, child) in items.iter().take(MOST_CHILDREN).enumerate() {
                ui.push_id(index, |ui| node(ui, tree, &index.to_string(), child, depth));
            }
            items.len()
        }
        _ => return,
    };
    if total == 0 {
        ui.weak(if value.is_array() { "[]" } else { "{}" });
    }
    if total > MOST_CHILDREN {
        ui.weak(format!(
            "{} more; the Response tab shows all",
            total - MOST_CHILDREN
        ));
    }
}

fn node(ui: &mut Ui, tree: &mut Tree<'_>, key: &str, value: &Value, depth: usize) {
    if *tree.left == 0 {
        return;
    }
    *tree.left -= 1;
    if *tree.left == 0 {
        ui.weak("More than can be shown at once; fold something, or see the Response tab.");
        return;
    }
    let p = theme::palette(ui.ctx());
    match value {
        Value::Object(_) | Value::Array(_) => {
            let mut title = egui::text::LayoutJob::default();
            let mono = theme::mono(theme::CODE_SMALL);
            title.append(key, 0.0, egui::TextFormat::simple(mono.clone(), p.property));
            title.append(
                &format!("  {}", size_text(value)),
                0.0,
                egui::TextFormat::simple(mono, p.muted),
            );
            CollapsingHeader::new(title)
                .id_salt("node")
                .default_open(depth < tree.open_depth)
                .show(ui, |ui| children(ui, tree, value, depth + 1));
        }
        leaf => {
            ui.horizontal_wrapped(|ui| {
                ui.add_space(theme::PANE);
                ui.spacing_mut().item_spacing.x = 0.0;
                let name = RichText::new(format!("{key}: "));
                ui.label(name.font(theme::mono(theme::CODE_SMALL)).color(p.property));
                ui.label(leaf_text(ui, leaf));
            });
        }
    }
}

fn size_text(value: &Value) -> String {
    let (count, open, close) = match value {
        Value::Object(map) => (map.len(), '{', '}'),
        Value::Array(items) => (items.len(), '[', ']'),
        _ => return String::new(),
    };
    format!("{open}{count}{close}")
}

fn leaf_text(ui: &Ui, value: &Value) -> RichText {
    let p = theme::palette(ui.ctx());
    let color = match value {
        Value::String(_) => p.string,
        Value::Number(_) => p.number,
        Value::Bool(_) | Value::Null => p.constant,
        Value::Array(_) | Value::Object(_) => p.text,
    };
    let text = match value {
        // Cut before it is quoted: the whole could be megabytes, and this is done for every frame.
        Value::String(long) if long.len() > MOST_CHARS => {
            let cut: String = long.chars().take(MOST_CHARS).collect();
            format!("{}…", Value::from(cut))
        }
        value => value.to_string(),
    };
    RichText::new(text)
        .font(theme::mono(theme::CODE_SMALL))
        .color(color)
}
