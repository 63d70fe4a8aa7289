//! V8's words for errors that boa reports in its own, with what failed read from the source at the place.

use super::culprit::{self, Culprit};
use super::position::{Frame, ScriptMap};

/// Messages that need nothing but other words.
const WORDS: [(&str, &str); 9] = [
    (
        "cannot serialize bigint to JSON",
        "Do not know how to serialize a BigInt",
    ),
    ("invalid array length", "Invalid array length"),
    (
        "can't convert symbol to string",
        "Cannot convert a Symbol value to a string",
    ),
    (
        "cannot mix BigInt and other types, use explicit conversions",
        "Cannot mix BigInt and other types, use explicit conversions",
    ),
    ("invalid escape character found", "URI malformed"),
    (
        "Array.prototype.reduce: called on an empty array and with no initial value",
        "Reduce of empty array with no initial value",
    ),
    (
        "cyclic object value",
        "Converting circular structure to JSON",
    ),
    (
        "EOF while parsing a value at line 1 column 0",
        "Unexpected end of JSON input",
    ),
    (
        "right-hand side of 'instanceof' is not callable",
        "Right-hand side of 'instanceof' is not callable",
    ),
];

/// The better message, or `None` where boa's own is as good or nothing can be read.
pub(super) fn improve(message: &str, frame: Option<&Frame>, script: &ScriptMap) -> Option<String> {
    if let Some((_, words)) = WORDS.iter().find(|(known, _)| *known == message) {
        return Some((*words).to_owned());
    }
    if message.starts_with("cannot mutate an immutable binding") {
        return Some("Assignment to constant variable.".to_owned());
    }
    if message.starts_with("right-hand side of 'instanceof' should be an object") {
        return Some("Right-hand side of 'instanceof' is not an object".to_owned());
    }
    if let Some(name) = message.strip_prefix("cannot assign to uninitialized global property ") {
        return Some(format!("{} is not defined", name.trim_matches('`')));
    }
    let at = frame.and_then(|frame| script.offset(frame.line, frame.column))?;
    from_source(message, || culprit::find(&script.source, at))
}

fn from_source(message: &str, found: impl Fn() -> Option<Culprit>) -> Option<String> {
    match message {
        "not a callable function" => Some(format!("{} is not a function", found()?.callee?)),
        "not a constructor" => Some(format!("{} is not a constructor", found()?.constructed?)),
        "class constructor cannot be invoked without 'new'" => Some(format!(
            "Class constructor {} cannot be invoked without 'new'",
            found()?.callee?
        )),
        _ if message.starts_with("cannot convert 'null' or 'undefined' to object") => {
            let Some(property) = found()?.property else {
                return Some("Cannot convert undefined or null to object".to_owned());
            };
            // The source does not tell null from undefined; undefined is by far the more common.
            let value = if property.of_null {
                "null"
            } else {
                "undefined"
            };
            let name = property.name;
            Some(if property.written {
                format!("Cannot set properties of {value} (setting '{name}')")
            } else {
                format!("Cannot read properties of {value} (reading '{name}')")
            })
        }
        _ => None,
    }
}
