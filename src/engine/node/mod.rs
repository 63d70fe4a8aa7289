//! Node's core modules: their list, and how one is loaded when it is first asked for.
//!
//! A module is a small JavaScript file in `assets/node/`, and beside it, where it needs help of the engine, a Rust file
//! of the same name here. Nothing is read or compiled before it is required.

mod assert;
pub(super) mod async_hooks;
mod buffer;
mod buffer_numbers;
pub(super) mod bytes;
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

/// One core module.
struct CoreModule {
    /// As it is required, without `node:`. Names that begin with `internal/` are for other core modules alone.
    name: &'static str,
    /// A function body that fills `module.exports`; it sees `module`, `exports`, `require` (core modules alone, with
    /// the internal ones) and `native`. The engine's lowering does not see it: write `list['length'] = n`.
    source: &'static str,
    /// Fills the object that the source calls `native`.
    native: fn(&JsObject, &mut Context) -> JsResult<()>,
}

/// The core modules there are, by name, beside those of [`streaming`].
const CORE: &[CoreModule] = &[
    CoreModule {
        name: "assert",
        source: include_str!("../../../assets/node/assert.js"),
        native: assert::install,
    },
    CoreModule {
        name: "internal/encoding",
        source: include_str!("../../../assets/node/internal/encoding.js"),
        native: text_encoding::install,
    },
    CoreModule {
        name: "module",
        source: include_str!("../../../assets/node/module.js"),
        native: module::install,
    },
    CoreModule {
        name: "worker_threads",
        source: include_str!("../../../assets/node/worker_threads.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/message_channel",
        source: include_str!("../../../assets/node/internal/message_channel.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/structured_clone",
        source: include_str!("../../../assets/node/internal/structured_clone.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/assertion_error",
        source: include_str!("../../../assets/node/internal/assertion_error.js"),
        native: unaided,
    },
    CoreModule {
        name: "assert/strict",
        source: include_str!("../../../assets/node/assert/strict.js"),
        native: unaided,
    },
    CoreModule {
        name: "vm",
        source: include_str!("../../../assets/node/vm.js"),
        native: unaided,
    },
    CoreModule {
        name: "v8",
        source: include_str!("../../../assets/node/v8.js"),
        native: unaided,
    },
    CoreModule {
        name: "os",
        source: include_str!("../../../assets/node/os.js"),
        native: unaided,
    },
    CoreModule {
        name: "constants",
        source: include_str!("../../../assets/node/constants.js"),
        native: unaided,
    },
    CoreModule {
        name: "domain",
        source: include_str!("../../../assets/node/domain.js"),
        native: unaided,
    },
    CoreModule {
        name: "sys",
        source: include_str!("../../../assets/node/sys.js"),
        native: unaided,
    },
    CoreModule {
        name: "util/types",
        source: include_str!("../../../assets/node/util/types.js"),
        native: unaided,
    },
    CoreModule {
        name: "path/win32",
        source: include_str!("../../../assets/node/path/win32.js"),
        native: unaided,
    },
    CoreModule {
        name: "path/posix",
        source: include_str!("../../../assets/node/path/posix.js"),
        native: unaided,
    },
    CoreModule {
        name: "tty",
        source: include_str!("../../../assets/node/tty.js"),
        native: unaided,
    },
    CoreModule {
        name: "readline/promises",
        source: include_str!("../../../assets/node/readline/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "readline",
        source: include_str!("../../../assets/node/readline.js"),
        native: unaided,
    },
    CoreModule {
        name: "wasi",
        source: include_str!("../../../assets/node/wasi.js"),
        native: unaided,
    },
    CoreModule {
        name: "console",
        source: include_str!("../../../assets/node/console.js"),
        native: unaided,
    },
    CoreModule {
        name: "trace_events",
        source: include_str!("../../../assets/node/trace_events.js"),
        native: unaided,
    },
    CoreModule {
        name: "repl",
        source: include_str!("../../../assets/node/repl.js"),
        native: unaided,
    },
    CoreModule {
        name: "inspector/promises",
        source: include_str!("../../../assets/node/inspector/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "inspector",
        source: include_str!("../../../assets/node/inspector.js"),
        native: unaided,
    },
    CoreModule {
        name: "dgram",
        source: include_str!("../../../assets/node/dgram.js"),
        native: unaided,
    },
    CoreModule {
        name: "http2",
        source: include_str!("../../../assets/node/http2.js"),
        native: unaided,
    },
    CoreModule {
        name: "cluster",
        source: include_str!("../../../assets/node/cluster.js"),
        native: unaided,
    },
    CoreModule {
        name: "child_process",
        source: include_str!("../../../assets/node/child_process.js"),
        native: unaided,
    },
    CoreModule {
        name: "dns/promises",
        source: include_str!("../../../assets/node/dns/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "dns",
        source: include_str!("../../../assets/node/dns.js"),
        native: unaided,
    },
    CoreModule {
        name: "tls",
        source: include_str!("../../../assets/node/tls.js"),
        native: unaided,
    },
    CoreModule {
        name: "net",
        source: include_str!("../../../assets/node/net.js"),
        native: unaided,
    },
    CoreModule {
        name: "fs/promises",
        source: include_str!("../../../assets/node/fs/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "fs",
        source: include_str!("../../../assets/node/fs.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/uv",
        source: include_str!("../../../assets/node/internal/uv.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/refusal",
        source: include_str!("../../../assets/node/internal/refusal.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/process",
        source: include_str!("../../../assets/node/internal/process.js"),
        native: process::help,
    },
    CoreModule {
        name: "async_hooks",
        source: include_str!("../../../assets/node/async_hooks.js"),
        native: async_hooks::install,
    },
    CoreModule {
        name: "internal/types",
        source: include_str!("../../../assets/node/internal/types.js"),
        native: util::install,
    },
    CoreModule {
        name: "internal/intl",
        source: include_str!("../../../assets/node/internal/intl.js"),
        native: intl::install,
    },
    CoreModule {
        name: "internal/intl/dates",
        source: include_str!("../../../assets/node/internal/intl/dates.js"),
        native: intl::install,
    },
    CoreModule {
        name: "timers/promises",
        source: include_str!("../../../assets/node/timers/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/parse_args",
        source: include_str!("../../../assets/node/internal/parse_args.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/comparisons",
        source: include_str!("../../../assets/node/internal/comparisons.js"),
        native: unaided,
    },
    CoreModule {
        name: "diagnostics_channel",
        source: include_str!("../../../assets/node/diagnostics_channel.js"),
        native: unaided,
    },
    CoreModule {
        name: "string_decoder",
        source: include_str!("../../../assets/node/string_decoder.js"),
        native: unaided,
    },
    CoreModule {
        name: "path",
        source: include_str!("../../../assets/node/path.js"),
        native: unaided,
    },
    CoreModule {
        name: "perf_hooks",
        source: include_str!("../../../assets/node/perf_hooks.js"),
        native: perf_hooks::install,
    },
    CoreModule {
        name: "punycode",
        source: include_str!("../../../assets/node/punycode.js"),
        native: url::install_punycode,
    },
    CoreModule {
        name: "querystring",
        source: include_str!("../../../assets/node/querystring.js"),
        native: unaided,
    },
    CoreModule {
        name: "url",
        source: include_str!("../../../assets/node/url.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/url",
        source: include_str!("../../../assets/node/internal/url.js"),
        native: url::install,
    },
    CoreModule {
        name: "internal/abort_controller",
        source: include_str!("../../../assets/node/internal/abort_controller.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/event_target",
        source: include_str!("../../../assets/node/internal/event_target.js"),
        native: unaided,
    },
    CoreModule {
        name: "buffer",
        source: include_str!("../../../assets/node/buffer.js"),
        native: buffer::install,
    },
    CoreModule {
        name: "crypto",
        source: include_str!("../../../assets/node/crypto.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/cipher",
        source: include_str!("../../../assets/node/internal/crypto/cipher.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/hash",
        source: include_str!("../../../assets/node/internal/crypto/hash.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/keys",
        source: include_str!("../../../assets/node/internal/crypto/keys.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/lazy",
        source: include_str!("../../../assets/node/internal/crypto/lazy.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/random",
        source: include_str!("../../../assets/node/internal/crypto/random.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/sign",
        source: include_str!("../../../assets/node/internal/crypto/sign.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/web",
        source: include_str!("../../../assets/node/internal/crypto/web.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/web_keys",
        source: include_str!("../../../assets/node/internal/crypto/web_keys.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/native",
        source: "module.exports = native;",
        native: crypto::install,
    },
    CoreModule {
        name: "events",
        source: include_str!("../../../assets/node/events.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/dom_exception",
        source: include_str!("../../../assets/node/internal/dom_exception.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/errors",
        source: include_str!("../../../assets/node/internal/errors.js"),
        native: errors::install,
    },
    CoreModule {
        name: "internal/validators",
        source: include_str!("../../../assets/node/internal/validators.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/loader",
        source: include_str!("../../../assets/node/internal/loader.js"),
        native: loader::install,
    },
    CoreModule {
        name: "internal/outbox",
        source: include_str!("../../../assets/node/internal/outbox.js"),
        native: outbox::install,
    },
    CoreModule {
        name: "process",
        source: "module.exports = process;",
        native: unaided,
    },
    CoreModule {
        name: "timers",
        source: include_str!("../../../assets/node/timers.js"),
        native: unaided,
    },
    CoreModule {
        name: "util",
        source: include_str!("../../../assets/node/util.js"),
        native: util::install,
    },
    CoreModule {
        name: "zlib",
        source: include_str!("../../../assets/node/zlib.js"),
        native: zlib::install,
    },
];

/// Globals that are there from the start and loaded when they are first read: the name, and the core module that
/// exports it under the same name.
const LAZY_GLOBALS: &[(&str, &str)] = &[
    ("PerformanceObserverEntryList", "perf_hooks"),
    ("PerformanceObserver", "perf_hooks"),
    ("PerformanceMeasure", "perf_hooks"),
    ("PerformanceMark", "perf_hooks"),
    ("PerformanceEntry", "perf_hooks"),
    ("Performance", "perf_hooks"),
    ("BroadcastChannel", "internal/message_channel"),
    ("MessagePort", "internal/message_channel"),
    ("MessageEvent", "internal/message_channel"),
    ("MessageChannel", "internal/message_channel"),
    ("Intl", "internal/intl"),
    ("structuredClone", "internal/structured_clone"),
    ("TextEncoder", "internal/encoding"),
    ("TextDecoder", "internal/encoding"),
    ("performance", "perf_hooks"),
    ("URLSearchParams", "internal/url"),
    ("URL", "internal/url"),
    ("Buffer", "buffer"),
    ("DOMException", "internal/dom_exception"),
    ("AbortController", "internal/abort_controller"),
    ("AbortSignal", "internal/abort_controller"),
    ("CustomEvent", "internal/event_target"),
    ("Event", "internal/event_target"),
    ("EventTarget", "internal/event_target"),
    ("Crypto", "internal/crypto/web"),
    ("CryptoKey", "internal/crypto/web"),
    ("SubtleCrypto", "internal/crypto/web"),
    ("atob", "buffer"),
    ("btoa", "buffer"),
    ("crypto", "internal/crypto/web"),
    ("Blob", "internal/fetch/blob"),
    ("ByteLengthQueuingStrategy", "stream/web"),
    ("CompressionStream", "stream/web"),
    ("CountQueuingStrategy", "stream/web"),
    ("DecompressionStream", "stream/web"),
    ("File", "internal/fetch/blob"),
    ("FormData", "internal/fetch/form_data"),
    ("Headers", "internal/fetch/headers"),
    ("ReadableByteStreamController", "stream/web"),
    ("ReadableStream", "stream/web"),
    ("ReadableStreamBYOBReader", "stream/web"),
    ("ReadableStreamBYOBRequest", "stream/web"),
    ("ReadableStreamDefaultController", "stream/web"),
    ("ReadableStreamDefaultReader", "stream/web"),
    ("Request", "internal/fetch/request"),
    ("Response", "internal/fetch/response"),
    ("TextDecoderStream", "stream/web"),
    ("TextEncoderStream", "stream/web"),
    ("TransformStream", "stream/web"),
    ("TransformStreamDefaultController", "stream/web"),
    ("WritableStream", "stream/web"),
    ("WritableStreamDefaultController", "stream/web"),
    ("WritableStreamDefaultWriter", "stream/web"),
    ("fetch", "internal/fetch/fetch"),
];

/// A module that needs no help of the engine.
fn unaided(_: &JsObject, _: &mut Context) -> JsResult<()> {
    Ok(())
}

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
pub(super) fn named(specifier: &str) -> Option<&'static str> {
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
