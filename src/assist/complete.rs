//! What may come next in a script.

use std::collections::{BTreeMap, HashSet};

use super::place::{self, Object, Place};
use super::{
    Completions, Facts, Suggestion, SuggestionKind, docs, payload_at, payload_of, type_of,
};
use crate::auth0::{Kind, Point};
use crate::engine::{core_modules, stand_ins};

/// Words of the language that begin or go on a statement.
const KEYWORDS: [&str; 27] = [
    "async", "await", "break", "case", "catch", "const", "continue", "default", "else", "false",
    "finally", "for", "function", "if", "let", "new", "null", "of", "return", "switch", "this",
    "throw", "true", "try", "typeof", "var", "while",
];

/// What may be written at `offset`, the part of a word before it included; nothing within texts and comments.
pub fn complete(source: &str, offset: usize, facts: &Facts) -> Option<Completions> {
    let mut word = place::word(source, offset);
    let read = match quoted(source, offset) {
        Some(text) => {
            word = text;
            place::read(source, &(offset..offset), facts)
        }
        None => {
            // A number is no name, whatever letters it has.
            if source[word.clone()].starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            place::read(source, &word, facts)
        }
    };
    let suggestions = match read {
        Place::Nothing => return None,
        Place::Member { of } => members(&of, facts),
        Place::Module => modules(facts),
        Place::ResponseKey { path } => response_keys(&path, facts),
        Place::Name { seen, parameters } => {
            let mut all: Vec<Suggestion> = seen
                .into_iter()
                .map(|(name, what)| Suggestion {
                    doc: docs::of(facts.point, facts.kind, &name)
                        .map_or_else(String::new, |doc| doc.text.to_owned()),
                    detail: what,
                    ..Suggestion::new(name, SuggestionKind::Variable)
                })
                .collect();
            all.extend(snippets(facts, &parameters));
            all.extend(names(facts));
            all
        }
    };
    let mut seen = HashSet::new();
    let suggestions: Vec<Suggestion> = suggestions
        .into_iter()
        .filter(|one| seen.insert(one.label.clone()))
        .collect();
    (!suggestions.is_empty()).then_some(Completions {
        replace: word,
        suggestions,
    })
}

/// The inside of the quotes around the caret, as far as it is one word on this line: of a module or a key.
fn quoted(source: &str, offset: usize) -> Option<std::ops::Range<usize>> {
    let before = source.get(..offset)?;
    let line = before.rsplit('\n').next()?;
    let start = line.rfind(['\'', '"'])?;
    let quote = line[start..].chars().next()?;
    let lead = line[..start].trim_end();
    if !(lead.ends_with('(') || lead.ends_with('[')) {
        return None;
    }
    let begin = offset - (line.len() - start) + 1;
    let behind = source.get(offset..)?;
    let end = behind.find([quote, '\n', '\r'])?;
    behind[end..]
        .starts_with(quote)
        .then_some(begin..offset + end)
}

/// What stands behind the `.` of an object.
pub(super) fn members(of: &Object, facts: &Facts) -> Vec<Suggestion> {
    let (point, kind) = (facts.point, facts.kind);
    let documented = |path: &str| -> Vec<Suggestion> {
        docs::below(point, kind, path)
            .map(|doc| Suggestion::of(&doc))
            .collect()
    };
    let path = match of {
        Object::Unknown => return Vec::new(),
        Object::Text => return documented("string."),
        Object::List => return documented("array."),
        Object::Path(path) => path,
    };
    if let Some(module) = path.strip_prefix("module:") {
        return documented(&format!("{module}:"));
    }
    let payload = payload_of(facts);
    let value = payload.as_ref().and_then(|body| payload_at(body, path));
    let mut found: Vec<Suggestion> = Vec::new();
    if is_secrets(path, point) {
        found.extend(facts.secrets.iter().map(|name| Suggestion {
            detail: "secret".to_owned(),
            ..Suggestion::new(name, SuggestionKind::Secret)
        }));
    }
    found.extend(
        documented(&format!("{path}."))
            .into_iter()
            .filter(|one| kind == Kind::Hook || in_event(facts, path, &one.label)),
    );
    if let Some(serde_json::Value::Object(object)) = value {
        for (name, value) in object {
            if !found.iter().any(|known| known.label == *name) && is_name(name) {
                found.push(Suggestion {
                    detail: type_of(value).to_owned(),
                    doc: "In the payload as it stands.".to_owned(),
                    ..Suggestion::new(name, SuggestionKind::Property)
                });
            }
        }
    }
    if found.is_empty() {
        let kind_of = docs::of(point, kind, path)
            .map(|doc| doc.kind)
            .or_else(|| value.map(type_of));
        match kind_of {
            Some("string") => found.extend(documented("string.")),
            Some("string[]" | "array") => found.extend(documented("array.")),
            _ => {}
        }
    }
    found
}

/// Whether the event of this trigger has a documented property, or the payload has it.
fn in_event(facts: &Facts, path: &str, name: &str) -> bool {
    let whole = format!("{path}.{name}");
    let Some(rest) = whole.strip_prefix("event.") else {
        return true;
    };
    let default = crate::auth0::action::default_event(facts.point);
    let holds = |event: &serde_json::Value| payload_at(event, rest).is_some();
    facts.body.as_ref().is_some_and(holds)
        || serde_json::from_str(default).is_ok_and(|event| holds(&event))
}

fn is_secrets(path: &str, point: Point) -> bool {
    match path {
        "event.secrets" | "context.webtask.secrets" => true,
        "context.secrets" => point == Point::Generic,
        _ => false,
    }
}

fn is_name(text: &str) -> bool {
    oxc_syntax::identifier::is_identifier_name(text)
}

fn modules(facts: &Facts) -> Vec<Suggestion> {
    let module = |name: &str, detail: &str| Suggestion {
        detail: detail.to_owned(),
        ..Suggestion::new(name, SuggestionKind::Module)
    };
    let own = facts.modules.iter().map(|name| {
        module(
            name,
            if name.starts_with('.') {
                "file"
            } else {
                "installed"
            },
        )
    });
    own.chain(stand_ins().map(|name| module(name, "stand-in of Hookbench")))
        .chain(core_modules().map(|name| module(name, "part of Node")))
        .collect()
}

/// What a response may set.
fn response_keys(path: &[String], facts: &Facts) -> Vec<Suggestion> {
    let key = |name: &str, text: &str, insert: &str, back: usize| Suggestion {
        detail: "object".to_owned(),
        doc: text.to_owned(),
        insert: insert.to_owned(),
        back,
        ..Suggestion::new(name, SuggestionKind::Property)
    };
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match (facts.point, path.as_slice()) {
        (Point::PreUserRegistration, []) => {
            vec![key(
                "user",
                "What is taken over into the new user.",
                "user: {}",
                1,
            )]
        }
        (Point::PreUserRegistration, ["user"]) => vec![
            key(
                "user_metadata",
                "Metadata the person may change; merged with what is there.",
                "user_metadata: {}",
                1,
            ),
            key(
                "app_metadata",
                "Metadata only the application may change; merged with what is there.",
                "app_metadata: {}",
                1,
            ),
        ],
        _ => Vec::new(),
    }
}

/// What can be named anywhere: error classes, globals, words of the language.
fn names(facts: &Facts) -> Vec<Suggestion> {
    let top = |doc: &docs::Doc| {
        !doc.path.contains(['.', ':'])
            // Parameters are names only where the script declares them.
            && !facts.point.parameters().iter().any(|one| one.path == doc.path)
    };
    docs::all(facts.point, facts.kind)
        .filter(top)
        .map(|doc| Suggestion::of(&doc))
        .chain(
            KEYWORDS
                .into_iter()
                .map(|word| Suggestion::new(word, SuggestionKind::Keyword)),
        )
        .collect()
}

/// Whole statements, with the author's own names in them; what they need has to be seen from there.
fn snippets(facts: &Facts, parameters: &BTreeMap<&'static str, String>) -> Vec<Suggestion> {
    const DENY: &str = "Deny the registration, with a text for the log and one for the visitor.";
    let snippet = |label: &str, text: &str, insert: String, back: usize| Suggestion {
        detail: insert.clone(),
        doc: text.to_owned(),
        insert,
        back,
        ..Suggestion::new(label, SuggestionKind::Snippet)
    };
    let hook = facts.kind == Kind::Hook;
    let mut found = Vec::new();
    if let Some(cb) = parameters.get("cb").filter(|_| hook) {
        if facts.point == Point::PreUserRegistration {
            let insert = format!("return {cb}(new PreUserRegistrationError('', ''));");
            found.push(snippet("deny", DENY, insert, 8));
        }
        if facts.point == Point::CredentialsExchange {
            let insert = format!("return {cb}(new InvalidRequestError(''));");
            found.push(snippet("refuse", "Refuse the token.", insert, 4));
        }
        if let Some(user) = parameters.get("user")
            && facts.point == Point::PreUserRegistration
        {
            let response = if user == "user" {
                "{ user }".to_owned()
            } else {
                format!("{{ user: {user} }}")
            };
            let text = "Register the user with the metadata set so far.";
            let insert = format!("return {cb}(null, {response});");
            found.push(snippet("register", text, insert, 0));
        }
    }
    if let Some(api) = parameters.get("api").filter(|_| !hook) {
        if facts.point == Point::PreUserRegistration {
            let insert = format!("return {api}.access.deny('', '');");
            found.push(snippet("deny", DENY, insert, 7));
        }
        if facts.point == Point::CredentialsExchange {
            let insert = format!("return {api}.access.deny('invalid_request', '');");
            found.push(snippet("refuse", "Refuse the token.", insert, 3));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(kind: Kind) -> Facts {
        Facts {
            point: Point::PreUserRegistration,
            kind,
            body: serde_json::from_str(Point::PreUserRegistration.default_body()).ok(),
            secrets: vec!["SLACK_URL".to_owned()],
            modules: vec!["left-pad".to_owned(), "./lib".to_owned()],
        }
    }

    fn labels_of(code: &str, facts: &Facts) -> Vec<String> {
        let at = code.rfind('|').unwrap();
        let source = [&code[..at], &code[at + 1..]].concat();
        complete(&source, at, facts)
            .map(|found| {
                assert!(
                    found.replace.start <= at && at <= found.replace.end,
                    "{code}"
                );
                found.suggestions.into_iter().map(|one| one.label).collect()
            })
            .unwrap_or_default()
    }

    fn hook(body: &str) -> String {
        format!("module.exports = function (user, context, cb) {{\n  {body}\n}};")
    }

    fn labels(body: &str) -> Vec<String> {
        labels_of(&hook(body), &facts(Kind::Hook))
    }

    fn has(body: &str, wanted: &[&str]) {
        let found = labels(body);
        for label in wanted {
            assert!(
                found.iter().any(|one| one == label),
                "{label} at {body}: {found:?}"
            );
        }
    }

    #[test]
    fn properties_of_the_payload_follow_its_names() {
        has(
            "user.|",
            &["email", "password", "app_metadata", "user_metadata"],
        );
        has("user.em|", &["email"]);
        has("if (user.|) { cb(); }", &["email"]);
        has("if (user.|", &["email"]);
        has("const x = user\n    .|\n  cb();", &["email"]);
        has("const u = user; u.|", &["email"]);
        has(
            "const { connection } = context; f(connection.|)",
            &["name", "tenant"],
        );
        has("(context.request || {}).|", &["ip", "language"]);
        has("context.webtask.|", &["secrets", "storage", "headers"]);
        has("context.webtask.secrets.|", &["SLACK_URL"]);
        has("context.webtask.secrets['|']", &["SLACK_URL"]);
        has("user?.|", &["email"]);
        has("user.email.|", &["endsWith", "split"]);
        has("user.email.split('@').|", &["map", "filter"]);
        has("`${user.|}`", &["email"]);
    }

    #[test]
    fn what_the_payload_holds_is_there_though_no_page_documents_it() {
        let mut facts = facts(Kind::Hook);
        facts.body = serde_json::from_str(
            r#"{"user": {"user_metadata": {"plan": "gold", "not-a-name": 1}}, "context": {}}"#,
        )
        .ok();
        assert_eq!(
            labels_of(&hook("log(user.user_metadata.|);"), &facts),
            ["plan"]
        );
    }

    #[test]
    fn names_are_those_that_are_seen_from_there() {
        has(
            "const local = 1; { let inner; loc| }",
            &["local", "inner", "user", "cb", "console"],
        );
        let outside = labels("{ let inner; } inn|");
        assert!(!outside.contains(&"inner".to_owned()));
        has("return cb(new Pre|);", &["PreUserRegistrationError"]);
        has("re|", &["require", "return"]);
        has("den|", &["deny", "register"]);
        // With the author's own names, and not where these mean nothing.
        let own = "module.exports = (u, context, done) => {\n  re|\n};";
        let at = own.find('|').unwrap();
        let found = complete(&own.replace('|', ""), at, &facts(Kind::Hook)).unwrap();
        let register = found.suggestions.iter().find(|one| one.label == "register");
        assert_eq!(register.unwrap().insert, "return done(null, { user: u });");
        assert!(!labels_of("den|", &facts(Kind::Hook)).contains(&"deny".to_owned()));
        let all = labels("c|");
        assert_eq!(all.iter().filter(|one| *one == "cb").count(), 1);
    }

    #[test]
    fn responses_have_the_keys_that_auth0_reads() {
        assert_eq!(labels("cb(null, { | });"), ["user"]);
        assert_eq!(
            labels("cb(null, { user: { ap| } });"),
            ["user_metadata", "app_metadata"]
        );
        let other = labels("other(null, { ap| });");
        assert!(!other.contains(&"app_metadata".to_owned()));
    }

    #[test]
    fn modules_are_listed_within_require() {
        has(
            "const x = require('|');",
            &["left-pad", "./lib", "axios", "crypto"],
        );
        has("const axios = require('axios'); axios.|", &["get", "post"]);
        has("require('crypto').|", &["createHash"]);
    }

    #[test]
    fn texts_comments_and_numbers_have_none() {
        for quiet in [
            "const x = 'user.|';",
            "// user.|",
            "/* user.| */",
            "const x = `user.|`;",
            "const x = 12|;",
            "const x = /user.|/;",
            "unknown.|",
            "const fresh| = 1;",
        ] {
            assert_eq!(labels(quiet), [""; 0], "{quiet}");
        }
    }

    #[test]
    fn actions_have_their_event_and_api() {
        let facts = facts(Kind::Action);
        let action = |body: &str| {
            format!(
                "exports.onExecutePreUserRegistration = async (event, api) => {{\n  {body}\n}};"
            )
        };
        let has = |body: &str, wanted: &[&str]| {
            let found = labels_of(&action(body), &facts);
            for label in wanted {
                assert!(
                    found.iter().any(|one| one == label),
                    "{label} at {body}: {found:?}"
                );
            }
            found
        };
        has("api.|", &["access", "user", "cache", "validation"]);
        has("api.access.|", &["deny"]);
        has("event.|", &["user", "request", "secrets"]);
        has("event.secrets.|", &["SLACK_URL"]);
        let user = has("event.user.|", &["email"]);
        // Not before the user exists.
        assert!(!user.contains(&"user_id".to_owned()));
        has("const { user } = event; user.|", &["email"]);
    }
}
