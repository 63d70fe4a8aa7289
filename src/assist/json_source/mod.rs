//! JSON as it is written: every value with its place in the text, and edits that leave the rest of the text alone.
//!
//! Comments are read over, for a pane may hold some until they are taken out; whether the text may be sent is not
//! decided here.

mod edit;
mod kinds;
mod layout;
mod read;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use edit::{Edit, EditError};
pub use kinds::as_value;

/// More values than this are not read: such a text is data, and a tree of it would take more memory than it is worth.
pub const MOST_VALUES: usize = 500_000;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    String,
    Number,
    Boolean,
    Null,
    Object,
    Array,
}

impl ValueKind {
    /// Every kind, in the order menus show them.
    pub const ALL: [Self; 6] = [
        Self::String,
        Self::Number,
        Self::Boolean,
        Self::Null,
        Self::Object,
        Self::Array,
    ];

    /// JSON's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
            Self::Object => "object",
            Self::Array => "array",
        }
    }

    /// True for what holds other values.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Object | Self::Array)
    }
}

/// One value of the text. All places are bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub kind: ValueKind,
    pub parent: Option<usize>,
    /// The name of a property, with its quotes.
    pub key: Option<Range<usize>>,
    pub value: Range<usize>,
    /// How many values it stands in.
    pub depth: usize,
    /// The place among its siblings.
    pub index: usize,
    /// How many values stand directly in it.
    pub count: usize,
    /// The index behind its last descendant.
    pub end: usize,
}

impl Node {
    /// Where the value begins, its name included.
    fn start(&self) -> usize {
        self.key.as_ref().map_or(self.value.start, |key| key.start)
    }
}

/// A text that is JSON but for comments, read.
#[derive(Debug, Default)]
pub struct JsonSource {
    text: String,
    /// In the order of the text: a value before those in it. The first is the whole.
    nodes: Vec<Node>,
}

/// Why a text has no tree.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The byte where it stops being JSON.
    #[error("The text is not JSON from byte {0} on.")]
    NotJson(usize),
    #[error("This JSON has more than 500,000 values, too many for a tree; edit it as text.")]
    TooMany,
}

impl JsonSource {
    /// Reads a text. Nesting may be of any depth.
    ///
    /// # Errors
    /// The first place where the text is not JSON, and texts with too many values.
    pub fn read(text: String) -> Result<Self, ReadError> {
        let nodes = read::nodes(&text)?;
        Ok(Self { text, nodes })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True before anything was read.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A value by its place in the order of the text.
    pub fn get(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// The values directly in one.
    pub fn children(&self, of: usize) -> impl Iterator<Item = (usize, &Node)> {
        let end = self.nodes.get(of).map_or(0, |node| node.end);
        let mut next = of + 1;
        std::iter::from_fn(move || {
            let index = next;
            let node = self.nodes.get(index).filter(|_| index < end)?;
            next = node.end;
            Some((index, node))
        })
    }

    /// The child at a place among its siblings.
    pub fn child(&self, of: usize, at: usize) -> Option<usize> {
        self.children(of).nth(at).map(|(index, _)| index)
    }

    /// The name of a property, read.
    pub fn name(&self, index: usize) -> Option<String> {
        let key = self.nodes.get(index)?.key.clone()?;
        Some(string_of(self.text.get(key)?))
    }

    /// A value as it is written.
    pub fn written(&self, index: usize) -> &str {
        self.nodes
            .get(index)
            .and_then(|node| self.text.get(node.value.clone()))
            .unwrap_or_default()
    }

    /// What somebody edits of a scalar: a string without quotes, all else as it is written.
    pub fn editable(&self, index: usize) -> String {
        let written = self.written(index);
        match self.nodes.get(index).map(|node| node.kind) {
            Some(ValueKind::String) => string_of(written),
            _ => written.to_owned(),
        }
    }

    /// The value that begins at a byte.
    pub fn at(&self, byte: usize) -> Option<usize> {
        self.nodes
            .binary_search_by_key(&byte, |node| node.value.start)
            .ok()
    }

    /// The innermost value around a byte, its name included.
    pub fn around(&self, byte: usize) -> Option<usize> {
        let behind = self.nodes.partition_point(|node| node.start() <= byte);
        let mut at = behind.checked_sub(1)?;
        while byte >= self.nodes[at].value.end {
            at = self.nodes[at].parent?;
        }
        Some(at)
    }

    /// The way to a value as JavaScript writes it, such as `user.tags[0]["a b"]`, from what the whole is called.
    pub fn path(&self, index: usize, root: &str) -> String {
        let mut steps = Vec::new();
        let mut at = index;
        while let Some(node) = self.nodes.get(at)
            && let Some(parent) = node.parent
        {
            steps.push(match self.name(at) {
                Some(name) if is_plain(&name) => format!(".{name}"),
                Some(name) => format!("[{}]", literal(&name)),
                None => format!("[{}]", node.index),
            });
            at = parent;
        }
        steps.push(root.to_owned());
        steps.reverse();
        steps.concat()
    }
}

/// Whether a name needs no quotes behind a full stop.
fn is_plain(name: &str) -> bool {
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$')
        && letters.all(|c| c.is_alphanumeric() || c == '_' || c == '$')
}

/// A JSON string's text; what no Rust string can hold (half a surrogate pair) stays as it is written.
fn string_of(written: &str) -> String {
    serde_json::from_str(written).unwrap_or_else(|_| {
        let inner = written.strip_prefix('"').unwrap_or(written);
        inner.strip_suffix('"').unwrap_or(inner).to_owned()
    })
}

/// A text as a JSON string.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
