//! What keys do in the focused tree. Undo, moving lines and the like have the keys of the editor's own commands.

use eframe::egui::{Event, Id, Key, Modifiers, Ui};

use super::state::{Order, PayloadTree, Row};
use super::view::Wanted;
use crate::assist::json_source::ValueKind;
use crate::gui::commands::{Command, Written};
use crate::gui::editor::EditorState;

/// Gives the frame's events to the focused tree and takes those it used out of the input.
pub(super) fn take(
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    ui: &Ui,
    id: Id,
) -> Option<Wanted> {
    // With a menu open the arrows go through that.
    if tree.menu.is_some() || !ui.is_enabled() || !ui.memory(|memory| memory.has_focus(id)) {
        return None;
    }
    let events = ui.input_mut(|input| std::mem::take(&mut input.events));
    let mut left = Vec::with_capacity(events.len());
    let mut written = Written::default();
    let mut wanted = None;
    let mut events = events.into_iter();
    for event in events.by_ref() {
        if written.is(&event) {
            continue;
        }
        match on_event(tree, editor, ui, &event) {
            Took::Nothing => left.push(event),
            Took::It => written.after(&event),
            Took::Leaving(to) => wanted = Some(to),
        }
        // What is typed behind the key that opened a field is meant for that, and the rest of another pane's.
        if tree.field.is_some() || wanted.is_some() {
            break;
        }
    }
    left.extend(events);
    ui.input_mut(|input| input.events = left);
    wanted
}

enum Took {
    Nothing,
    It,
    Leaving(Wanted),
}

fn on_event(tree: &mut PayloadTree, editor: &mut EditorState, ui: &Ui, event: &Event) -> Took {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => on_key(tree, editor, ui, *key, *modifiers),
        Event::Copy => {
            copy(tree, ui);
            Took::It
        }
        Event::Cut => {
            copy(tree, ui);
            tree.carry_out(Order::Remove, editor);
            Took::It
        }
        Event::Paste(text) => {
            tree.paste(text, editor);
            Took::It
        }
        Event::Text(text) if text == "+" => {
            tree.carry_out(Order::Add, editor);
            Took::It
        }
        _ => Took::Nothing,
    }
}

/// Brings the selected value's JSON to the clipboard.
pub(super) fn copy(tree: &PayloadTree, ui: &Ui) {
    let written = tree.source().written(tree.selected());
    ui.ctx().copy_text(written.to_owned());
}

fn on_key(
    tree: &mut PayloadTree,
    editor: &mut EditorState,
    ui: &Ui,
    key: Key,
    modifiers: Modifiers,
) -> Took {
    let selected = tree.selected();
    let node = tree.source().get(selected).cloned();
    let holds_others = node.as_ref().is_some_and(|node| node.kind.is_container());
    let is_boolean = node
        .as_ref()
        .is_some_and(|node| node.kind == ValueKind::Boolean);
    let order = match Command::of_key(ui.ctx(), key, modifiers) {
        Some(Command::Undo) => Some(Order::Undo),
        Some(Command::Redo) => Some(Order::Redo),
        Some(Command::MoveLineUp) => Some(Order::MoveUp),
        Some(Command::MoveLineDown) => Some(Order::MoveDown),
        Some(Command::CopyLineUp | Command::CopyLineDown) => Some(Order::Duplicate),
        Some(Command::DeleteLine) => Some(Order::Remove),
        Some(Command::Rename) if holds_others => Some(Order::Rename),
        Some(Command::Rename) => Some(Order::Edit),
        Some(Command::QuickFix) => {
            tree.open_menu_by_key();
            return Took::It;
        }
        Some(Command::Find | Command::Replace) => {
            return Took::Leaving(Wanted::Find);
        }
        Some(_) => return Took::Nothing,
        None => None,
    };
    let plain = !modifiers.any();
    let shift = modifiers.shift_only();
    let order = order.or(match key {
        Key::Enter | Key::F2 if shift => Some(Order::Rename),
        Key::Enter if plain => Some(Order::Edit),
        Key::Space if plain && holds_others => Some(Order::Toggle),
        Key::Space if plain && is_boolean => Some(Order::Flip),
        Key::Insert if plain => Some(Order::Add),
        Key::Insert if shift => Some(Order::AddAfter),
        Key::Delete | Key::Backspace if plain => Some(Order::Remove),
        _ => None,
    });
    if let Some(order) = order {
        tree.carry_out(order, editor);
        return Took::It;
    }
    match key {
        Key::Menu => tree.open_menu_by_key(),
        Key::F10 if shift => tree.open_menu_by_key(),
        Key::Escape if plain && tree.refused.is_some() => tree.refused = None,
        _ if !plain => return Took::Nothing,
        Key::ArrowRight if holds_others && !tree.is_open(selected) => {
            tree.set_open(selected, true);
        }
        Key::ArrowLeft if holds_others && tree.is_open(selected) => {
            tree.set_open(selected, false);
        }
        Key::ArrowLeft => {
            if let Some(parent) = node.and_then(|node| node.parent) {
                tree.select(parent);
            }
        }
        Key::ArrowUp => step(tree, -1),
        Key::ArrowDown | Key::ArrowRight => step(tree, 1),
        Key::PageUp => step(tree, -page(tree)),
        Key::PageDown => step(tree, page(tree)),
        Key::Home => step(tree, isize::MIN),
        Key::End => step(tree, isize::MAX),
        _ => return Took::Nothing,
    }
    Took::It
}

fn page(tree: &PayloadTree) -> isize {
    isize::try_from(tree.page.saturating_sub(1).max(1)).unwrap_or(1)
}

/// Selects the row so many farther down, or the nearest there is.
fn step(tree: &mut PayloadTree, by: isize) {
    let at = tree.selected_row();
    let last = tree.rows().len().saturating_sub(1);
    let to = at.saturating_add_signed(by).min(last);
    if let Some(Row::Value(index)) = tree.rows().get(to).copied() {
        tree.select(index);
    }
}
