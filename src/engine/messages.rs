//! V8's words for errors that boa reports without naming what failed, read from the source at the place.

use super::position::{Frame, ScriptMap};

/// The better message, or `None` where boa's own is as good or nothing can be read.
pub(super) fn improve(message: &str, frame: Option<&Frame>, script: &ScriptMap) -> Option<String> {
    let at = frame.and_then(|frame| script.offset(frame.line, frame.column));
    let found = || at.and_then(|at| super::culprit::find(&script.source, at));
    match message {
        "not a callable function" => {
            let name = found()?.callee?;
            Some(format!("{name} is not a function"))
        }
        "cyclic object value" => Some("Converting circular structure to JSON".to_owned()),
        "not a constructor" => Some(format!("{} is not a constructor", found()?.constructed?)),
        _ if message.starts_with("cannot convert 'null' or 'undefined' to object") => {
            let (property, writes) = found()?.property?;
            // The source does not tell null from undefined; undefined is by far the more common.
            Some(if writes {
                format!("Cannot set properties of undefined (setting '{property}')")
            } else {
                format!("Cannot read properties of undefined (reading '{property}')")
            })
        }
        _ => None,
    }
}
