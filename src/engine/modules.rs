//! `require` as the script sees it: core modules at once, everything else through `internal/loader`, which is loaded
//! when it is first needed.

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, Source, js_string};

use super::errors::{display, native};
use super::node;
use super::state::State;

/// Gets the symbol by which an object tells how it is inspected, and installs the lazy globals.
///
/// # Errors
/// Only if the engine refuses the evaluation.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let symbol = context.eval(Source::from_bytes(
        b"Symbol.for('nodejs.util.inspect.custom')",
    ))?;
    *State::of(context)?.inspect_symbol.borrow_mut() = symbol.as_symbol();
    node::install(context)
}

/// The `require` of the script itself, whose module object is `module`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn require_of_script(module: &JsObject, context: &mut Context) -> JsResult<JsFunction> {
    let cache = JsObject::with_null_proto();
    *State::of(context)?.main_module.borrow_mut() = Some((module.clone(), cache.clone()));
    let require = native(context, "require", 1, require_named);
    let resolve = native(context, "resolve", 1, |_, args, context| {
        by_loader("resolve", args, context)
    });
    let paths = native(context, "paths", 1, |_, args, context| {
        by_loader("paths", args, context)
    });
    resolve.set(js_string!("paths"), paths, true, context)?;
    require.set(js_string!("resolve"), resolve, true, context)?;
    require.set(js_string!("main"), module.clone(), true, context)?;
    require.set(js_string!("cache"), cache, true, context)?;
    Ok(require)
}

fn require_named(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let argument = args.get_or_undefined(0);
    if argument.is_string()
        && let Some(core) = node::core_module_named(&display(argument, context))
    {
        return node::load(core, context);
    }
    by_loader("load", args, context)
}

/// `import()`: the path of the asking file and what it asks for. A promise of the namespace.
pub(super) fn import(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let loader = node::load("internal/loader", context)?.to_object(context)?;
    let dynamic = loader.get(js_string!("dynamic"), context)?;
    let dynamic = dynamic
        .as_callable()
        .ok_or_else(boa_engine::JsNativeError::typ)?;
    dynamic.call(&JsValue::undefined(), args, context)
}

/// Calls a function of the loader for the script's own module.
fn by_loader(name: &str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let loader = node::load("internal/loader", context)?.to_object(context)?;
    let function = loader.get(js_string!(name), context)?;
    let (request, options) = (args.get_or_undefined(0), args.get_or_undefined(1));
    let main = match State::of(context)?.main_module.borrow().as_ref() {
        Some((module, _)) => module.clone().into(),
        None => JsValue::undefined(),
    };
    match function.as_callable() {
        Some(function) => function.call(
            &JsValue::undefined(),
            &[request.clone(), main, options.clone()],
            context,
        ),
        None => Ok(JsValue::undefined()),
    }
}
