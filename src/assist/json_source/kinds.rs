//! Values of another kind: as much of a value as the new kind can hold goes along.

use std::ops::Range;

use super::edit::{Edit, EditError, is_a, squeezed};
use super::layout::moved_in;
use super::{JsonSource, ValueKind, literal};

/// What somebody typed for a new value, as JSON: JSON where it is some, else a string of it.
pub fn as_value(typed: &str) -> String {
    let trimmed = typed.trim();
    match JsonSource::read(trimmed.to_owned()) {
        Ok(_) => trimmed.to_owned(),
        Err(_) => literal(typed),
    }
}

impl JsonSource {
    /// Makes a value one of another kind. Arrays and objects become each other with all they hold; a string that holds
    /// JSON of the kind becomes that, and what holds others becomes a string of their JSON.
    ///
    /// # Errors
    /// The value is not there any more.
    pub fn set_kind(&self, index: usize, kind: ValueKind, unit: &str) -> Result<Edit, EditError> {
        let node = self.get(index).ok_or(EditError::Gone)?;
        let written = self.written(index);
        let at = node.value.start;
        if node.kind == kind {
            return Ok(Edit::one(node.value.clone(), written, at));
        }
        if node.kind.is_container() && kind.is_container() && node.count > 0 {
            return Ok(self.other_brackets(index, kind));
        }
        let held = self.editable(index);
        let trimmed = held.trim();
        let is_text = node.kind == ValueKind::String;
        let new = match kind {
            ValueKind::String if node.kind == ValueKind::Null => "\"\"".to_owned(),
            ValueKind::String => literal(&squeezed(written)),
            ValueKind::Number if is_text && is_a(trimmed, ValueKind::Number) => trimmed.to_owned(),
            ValueKind::Number => if written == "true" { "1" } else { "0" }.to_owned(),
            ValueKind::Boolean => {
                let is_number = node.kind == ValueKind::Number;
                let counts = is_number && held.parse::<f64>().is_ok_and(|number| number != 0.0);
                (counts || (is_text && trimmed == "true")).to_string()
            }
            ValueKind::Null => "null".to_owned(),
            ValueKind::Object | ValueKind::Array => self.container_of(index, kind, unit),
        };
        Ok(Edit::one(node.value.clone(), new, at))
    }

    fn container_of(&self, index: usize, kind: ValueKind, unit: &str) -> String {
        let node = &self.nodes[index];
        let indent = self.indent_at(node.value.start);
        if node.kind == ValueKind::String {
            let held = self.editable(index);
            let trimmed = held.trim();
            let fits = JsonSource::read(trimmed.to_owned())
                .is_ok_and(|read| read.nodes[0].kind == kind && read.written(0) == trimmed);
            if fits {
                return moved_in(trimmed, indent, self.line_end());
            }
        }
        let written = self.written(index);
        match kind {
            ValueKind::Object => "{}".to_owned(),
            _ if node.kind == ValueKind::Null || node.kind.is_container() => "[]".to_owned(),
            _ if node.parent.is_none_or(|parent| self.is_broken(parent)) => {
                let line_end = self.line_end();
                format!("[{line_end}{indent}{unit}{written}{line_end}{indent}]")
            }
            _ => format!("[{written}]"),
        }
    }

    /// An object as an array of its values, or an array as an object of its items by their numbers.
    fn other_brackets(&self, index: usize, kind: ValueKind) -> Edit {
        let node = &self.nodes[index];
        let (open, close) = if kind == ValueKind::Object {
            ("{", "}")
        } else {
            ("[", "]")
        };
        let (start, end) = (node.value.start, node.value.end);
        let colon = self.colon(None);
        let mut changes: Vec<(Range<usize>, String)> = vec![(start..start + 1, open.to_owned())];
        for (_, child) in self.children(index) {
            let value = child.value.start;
            changes.push(match &child.key {
                Some(key) => (key.start..value, String::new()),
                None => (value..value, format!("\"{}\"{colon}", child.index)),
            });
        }
        changes.push((end - 1..end, close.to_owned()));
        Edit {
            changes,
            target: start,
            moved: Vec::new(),
        }
    }
}
