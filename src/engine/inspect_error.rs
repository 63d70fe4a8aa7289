//! How an error is shown: its stack, without the properties that the stack already tells.

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, js_string};

use super::errors;
use super::inspect_names::own;
use super::state::{string_property, text_of};

/// The text of an error before its further properties; `keys` loses those the text contains.
pub(super) fn show(
    object: &JsObject,
    constructor: Option<&str>,
    keys: &mut Vec<PropertyKey>,
    indentation: usize,
    context: &mut Context,
) -> String {
    let name = string_property(object, "name", context).unwrap_or_else(|| "Error".to_owned());
    let mut stack = match string_property(object, "stack", context) {
        Some(stack) if !stack.is_empty() => stack,
        _ => errors::display(&object.clone().into(), context),
    };
    keys.retain(|key| {
        let PropertyKey::String(text) = key else {
            return true;
        };
        let text = text_of(text);
        if !matches!(text.as_str(), "name" | "message" | "stack") {
            return true;
        }
        string_property(object, &text, context).is_none_or(|value| !stack.contains(&value))
    });
    let cause: PropertyKey = js_string!("cause").into();
    for hidden in [cause, js_string!("errors").into()] {
        if !keys.contains(&hidden) && own(object, &hidden, context).is_some() {
            keys.push(hidden);
        }
    }
    if let Some(constructor) = constructor
        && name.ends_with("Error")
        && stack.starts_with(&name)
        && stack[name.len()..]
            .chars()
            .next()
            .is_none_or(|c| c == ':' || c == '\n')
        && !name.contains(constructor)
    {
        stack = if constructor.contains(&name) {
            format!("{constructor}{}", &stack[name.len()..])
        } else {
            format!("{constructor} [{name}]{}", &stack[name.len()..])
        };
    }
    if !stack.contains("\n    at") {
        stack = format!("[{stack}]");
    }
    if indentation > 0 {
        stack = stack.replace('\n', &format!("\n{}", " ".repeat(indentation)));
    }
    stack
}
