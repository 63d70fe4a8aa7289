//! Node's coded errors for natives: the words and classes stand in `internal/errors`, this makes them from Rust.

use boa_engine::{Context, JsError, JsNativeError, JsObject, JsResult, JsValue, js_string};

use super::super::console::read_options;
use super::super::inspect::inspect;
use super::{functions, load};

/// Fills `native` of `internal/errors`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[("inspect", 2, |_, args, context| {
            let nothing = JsValue::undefined();
            let options = read_options(args.get(1).unwrap_or(&nothing), context)?;
            let shown = inspect(args.first().unwrap_or(&nothing), &options, context);
            Ok(js_string!(shown).into())
        })],
        context,
    )
}

/// An error of `internal/errors` by its code: `ERR_INVALID_ARG_TYPE` with name, expected types and value, and so on.
pub(in super::super) fn coded(code: &str, args: &[JsValue], context: &mut Context) -> JsError {
    let made = load("internal/errors", context).and_then(|exports| {
        let make = exports
            .to_object(context)?
            .get(js_string!("make"), context)?;
        let mut all = vec![js_string!(code).into()];
        all.extend_from_slice(args);
        match make.as_callable() {
            Some(make) => make.call(&JsValue::undefined(), &all, context),
            None => Err(JsNativeError::error().with_message(code.to_owned()).into()),
        }
    });
    match made {
        Ok(error) => JsError::from_opaque(error),
        Err(error) => error,
    }
}

/// `ERR_INVALID_ARG_TYPE`: what `name` must be, and what was given.
pub(in super::super) fn wrong_type(
    name: &str,
    expected: &[&str],
    value: &JsValue,
    context: &mut Context,
) -> JsError {
    let expected: Vec<JsValue> = expected
        .iter()
        .map(|word| js_string!(*word).into())
        .collect();
    let expected = boa_engine::object::builtins::JsArray::from_iter(expected, context);
    coded(
        "ERR_INVALID_ARG_TYPE",
        &[js_string!(name).into(), expected.into(), value.clone()],
        context,
    )
}

/// `ERR_OUT_OF_RANGE`: the range `name` must lie in, and what was given.
pub(in super::super) fn out_of_range(
    name: &str,
    range: &str,
    value: &JsValue,
    context: &mut Context,
) -> JsError {
    coded(
        "ERR_OUT_OF_RANGE",
        &[
            js_string!(name).into(),
            js_string!(range).into(),
            value.clone(),
        ],
        context,
    )
}
