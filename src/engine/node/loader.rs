//! What `internal/loader` gets from the engine: core modules, stand-ins, the parent's answers, and the running of a text.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::super::errors::{display, place_now};
use super::super::module_text;
use super::super::outside::{ModuleAnswer, ModuleAsk, ModuleFormat};
use super::super::sink;
use super::super::state::State;
use super::{core_module_named, functions, load, stand_in};

/// Fills `native` of `internal/loader`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    let main = State::of(context)?.main_module.borrow().clone();
    if let Some((module, cache)) = main {
        help.set(js_string!("main"), module, true, context)?;
        help.set(js_string!("cache"), cache, true, context)?;
    }
    functions(
        help,
        &[
            ("core", 1, |_, args, context| {
                let name = display(args.get_or_undefined(0), context);
                Ok(core_module_named(&name)
                    .map_or(JsValue::undefined(), |core| js_string!(core).into()))
            }),
            ("load", 1, |_, args, context| {
                let name = display(args.get_or_undefined(0), context);
                load(&name, context)
            }),
            ("standIn", 1, |_, args, context| {
                let name = display(args.get_or_undefined(0), context);
                Ok(stand_in(&name).map_or(JsValue::undefined(), |core| js_string!(core).into()))
            }),
            ("find", 4, find),
            ("run", 8, run),
            ("runModule", 4, run_module),
            ("warn", 2, |_, args, context| {
                let code = display(args.get_or_undefined(0), context);
                let message = display(args.get_or_undefined(1), context);
                let place = place_now(context)?;
                State::of(context)?.warn(&code, message, place);
                Ok(JsValue::undefined())
            }),
        ],
        context,
    )
}

/// The parent's answer to (asking path, specifier, whether the text is wanted, whether `import` asks), as an object.
fn find(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let ask = ModuleAsk {
        from: display(args.get_or_undefined(0), context),
        specifier: display(args.get_or_undefined(1), context),
        with_source: args.get_or_undefined(2).to_boolean(),
        import: args.get_or_undefined(3).to_boolean(),
    };
    let answer = JsObject::with_null_proto();
    let mut set = |key: &str, value: JsValue| answer.set(js_string!(key), value, true, context);
    match sink::module(&ask) {
        ModuleAnswer::Found {
            path,
            format,
            source,
            other_version,
        } => {
            set("path", js_string!(path).into())?;
            let format = match format {
                ModuleFormat::CommonJs => "commonjs",
                ModuleFormat::Module => "module",
                ModuleFormat::Json => "json",
            };
            set("format", js_string!(format).into())?;
            if let Some(source) = source {
                set("source", js_string!(source).into())?;
            }
            if let Some(version) = other_version {
                set("otherVersion", js_string!(version).into())?;
            }
        }
        ModuleAnswer::Missing { message } => {
            set("missing", js_string!(message).into()).map(drop)?
        }
        ModuleAnswer::Refused { code, message } => {
            set("code", js_string!(code).into())?;
            set("message", js_string!(message).into())?;
        }
    }
    Ok(answer.into())
}

/// Runs a text as a module: path, text, module, then what its function is called with.
fn run(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let [path, source, module, given @ ..] = args else {
        return Ok(JsValue::undefined());
    };
    let path = display(path, context);
    let source = display(source, context);
    let module = module.to_object(context)?;
    module_text::run(&path, &source, &module, given, context)
}

/// Runs the text of an ES module: path, text, what it knows of itself, whether it may await. Null where it may not and
/// would.
fn run_module(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = display(args.get_or_undefined(0), context);
    let source = display(args.get_or_undefined(1), context);
    let may_await = args.get_or_undefined(3).to_boolean();
    module_text::run_es(&path, &source, args.get_or_undefined(2), may_await, context)
}
