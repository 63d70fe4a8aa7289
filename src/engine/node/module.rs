//! What `module` gets from the engine: the names of the core modules.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::{core_modules, functions};

/// Fills `native` of `module`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[("names", 0, |_, _, context| {
            let mut names: Vec<&str> = core_modules().collect();
            names.sort_unstable();
            let names = names
                .into_iter()
                .map(|name| JsValue::from(js_string!(name)));
            Ok(JsArray::from_iter(names, context).into())
        })],
        context,
    )
}
