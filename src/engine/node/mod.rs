//! Node's core modules: their list, and how one is loaded when it is first asked for.
//!
//! A module is a small JavaScript file in `assets/node/`, and beside it, where it needs help of the engine, a Rust file
//! of the same name here. Nothing is read or compiled before it is required.

mod assert;
pub(super) mod async_hooks;
mod buffer;
mod buffer_numbers;
pub(super) mod bytes;
mod catalog;
mod crypto;
pub(super) mod encoding;
pub(super) mod errors;
mod intl;
mod loader;
mod module;
pub(super) mod outbox;
mod perf_hooks;
mod streaming;
mod text_encoding;
mod url;
mod util;
mod zlib;

use std::path::Path;

use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsValue, Script, Source, js_string,
};

use super::errors::{display, native};
use super::{prepared, process, state::State};
use catalog::{CORE, CoreModule, LAZY_GLOBALS};

/// The names of the core modules that a script can require, without `node:`.
pub fn core_modules() -> impl Iterator<Item = &'static str> {
    all()
        .map(|module| module.name)
        .filter(|name| !name.starts_with(INTERNAL) && !name.starts_with(STAND_IN))
}

fn all() -> impl Iterator<Item = &'static CoreModule> {
    CORE.iter().chain(streaming::MODULES)
}

/// The module that stands in for a package while it is not installed.
pub(super) fn stand_in(package: &str) -> Option<&'static str> {
    all()
        .map(|module| module.name)
        .find(|name| name.strip_prefix(STAND_IN) == Some(package))
}

/// The packages that have a stand-in.
pub fn stand_ins() -> impl Iterator<Item = &'static str> {
    all().filter_map(|module| module.name.strip_prefix(STAND_IN))
}

/// Whether a small stand-in answers for a package that is not installed; a version behind `@` does not matter.
pub fn has_stand_in(package: &str) -> bool {
    stand_in_for(package).is_some()
}

/// The core module that stands in for a package that is not installed, such as `stand-in/axios` for `axios@1`.
pub fn stand_in_for(package: &str) -> Option<&'static str> {
    let end = package.char_indices().skip(1).find(|(_, c)| *c == '@');
    stand_in(&package[..end.map_or(package.len(), |(at, _)| at)])
}

/// Whether this names a core module; internal ones and stand-ins are among them.
pub fn is_core_module(name: &str) -> bool {
    core(name).is_some()
}

const INTERNAL: &str = "internal/";
const STAND_IN: &str = "stand-in/";

/// Puts the lazy globals on the global object.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    for (index, (name, _)) in LAZY_GLOBALS.iter().enumerate() {
        let get = lazy_getter(index, context);
        let set = lazy_setter(index, context);
        global.define_property_or_throw(
            js_string!(*name),
            PropertyDescriptor::builder()
                .get(get)
                .set(set)
                .enumerable(false)
                .configurable(true),
            context,
        )?;
    }
    Ok(())
}

/// Stays an accessor for good: boa's inline cache takes a getter that became a value for the getter it was.
fn lazy_getter(index: usize, context: &Context) -> JsValue {
    let function = boa_engine::NativeFunction::from_copy_closure(move |_, _, context| {
        if let Some(known) = State::of(context)?.lazy_globals.borrow().get(&index) {
            return Ok(known.clone());
        }
        let Some((name, module)) = LAZY_GLOBALS.get(index) else {
            return Ok(JsValue::undefined());
        };
        let exports = load(module, context)?;
        let value = match exports.as_object() {
            Some(exports) => exports.get(js_string!(*name), context)?,
            None => JsValue::undefined(),
        };
        let state = State::of(context)?;
        state.lazy_globals.borrow_mut().insert(index, value.clone());
        Ok(value)
    });
    boa_engine::object::FunctionObjectBuilder::new(context.realm(), function)
        .build()
        .into()
}

fn lazy_setter(index: usize, context: &Context) -> JsValue {
    let function = boa_engine::NativeFunction::from_copy_closure(move |_, args, context| {
        let value = args.get_or_undefined(0).clone();
        State::of(context)?
            .lazy_globals
            .borrow_mut()
            .insert(index, value);
        Ok(JsValue::undefined())
    });
    boa_engine::object::FunctionObjectBuilder::new(context.realm(), function)
        .build()
        .into()
}

/// The core module that a script's `require` means, where it means one: the name without `node:`.
pub fn core_module_named(specifier: &str) -> Option<&'static str> {
    let bare = specifier.strip_prefix("node:").unwrap_or(specifier);
    core_modules().find(|name| *name == bare)
}

/// The exports of a core module, internal ones included; loaded once a run.
///
/// # Errors
/// What the module's own code throws.
pub(super) fn load(name: &str, context: &mut Context) -> JsResult<JsValue> {
    if let Some(known) = State::of(context)?.modules.borrow().get(name) {
        // The module object, so that a cycle sees the exports as they stand.
        return match known.as_object() {
            Some(module) => module.get(js_string!("exports"), context),
            None => Ok(JsValue::undefined()),
        };
    }
    let Some(core) = all().find(|core| core.name == name) else {
        return Err(missing(name));
    };
    let script = match prepared::take_core(name, context)? {
        Some(script) => script,
        None => parse(name, core.source, context)?,
    };
    let function = script.evaluate(context)?;
    let module = JsObject::with_object_proto(context.intrinsics());
    let exports = JsObject::with_object_proto(context.intrinsics());
    module.set(js_string!("exports"), exports.clone(), true, context)?;
    State::of(context)?
        .modules
        .borrow_mut()
        .insert(name.to_owned(), module.clone().into());
    let require = native(context, "require", 1, require_core);
    let help = JsObject::with_object_proto(context.intrinsics());
    (core.native)(&help, context)?;
    if let Some(function) = function.as_callable() {
        let args = [
            module.clone().into(),
            exports.into(),
            require.into(),
            help.into(),
        ];
        if let Err(error) = function.call(&JsValue::undefined(), &args, context) {
            State::of(context)?.modules.borrow_mut().remove(name);
            return Err(error);
        }
    }
    module.get(js_string!("exports"), context)
}

/// The name and the text of a core module, internal ones included.
pub(super) fn core(name: &str) -> Option<(&'static str, &'static str)> {
    let core = all().find(|core| core.name == name)?;
    Some((core.name, core.source))
}

/// Reads the text of a core module as the function it is.
///
/// # Errors
/// Only if the engine cannot read our own text.
pub(super) fn parse(name: &str, source: &str, context: &mut Context) -> JsResult<Script> {
    let text = format!("(function (module, exports, require, native) {{{source}\n}})");
    let path = format!("node:{name}");
    Script::parse(
        Source::from_bytes(text.as_bytes()).with_path(Path::new(&path)),
        None,
        context,
    )
}

/// The `require` that core modules see.
fn require_core(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = display(args.get_or_undefined(0), context);
    load(&name, context)
}

fn missing(name: &str) -> JsError {
    boa_engine::JsNativeError::error()
        .with_message(format!("Hookbench has no core module '{name}'"))
        .into()
}

/// Puts native functions on the `native` object of a module.
///
/// # Errors
/// Only if the engine refuses a definition.
fn functions(
    help: &JsObject,
    list: &[(&str, usize, super::NativeFn)],
    context: &mut Context,
) -> JsResult<()> {
    for (name, length, function) in list {
        let function = native(context, name, *length, *function);
        help.set(js_string!(*name), function, true, context)?;
    }
    Ok(())
}
