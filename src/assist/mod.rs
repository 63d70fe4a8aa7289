//! Help while writing, without running anything: what may come next, what a name is, what a call takes, where a name
//! is declared and used. Pure: source and facts in, answers out; places are byte offsets.

mod call;
mod complete;
mod definition;
mod docs;
mod enclosing;
mod hover;
mod json;
pub mod json_source;
mod literal;
mod names;
mod place;

use std::ops::Range;

use serde_json::Value;

pub use call::{Signature, signature};
pub use complete::complete;
pub use definition::{Declared, declaration, exported};
pub use enclosing::enclosing;
pub use hover::{Hover, hover};
pub use json::{complete_json, hover_json};
pub use literal::json_of_literal;
pub use names::{RenameProblem, Symbol, SymbolKind, rename, symbols};

use crate::auth0::{Kind, Point};

/// What is known of a script besides its text.
#[derive(Clone, Debug)]
pub struct Facts {
    pub point: Point,
    pub kind: Kind,
    /// The payload it is run with, if that is JSON.
    pub body: Option<Value>,
    /// The names of its secrets.
    pub secrets: Vec<String>,
    /// What `require` finds beside Node's own modules: packages, and files as `./name`.
    pub modules: Vec<String>,
}

/// What a suggestion is; decides its icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    Property,
    Function,
    Variable,
    Class,
    Module,
    Keyword,
    Secret,
    Snippet,
}

/// Something that may be written at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is listed, and what typed letters are compared with.
    pub label: String,
    pub kind: SuggestionKind,
    /// A type or the parameters.
    pub detail: String,
    /// A sentence, or empty.
    pub doc: String,
    /// What is written.
    pub insert: String,
    /// Where the caret goes: characters back from the end of what is written.
    pub back: usize,
}

impl Suggestion {
    fn new(label: impl Into<String>, kind: SuggestionKind) -> Self {
        let label = label.into();
        Self {
            insert: label.clone(),
            label,
            kind,
            detail: String::new(),
            doc: String::new(),
            back: 0,
        }
    }

    fn of(doc: &docs::Doc) -> Self {
        let kind = if doc.is_function() {
            SuggestionKind::Function
        } else if doc.kind == "class" {
            SuggestionKind::Class
        } else {
            SuggestionKind::Property
        };
        Self {
            detail: doc.kind.to_owned(),
            doc: sentence(doc.text),
            ..Self::new(doc.name(), kind)
        }
    }
}

/// What may be written in place of a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What is replaced, in bytes.
    pub replace: Range<usize>,
    /// In the order they are best listed while nothing is typed.
    pub suggestions: Vec<Suggestion>,
}

/// What a JSON value is, as the documentation writes it.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => "string[]",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The part of the payload under a dotted path.
fn payload_at<'v>(body: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(body, |at, name| at.get(name))
}

/// The payload as a script sees it: an Action's body is its event.
fn payload_of(facts: &Facts) -> Option<Value> {
    let body = facts.body.clone()?;
    Some(match facts.kind {
        Kind::Hook => body,
        Kind::Action => serde_json::json!({ "event": body }),
    })
}

/// A note of the documentation with a capital and a full stop.
fn sentence(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let stop = if text.ends_with(['.', ')']) { "" } else { "." };
    format!("{}{}{stop}", first.unwrap_or_default(), letters.as_str())
}
