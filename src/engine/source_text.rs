//! `Function.prototype.toString`: the author's own text, where the engine knows the lowered one.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsFunction, JsWeakMap};
use boa_engine::{Context, JsResult, JsString, JsValue, NativeFunction, js_string};

use super::errors::define_hidden;
use super::state::{State, text_of};

/// What every lowered function has in its text.
const OURS: &str = "__hookbench_";

/// Replaces `Function.prototype.toString`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().function().prototype();
    let original = prototype.get(js_string!("toString"), context)?;
    let Some(original) = original.as_object().and_then(JsFunction::from_object) else {
        return Ok(());
    };
    let function = NativeFunction::from_copy_closure_with_captures(to_text, original);
    let function = FunctionObjectBuilder::new(context.realm(), function)
        .name(js_string!("toString"))
        .length(0)
        .build();
    define_hidden(&prototype, "toString", function, context)
}

fn to_text(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let state = State::of(context)?;
    let classes = state.classes.borrow().clone();
    if let (Some(class), Some(classes)) = (this.as_object(), classes)
        && let Ok(classes) = JsWeakMap::from_object(classes)
        && let Some(place) = classes.get(&class, context)?.as_string()
        && let Some(text) = class_text(&text_of(&place), &state)
    {
        return Ok(text.into());
    }
    let text = original.call(this, args, context)?;
    let lowered = text
        .as_string()
        .map(|text| text_of(&text))
        .unwrap_or_default();
    if !lowered.contains(OURS) {
        return Ok(text);
    }
    let sources = state.sources.borrow().clone();
    let authors = sources
        .iter()
        .find_map(|script| script.authors_text(&lowered));
    Ok(authors.map_or(text, |authors| JsString::from(authors).into()))
}

fn class_text(place: &str, state: &State) -> Option<JsString> {
    let mut parts = place.split(':').map(|part| part.parse::<usize>().ok());
    let (script, start, end) = (parts.next()??, parts.next()??, parts.next()??);
    let script = state.sources.borrow().get(script)?.clone();
    script.source.get(start..end).map(JsString::from)
}
