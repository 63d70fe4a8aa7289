//! What the JSON panes may hold: the documented properties with their types, at any depth.

use std::ops::Range;

use serde_json::Value;

use super::{
    Completions, Facts, Hover, Suggestion, SuggestionKind, docs, payload_at, sentence, type_of,
};
use crate::auth0::{Kind, action};

/// The text read up to a place, as far as it is JSON.
#[derive(Debug, Default)]
struct Scan {
    frames: Vec<Frame>,
    /// Where the text that is open began, its quote included.
    string: Option<usize>,
}

#[derive(Debug)]
struct Frame {
    is_object: bool,
    /// The key whose value is being read.
    key: Option<String>,
    /// Whether a key may come next, or is being read.
    at_key: bool,
    /// Where the object begins.
    start: usize,
}

impl Scan {
    fn of(text: &str) -> Self {
        let mut scan = Self::default();
        let mut letters = text.char_indices();
        while let Some((at, c)) = letters.next() {
            if let Some(start) = scan.string {
                match c {
                    '\\' => {
                        letters.next();
                    }
                    '"' => {
                        scan.string = None;
                        if let Some(frame) = scan.frames.last_mut().filter(|frame| frame.at_key) {
                            frame.key = serde_json::from_str(&text[start..=at]).ok();
                            frame.at_key = false;
                        }
                    }
                    // A text does not go over a line's end: it was not closed.
                    '\n' => scan.string = None,
                    _ => {}
                }
                continue;
            }
            match c {
                '"' => scan.string = Some(at),
                '{' | '[' => scan.frames.push(Frame {
                    is_object: c == '{',
                    key: None,
                    at_key: c == '{',
                    start: at,
                }),
                '}' | ']' => {
                    scan.frames.pop();
                }
                ',' => {
                    if let Some(frame) = scan.frames.last_mut() {
                        frame.at_key = frame.is_object;
                        frame.key = None;
                    }
                }
                _ => {}
            }
        }
        scan
    }

    /// The names down to the innermost object, where no list is among them.
    fn path(&self, root: &str) -> Option<Vec<String>> {
        let mut path: Vec<String> = Vec::new();
        if !root.is_empty() {
            path.push(root.to_owned());
        }
        let (_, outer) = self.frames.split_last()?;
        for frame in outer {
            path.push(frame.key.clone().filter(|_| frame.is_object)?);
        }
        Some(path)
    }
}

/// What may be written at `offset` of a pane's JSON. `root` is the parameter the pane shows, empty for the whole body.
pub fn complete_json(text: &str, offset: usize, root: &str, facts: &Facts) -> Option<Completions> {
    let before = text.get(..offset)?;
    let behind = text.get(offset..)?;
    let scan = Scan::of(before);
    let frame = scan.frames.last().filter(|frame| frame.at_key)?;
    let path = scan.path(root)?.join(".");
    let present = keys(text, frame.start);
    // What is typed of the key, with its quotes.
    let start = scan.string.unwrap_or_else(|| {
        before
            .trim_end_matches(|c: char| c.is_alphanumeric() || c == '_')
            .len()
    });
    let end = match scan.string {
        Some(_) => {
            let stop = behind.find(['"', '\n', '\r', ':', ',', '}']);
            match stop {
                Some(stop) if behind[stop..].starts_with('"') => offset + stop + 1,
                _ => offset,
            }
        }
        None => offset,
    };
    let rest = text.get(end..)?.trim_start();
    let has_value = rest.starts_with(':');
    let comma = if rest.starts_with('"') { "," } else { "" };
    let typed = text.get(start..end)?.trim_matches('"');
    let suggestions: Vec<Suggestion> = properties(&path, facts)
        .into_iter()
        .filter(|known| known.name == typed || !present.contains(&known.name))
        .map(|known| {
            let quoted = Value::from(known.name.as_str()).to_string();
            let (insert, back) = if has_value {
                (quoted, 0)
            } else {
                let (value, back) = known.value();
                (format!("{quoted}: {value}{comma}"), back + comma.len())
            };
            Suggestion {
                detail: known.kind,
                doc: sentence(&known.text),
                insert,
                back,
                ..Suggestion::new(known.name, SuggestionKind::Property)
            }
        })
        .collect();
    (!suggestions.is_empty()).then_some(Completions {
        replace: start..end,
        suggestions,
    })
}

/// What is known of the key at `offset`.
pub fn hover_json(text: &str, offset: usize, root: &str, facts: &Facts) -> Option<Hover> {
    // On to the end of the text the pointer is in.
    let behind = text.get(offset..)?;
    let line = behind.find('\n').unwrap_or(behind.len());
    let close = behind[..line].find('"')?;
    let scan = Scan::of(text.get(..offset + close)?);
    let start = scan.string.filter(|start| *start <= offset)?;
    scan.frames.last().filter(|frame| frame.at_key)?;
    let name: String = serde_json::from_str(text.get(start..=offset + close)?).ok()?;
    let path = scan.path(root)?.join(".");
    let known = properties(&path, facts)
        .into_iter()
        .find(|known| known.name == name)?;
    Some(Hover {
        range: start..offset + close + 1,
        title: format!("{path}.{name}: {}", known.kind),
        text: sentence(&known.text),
    })
    .filter(|hover| !hover.text.is_empty())
}

struct Known {
    name: String,
    kind: String,
    text: String,
    /// What it is in the point's own example.
    example: Option<Value>,
}

impl Known {
    /// What is written behind the colon, and how far back from its end the caret goes.
    fn value(&self) -> (String, usize) {
        match (&self.example, self.kind.as_str()) {
            (Some(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_))), _) => {
                (value.to_string(), usize::from(value.is_string()))
            }
            (_, "string") => ("\"\"".to_owned(), 1),
            (_, "boolean") => ("false".to_owned(), 0),
            (_, "number") => ("0".to_owned(), 0),
            (_, "string[]" | "array") => ("[]".to_owned(), 1),
            _ => ("{}".to_owned(), 1),
        }
    }
}

/// The documented properties below a path, and those of the point's example.
fn properties(path: &str, facts: &Facts) -> Vec<Known> {
    let example: Value = match facts.kind {
        Kind::Hook => serde_json::from_str(facts.point.default_body()),
        Kind::Action => serde_json::from_str(action::default_event(facts.point))
            .map(|event: Value| serde_json::json!({ "event": event })),
    }
    .unwrap_or_default();
    let at = if path.is_empty() {
        Some(&example)
    } else {
        payload_at(&example, path)
    };
    let prefix = if path.is_empty() {
        String::new()
    } else {
        format!("{path}.")
    };
    let mut found: Vec<Known> = Vec::new();
    let payload = facts
        .point
        .parameters()
        .iter()
        .filter(|one| one.kind != "function");
    let hook = payload.map(|one| (one.path, one.kind, one.text));
    let event =
        docs::below(facts.point, facts.kind, &prefix).map(|doc| (doc.path, doc.kind, doc.text));
    let documented: Vec<_> = match facts.kind {
        Kind::Hook => hook.collect(),
        Kind::Action => event.collect(),
    };
    for (whole, kind, text) in documented {
        let Some(name) = whole
            .strip_prefix(&prefix)
            .filter(|rest| !rest.contains(['.', ':']))
        else {
            continue;
        };
        let inside = at.and_then(|value| value.get(name));
        // What every Action's event may have is not in each trigger's; webtask is the sandbox's, not the payload's.
        if (facts.kind == Kind::Action && inside.is_none()) || whole == "context.webtask" {
            continue;
        }
        found.push(Known {
            name: name.to_owned(),
            kind: kind.to_owned(),
            text: text.to_owned(),
            example: inside.cloned(),
        });
    }
    if let Some(Value::Object(object)) = at {
        for (name, value) in object {
            if !found.iter().any(|known| known.name == *name) {
                found.push(Known {
                    name: name.clone(),
                    kind: type_of(value).to_owned(),
                    text: String::new(),
                    example: Some(value.clone()),
                });
            }
        }
    }
    found
}

/// The keys of the object that begins at `start`, whole ones alone.
fn keys(text: &str, start: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut string: Option<usize> = None;
    let mut last: Option<Range<usize>> = None;
    let mut letters = text.char_indices().skip_while(|(at, _)| *at < start);
    while let Some((at, c)) = letters.next() {
        if let Some(begin) = string {
            match c {
                '\\' => {
                    letters.next();
                }
                '"' => {
                    string = None;
                    last = Some(begin..at + 1);
                }
                '\n' => string = None,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => string = Some(at),
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            ':' if depth == 1 => {
                let key = last.take().and_then(|range| text.get(range));
                found.extend(key.and_then(|key| serde_json::from_str::<String>(key).ok()));
            }
            c if c.is_whitespace() => {}
            _ => last = None,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth0::Point;

    fn facts(kind: Kind) -> Facts {
        Facts {
            point: Point::PreUserRegistration,
            kind,
            body: None,
            secrets: Vec::new(),
            modules: Vec::new(),
        }
    }

    /// What the pane holds once the first suggestion with this label is accepted, the caret as `|`.
    fn accepted(json: &str, root: &str, label: &str) -> Option<String> {
        let at = json.find('|').unwrap();
        let mut text = json.replacen('|', "", 1);
        let found = complete_json(&text, at, root, &facts(Kind::Hook))?;
        let one = found
            .suggestions
            .into_iter()
            .find(|one| one.label == label)?;
        let end = found.replace.start + one.insert.len();
        text.replace_range(found.replace, &one.insert);
        text.insert(end - one.back, '|');
        Some(text)
    }

    #[test]
    fn keys_are_written_with_a_value_of_their_type() {
        assert_eq!(
            accepted("{ \"us|\" }", "user", "username").as_deref(),
            accepted("{ us| }", "user", "username").as_deref()
        );
        let metadata = accepted("{\n  |\n}", "user", "user_metadata").unwrap();
        assert!(
            metadata.starts_with("{\n  \"user_metadata\": {"),
            "{metadata}"
        );
        let verified = accepted("{|}", "user", "emailVerified").unwrap();
        assert_eq!(verified, "{\"emailVerified\": false|}");
        assert_eq!(
            accepted("{ \"|: 1 }", "user", "email"),
            Some("{ \"email\"|: 1 }".to_owned())
        );
        let comma = accepted("{ |\n \"email\": \"a\" }", "user", "tenant").unwrap();
        assert!(
            comma.contains("\"tenant\": \"") && comma.contains(",\n"),
            "{comma}"
        );
    }

    #[test]
    fn the_depth_decides_and_what_is_there_is_not_listed_again() {
        let labels = |json: &str, root: &str| -> Vec<String> {
            let at = json.find('|').unwrap();
            complete_json(&json.replacen('|', "", 1), at, root, &facts(Kind::Hook))
                .map(|found| found.suggestions.into_iter().map(|one| one.label).collect())
                .unwrap_or_default()
        };
        let request = labels("{ \"request\": { | } }", "context");
        assert!(request.contains(&"ip".to_owned()), "{request:?}");
        let connection = labels("{ \"connection\": { \"id\": \"x\", | } }", "context");
        assert!(!connection.contains(&"id".to_owned()) && connection.contains(&"name".to_owned()));
        let later = labels("{ |\n \"email\": \"x\" }", "user");
        assert!(!later.contains(&"email".to_owned()) && later.contains(&"tenant".to_owned()));
        let whole = labels("{ | }", "");
        assert_eq!(whole, ["user", "context"]);
        for quiet in [
            "{ \"email\": \"|\" }",
            "[ | ]",
            "|",
            "{ \"a\": [ { | } ] }",
            "{ \"email\": | }",
        ] {
            assert_eq!(labels(quiet, "user"), [""; 0], "{quiet}");
        }
    }

    #[test]
    fn events_have_their_own_properties() {
        let found = complete_json("{ \"user\": {  } }", 12, "event", &facts(Kind::Action)).unwrap();
        let labels: Vec<_> = found.suggestions.iter().map(|one| &*one.label).collect();
        assert!(
            labels.contains(&"email") && !labels.contains(&"user_id"),
            "{labels:?}"
        );
    }

    #[test]
    fn a_key_tells_what_it_is() {
        let text = "{ \"user_metadata\": { \"email\": 1 }, \"email\": \"email\" }";
        let facts = facts(Kind::Hook);
        let hover = hover_json(text, 6, "user", &facts).unwrap();
        assert_eq!(hover.title, "user.user_metadata: object");
        assert_eq!(&text[hover.range], "\"user_metadata\"");
        assert_eq!(hover_json(text, 24, "user", &facts), None);
        let value = text.rfind("email").unwrap();
        assert_eq!(hover_json(text, value + 1, "user", &facts), None);
    }
}
