//! `require`: the few core modules that stand in assets/node, each loaded when it is first asked for.

use std::path::Path;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, Source, js_string};

use super::console::read_options;
use super::errors::{display, native};
use super::inspect::inspect;
use super::state::State;

/// The core modules there are, with their sources; each is a function body that fills `module.exports`.
const CORE: [(&str, &str); 4] = [
    ("events", include_str!("../../assets/node/events.js")),
    ("process", "module.exports = process;"),
    ("timers", include_str!("../../assets/node/timers.js")),
    ("util", include_str!("../../assets/node/util.js")),
];

/// The names of the core modules that `require` knows, without `node:`.
pub fn core_modules() -> impl Iterator<Item = &'static str> {
    CORE.iter().map(|(name, _)| *name)
}

/// Gets the symbol by which an object tells how it is inspected.
///
/// # Errors
/// Only if the engine refuses the evaluation.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let symbol = context.eval(Source::from_bytes(
        b"Symbol.for('nodejs.util.inspect.custom')",
    ))?;
    *State::of(context)?.inspect_symbol.borrow_mut() = symbol.as_symbol();
    Ok(())
}

/// The `require` of a script.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn require(context: &mut Context) -> JsResult<JsFunction> {
    let require = native(context, "require", 1, require_named);
    let cache = JsObject::with_object_proto(context.intrinsics());
    require.set(js_string!("cache"), cache, true, context)?;
    let resolve = native(context, "resolve", 1, |_, args, context| {
        let name = display(args.get_or_undefined(0), context);
        let bare = name.strip_prefix("node:").unwrap_or(&name);
        if CORE.iter().any(|(core, _)| *core == bare) {
            Ok(js_string!(bare).into())
        } else {
            Err(not_found(&name, context)?)
        }
    });
    require.set(js_string!("resolve"), resolve, true, context)?;
    Ok(require)
}

fn require_named(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let argument = args.get_or_undefined(0);
    if !argument.is_string() {
        let shown = inspect(argument, &super::inspect::Options::default(), context);
        return Err(JsNativeError::typ()
            .with_message(format!(
                "The \"id\" argument must be of type string. Received {shown}"
            ))
            .into());
    }
    let name = display(argument, context);
    let bare = name.strip_prefix("node:").unwrap_or(&name).to_owned();
    if let Some(known) = State::of(context)?.modules.borrow().get(&bare) {
        return Ok(known.clone());
    }
    let Some((_, source)) = CORE.iter().find(|(core, _)| *core == bare) else {
        return Err(not_found(&name, context)?);
    };
    let text = format!("(function (module, exports, require, native) {{{source}\n}})");
    let path = format!("node:{bare}");
    let function = context.eval(Source::from_bytes(text.as_bytes()).with_path(Path::new(&path)))?;
    let module = JsObject::with_object_proto(context.intrinsics());
    let exports = JsObject::with_object_proto(context.intrinsics());
    module.set(js_string!("exports"), exports.clone(), true, context)?;
    let require = native(context, "require", 1, require_named);
    let help = native_help(context)?;
    if let Some(function) = function.as_callable() {
        let args = [
            module.clone().into(),
            exports.into(),
            require.into(),
            help.into(),
        ];
        function.call(&JsValue::undefined(), &args, context)?;
    }
    let loaded = module.get(js_string!("exports"), context)?;
    State::of(context)?
        .modules
        .borrow_mut()
        .insert(bare, loaded.clone());
    Ok(loaded)
}

/// What the modules' JavaScript calls back into.
fn native_help(context: &mut Context) -> JsResult<JsObject> {
    let help = JsObject::with_object_proto(context.intrinsics());
    let functions: [(&str, super::NativeFn); 3] = [
        ("inspect", |_, args, context| {
            let options = read_options(args.get_or_undefined(1), context)?;
            Ok(js_string!(inspect(args.get_or_undefined(0), &options, context)).into())
        }),
        ("format", |_, args, context| {
            Ok(js_string!(super::format::format(args, context)).into())
        }),
        ("isDeepStrictEqual", |_, args, context| {
            let (left, right) = (args.get_or_undefined(0), args.get_or_undefined(1));
            match (left.as_object(), right.as_object()) {
                (Some(left), Some(right)) => {
                    Ok(JsObject::deep_strict_equals(&left, &right, context)?.into())
                }
                _ => Ok(JsValue::same_value(left, right).into()),
            }
        }),
    ];
    for (name, function) in functions {
        let function = native(context, name, 0, function);
        help.set(js_string!(name), function, true, context)?;
    }
    Ok(help)
}

fn not_found(name: &str, context: &mut Context) -> JsResult<boa_engine::JsError> {
    let known: Vec<&str> = CORE.iter().map(|(core, _)| *core).collect();
    let why = if name.starts_with('.') || name.starts_with('/') {
        "a hook is a single file and has no files beside it"
    } else if name.contains('@') && !name.starts_with('@') {
        "packages with a version are not available offline"
    } else {
        "packages and other core modules are not available in this run"
    };
    let message = format!(
        "Cannot find module '{name}': {why}. What can be required: {}.",
        known.join(", ")
    );
    let constructor = State::of(context)?.primordials()?.shaped_error.clone();
    let error = constructor.construct(&[js_string!(message).into()], None, context)?;
    error.set(
        js_string!("code"),
        js_string!("MODULE_NOT_FOUND"),
        true,
        context,
    )?;
    Ok(boa_engine::JsError::from_opaque(error.into()))
}
