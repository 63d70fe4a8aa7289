//! The state of a tree: what is open, what is selected, what is being typed, and edits carried out on the pane's text.

use eframe::egui::{Context, Rect, Vec2};

use super::reading::{Cause, Change, Reading};
use crate::assist::json_source::{Edit, JsonSource, ValueKind};
use crate::gui::editor::EditorState;

/// Trees of fewer values open whole, larger ones with their first level alone.
const SMALL: usize = 200;

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    Value {
        of: usize,
        text: String,
    },
    Name {
        of: usize,
        text: String,
    },
    /// A further value, not part of the text until it is confirmed.
    New {
        container: usize,
        at: usize,
        name: Option<String>,
        value: String,
        /// Whether the name is done.
        on_value: bool,
    },
}

/// The field over a row.
#[derive(Clone, Debug)]
pub struct Field {
    pub typing: Typing,
    /// Why what was typed cannot be taken.
    pub problem: Option<String>,
    /// The keyboard is still to be given to it.
    pub wants_focus: bool,
    /// Whether it had the keyboard in the last frame.
    pub focused: bool,
    /// How high it was in the last frame, with what is said under it.
    pub height: f32,
}

/// An open menu.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    /// What it stands beside.
    pub anchor: Rect,
    /// It was shown already.
    pub opened: bool,
    /// The keyboard is still to be given to its first entry.
    pub wants_focus: bool,
}

/// A line of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Value(usize),
    /// The value that is being added.
    New,
}

/// What the keyboard, the pointer and the menu can ask of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Edit,
    Rename,
    /// At the end of the selected container; behind a scalar.
    Add,
    /// Behind the selected value, whatever it is.
    AddAfter,
    Remove,
    Duplicate,
    MoveUp,
    MoveDown,
    Kind(ValueKind),
    Undo,
    Redo,
    Toggle,
    /// The other one of true and false.
    Flip,
}

/// A payload pane's tree.
#[derive(Debug, Default)]
pub struct PayloadTree {
    pub(super) reading: Reading,
    /// For every value of the tree whether what is in it is shown.
    open: Vec<bool>,
    rows: Vec<Row>,
    pub(super) rows_stale: bool,
    selected: usize,
    /// What was selected when the text was last edited from here: a large text is read later.
    selected_then: usize,
    /// The byte of the text to select the value of.
    place: Option<usize>,
    pub(super) field: Option<Field>,
    /// Why the last order was not carried out.
    pub(super) refused: Option<String>,
    /// Bring the selected row into view in the next frame.
    pub(super) reveal: bool,
    /// The last frame could not scroll far enough for it.
    pub(super) fell_short: bool,
    /// The menu of the selected row.
    pub(super) menu: Option<Menu>,
    /// A key asked for the menu: it opens where the row is shown.
    pub(super) wants_menu: bool,
    /// Rows that fit into the pane, as of the last frame.
    pub(super) page: usize,
    /// How far the rows are scrolled, as of the last frame.
    pub(super) offset: Vec2,
    /// The room beside the scroll bars in the last frame.
    pub(super) inner: Vec2,
    /// How far there was to scroll in the last frame.
    pub(super) most_offset: Vec2,
}

impl PayloadTree {
    /// The tree that is shown.
    pub fn source(&self) -> &JsonSource {
        self.reading.source()
    }

    /// The selected value.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a value, opening what hides it.
    pub fn select(&mut self, index: usize) {
        if index >= self.source().len() {
            return;
        }
        self.refused = None;
        self.selected = index;
        self.reveal = true;
        let mut at = index;
        while let Some(parent) = self.source().get(at).and_then(|node| node.parent) {
            self.set_open(parent, true);
            at = parent;
        }
    }

    /// Whether what is in a value is shown.
    pub fn is_open(&self, index: usize) -> bool {
        self.open.get(index).copied().unwrap_or_default()
    }

    /// Shows or hides what is in a value.
    pub fn set_open(&mut self, index: usize, open: bool) {
        if let Some(was) = self.open.get_mut(index)
            && *was != open
        {
            *was = open;
            self.rows_stale = true;
        }
        // What is hidden cannot stay selected.
        let source = self.reading.source();
        let within = source
            .get(index)
            .is_some_and(|node| (index + 1..node.end).contains(&self.selected));
        if !open && within {
            self.selected = index;
        }
    }

    /// The rows that are not hidden.
    pub fn rows(&mut self) -> &[Row] {
        if std::mem::take(&mut self.rows_stale) {
            self.rows = self.find_rows();
        }
        &self.rows
    }

    /// Where the selected value stands among the rows.
    pub fn selected_row(&mut self) -> usize {
        let selected = Row::Value(self.selected);
        self.rows()
            .iter()
            .position(|row| *row == selected)
            .unwrap_or_default()
    }

    /// Opens the menu of the selected row beside `anchor`.
    pub(super) fn open_menu(&mut self, anchor: Rect, by_key: bool) {
        self.menu = Some(Menu {
            anchor,
            opened: false,
            wants_focus: by_key,
        });
    }

    /// Opens the menu beside the selected row, once that is in view.
    pub(super) fn open_menu_by_key(&mut self) {
        self.wants_menu = true;
        self.reveal = true;
    }

    fn find_rows(&self) -> Vec<Row> {
        let source = self.source();
        let mut rows = Vec::new();
        let mut at = 0;
        while let Some(node) = source.get(at) {
            rows.push(Row::Value(at));
            at = if self.is_open(at) { at + 1 } else { node.end };
        }
        if let Some(Field {
            typing: Typing::New { container, at, .. },
            ..
        }) = &self.field
        {
            // Behind the sibling before it and all that is shown of that, or behind the container itself.
            let behind = match at
                .checked_sub(1)
                .and_then(|at| source.child(*container, at))
            {
                Some(sibling) => source.get(sibling).map_or(0, |node| node.end),
                None => container + 1,
            };
            let place = rows.partition_point(|row| matches!(row, Row::Value(at) if *at < behind));
            rows.insert(place, Row::New);
        }
        rows
    }

    /// Follows the pane's text.
    pub fn follow(&mut self, ctx: &Context, editor: &EditorState) {
        if let Some(change) = self.reading.follow(ctx, editor) {
            self.adopt(&change);
        }
        if self.place.is_some() && self.reading.is_current(editor) {
            let byte = self.place.take().unwrap_or_default();
            let source = self.source();
            let scalar = |index: &usize| source.get(*index).is_some_and(|node| node.count == 0);
            // Behind a value and its comma one still is at that value.
            let near = (0..3)
                .filter_map(|back| source.around(byte.checked_sub(back)?))
                .find(scalar);
            if let Some(place) = near.or(source.around(byte)) {
                self.select(place);
            }
        }
    }

    /// Selects the value around a byte of the text, once that is read.
    pub fn show_place(&mut self, byte: usize) {
        self.place = Some(byte);
    }

    /// Where the selected value begins in the text, its name included, if the tree is that of the text.
    pub fn place(&self, editor: &EditorState) -> Option<usize> {
        let node = self.source().get(self.selected)?;
        let start = node.key.as_ref().map_or(node.value.start, |key| key.start);
        self.reading.is_current(editor).then_some(start)
    }

    /// Takes over what was open and selected in the tree before.
    fn adopt(&mut self, change: &Change) {
        let new = self.reading.source().clone();
        let old = &change.old;
        let small = new.len() < SMALL;
        let mut back = change.backwards();
        let was_open = std::mem::take(&mut self.open);
        self.open = (0..new.len())
            .filter_map(|index| new.get(index))
            .map(|node| {
                let then = back(node.value.start).and_then(|byte| old.at(byte));
                match then.filter(|then| old.get(*then).is_some_and(|old| old.kind.is_container()))
                {
                    Some(then) => was_open.get(then).copied().unwrap_or_default(),
                    None => small || node.depth == 0,
                }
            })
            .collect();
        let carried = |index: usize| {
            let byte = old.get(index)?.value.start;
            new.at(change.forwards(byte)?)
        };
        // Who went elsewhere meanwhile stays there.
        let stayed = self.selected == self.selected_then;
        let selected = carried(self.selected);
        self.rows_stale = true;
        self.refused = None;
        self.selected = selected
            .or_else(|| new.around(change.start()))
            .unwrap_or_default();
        // What is typed belongs to its value; without that it is of no use any more.
        if let Some(mut field) = self.field.take() {
            let of = match &mut field.typing {
                Typing::Value { of, .. } | Typing::Name { of, .. } => of,
                Typing::New { container, .. } => container,
            };
            if let Some(now) = carried(*of) {
                *of = now;
                self.field = Some(field);
            }
        }
        let selected = self.selected;
        let reveal = self.reveal;
        self.select(selected);
        self.reveal = reveal;
        if let Some(place) = change.target.and_then(|at| new.at(at).or(new.around(at)))
            && stayed
        {
            self.select(place);
        }
    }

    /// Carries an order out. A refused one leaves a sentence.
    pub fn carry_out(&mut self, order: Order, editor: &mut EditorState) {
        self.refused = None;
        self.catch_up(editor);
        if !self.reading.is_current(editor) && !matches!(order, Order::Undo | Order::Redo) {
            return;
        }
        if !self.settle(editor) {
            return;
        }
        let (at, unit) = (self.selected, editor.indent_unit().to_owned());
        let source = self.reading.source().clone();
        let edit = match order {
            Order::Edit => return self.begin_edit(),
            Order::Rename => return self.begin_rename(),
            Order::Add => return self.begin_add(false, String::new()),
            Order::AddAfter => return self.begin_add(true, String::new()),
            Order::Toggle => return self.set_open(at, !self.is_open(at)),
            Order::Undo | Order::Redo => return self.step(editor, order == Order::Undo),
            Order::Flip => {
                let other = if source.written(at) == "true" {
                    "false"
                } else {
                    "true"
                };
                source.set_scalar(at, other)
            }
            Order::Remove => source.remove(at),
            Order::Duplicate => source.duplicate(at, &unit),
            Order::MoveUp => source.move_by_one(at, false),
            Order::MoveDown => source.move_by_one(at, true),
            Order::Kind(kind) => source.set_kind(at, kind, &unit),
        };
        match edit {
            Ok(edit) => self.apply(edit, editor),
            Err(error) => self.refused = Some(error.to_string()),
        }
    }

    /// Reads the text as it stands, where it is not read yet.
    pub(super) fn catch_up(&mut self, editor: &EditorState) {
        if let Some(change) = self.reading.read_now(editor) {
            self.adopt(&change);
        }
    }

    pub(super) fn apply(&mut self, edit: Edit, editor: &mut EditorState) {
        if editor.edit_bytes(&edit.changes, edit.target) {
            self.follow_own(Cause::Edit(edit), editor);
        }
    }

    fn follow_own(&mut self, cause: Cause, editor: &EditorState) {
        self.selected_then = self.selected;
        if let Some(change) = self.reading.made(editor, cause) {
            self.adopt(&change);
        }
    }

    /// Takes the last step of the text back, or does it again, and shows where that was.
    fn step(&mut self, editor: &mut EditorState, back: bool) {
        let done = if back { editor.undo() } else { editor.redo() };
        if !done {
            let what = if back { "undo" } else { "do again" };
            self.refused = Some(format!("There is nothing to {what}."));
            return;
        }
        self.follow_own(Cause::Step, editor);
    }
}
