//! What keys and input events do in the focused editor. The keys of commands stand in `gui/commands.rs`; keys listed
//! neither there as the editor's nor here stay with the window: saving, running, panes, zoom, function keys but F3.

use eframe::egui::os::OperatingSystem;
use eframe::egui::{Context, Event, ImeEvent, Key, Modifiers};

use super::buffer::{Buffer, Language};
use super::history::EditKind;
use super::movement::Move;
use super::selection::Selection;
use super::state::{EditorState, Reveal};
use crate::assist::json_of_literal;
use crate::gui::commands::Command;

impl EditorState {
    /// Takes one event. True when it was meant for the editor and no one else should see it.
    pub(super) fn on_event(&mut self, ctx: &Context, event: &Event, read_only: bool) -> bool {
        match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => {
                if self.on_popup_key(*key, *modifiers) {
                    return true;
                }
                let tab_leaves = std::mem::take(&mut self.view.tab_leaves);
                if *key == Key::Tab && (tab_leaves || read_only) {
                    return false;
                }
                self.on_key(ctx, *key, *modifiers, read_only)
            }
            Event::Copy => {
                ctx.copy_text(self.copy());
                true
            }
            Event::Cut if read_only => {
                ctx.copy_text(self.copy());
                true
            }
            Event::Cut => {
                ctx.copy_text(self.cut());
                true
            }
            Event::Paste(text) if !read_only => {
                self.paste_as_language(text);
                true
            }
            Event::Text(text) if !read_only => {
                // New lines come as Enter; other control characters are no text.
                if text.is_empty() || text.chars().all(char::is_control) {
                    return false;
                }
                self.view.tab_leaves = false;
                let typed = self.revealing(|buffer| buffer.each(|buffer| buffer.type_text(text)));
                self.follow_suggestions();
                self.wish_after_typing(text);
                typed
            }
            Event::Ime(event) if !read_only => self.on_ime(event),
            _ => false,
        }
    }

    fn on_ime(&mut self, event: &ImeEvent) -> bool {
        match event {
            ImeEvent::Preedit { text, .. } => {
                if text != "\n" && text != "\r" {
                    self.view.preedit.clone_from(text);
                }
                true
            }
            ImeEvent::Commit(text) => {
                self.view.preedit.clear();
                if !text.is_empty() && text != "\n" && text != "\r" {
                    self.revealing(|buffer| {
                        buffer.each(|one| one.insert(text, EditKind::Type { space: false }))
                    });
                }
                true
            }
            ImeEvent::DeleteSurrounding {
                before_chars,
                after_chars,
            } => {
                self.revealing(|buffer| buffer.delete_around(*before_chars, *after_chars));
                true
            }
            _ => false,
        }
    }

    fn on_key(&mut self, ctx: &Context, key: Key, modifiers: Modifiers, read_only: bool) -> bool {
        let mac = matches!(ctx.os(), OperatingSystem::Mac | OperatingSystem::IOS);
        // AltGr is Ctrl+Alt on some systems and writes characters: no command has both.
        let command = modifiers.command && !modifiers.alt;
        let shift = modifiers.shift;
        if let Some(command) =
            Command::of_key(ctx, key, modifiers).filter(|c| c.belongs_to_editor())
        {
            return self.perform(command, read_only);
        }
        if let Some(movement) = movement(key, modifiers, mac, self.view.page) {
            let from = self.buffer.selection().head;
            self.revealing(|buffer| {
                buffer.go_each(movement, shift);
                true
            });
            if !self.buffer.has_many() {
                self.leave_folds(from, shift);
            }
            return true;
        }
        match key {
            Key::ArrowUp | Key::ArrowDown if command && !mac => {
                let lines = if key == Key::ArrowUp { -1.0 } else { 1.0 };
                self.view.scroll_lines += lines;
                return true;
            }
            Key::F3 if shift => {
                self.find_previous();
                return true;
            }
            Key::F3 => {
                self.find_next();
                return true;
            }
            Key::Escape if !modifiers.any() => {
                if self.view.parameters.take().is_some() || self.view.told.take().is_some() {
                    // What stands over the text goes first.
                } else if self.buffer.single() {
                    self.view.reveal = Some(Reveal::Near);
                } else if self.view.find.open {
                    self.view.find.open = false;
                } else {
                    let selection = self.buffer.selection();
                    self.buffer.select(Selection::caret(selection.head));
                    self.view.tab_leaves = true;
                }
                return true;
            }
            _ => {}
        }
        if read_only {
            return false;
        }
        let word = if mac {
            modifiers.alt
        } else {
            modifiers.command
        };
        let edit: fn(&mut Buffer) -> bool = match key {
            Key::Enter if !modifiers.command && !modifiers.ctrl && !modifiers.alt => {
                Buffer::new_line
            }
            Key::Tab if shift && !command => Buffer::outdent,
            Key::Tab if !modifiers.any() => Buffer::indent,
            Key::Backspace if word => |buffer| buffer.delete_back(true),
            Key::Backspace => |buffer| buffer.delete_back(false),
            Key::Delete if word => |buffer| buffer.delete_forward(true),
            Key::Delete => |buffer| buffer.delete_forward(false),
            _ => return false,
        };
        self.revealing(|buffer| buffer.each(edit));
        true
    }

    /// Takes the selection, or the caret's line, out of the text; the caller brings it to the clipboard.
    pub fn cut(&mut self) -> String {
        let text = self.copy();
        self.revealing(|buffer| {
            if buffer.has_many() && buffer.selections().iter().all(|one| one.is_empty()) {
                buffer.each_line(true, Buffer::remove_copied)
            } else {
                buffer.each(Buffer::remove_copied)
            }
        });
        text
    }

    /// The selection, or the caret's line when nothing is selected.
    pub fn copy(&self) -> String {
        self.buffer.copied_each()
    }

    /// Puts `text` in place of the selection; into a JSON pane an object of JavaScript goes as JSON, except within a
    /// text, where it stays what it is.
    fn paste_as_language(&mut self, text: &str) {
        let start = self.buffer.selection().start();
        let json = match self.buffer.language() {
            Language::Json if self.is_code(start.saturating_sub(1)) => json_of_literal(text),
            _ => None,
        };
        self.paste(json.as_deref().unwrap_or(text));
    }

    /// Puts `text` in place of the selection.
    pub fn paste(&mut self, text: &str) {
        if !text.is_empty() {
            self.revealing(|buffer| buffer.paste_each(text));
        }
    }

    /// Selects `range`, as characters, and brings it into view.
    pub(super) fn select_found(&mut self, range: &std::ops::Range<usize>) {
        self.buffer.select(Selection::new(range.start, range.end));
        self.view.reveal = Some(Reveal::Middle);
    }
}

/// Where a key sends the caret; Shift extends and is not looked at here.
fn movement(key: Key, modifiers: Modifiers, mac: bool, page: usize) -> Option<Move> {
    let (word, edge) = if mac {
        (modifiers.alt, modifiers.mac_cmd)
    } else {
        (modifiers.command, false)
    };
    if modifiers.alt && !mac {
        return None;
    }
    let page = page.saturating_sub(1).max(1);
    Some(match key {
        Key::ArrowLeft if edge => Move::LineStart,
        Key::ArrowRight if edge => Move::LineEnd,
        Key::ArrowUp if edge => Move::TextStart,
        Key::ArrowDown if edge => Move::TextEnd,
        Key::ArrowLeft if word => Move::WordLeft,
        Key::ArrowRight if word => Move::WordRight,
        Key::ArrowLeft => Move::Left,
        Key::ArrowRight => Move::Right,
        Key::ArrowUp if !word => Move::Up,
        Key::ArrowDown if !word => Move::Down,
        Key::Home if modifiers.command => Move::TextStart,
        Key::End if modifiers.command => Move::TextEnd,
        Key::Home => Move::LineStart,
        Key::End => Move::LineEnd,
        Key::PageUp if !modifiers.command => Move::PageUp(page),
        Key::PageDown if !modifiers.command => Move::PageDown(page),
        _ => return None,
    })
}
