//! The bar for find and replace at the top of the widget.

use std::ops::Range;

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{
    self, Align, Button, Context, Event, Id, Key, Layout, Modifiers, Rect, RichText, TextEdit, Ui,
    UiBuilder, vec2,
};

use super::history::EditKind;
use super::search::{MOST_MATCHES, Query, Search};
use super::selection::Selection;
use super::state::EditorState;
use super::transaction::Transaction;
use crate::gui::commands::Written;
use crate::gui::theme;

const FIND: &str = "Find";
const REPLACE: &str = "Replace with";
const NONE: &str = "No matches";
const CASE: &str = "Match case (Alt+C)";
const WORD: &str = "Whole words (Alt+W)";
const REGEX: &str = "Regular expression (Alt+R)";
const SCOPE: &str = "In the selection (Alt+L)";
const NO_SCOPE: &str = "Select several lines, then look in them alone.";
const PREVIOUS: &str = "Previous match (Shift+F3)";
const NEXT: &str = "Next match (F3)";
const CLOSE: &str = "Close the search (Escape)";
const REPLACE_ONE: &str = "Replace this match and go to the next";
const REPLACE_ALL: &str = "Replace every match; one Ctrl+Z takes all back";

/// Height of one row of the bar, in points.
const ROW: f32 = 34.0;

/// The search as the window holds it.
#[derive(Debug, Default)]
pub(super) struct Find {
    pub open: bool,
    /// The row for replacing is shown too.
    replace: bool,
    query: Query,
    replacement: String,
    pub search: Search,
    /// The field takes the keyboard in the next frame, all of it selected.
    take_focus: bool,
    /// One of the bar's fields had the keyboard in the last frame.
    focused: bool,
    /// Where the caret stood when the search began: live search starts from there.
    origin: usize,
    /// What was selected when the search began, as long as that was more than a word to look for.
    selected: Option<Range<usize>>,
    /// What is looked through, if not the whole text.
    scope: Option<Range<usize>>,
    /// A switch was set otherwise: the first match is gone to.
    flipped: bool,
}

impl Find {
    /// Follows an edit of the text.
    pub fn carry(&mut self, transaction: &Transaction) {
        for range in [&mut self.selected, &mut self.scope].into_iter().flatten() {
            *range = transaction.carry(range.start, false)..transaction.carry(range.end, true);
        }
        for range in [&mut self.selected, &mut self.scope] {
            range.take_if(|range| range.start == range.end);
        }
    }

    /// The text is another one.
    pub fn forget_scope(&mut self) {
        (self.selected, self.scope) = (None, None);
    }

    /// Whether one of the bar's fields had the keyboard in the last frame.
    pub fn has_keyboard(&self) -> bool {
        self.open && self.focused
    }

    /// What alone is looked through, while the bar is open.
    pub fn scope(&self) -> Option<&Range<usize>> {
        self.scope.as_ref().filter(|_| self.open)
    }
}

impl EditorState {
    /// Opens the search bar with the selected text, if that is within one line.
    pub fn open_find(&mut self) {
        self.open_bar(false);
    }

    /// Opens the search bar with its row for replacing.
    pub fn open_replace(&mut self) {
        self.open_bar(true);
    }

    fn open_bar(&mut self, replace: bool) {
        let find = &mut self.view.find;
        let selection = self.buffer.selection();
        if !find.open {
            find.forget_scope();
        }
        find.replace = replace || (find.open && find.replace);
        find.open = true;
        find.take_focus = true;
        find.origin = selection.start();
        if selection.is_empty() {
            return;
        }
        let rope = self.buffer.rope();
        let lines = [selection.start(), selection.end()].map(|at| rope.char_to_line(at));
        if lines[0] != lines[1] || selection.end() - selection.start() > 500 {
            find.selected = Some(selection.range());
        } else {
            find.query.text = self.buffer.selected_text();
        }
    }

    /// Selects the next match of what was last looked for; opens the bar when that is nothing.
    pub fn find_next(&mut self) {
        self.step(true);
    }

    /// Selects the match before the selection.
    pub fn find_previous(&mut self) {
        self.step(false);
    }

    fn step(&mut self, forward: bool) {
        if self.view.find.query.text.is_empty() {
            self.open_find();
            return;
        }
        self.update_search();
        let selection = self.buffer.selection();
        let search = &self.view.find.search;
        let found = if forward {
            let from = if search.index_of(&selection.range()).is_some() {
                selection.end()
            } else {
                selection.start()
            };
            search.next(from)
        } else {
            search.previous(selection.start())
        };
        if let Some(found) = found {
            self.select_found(&found);
        }
    }

    fn update_search(&mut self) -> bool {
        let find = &mut self.view.find;
        find.search.update(
            &find.query,
            find.scope.as_ref().filter(|_| find.open),
            self.buffer.rope(),
            self.buffer.revision(),
        )
    }

    /// Looks through what is or was selected alone, or through the whole text again.
    fn toggle_scope(&mut self) {
        let scope = match self.view.find.scope {
            Some(_) => None,
            None => self.scope_to_take(),
        };
        let find = &mut self.view.find;
        if let Some(scope) = &scope {
            find.origin = scope.start;
        }
        find.scope = scope;
    }

    /// The selection, unless it is what was found; else what was selected when the search began.
    fn scope_to_take(&self) -> Option<Range<usize>> {
        let find = &self.view.find;
        let selected = self.buffer.selection().range();
        if selected.is_empty() || find.search.index_of(&selected).is_some() {
            return find.selected.clone();
        }
        Some(selected)
    }

    fn replace_one(&mut self) {
        let selection = self.buffer.selection();
        if self.view.find.search.index_of(&selection.range()).is_some() {
            let find = &self.view.find;
            let matched = self.buffer.selected_text();
            let text = find.search.replacement_for(&matched, &find.replacement);
            self.revealing(|buffer| buffer.insert(&text, EditKind::Whole));
        }
        self.step(true);
    }

    fn replace_all(&mut self) {
        let find = &self.view.find;
        let rope = self.buffer.rope();
        let edits = find
            .search
            .matches()
            .iter()
            .map(|range| {
                let matched = rope.slice(range.clone()).to_string();
                let text = find.search.replacement_for(&matched, &find.replacement);
                (range.clone(), text)
            })
            .collect();
        let edit = Transaction::replace(rope, edits);
        let head = edit.carry(self.buffer.selection().head, true);
        self.revealing(|buffer| {
            buffer.close_step();
            buffer.edit(edit, Selection::caret(head), EditKind::Whole)
        });
    }

    /// Shows the bar if it is open and returns what is left of `rect` below it.
    pub(super) fn show_bar(&mut self, ui: &mut Ui, rect: Rect, id: Id, read_only: bool) -> Rect {
        let fields = (id.with("find"), id.with("replace"));
        if !self.view.find.open {
            self.view.find.focused = false;
            return rect;
        }
        let rows = if self.view.find.replace && !read_only {
            2.0
        } else {
            1.0
        };
        let (bar, rest) = rect.split_top_bottom_at_y((rect.top() + ROW * rows).min(rect.bottom()));
        self.bar_keys(ui, id, fields);
        if !self.view.find.open {
            return rect;
        }
        let palette = theme::palette(ui.ctx());
        ui.painter().rect_filled(bar, 0.0, palette.pane);
        ui.painter().hline(
            bar.x_range(),
            bar.bottom(),
            egui::Stroke::new(1.0, palette.hairline),
        );
        let row = |index: f32| {
            Rect::from_min_size(
                bar.min + vec2(theme::GAP, ROW * index + 3.0),
                vec2(bar.width() - 2.0 * theme::GAP, ROW - 6.0),
            )
        };
        let mut ask = Ask::default();
        let builder = |index| {
            UiBuilder::new()
                .max_rect(row(index))
                .layout(Layout::left_to_right(Align::Center))
        };
        // Children beside the layout: the bar lies within the room the widget has taken already.
        let mut line = ui.new_child(builder(0.0).id_salt("find row"));
        self.find_row(&mut line, fields.0, &mut ask);
        if rows > 1.5 {
            let mut line = ui.new_child(builder(1.0).id_salt("replace row"));
            self.replace_row(&mut line, fields.1, &mut ask);
        }
        if std::mem::take(&mut self.view.find.take_focus) {
            ui.memory_mut(|memory| memory.request_focus(fields.0));
            select_field(ui.ctx(), fields.0, &self.view.find.query.text);
        }
        if let Some(switch) = ask.switch {
            self.flip(switch);
        }
        let flipped = std::mem::take(&mut self.view.find.flipped);
        if self.update_search() && (ask.typed || flipped) {
            let find = &self.view.find;
            match find.search.next(find.origin) {
                Some(found) => self.select_found(&found),
                None => self.buffer.select(Selection::caret(find.origin)),
            }
        }
        if ask.switch.is_some() || ask.button.is_some() {
            // The bar's keys go on working behind a click.
            ui.memory_mut(|memory| memory.request_focus(fields.0));
        }
        match ask.button {
            Some(Asked::Previous) => self.step(false),
            Some(Asked::Next) => self.step(true),
            Some(Asked::Replace) => self.replace_one(),
            Some(Asked::All) => self.replace_all(),
            Some(Asked::Close) => {
                self.view.find.open = false;
                self.view.wants_focus = true;
            }
            None => {}
        }
        self.view.find.focused = ui.memory(|memory| {
            memory
                .focused()
                .is_some_and(|focused| focused == fields.0 || focused == fields.1)
        });
        rest
    }

    fn flip(&mut self, switch: Switch) {
        let query = &mut self.view.find.query;
        match switch {
            Switch::Case => query.case = !query.case,
            Switch::Word => query.word = !query.word,
            Switch::Regex => query.regex = !query.regex,
            Switch::Scope => self.toggle_scope(),
        }
        self.view.find.flipped = true;
    }

    /// The keys of the bar's fields, taken before the fields see them.
    fn bar_keys(&mut self, ui: &Ui, id: Id, fields: (Id, Id)) {
        if self.view.find.focused
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.view.find.open = false;
            self.view.find.focused = false;
            ui.memory_mut(|memory| memory.request_focus(id));
            return;
        }
        let focused = ui.memory(egui::Memory::focused);
        if focused != Some(fields.0) && focused != Some(fields.1) {
            return;
        }
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::SHIFT, Key::Enter) || pressed(Modifiers::SHIFT, Key::F3) {
            self.step(false);
        } else if focused == Some(fields.1) && pressed(Modifiers::NONE, Key::Enter) {
            self.update_search();
            self.replace_one();
        } else if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::F3) {
            self.step(true);
        }
        let switches = [
            (Key::C, Switch::Case),
            (Key::W, Switch::Word),
            (Key::R, Switch::Regex),
            (Key::L, Switch::Scope),
        ];
        for (key, switch) in switches {
            if take_with_alt(ui, key) {
                self.flip(switch);
            }
        }
        // From field to field first; the switches and buttons come after.
        if self.view.find.replace {
            if focused == Some(fields.0) && pressed(Modifiers::NONE, Key::Tab) {
                ui.memory_mut(|memory| memory.request_focus(fields.1));
            } else if focused == Some(fields.1) && pressed(Modifiers::SHIFT, Key::Tab) {
                ui.memory_mut(|memory| memory.request_focus(fields.0));
            }
        }
        // The field itself would read Ctrl+H as Backspace.
        if pressed(Modifiers::COMMAND, Key::H) {
            self.view.find.replace = true;
            ui.memory_mut(|memory| memory.request_focus(fields.1));
        }
        if pressed(Modifiers::COMMAND, Key::F) {
            self.view.find.take_focus = true;
        }
    }

    fn find_row(&mut self, ui: &mut Ui, field: Id, ask: &mut Ask) {
        tighten(ui);
        let palette = theme::palette(ui.ctx());
        let count = self.count_text();
        let scopes = self.view.find.scope.is_some() || self.scope_to_take().is_some();
        let failed = self.view.find.search.error().is_some();
        let find = &mut self.view.find;
        let width = (ui.available_width() - 270.0).clamp(80.0, 320.0);
        let response = ui.add(
            TextEdit::singleline(&mut find.query.text)
                .id(field)
                .hint_text(FIND)
                .desired_width(width),
        );
        name(&response, FIND);
        ask.typed |= response.changed();
        for (text, on, label, switch) in [
            ("Aa", find.query.case, CASE, Switch::Case),
            ("ab", find.query.word, WORD, Switch::Word),
            (".*", find.query.regex, REGEX, Switch::Regex),
            ("Sel", find.scope.is_some(), SCOPE, Switch::Scope),
        ] {
            let enabled = switch != Switch::Scope || scopes;
            let button = Button::selectable(on, RichText::new(text).small());
            let response = ui
                .add_enabled(enabled, button)
                .on_hover_text(label)
                .on_disabled_hover_text(NO_SCOPE);
            name(&response, label);
            if response.clicked() {
                ask.switch = Some(switch);
            }
        }
        for (text, label, asked) in [
            ("‹", PREVIOUS, Asked::Previous),
            ("›", NEXT, Asked::Next),
            ("×", CLOSE, Asked::Close),
        ] {
            ask.button(ui, text, label, asked);
        }
        let color = if failed { palette.bad } else { palette.muted };
        ui.add(egui::Label::new(RichText::new(count).small().color(color)).truncate());
    }

    fn replace_row(&mut self, ui: &mut Ui, field: Id, ask: &mut Ask) {
        tighten(ui);
        let find = &mut self.view.find;
        let width = (ui.available_width() - 270.0).clamp(80.0, 320.0);
        let response = ui.add(
            TextEdit::singleline(&mut find.replacement)
                .id(field)
                .hint_text(REPLACE)
                .desired_width(width),
        );
        name(&response, REPLACE);
        ask.button(ui, "Replace", REPLACE_ONE, Asked::Replace);
        ask.button(ui, "All", REPLACE_ALL, Asked::All);
    }

    /// "3 of 12", or what keeps it from being that.
    pub(super) fn count_text(&self) -> String {
        let find = &self.view.find;
        if let Some(error) = find.search.error() {
            return error.to_string();
        }
        if find.query.text.is_empty() {
            return String::new();
        }
        let count = find.search.matches().len();
        let more = if count >= MOST_MATCHES { "+" } else { "" };
        match find.search.index_of(&self.buffer.selection().range()) {
            _ if count == 0 => NONE.to_owned(),
            Some(index) => format!("{} of {count}{more}", index + 1),
            None => format!("{count}{more} found"),
        }
    }
}

/// How is looked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    Case,
    Word,
    Regex,
    Scope,
}

#[derive(Clone, Copy)]
enum Asked {
    Previous,
    Next,
    Close,
    Replace,
    All,
}

/// What the bar's controls asked for in this frame.
#[derive(Default)]
struct Ask {
    typed: bool,
    switch: Option<Switch>,
    button: Option<Asked>,
}

impl Ask {
    fn button(&mut self, ui: &mut Ui, text: &str, label: &str, asked: Asked) {
        let response = ui
            .add(Button::new(RichText::new(text).small()))
            .on_hover_text(label);
        name(&response, label);
        if response.clicked() {
            self.button = Some(asked);
        }
    }
}

/// Takes Alt and a letter out of the input, with the text that they write.
fn take_with_alt(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| {
        let mut written = Written::default();
        let mut taken = false;
        input.events.retain(|event| {
            if written.is(event) {
                return false;
            }
            let asked = matches!(event, Event::Key { key: pressed, pressed: true, modifiers, .. }
                if *pressed == key && modifiers.matches_exact(Modifiers::ALT));
            if asked {
                written.after(event);
                taken = true;
            }
            !asked
        });
        taken
    })
}

/// The bar fits into the narrow panes of the request, too.
fn tighten(ui: &mut Ui) {
    let spacing = ui.spacing_mut();
    spacing.item_spacing.x = theme::GAP_SMALL;
    spacing.button_padding = vec2(6.0, 3.0);
}

/// What assistive technology calls a control whose face is a sign.
fn name(response: &egui::Response, label: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(label));
}

fn select_field(ctx: &Context, field: Id, text: &str) {
    let mut state = egui::text_edit::TextEditState::load(ctx, field).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(
        CCursor::default(),
        CCursor::end_of_str(text),
    )));
    state.store(ctx, field);
}
