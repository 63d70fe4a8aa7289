//! Built-ins of boa that are wrong, quadratic or newer than Node 22, replaced from outside without a visible trace.

mod date_text;
mod json_parse;
mod json_text;
mod locale;
mod recent;
mod strings;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject, JsResult, JsValue, NativeFunction, js_string};

use super::errors::define_hidden;

/// A replacement: `this`, the arguments, the built-in it stands for.
type Replacement = fn(&JsValue, &[JsValue], &JsFunction, &mut Context) -> JsResult<JsValue>;

/// Replaces all of them.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    recent::hide(context)?;
    json_parse::install(context)?;
    json_text::install(context)?;
    strings::install(context)?;
    locale::install(context)?;
    date_text::install(context)
}

/// Puts a function in the place of another, with its name and length.
fn replace(
    object: &JsObject,
    name: &str,
    replacement: Replacement,
    context: &mut Context,
) -> JsResult<()> {
    let original = object.get(js_string!(name), context)?;
    let Some(original) = original.as_object().and_then(JsFunction::from_object) else {
        return Ok(());
    };
    let length = original
        .get(js_string!("length"), context)?
        .to_u32(context)?;
    let function = NativeFunction::from_copy_closure_with_captures(replacement, original);
    let function = FunctionObjectBuilder::new(context.realm(), function)
        .name(js_string!(name))
        .length(length as usize)
        .build();
    define_hidden(object, name, function, context)
}

/// A global object by its name.
fn global(name: &str, context: &mut Context) -> JsResult<Option<JsObject>> {
    let value = context.global_object().get(js_string!(name), context)?;
    Ok(value.as_object())
}
