//! JSON as a tree that folds: objects and arrays with their size, values in their colours.

use eframe::egui::{self, CollapsingHeader, RichText, Ui};
use serde_json::Value;

use super::theme;

/// Past this many children of one node only the first are shown, with a line that says so.
const MOST_CHILDREN: usize = 500;

/// Shows `value` with its first levels open.
pub fn show(ui: &mut Ui, id: &str, value: &Value) {
    ui.push_id(id, |ui| match value {
        Value::Object(_) | Value::Array(_) => children(ui, value, 0),
        leaf => {
            ui.label(leaf_text(ui, leaf));
        }
    });
}

fn children(ui: &mut Ui, value: &Value, depth: usize) {
    let nodes: Box<dyn Iterator<Item = (String, &Value)>> = match value {
        Value::Object(map) => Box::new(map.iter().map(|(key, value)| (key.clone(), value))),
        Value::Array(items) => Box::new(
            items
                .iter()
                .enumerate()
                .map(|(index, value)| (index.to_string(), value)),
        ),
        _ => return,
    };
    let mut total = 0;
    for (index, (key, child)) in nodes.enumerate() {
        total = index + 1;
        if index < MOST_CHILDREN {
            ui.push_id(index, |ui| node(ui, &key, child, depth));
        }
    }
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

fn node(ui: &mut Ui, key: &str, value: &Value, depth: usize) {
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
                .default_open(depth < 2)
                .show(ui, |ui| children(ui, value, depth + 1));
        }
        leaf => {
            ui.horizontal_wrapped(|ui| {
                ui.add_space(theme::PANE);
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.label(
                    RichText::new(format!("{key}: "))
                        .font(theme::mono(theme::CODE_SMALL))
                        .color(p.property),
                );
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
    RichText::new(value.to_string())
        .font(theme::mono(theme::CODE_SMALL))
        .color(color)
}
