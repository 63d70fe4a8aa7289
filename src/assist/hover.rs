//! What is to be said of the name under the pointer.

use std::ops::Range;

use serde_json::Value;

use super::place::{self, Object, Place};
use super::{Facts, docs, names, payload_at, payload_of, sentence, type_of};
use crate::analysis::code::Code;
use crate::syntax;

/// The longest text of a payload value that is shown, in characters.
const MOST_VALUE: usize = 80;

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name, in bytes.
    pub range: Range<usize>,
    /// The name with its type, as code.
    pub title: String,
    /// Sentences, one a line.
    pub text: String,
}

/// What is known of the name at `offset`.
pub fn hover(source: &str, offset: usize, facts: &Facts) -> Option<Hover> {
    let word = place::word(source, offset);
    let name = source.get(word.clone()).filter(|name| !name.is_empty())?;
    let (title, text) = match place::read(source, &word, facts) {
        Place::Member { of } => member(&of, name, facts)?,
        Place::Name { .. } => local(source, offset, facts).or_else(|| {
            let doc = docs::of(facts.point, facts.kind, name)?;
            Some((titled(name, doc.kind), doc.text.to_owned()))
        })?,
        // Where it is declared.
        Place::Nothing => local(source, offset, facts)?,
        Place::Module | Place::ResponseKey { .. } => return None,
    };
    Some(Hover {
        range: word,
        title,
        text,
    })
}

fn titled(name: &str, kind: &str) -> String {
    if kind.starts_with('(') {
        format!("{name}{kind}")
    } else {
        format!("{name}: {kind}")
    }
}

fn member(of: &Object, name: &str, facts: &Facts) -> Option<(String, String)> {
    let (point, kind) = (facts.point, facts.kind);
    let path = match of {
        Object::Unknown => return None,
        Object::Text => format!("string.{name}"),
        Object::List => format!("array.{name}"),
        Object::Path(path) => match path.strip_prefix("module:") {
            Some(module) => format!("{module}:{name}"),
            None => format!("{path}.{name}"),
        },
    };
    let shown = path.strip_prefix("string.").or(path.strip_prefix("array."));
    let shown = shown.unwrap_or(&path).replace(':', ".");
    let doc = docs::of(point, kind, &path);
    let payload = payload_of(facts);
    let value = payload.as_ref().and_then(|body| payload_at(body, &path));
    let mut lines = Vec::new();
    if let Some(doc) = &doc {
        lines.push(sentence(doc.text));
    }
    if let Some(value) = value {
        lines.push(format!("In the payload: {}", short(value, name)));
    }
    let secrets = matches!(of, Object::Path(path) if path.ends_with("secrets"));
    if secrets {
        lines.push(if facts.secrets.iter().any(|secret| secret == name) {
            "A secret of this hook.".to_owned()
        } else {
            "This hook has no secret of this name.".to_owned()
        });
    }
    // A method of a text that the payload or the documentation knows.
    if lines.is_empty() {
        let Object::Path(path) = of else { return None };
        let kind_of = docs::of(point, kind, path).map(|doc| doc.kind).or_else(|| {
            payload
                .as_ref()
                .and_then(|body| payload_at(body, path))
                .map(type_of)
        });
        return match kind_of? {
            "string" => member(&Object::Text, name, facts),
            "string[]" | "array" => member(&Object::List, name, facts),
            _ => None,
        };
    }
    let kind_of = doc
        .map(|doc| doc.kind)
        .or_else(|| value.map(type_of))
        .unwrap_or("string");
    Some((titled(&shown, kind_of), lines.join("\n")))
}

/// A name of the script's own.
fn local(source: &str, offset: usize, facts: &Facts) -> Option<(String, String)> {
    syntax::with_names(source, |names| {
        let code = Code::read(facts.point, source, facts.body.as_ref(), &|_| false, names);
        let symbol = names::symbol_at(&code, offset)?;
        let name = code.names.scoping().symbol_name(symbol);
        let uses = code.mentions(symbol).len();
        let count = match uses {
            0 => "Never used.".to_owned(),
            1 => "Used once.".to_owned(),
            _ => format!("Used {uses} times."),
        };
        if let Some(path) = code.path_of(symbol) {
            let path = [
                vec![path.parameter.to_owned()],
                path.names.iter().map(ToString::to_string).collect(),
            ]
            .concat()
            .join(".");
            if let Some(doc) = docs::of(facts.point, facts.kind, &path) {
                let title = if path == name {
                    titled(name, doc.kind)
                } else {
                    format!("{}, which is {path}", titled(name, doc.kind))
                };
                return Some((title, format!("{}\n{count}", sentence(doc.text))));
            }
        }
        Some((names::describe(&code, symbol), count))
    })
    .flatten()
}

/// A value of the payload on one line; what is secret by its name stays hidden.
fn short(value: &Value, name: &str) -> String {
    if name == "password" {
        return "\"…\"".to_owned();
    }
    let text = value.to_string();
    if text.chars().count() <= MOST_VALUE {
        text
    } else {
        format!("{}…", text.chars().take(MOST_VALUE).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth0::{Kind, Point};

    fn said(body: &str) -> Option<String> {
        let code = format!("module.exports = function (user, context, cb) {{\n  {body}\n}};");
        let at = code.find('|').unwrap();
        let facts = Facts {
            point: Point::PreUserRegistration,
            kind: Kind::Hook,
            body: serde_json::from_str(
                r#"{"user": {"email": "a@b.c", "password": "x", "user_metadata": {"plan": [1]}}}"#,
            )
            .ok(),
            secrets: vec!["KEY".to_owned()],
            modules: Vec::new(),
        };
        hover(&code.replacen('|', "", 1), at, &facts)
            .map(|hover| format!("{}\n{}", hover.title, hover.text))
    }

    #[test]
    fn names_of_the_payload_tell_type_meaning_and_value() {
        assert_eq!(
            said("log(user.em|ail);").as_deref(),
            Some("user.email: string\nE-mail address.\nIn the payload: \"a@b.c\"")
        );
        assert_eq!(
            said("log(user.user_metadata.pl|an);").as_deref(),
            Some("user.user_metadata.plan: array\nIn the payload: [1]")
        );
        assert!(!said("log(user.pass|word);").unwrap().contains("\"x\""));
        assert_eq!(
            said("const { ema|il } = user;").as_deref(),
            Some("email: string, which is user.email\nE-mail address.\nNever used.")
        );
        assert!(
            said("c|b();")
                .unwrap()
                .starts_with("cb: function\nCall it once")
        );
    }

    #[test]
    fn names_of_the_script_and_of_node_tell_what_they_are() {
        assert_eq!(
            said("const limit = 3; f(limit, lim|it);").as_deref(),
            Some("const limit = 3\nUsed 2 times.")
        );
        assert_eq!(
            said("console.lo|g(1);").as_deref(),
            Some("console.log(...values)\nWrites a line to the log.")
        );
        assert_eq!(
            said("user.email.endsW|ith('x');").as_deref(),
            Some("endsWith(text)\nWhether it ends so.")
        );
        assert!(
            said("f(context.webtask.secrets.K|EY);")
                .unwrap()
                .contains("A secret of this hook.")
        );
        assert!(
            said("f(context.webtask.secrets.NO|NE);")
                .unwrap()
                .contains("has no secret")
        );
        assert_eq!(said("f('us|er');"), None);
        assert_eq!(said("unknown.th|ing;"), None);
    }
}
