//! Edits of single values. Each is the least that has to be replaced: what is not concerned keeps its letters.

use std::ops::Range;

use super::layout::moved_in;
use super::read::skip_trivia;
use super::{JsonSource, ValueKind, literal};

/// What is replaced in the text, and what to look at then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// In ascending order, none touching another's text.
    pub changes: Vec<(Range<usize>, String)>,
    /// Where the value begins, in the text after, that the edit was about.
    pub target: usize,
    /// Values that went elsewhere: from where to where.
    pub moved: Vec<(Range<usize>, usize)>,
}

/// Why an edit is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("There is a property “{0}” here already. Choose another name.")]
    DuplicateName(String),
    #[error("Give the property a name first.")]
    NoName,
    #[error(
        "This is no number of JSON, such as 12, -0.5 or 1e3. For something else change the type."
    )]
    NotANumber,
    #[error("A boolean is true or false. For something else change the type.")]
    NotABoolean,
    #[error("null has no other value. For something else change the type.")]
    NotNull,
    #[error("An object or array is edited through what is in it.")]
    Container,
    #[error("Only an object or an array can hold further values.")]
    NoContainer,
    #[error("The whole cannot be removed, moved or duplicated; edit what is in it.")]
    Whole,
    #[error("There is nothing to change places with on that side.")]
    Edge,
    #[error("This value is not there any more.")]
    Gone,
}

impl Edit {
    /// One replaced stretch, with what is looked at then.
    pub(super) fn one(range: Range<usize>, text: impl Into<String>, target: usize) -> Self {
        Self {
            changes: vec![(range, text.into())],
            target,
            moved: Vec::new(),
        }
    }

    /// Where a byte of the text before stands after. What is inserted at the byte itself pushes it on.
    pub fn carry(&self, byte: usize) -> usize {
        let (mut removed, mut inserted) = (0, 0);
        for (range, text) in &self.changes {
            if range.start > byte {
                break;
            }
            removed += range.end.min(byte) - range.start;
            inserted += text.len();
        }
        byte - removed + inserted
    }

    /// The text after.
    #[cfg(test)]
    pub fn applied(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (range, new) in self.changes.iter().rev() {
            text.replace_range(range.clone(), new);
        }
        text
    }
}

impl JsonSource {
    /// Another text for a scalar: a string's without quotes, a number's, boolean's or null's as JSON writes it.
    ///
    /// # Errors
    /// A text that is no value of the same kind.
    pub fn set_scalar(&self, index: usize, text: &str) -> Result<Edit, EditError> {
        let node = self.get(index).ok_or(EditError::Gone)?;
        let trimmed = text.trim();
        let new = match node.kind {
            // What was not changed keeps its escapes.
            ValueKind::String if text == self.editable(index) => self.written(index).to_owned(),
            ValueKind::String => literal(text),
            ValueKind::Number if is_a(trimmed, ValueKind::Number) => trimmed.to_owned(),
            ValueKind::Boolean if is_a(trimmed, ValueKind::Boolean) => trimmed.to_owned(),
            ValueKind::Null if trimmed == "null" => trimmed.to_owned(),
            ValueKind::Number => return Err(EditError::NotANumber),
            ValueKind::Boolean => return Err(EditError::NotABoolean),
            ValueKind::Null => return Err(EditError::NotNull),
            ValueKind::Object | ValueKind::Array => return Err(EditError::Container),
        };
        Ok(Edit::one(node.value.clone(), new, node.value.start))
    }

    /// Another name for a property.
    ///
    /// # Errors
    /// The object has a property of that name already.
    pub fn rename(&self, index: usize, name: &str) -> Result<Edit, EditError> {
        let node = self.get(index).ok_or(EditError::Gone)?;
        let (Some(key), Some(parent)) = (node.key.clone(), node.parent) else {
            return Err(EditError::Whole);
        };
        let new = if self.name(index).as_deref() == Some(name) {
            self.text[key.clone()].to_owned()
        } else {
            self.check_name(parent, name)?;
            literal(name)
        };
        let mut edit = Edit::one(key, new, 0);
        edit.target = edit.carry(node.value.start);
        Ok(edit)
    }

    /// Whether an object has no property of this name yet.
    ///
    /// # Errors
    /// It has.
    pub fn check_name(&self, object: usize, name: &str) -> Result<(), EditError> {
        let taken = self
            .children(object)
            .any(|(child, _)| self.name(child).as_deref() == Some(name));
        if taken {
            return Err(EditError::DuplicateName(name.to_owned()));
        }
        Ok(())
    }

    /// A name that no property of an object has, made from `like`.
    pub fn free_name(&self, object: usize, like: &str) -> String {
        let taken: std::collections::HashSet<String> = self
            .children(object)
            .filter_map(|(child, _)| self.name(child))
            .collect();
        (2..)
            .map(|count| format!("{like} {count}"))
            .find(|name| !taken.contains(name))
            .unwrap_or_else(|| like.to_owned())
    }

    /// A further value in a container, before the one that stands at `at` now. `unit` is one level of indentation; the
    /// value is written as if it began a line, and moved in.
    ///
    /// # Errors
    /// The object has a property of that name already.
    pub fn insert(
        &self,
        container: usize,
        at: usize,
        name: Option<&str>,
        value: &str,
        unit: &str,
    ) -> Result<Edit, EditError> {
        let node = self.get(container).ok_or(EditError::Gone)?;
        if !node.kind.is_container() {
            return Err(EditError::NoContainer);
        }
        let name = (node.kind == ValueKind::Object).then(|| name.unwrap_or_default());
        if let Some(name) = name {
            self.check_name(container, name)?;
        }
        let indent = self.indent_within(container, unit);
        let value = moved_in(value, &indent, self.line_end());
        let item = self.member(container, name, &value);
        // From the item's end to where its value begins.
        let value_back = value.len();
        if node.count == 0 {
            return Ok(self.insert_first(container, &indent, &item, value_back));
        }
        let at = at.min(node.count);
        let mut changes = Vec::new();
        let (place, text, behind) = if at == node.count {
            let last = self.child(container, at - 1).ok_or(EditError::Gone)?;
            let end = self.nodes[last].value.end;
            let tail = self.line_tail(end);
            let separator = self.separator(container, at - 1);
            if tail > end {
                changes.push((end..end, ",".to_owned()));
                (tail, format!("{separator}{item}"), 0)
            } else {
                (end, format!(",{separator}{item}"), 0)
            }
        } else {
            let lead = self.lead(container, at);
            if at == 0 && !self.text[lead.clone()].contains('\n') {
                let gap = self.gap(container);
                (lead.end, format!("{item},{gap}"), 1 + gap.len())
            } else {
                let separator = self.separator(container, at);
                let place = self.line_tail(lead.start);
                (place, format!("{separator}{item},"), 1)
            }
        };
        let value_at = text.len() - behind - value_back;
        changes.push((place..place, text));
        let mut edit = Edit {
            changes,
            ..Edit::default()
        };
        let text_at = edit.carry(place) - edit.changes.last().map_or(0, |(_, text)| text.len());
        edit.target = text_at + value_at;
        Ok(edit)
    }

    /// The indentation of what stands in a container.
    fn indent_within(&self, container: usize, unit: &str) -> String {
        let node = &self.nodes[container];
        if !self.is_broken(container) {
            return self.indent_at(node.value.start).to_owned();
        }
        match self.child(container, 0) {
            Some(first) => self.indent_at(self.nodes[first].start()).to_owned(),
            None => format!("{}{unit}", self.indent_at(node.value.start)),
        }
    }

    fn insert_first(&self, container: usize, indent: &str, item: &str, value_back: usize) -> Edit {
        let inside = self.inside(container);
        let kept = self.text[inside.clone()].trim_end().len();
        let place = inside.start + kept..inside.end;
        let (before, after) = if self.is_broken(container) {
            let line_end = self.line_end();
            let outer = self.indent_at(self.nodes[container].value.start);
            (format!("{line_end}{indent}"), format!("{line_end}{outer}"))
        } else if kept > 0 {
            (" ".to_owned(), String::new())
        } else {
            let pad = self.pad(container);
            (pad.to_owned(), pad.to_owned())
        };
        let target = place.start + before.len() + item.len() - value_back;
        Edit::one(place, format!("{before}{item}{after}"), target)
    }

    /// What stands behind the bracket of an object on one line, as in the object around it.
    fn pad(&self, container: usize) -> &str {
        let node = &self.nodes[container];
        let around = node
            .parent
            .filter(|parent| self.nodes[*parent].kind == node.kind && !self.is_broken(*parent));
        let lead = around.map_or("", |parent| &self.text[self.lead(parent, 0)]);
        if lead.chars().all(|c| c == ' ') {
            lead
        } else {
            ""
        }
    }

    /// Takes a value out, with its comma; comments stay.
    ///
    /// # Errors
    /// The whole cannot be taken out.
    pub fn remove(&self, index: usize) -> Result<Edit, EditError> {
        let node = self.get(index).ok_or(EditError::Gone)?;
        let parent = node.parent.ok_or(EditError::Whole)?;
        let count = self.nodes[parent].count;
        let (start, end) = (node.start(), node.value.end);
        let blank = |range: Range<usize>| self.text[range].trim().is_empty();
        // Back over the white space before a place.
        let trimmed = |at: usize| self.text[..at].trim_end().len();
        let neighbour = if node.index + 1 < count {
            node.index + 1
        } else {
            node.index.saturating_sub(1)
        };
        let neighbour = self
            .child(parent, neighbour)
            .filter(|other| *other != index);
        let looked_at = self.nodes[neighbour.unwrap_or(parent)].value.start;
        let gone = |range: Range<usize>| (range, String::new());
        let changes = if count == 1 {
            let inside = self.inside(parent);
            if blank(inside.start..start) && blank(end..inside.end) {
                vec![gone(inside)]
            } else {
                vec![gone(trimmed(start).max(inside.start)..end)]
            }
        } else if node.index + 1 < count {
            let comma = self.comma_after(index);
            let bytes = self.text.as_bytes();
            let mut next = comma + 1;
            while bytes.get(next).is_some_and(u8::is_ascii_whitespace) {
                next += 1;
            }
            if blank(end..comma) {
                vec![gone(start..next)]
            } else {
                vec![gone(start..end), gone(comma..comma + 1)]
            }
        } else {
            let before = self.child(parent, node.index - 1).ok_or(EditError::Gone)?;
            let before_end = self.nodes[before].value.end;
            let comma = self.comma_after(before);
            if blank(before_end..comma) && blank(comma + 1..start) {
                vec![gone(before_end..end)]
            } else {
                vec![gone(comma..comma + 1), gone(trimmed(start)..end)]
            }
        };
        let mut edit = Edit {
            changes,
            ..Edit::default()
        };
        edit.target = edit.carry(looked_at);
        Ok(edit)
    }

    /// The same value once more behind it, under a name of its own.
    ///
    /// # Errors
    /// There can be only one whole.
    pub fn duplicate(&self, index: usize, unit: &str) -> Result<Edit, EditError> {
        let node = self.get(index).ok_or(EditError::Gone)?;
        let parent = node.parent.ok_or(EditError::Whole)?;
        let name = self.name(index).map(|name| self.free_name(parent, &name));
        // Inserting moves in; this one is moved in already.
        let indent = self.indent_within(parent, unit);
        let value: Vec<&str> = self
            .written(index)
            .lines()
            .enumerate()
            .map(|(at, line)| {
                if at == 0 {
                    line
                } else {
                    line.strip_prefix(&*indent).unwrap_or(line)
                }
            })
            .collect();
        self.insert(
            parent,
            node.index + 1,
            name.as_deref(),
            &value.join("\n"),
            unit,
        )
    }

    /// Lets a value and its neighbour change places; what stands between them stays.
    ///
    /// # Errors
    /// There is no neighbour on that side.
    pub fn move_by_one(&self, index: usize, down: bool) -> Result<Edit, EditError> {
        let node = self.get(index).ok_or(EditError::Gone)?;
        let parent = node.parent.ok_or(EditError::Whole)?;
        let other = if down {
            Some(node.index + 1)
        } else {
            node.index.checked_sub(1)
        };
        let other = other
            .and_then(|at| self.child(parent, at))
            .ok_or(EditError::Edge)?;
        let (upper, lower) = if down { (index, other) } else { (other, index) };
        let range = |at: usize| self.nodes[at].start()..self.nodes[at].value.end;
        let (above, below) = (range(upper), range(lower));
        let (up_text, down_text) = (&self.text[below.clone()], &self.text[above.clone()]);
        let down_at = below.start + up_text.len() - down_text.len();
        let up_value = above.start + (self.nodes[lower].value.start - below.start);
        let down_value = down_at + (self.nodes[upper].value.start - above.start);
        Ok(Edit {
            changes: vec![
                (above.clone(), up_text.to_owned()),
                (below.clone(), down_text.to_owned()),
            ],
            target: if down { down_value } else { up_value },
            moved: vec![(above.clone(), down_at), (below, above.start)],
        })
    }
}

/// Whether a text is a value of this kind and nothing else.
pub(super) fn is_a(text: &str, kind: ValueKind) -> bool {
    JsonSource::read(text.to_owned())
        .is_ok_and(|read| read.len() == 1 && read.nodes[0].kind == kind && read.written(0) == text)
}

/// A text without its white space and comments.
pub(super) fn squeezed(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut squeezed = String::with_capacity(text.len());
    let (mut at, mut quoted) = (0, false);
    while at < bytes.len() {
        if !quoted {
            at = skip_trivia(bytes, at, bytes.len()).unwrap_or(bytes.len());
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        squeezed.push(c);
        at += c.len_utf8();
        if quoted && c == '\\' {
            if let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
                squeezed.push(next);
                at += next.len_utf8();
            }
        } else if c == '"' {
            quoted = !quoted;
        }
    }
    squeezed
}
