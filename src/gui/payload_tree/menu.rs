//! The menu of a row: everything that can be done with a value, by pointer and by key.

use eframe::egui::containers::menu::menu_style;
use eframe::egui::{self, Align, Button, Id, Layout, Popup, PopupKind, RichText, Ui};

use super::keys;
use super::state::{Order, PayloadTree};
use super::view::Wanted;
use crate::assist::json_source::ValueKind;
use crate::gui::commands::Command;
use crate::gui::editor::EditorState;
use crate::gui::theme;

/// The menu's width, in points.
const WIDTH: f32 = 264.0;
/// Columns of the types.
const TYPES: usize = 3;

/// Shows the menu where one is open.
pub(super) fn show(
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    ui: &Ui,
    (id, label): (Id, &str),
) -> Option<Wanted> {
    let menu = tree.menu.as_mut()?;
    let opening = (!menu.opened).then_some(egui::SetOpenCommand::Bool(true));
    menu.opened = true;
    let anchor = menu.anchor;
    let ctx = ui.ctx().clone();
    let mut wanted = None;
    let shown = Popup::new(id.with("menu"), ctx.clone(), anchor, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .style(menu_style)
        .gap(2.0)
        .anchor_widget(id)
        .accessible_name("What to do with the value")
        .open_memory(opening)
        .show(|ui| {
            // Columns would else take all the room there is.
            ui.set_width(WIDTH);
            wanted = items(tree, editor, ui, label);
        });
    if shown.is_none_or(|shown| shown.response.should_close()) {
        tree.menu = None;
        if tree.field.is_none() && wanted.is_none() {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }
    wanted
}

fn items(
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    ui: &mut Ui,
    label: &str,
) -> Option<Wanted> {
    let at = tree.selected();
    let node = tree.source().get(at)?.clone();
    let holds_others = node.kind.is_container();
    let sibling = node
        .parent
        .and_then(|parent| tree.source().get(parent))
        .cloned();
    let named = node.key.is_some();
    let count = sibling.as_ref().map_or(1, |parent| parent.count);
    let in_object = sibling.is_some_and(|parent| parent.kind == ValueKind::Object);
    let inside = match node.kind {
        ValueKind::Object => "Add a property",
        ValueKind::Array => "Add an item",
        _ => "",
    };
    let behind = if in_object {
        "Add a property after it"
    } else {
        "Add an item after it"
    };
    let keys_of = |command: Command| command.shortcut_text(ui.ctx());
    let (up, down) = (keys_of(Command::MoveLineUp), keys_of(Command::MoveLineDown));
    let copy_keys = keys_of(Command::CopyLineDown);
    let part = node.parent.is_some();
    let orders = [
        (!holds_others, "Edit the value", "Enter", Order::Edit),
        (named, "Rename", "Shift+Enter", Order::Rename),
        (holds_others, inside, "Insert", Order::Add),
        (part, behind, "Shift+Insert", Order::AddAfter),
        (part, "Duplicate", &copy_keys, Order::Duplicate),
        (node.index > 0, "Move up", &up, Order::MoveUp),
        (node.index + 1 < count, "Move down", &down, Order::MoveDown),
        (part, "Remove", "Delete", Order::Remove),
    ];
    let mut chosen = None;
    let ready = !ui.is_sizing_pass();
    let mut first = match &mut tree.menu {
        Some(menu) if ready => std::mem::take(&mut menu.wants_focus),
        _ => false,
    };
    let mut item = |ui: &mut Ui, text: &str, keys: &str| {
        let button = Button::new(text);
        let button = if keys.is_empty() {
            button
        } else {
            button.shortcut_text(keys)
        };
        let response = ui.add(button);
        if std::mem::take(&mut first) {
            response.request_focus();
        }
        if response.clicked() {
            ui.close();
        }
        response.clicked()
    };
    for (offered, text, keys, order) in orders {
        if offered && item(ui, text, keys) {
            chosen = Some(order);
        }
    }
    ui.separator();
    let p = theme::palette(ui.ctx());
    let mut has_chosen = false;
    ui.label(RichText::new("Type").small().color(p.muted));
    ui.columns(TYPES, |columns| {
        for (at, kind) in ValueKind::ALL.into_iter().enumerate() {
            let is = kind == node.kind;
            let response = columns[at % TYPES].selectable_label(is, kind.name());
            if response.clicked() {
                chosen = Some(Order::Kind(kind));
                has_chosen = true;
            }
        }
    });
    if has_chosen {
        ui.close();
    }
    ui.separator();
    let mut wanted = None;
    if item(ui, "Copy the value", &ui.ctx().format_shortcut(&COPY)) {
        keys::copy(tree, ui);
    }
    if item(ui, "Copy the path", "") {
        // The whole body has no name in the code; its parameters have theirs.
        let root = if label == "body" { "" } else { label };
        let path = tree.source().path(at, root);
        ui.ctx().copy_text(path.trim_start_matches('.').to_owned());
    }
    if item(ui, "Show in the text", "") {
        wanted = Some(Wanted::Select(node.value));
    }
    if let Some(order) = chosen {
        tree.carry_out(order, editor);
    }
    wanted
}

const COPY: egui::KeyboardShortcut =
    egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, egui::Key::C);
