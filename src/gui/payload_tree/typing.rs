//! What is typed in a tree: the fields opened, and what was typed in them taken into the text.

use super::state::{Field, PayloadTree, Typing};
use crate::assist::json_of_literal;
use crate::assist::json_source::{EditError, ValueKind, as_value};
use crate::gui::editor::EditorState;

impl PayloadTree {
    fn begin(&mut self, typing: Typing) {
        self.field = Some(Field {
            typing,
            problem: None,
            wants_focus: true,
            focused: false,
            height: 0.0,
        });
        self.rows_stale = true;
        self.reveal = true;
    }

    /// Opens the field for the selected scalar; a container is opened or closed.
    pub(super) fn begin_edit(&mut self) {
        let of = self.selected();
        let source = self.source();
        match source.get(of).map(|node| node.kind) {
            Some(kind) if kind.is_container() => self.set_open(of, !self.is_open(of)),
            Some(_) => {
                let text = source.editable(of);
                self.begin(Typing::Value { of, text });
            }
            None => {}
        }
    }

    pub(super) fn begin_rename(&mut self) {
        let of = self.selected();
        match self.source().name(of) {
            Some(text) => self.begin(Typing::Name { of, text }),
            None if self
                .source()
                .get(of)
                .is_some_and(|node| node.parent.is_none()) =>
            {
                self.refused = Some("The whole has no name to change.".to_owned());
            }
            None => {
                let text = "Items of an array have numbers for names; move it up or down instead.";
                self.refused = Some(text.to_owned());
            }
        }
    }

    /// Opens the fields of a further value: in the selected container, or behind the selected value.
    pub(super) fn begin_add(&mut self, beside: bool, value: String) {
        let source = self.source();
        let Some(node) = source.get(self.selected()) else {
            return;
        };
        let (container, at) = match node.parent {
            Some(parent) if beside || !node.kind.is_container() => (parent, node.index + 1),
            _ if node.kind.is_container() => (self.selected(), node.count),
            _ => {
                self.refused = Some(EditError::NoContainer.to_string());
                return;
            }
        };
        let is_object = source
            .get(container)
            .is_some_and(|node| node.kind == ValueKind::Object);
        self.set_open(container, true);
        self.begin(Typing::New {
            container,
            at,
            name: is_object.then(String::new),
            value,
            on_value: !is_object,
        });
    }

    /// Adds JSON from the clipboard as a further value; in an object its name is asked for.
    pub fn paste(&mut self, text: &str, editor: &mut EditorState) {
        self.refused = None;
        self.catch_up(editor);
        if !self.reading.is_current(editor) || !self.settle(editor) {
            return;
        }
        let json = json_of_literal(text).unwrap_or_else(|| text.to_owned());
        self.begin_add(false, json.trim().to_owned());
        if let Some(Field {
            typing: Typing::New { name: None, .. },
            ..
        }) = &self.field
        {
            self.settle(editor);
        }
    }

    /// Why what is being typed cannot be taken.
    pub fn problem(&self) -> Option<&str> {
        self.field.as_ref()?.problem.as_deref()
    }

    /// Takes what was typed into the text if it fits, and leaves the field: the tree goes out of sight.
    pub fn leave(&mut self, editor: &mut EditorState) {
        self.settle(editor);
        self.cancel();
    }

    /// Leaves the field; what was typed is not taken.
    pub fn cancel(&mut self) {
        if self.field.take().is_some() {
            self.rows_stale = true;
        }
    }

    /// Takes what was typed into the text. False where it cannot be taken: the field stays and says why.
    pub fn settle(&mut self, editor: &mut EditorState) -> bool {
        if self.field.is_none() {
            return true;
        }
        self.catch_up(editor);
        // The value may be gone with the text it stood in.
        let Some(field) = self.field.clone() else {
            return true;
        };
        if !self.reading.is_current(editor) {
            return false;
        }
        let source = self.reading.source().clone();
        let nameless =
            matches!(&field.typing, Typing::New { name: Some(name), .. } if name.is_empty());
        let edit = match &field.typing {
            Typing::New { .. } if nameless => Err(EditError::NoName),
            Typing::Value { of, text } => source.set_scalar(*of, text),
            Typing::Name { of, text } => source.rename(*of, text),
            Typing::New {
                container,
                at,
                name,
                value,
                ..
            } => source.insert(
                *container,
                *at,
                name.as_deref(),
                &as_value(value),
                editor.indent_unit(),
            ),
        };
        match edit {
            Ok(edit) => {
                self.cancel();
                self.apply(edit, editor);
                true
            }
            Err(error) => {
                if let Some(field) = &mut self.field {
                    if let (
                        EditError::DuplicateName(_) | EditError::NoName,
                        Typing::New { on_value, .. },
                    ) = (&error, &mut field.typing)
                    {
                        *on_value = false;
                    }
                    field.problem = Some(error.to_string());
                    field.wants_focus = true;
                }
                false
            }
        }
    }

    /// Goes from the name of a new property to its value. False where there already is one of that name.
    pub(super) fn name_is_done(&mut self) -> bool {
        let source = self.reading.source().clone();
        let Some(field) = &mut self.field else {
            return true;
        };
        let Typing::New {
            container,
            name: Some(name),
            on_value,
            ..
        } = &mut field.typing
        else {
            return true;
        };
        field.wants_focus = true;
        let named = if name.is_empty() {
            Err(EditError::NoName)
        } else {
            source.check_name(*container, name)
        };
        match named {
            Ok(()) => {
                *on_value = true;
                field.problem = None;
                true
            }
            Err(error) => {
                field.problem = Some(error.to_string());
                false
            }
        }
    }
}
