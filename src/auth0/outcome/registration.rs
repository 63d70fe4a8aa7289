//! Outcomes of the three points around registration: a user with metadata, a refusal, or nothing at all.

use serde_json::{Map, Value};

use super::{Change, Dropped, Error, Ignored, Metadata, Outcome, Tone, Visitor, log};
use crate::auth0::{Point, limits};

/// `cb(null, data)` before a registration: only the two kinds of metadata count.
pub(super) fn registered(body: &Value, data: Option<&Value>) -> Outcome {
    let mut outcome = Outcome::new("registered", Tone::Good, String::new());
    let payload = body.get("user");
    let given = data.and_then(|data| data.get("user"));
    let details = &mut outcome.details;
    let mut count = 0;
    for (key, app) in [("user_metadata", false), ("app_metadata", true)] {
        let before = payload.and_then(|user| user.get(key));
        let after = given.and_then(|user| user.get(key));
        if let Some(after) = after.filter(|after| !after.is_object()) {
            details.notes.push(format!(
                "user.{key} has to be an object, not {}.",
                kind_of(after)
            ));
        }
        let metadata = merge(
            before.and_then(Value::as_object),
            after.and_then(Value::as_object),
        );
        count += metadata.changes.len();
        warn(key, app, &metadata, &mut details.notes);
        if app {
            details.app_metadata = Some(metadata);
        } else {
            details.user_metadata = Some(metadata);
        }
    }
    details.ignored = unread(payload, data);
    let refused = [&details.user_metadata, &details.app_metadata]
        .into_iter()
        .flatten()
        .any(|metadata| !metadata.refused.is_empty());
    let changed: Vec<&str> = details
        .ignored
        .iter()
        .filter(|ignored| ignored.changed)
        .map(|ignored| ignored.path.as_str())
        .collect();
    let mut summary = match count {
        0 => "The person is registered, with the metadata of the payload unchanged.".to_owned(),
        1 => "The person is registered, with 1 property of metadata added or changed.".to_owned(),
        _ => format!(
            "The person is registered, with {count} properties of metadata added or changed."
        ),
    };
    if !changed.is_empty() {
        summary.push_str(&format!(" Auth0 ignores {}.", changed.join(", ")));
    }
    if refused {
        summary.push_str(" Some names are not allowed in metadata.");
    }
    if !changed.is_empty() || refused || !details.notes.is_empty() {
        outcome.tone = Tone::Caution;
    }
    outcome.summary = summary;
    outcome
}

pub(super) fn merge(
    before: Option<&Map<String, Value>>,
    after: Option<&Map<String, Value>>,
) -> Metadata {
    let mut metadata = Metadata {
        merged: before.cloned().unwrap_or_default(),
        ..Metadata::default()
    };
    for (name, to) in after.into_iter().flatten() {
        if let Some(reason) = limits::metadata_name_problem(name) {
            metadata.refused.push(Dropped {
                name: name.clone(),
                reason: reason.to_owned(),
            });
            continue;
        }
        let from = metadata.merged.insert(name.clone(), to.clone());
        if !from.as_ref().is_some_and(|from| same(from, to)) {
            metadata.changes.push(Change {
                name: name.clone(),
                change: if from.is_some() { "changed" } else { "added" },
                from,
                to: to.clone(),
            });
        }
    }
    metadata
}

pub(super) fn warn(key: &str, app: bool, metadata: &Metadata, notes: &mut Vec<String>) {
    if app {
        for name in metadata.changes.iter().map(|change| change.name.as_str()) {
            if limits::RESERVED_APP_METADATA.contains(&name) {
                notes.push(format!(
                    "app_metadata must not have a property named {name}."
                ));
            }
        }
    }
    let bytes = Value::Object(metadata.merged.clone()).to_string().len();
    if bytes > limits::METADATA_BYTES {
        notes.push(format!(
            "{key} takes {bytes} bytes; Auth0 allows {}.",
            limits::METADATA_BYTES
        ));
    }
}

fn unread(payload: Option<&Value>, data: Option<&Value>) -> Vec<Ignored> {
    let mut ignored = Vec::new();
    let Some(data) = data else {
        return ignored;
    };
    let Some(response) = data.as_object() else {
        return vec![Ignored {
            path: "response".to_owned(),
            changed: true,
        }];
    };
    for (key, value) in response {
        if key != "user" {
            ignored.push(Ignored {
                path: key.clone(),
                changed: true,
            });
            continue;
        }
        let Some(user) = value.as_object() else {
            ignored.push(Ignored {
                path: "user".to_owned(),
                changed: true,
            });
            continue;
        };
        for (name, value) in user {
            if !matches!(name.as_str(), "user_metadata" | "app_metadata") {
                ignored.push(Ignored {
                    path: format!("user.{name}"),
                    changed: !payload
                        .and_then(|payload| payload.get(name))
                        .is_some_and(|before| same(before, value)),
                });
            }
        }
    }
    ignored
}

/// Whether JavaScript would take two values for the same: `1.0` of a payload comes back as `1`.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// An error before a registration.
pub(super) fn denied(body: &Value, error: &Error<'_>) -> Outcome {
    let shown = error.friendly.filter(|text| !text.is_empty());
    let summary = match shown {
        Some(text) => format!("The registration is denied, and the visitor reads: {text}"),
        None => format!(
            "The registration is denied. The tenant's log says: {}",
            nonempty(error.message)
        ),
    };
    let mut outcome = Outcome::new("denied", Tone::Bad, summary);
    let context = body.get("context");
    let language = context
        .and_then(|context| context.get("renderLanguage"))
        .and_then(Value::as_str);
    outcome.details.log = log(Point::PreUserRegistration, error.message);
    outcome.details.visitor = Some(Visitor {
        new_universal_login: shown.map(str::to_owned),
        // Only the New Experience shows the hook's own text.
        classic_universal_login: None,
        language: language.map(str::to_owned),
    });
    if shown.is_some() && shown == Some(error.message) {
        outcome.details.notes.push(
            "The visitor reads the text of the log, since the error has no second text.".to_owned(),
        );
    }
    outcome
}

/// A response after a registration or a password change.
pub(super) fn ignored(point: Point, data: Option<&Value>) -> Outcome {
    let fact = stands(point);
    let empty = match data {
        None | Some(Value::Null) => true,
        Some(Value::Object(object)) => object.is_empty(),
        Some(_) => false,
    };
    let mut outcome = if empty {
        Outcome::new(
            "ignored",
            Tone::Good,
            format!("{fact}, and the hook is done."),
        )
    } else {
        Outcome::new(
            "ignored",
            Tone::Good,
            format!("{fact}, and the hook is done. Auth0 ignores its response."),
        )
    };
    if !empty {
        outcome.details.ignored = match data {
            Some(Value::Object(object)) => object.keys().cloned().collect(),
            _ => vec!["response".to_owned()],
        }
        .into_iter()
        .map(|path| Ignored {
            path,
            changed: true,
        })
        .collect();
    }
    outcome
}

/// An error after a registration or a password change: a line in the log and nothing else.
pub(super) fn logged(point: Point, message: &str) -> Outcome {
    let summary = format!(
        "{}: the error is only logged. The tenant's log says: {}",
        stands(point),
        nonempty(message)
    );
    let mut outcome = Outcome::new("logged", Tone::Caution, summary);
    outcome.details.log = log(point, message);
    outcome
}

pub(super) fn stands(point: Point) -> &'static str {
    if point == Point::PostChangePassword {
        "The password stays changed"
    } else {
        "The person stays registered"
    }
}

pub(super) fn nonempty(message: &str) -> &str {
    if message.is_empty() {
        "(no text)"
    } else {
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_written_differently_is_no_change() {
        let body: Value =
            serde_json::from_str(r#"{"user":{"a":1.0,"app_metadata":{"b":[{"c":1e3}]}}}"#).unwrap();
        let outcome = registered(
            &body,
            Some(&json!({"user": {"a": 1, "app_metadata": {"b": [{"c": 1000}]}}})),
        );
        assert_eq!(outcome.tone, Tone::Good);
        assert!(!outcome.details.ignored[0].changed);
    }
}
