//! What the window keeps of one editor between frames: the text, its markers, the search, and where the view stands.

use std::ops::Range;

use eframe::egui::{Context, Vec2};
use ropey::Rope;

use super::buffer::{Buffer, Language};
use super::changes::Changes;
use super::expand::Enclosing;
use super::find_bar::Find;
use super::folds::Folds;
use super::help::{Parameters, Renaming, Told, Wish};
use super::highlight::{Highlighter, LineSpans, TokenKind};
use super::markers::{Marker, Markers};
use super::pointer::Press;
use super::popup::Popup;
use super::selection::Selection;
use crate::gui::commands::Command;

/// One editor: give it to [`super::CodeEditor`] in every frame.
#[derive(Debug)]
pub struct EditorState {
    pub(super) buffer: Buffer,
    pub(super) markers: Markers,
    pub(super) view: View,
    /// The view of the other half, where the text is shown twice.
    pub(super) asleep: Option<Box<View>>,
}

/// What only the screen needs.
#[derive(Debug, Default)]
pub(super) struct View {
    pub focused: bool,
    pub wants_focus: bool,
    /// The caret was moved: bring it into view in the next frame.
    pub reveal: Option<Reveal>,
    /// The next Tab leaves the widget: Escape was pressed.
    pub tab_leaves: bool,
    /// The widest line seen, in points.
    pub widest: f32,
    /// Lines that fit into the pane, as of the last frame.
    pub page: usize,
    /// Left and top of what is in view, in points, as of the last frame.
    pub offset: Vec2,
    /// Size of the pane and of what is left of it beside the scroll bars, as of the last frame.
    pub area: Vec2,
    pub inner: Vec2,
    /// How far there was to scroll in the last frame.
    pub most_offset: Vec2,
    /// Where to scroll once the last frame's size is known.
    pub rest_of_scroll: Option<Vec2>,
    /// Where to scroll to in the next frame.
    pub scroll_to: Option<Vec2>,
    /// Lines to scroll by in the next frame.
    pub scroll_lines: f32,
    /// What an input method is composing at the caret; not yet part of the text.
    pub preedit: String,
    pub find: Find,
    /// The list at the caret.
    pub popup: Option<Popup>,
    /// Text and caret for which a problem is told.
    pub told_at: Option<(u64, Selection)>,
    /// A command that found nothing to do.
    pub refused: Option<Command>,
    /// Questions for those who know the language.
    pub wishes: Vec<Wish>,
    /// What is told of a name.
    pub told: Option<Told>,
    /// Whether the next description is for the keyboard.
    pub describe: bool,
    /// Text and word that the pointer was last asked about.
    pub rested_on: Option<(u64, usize)>,
    pub parameters: Option<Parameters>,
    pub renaming: Option<Renaming>,
    pub press: Press,
    /// Where the selected text would go if it was let go of now.
    pub drop_at: Option<usize>,
    pub spans: LineSpans,
    pub highlighter: Highlighter,
    pub brackets: BracketsAtCaret,
    pub folds: Folds,
    pub changes: Changes,
    /// What encloses the selection, as far as that was asked.
    pub enclosing: Option<Enclosing>,
    /// The selections that were grown, the last one with what it grew to.
    pub grown: Vec<(Selection, Selection)>,
}

/// The bracket pair the caret touches, kept until something changes that it depends on.
#[derive(Debug, Default)]
pub(super) struct BracketsAtCaret {
    /// Revision of the text, generation of the colours, and the caret.
    pub found_for: Option<(u64, u64, usize)>,
    pub pair: Option<(usize, usize)>,
}

/// How far to scroll for the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reveal {
    /// As little as needed: it was moved or typed at.
    Near,
    /// To the middle when it was out of view: a jump.
    Middle,
}

impl EditorState {
    /// An editor with `text` and nothing to undo.
    pub fn new(text: &str, language: Language) -> Self {
        Self {
            buffer: Buffer::new(text, language),
            markers: Markers::default(),
            view: View::default(),
            asleep: None,
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.buffer.rope().to_string()
    }

    /// The text as a rope: lines, lengths and slices without a copy.
    pub fn rope(&self) -> &Rope {
        self.buffer.rope()
    }

    /// Rows the text takes on the screen, as it was last shown.
    pub fn rows_shown(&self) -> usize {
        self.rows().count()
    }

    /// What the text is.
    pub fn language(&self) -> Language {
        self.buffer.language()
    }

    /// A number that changes with every edit and never comes back: compare it to tell whether a text is the one
    /// that was saved or checked.
    pub fn revision(&self) -> u64 {
        self.buffer.revision()
    }

    /// True when there is no text.
    pub fn is_empty(&self) -> bool {
        self.len_bytes() == 0
    }

    /// Length of the text in bytes of UTF-8.
    pub fn len_bytes(&self) -> usize {
        self.buffer.rope().len_bytes()
    }

    /// The caret's line and UTF-16 column, both 1-based.
    pub fn cursor(&self) -> (usize, usize) {
        self.buffer.line_column(self.buffer.selection().head)
    }

    /// The selected characters of the text; empty at the caret when nothing is selected.
    pub fn selection(&self) -> Range<usize> {
        self.buffer.selection().range()
    }

    /// The selected text.
    pub fn selected_text(&self) -> String {
        self.buffer.selected_text()
    }

    /// Puts the caret at a 1-based line and UTF-16 column, or as near as the text allows, and scrolls there.
    pub fn goto(&mut self, line: u32, column: u32) {
        let at = self.buffer.position(line, column);
        self.buffer.select(Selection::caret(at));
        self.view.reveal = Some(Reveal::Middle);
    }

    /// Selects from `start` up to `end`, each a 1-based line and UTF-16 column, and scrolls there.
    pub fn select_range(&mut self, start: (u32, u32), end: (u32, u32)) {
        let anchor = self.buffer.position(start.0, start.1);
        let head = self.buffer.position(end.0, end.1);
        self.buffer.select(Selection::new(anchor, head));
        self.view.reveal = Some(Reveal::Middle);
    }

    /// Selects the whole text.
    pub fn select_all(&mut self) {
        self.buffer.select_all();
    }

    /// Replaces the text as one step that can be undone.
    pub fn set_text(&mut self, text: &str) {
        self.buffer.set_text(text);
    }

    /// Replaces the text and forgets what could be undone: another file is shown, or this one was read again.
    pub fn reset(&mut self, text: &str) {
        self.buffer.reset(text);
        self.markers.clear();
        self.view.widest = 0.0;
        self.view.reveal = Some(Reveal::Near);
    }

    /// Shows `markers` in place of those shown before. Their places are counted in the text as it now stands.
    pub fn set_markers(&mut self, markers: Vec<Marker>) {
        self.catch_up();
        self.markers.set(&self.buffer, markers);
    }

    /// Marks these lines, 0-based, as different from what is saved; an empty stretch as a place where lines are
    /// missing. They are counted in the text as it now stands.
    pub fn set_changes(&mut self, lines: Vec<Range<usize>>) {
        self.catch_up();
        self.view.changes.set(lines);
    }

    /// Takes the last step back. False when there is none.
    pub fn undo(&mut self) -> bool {
        self.revealing(Buffer::undo)
    }

    /// Does the last step taken back again. False when there is none.
    pub fn redo(&mut self) -> bool {
        self.revealing(Buffer::redo)
    }

    /// True when there is something to undo.
    pub fn can_undo(&self) -> bool {
        self.buffer.can_undo()
    }

    /// True when there is something to do again.
    pub fn can_redo(&self) -> bool {
        self.buffer.can_redo()
    }

    /// Asks for the keyboard; the widget takes it in the next frame it is shown.
    pub fn request_focus(&mut self) {
        self.view.wants_focus = true;
    }

    /// True when the widget had the keyboard in the last frame it was shown.
    pub fn has_focus(&self) -> bool {
        self.view.focused
    }

    /// True when the widget or its search bar had the keyboard in the last frame it was shown.
    pub fn has_keyboard(&self) -> bool {
        self.view.focused || self.view.find.has_keyboard()
    }

    /// True while the keyboard was asked for and not taken yet.
    pub fn wants_focus(&self) -> bool {
        self.view.wants_focus
    }

    /// Whether a character is code and not part of a string or comment, as far as the colours are known.
    pub(super) fn is_code(&self, at: usize) -> bool {
        !matches!(self.kind_at(at), TokenKind::String | TokenKind::Comment)
    }

    /// The colour of a character.
    pub(super) fn kind_at(&self, at: usize) -> TokenKind {
        let rope = self.buffer.rope();
        let line = rope.char_to_line(at);
        let column = rope.char_to_byte(at) - rope.line_to_byte(line);
        self.view.spans.kind_at(line, column)
    }

    /// Runs a command of the core and scrolls to where it left the caret.
    pub(super) fn revealing(&mut self, command: impl FnOnce(&mut Buffer) -> bool) -> bool {
        let done = command(&mut self.buffer);
        if done {
            self.view.reveal = Some(Reveal::Near);
        }
        done
    }

    /// Brings what is kept beside the text up to the text: markers and colours.
    pub(super) fn catch_up(&mut self) {
        let view = &mut self.view;
        let Some(damage) = self.buffer.take_damage() else {
            self.markers.clear();
            view.folds.clear();
            view.find.forget_scope();
            if let Some(asleep) = &mut self.asleep {
                asleep.find.forget_scope();
            }
            view.changes.set(Vec::new());
            view.spans.reset(self.buffer.rope().len_lines());
            view.highlighter.close();
            return;
        };
        let mut edits = Vec::new();
        for change in damage {
            self.markers.carry(&change.transaction);
            view.find.carry(&change.transaction);
            if let Some(asleep) = &mut self.asleep {
                asleep.find.carry(&change.transaction);
            }
            for lines in &change.lines {
                view.spans.carry(lines);
                view.folds.carry(lines);
                view.changes.carry(lines);
            }
            edits.extend(change.lines);
        }
        view.highlighter.edit(self.buffer.rope(), edits);
    }

    /// Takes in the colours found since the last frame. `lines` are the first and last in view.
    pub(super) fn take_colours(&mut self, ctx: &Context, lines: (usize, usize)) {
        let view = &mut self.view;
        if !view.highlighter.is_open() {
            let (language, rope) = (self.buffer.language(), self.buffer.rope());
            view.highlighter.open(ctx, language, rope, lines);
        }
        view.highlighter.take_in(lines, &mut view.spans);
    }
}
