//! `process`, made up: nothing of the host's environment is visible to a hook.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsNativeError, JsObject, JsResult, JsValue, NativeFunction,
    js_string,
};

use super::errors::{self, native};
use super::state::State;
use super::{Level, NativeFn, console, node};

/// The Node release hooks run on since 2025 (docs: migrate to Node 22).
const VERSION: &str = "22.14.0";

/// Methods that need an emitter: they are `events`' own, loaded when one is first called.
const EMITTER: [&str; 15] = [
    "on",
    "once",
    "off",
    "emit",
    "addListener",
    "prependListener",
    "prependOnceListener",
    "removeListener",
    "removeAllListeners",
    "listeners",
    "rawListeners",
    "listenerCount",
    "eventNames",
    "setMaxListeners",
    "getMaxListeners",
];
/// What `internal/process` has under `more`.
const MORE: [&str; 32] = [
    "argv0",
    "execPath",
    "ppid",
    "exitCode",
    "debugPort",
    "noDeprecation",
    "release",
    "features",
    "config",
    "allowedNodeEnvironmentFlags",
    "report",
    "cpuUsage",
    "resourceUsage",
    "umask",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "getgroups",
    "constrainedMemory",
    "availableMemory",
    "getActiveResourcesInfo",
    "getBuiltinModule",
    "hasUncaughtExceptionCaptureCallback",
    "setUncaughtExceptionCaptureCallback",
    "setSourceMapsEnabled",
    "chdir",
    "kill",
    "abort",
    "dlopen",
    "binding",
    "loadEnvFile",
];
/// Versions of what Node 22.14.0 is made of.
const VERSIONS: [(&str, &str); 10] = [
    ("node", VERSION),
    ("v8", "12.4.254.21-node.33"),
    ("uv", "1.49.2"),
    ("zlib", "1.3.0.1-motley-82a5fec"),
    ("modules", "127"),
    ("openssl", "3.0.15+quic"),
    ("unicode", "16.0"),
    ("icu", "76.1"),
    ("ares", "1.34.5"),
    ("llhttp", "9.2.1"),
];

/// Puts `process` on the global object.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = JsObject::with_object_proto(context.intrinsics());
    let constructor = native(context, "process", 0, |this, _, _| Ok(this.clone()));
    errors::define_hidden(&prototype, "constructor", constructor, context)?;
    let process = JsObject::from_proto_and_data(
        Some(prototype),
        boa_engine::builtins::object::OrdinaryObject,
    );
    let env = JsObject::with_object_proto(context.intrinsics());
    let versions = JsObject::with_object_proto(context.intrinsics());
    for (part, version) in VERSIONS {
        versions.set(js_string!(part), js_string!(version), true, context)?;
    }
    let argv = JsArray::from_iter(
        [
            js_string!("/usr/local/bin/node").into(),
            js_string!("/data/io/webtask.js").into(),
        ],
        context,
    );
    let exec_argv = JsArray::from_iter([], context);
    let values: [(&str, JsValue); 9] = [
        ("title", js_string!("node").into()),
        ("version", js_string!(format!("v{VERSION}")).into()),
        ("versions", versions.into()),
        ("arch", js_string!("x64").into()),
        ("platform", js_string!("linux").into()),
        ("argv", argv.into()),
        ("execArgv", exec_argv.into()),
        ("env", env.into()),
        ("pid", 1.into()),
    ];
    for (key, value) in values {
        process.set(js_string!(key), value, true, context)?;
    }
    let methods: [(&str, NativeFn); 6] = [
        ("nextTick", next_tick),
        ("uptime", |_, _, context| {
            Ok((State::of(context)?.now_ms() / 1000.0).into())
        }),
        ("cwd", |_, _, _| Ok(js_string!("/data/io").into())),
        ("exit", exit),
        ("reallyExit", exit),
        ("emitWarning", |this, args, context| {
            lazily("internal/process", "emitWarning", context)?.call(this, args, context)
        }),
    ];
    for (name, function) in methods {
        let function = native(context, name, 0, function);
        process.set(js_string!(name), function, true, context)?;
    }
    let hrtime: JsObject = native(context, "hrtime", 1, hrtime).into();
    let bigint = native(context, "bigint", 0, hrtime_bigint);
    hrtime.set(js_string!("bigint"), bigint, true, context)?;
    process.set(js_string!("hrtime"), hrtime, true, context)?;
    let usage: JsObject = native(context, "memoryUsage", 0, memory_usage).into();
    let rss = native(context, "rss", 0, |_, _, _| Ok(0.into()));
    usage.set(js_string!("rss"), rss, true, context)?;
    process.set(js_string!("memoryUsage"), usage, true, context)?;
    for name in EMITTER {
        let method = NativeFunction::from_copy_closure(move |this, args, context| {
            let emitter = node::load("events", context)?.to_object(context)?;
            let prototype = emitter.get(js_string!("prototype"), context)?;
            let method = prototype
                .to_object(context)?
                .get(js_string!(name), context)?;
            match method.as_callable() {
                Some(method) => method.call(this, args, context),
                None => Ok(JsValue::undefined()),
            }
        });
        let method = FunctionObjectBuilder::new(context.realm(), method)
            .name(js_string!(name))
            .build();
        process.set(js_string!(name), method, true, context)?;
    }
    for name in ["stdout", "stderr", "stdin"] {
        define_lazy(&process, name, false, context)?;
    }
    for name in MORE {
        define_lazy(&process, name, true, context)?;
    }
    let tag = boa_engine::JsSymbol::to_string_tag();
    process.define_property_or_throw(
        tag,
        PropertyDescriptor::builder()
            .value(js_string!("process"))
            .writable(false)
            .enumerable(false)
            .configurable(true),
        context,
    )?;
    let global = context.global_object();
    errors::define_hidden(&global, "process", process, context)
}

/// A member that `internal/process` knows; an accessor for good, because boa's inline cache takes a getter that
/// became a value for the getter it was.
fn define_lazy(
    process: &JsObject,
    name: &'static str,
    more: bool,
    context: &mut Context,
) -> JsResult<()> {
    let holder = move |context: &mut Context| -> JsResult<JsObject> {
        let exports = node::load("internal/process", context)?.to_object(context)?;
        if more {
            exports.get(js_string!("more"), context)?.to_object(context)
        } else {
            Ok(exports)
        }
    };
    let get = NativeFunction::from_copy_closure(move |_, _, context| {
        holder(context)?.get(js_string!(name), context)
    });
    let set = NativeFunction::from_copy_closure(move |_, args, context| {
        let value = args.get_or_undefined(0).clone();
        holder(context)?.set(js_string!(name), value, true, context)?;
        Ok(JsValue::undefined())
    });
    let get = FunctionObjectBuilder::new(context.realm(), get).build();
    let set = FunctionObjectBuilder::new(context.realm(), set).build();
    process
        .define_property_or_throw(
            js_string!(name),
            PropertyDescriptor::builder()
                .get(get)
                .set(set)
                .enumerable(true)
                .configurable(true),
            context,
        )
        .map(drop)
}

/// A function that a core module exports.
fn lazily(module: &str, name: &str, context: &mut Context) -> JsResult<JsObject> {
    let exports = node::load(module, context)?.to_object(context)?;
    let function = exports.get(js_string!(name), context)?;
    function.as_callable().ok_or_else(|| {
        JsNativeError::typ()
            .with_message(format!("{name} is not a function"))
            .into()
    })
}

/// Fills `native` of `internal/process`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn help(help: &JsObject, context: &mut Context) -> JsResult<()> {
    let functions: [(&str, NativeFn); 4] = [
        ("warn", |_, args, context| {
            let text = errors::display(args.get_or_undefined(0), context);
            console::send(Level::Warn, text, context)
        }),
        ("writeOut", write_out),
        ("writeError", write_error),
        ("builtin", |_, args, context| {
            let id = errors::display(args.get_or_undefined(0), context);
            match node::core_module_named(&id) {
                Some(name) => node::load(name, context),
                None => Ok(JsValue::undefined()),
            }
        }),
    ];
    for (name, function) in functions {
        let function = native(context, name, 1, function);
        help.set(js_string!(name), function, true, context)?;
    }
    Ok(())
}

/// Offers an error that nobody caught to the listeners of `uncaughtException` and `unhandledRejection`; true where
/// one took it, and the run goes on.
pub(super) fn offer(
    value: &JsValue,
    promise: Option<&JsObject>,
    context: &mut Context,
) -> JsResult<bool> {
    // Without the module nobody can listen.
    let listening = State::of(context)?.modules.borrow().contains_key("events");
    if !listening {
        return Ok(false);
    }
    let handle = lazily("internal/process", "handleUncaught", context)?;
    let args = [
        value.clone(),
        promise.is_some().into(),
        promise.cloned().map_or(JsValue::undefined(), JsValue::from),
    ];
    let taken = handle.call(&JsValue::undefined(), &args, context)?;
    Ok(taken.to_boolean())
}

fn next_tick(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(callback) = args.get_or_undefined(0).as_callable() else {
        let given = args.get_or_undefined(0);
        return Err(node::errors::wrong_type(
            "callback",
            &["function"],
            given,
            context,
        ));
    };
    let callback = node::async_hooks::carried(callback, context);
    let rest = args.get(1..).unwrap_or_default().to_vec();
    State::of(context)?
        .ticks
        .borrow_mut()
        .push_back((callback, rest));
    Ok(JsValue::undefined())
}

fn nanoseconds(context: &Context) -> JsResult<u64> {
    let now = State::of(context)?.now_ms() * 1e6;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a run lasts seconds"
    )]
    Ok(now.max(0.0) as u64)
}

fn hrtime(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let now = nanoseconds(context)?;
    #[expect(clippy::cast_precision_loss, reason = "a run lasts seconds")]
    let (mut seconds, mut rest) = ((now / 1_000_000_000) as f64, (now % 1_000_000_000) as f64);
    if let Some(before) = args.get_or_undefined(0).as_object() {
        seconds -= before.get(0, context)?.to_number(context)?;
        rest -= before.get(1, context)?.to_number(context)?;
        if rest < 0.0 {
            seconds -= 1.0;
            rest += 1e9;
        }
    }
    Ok(JsArray::from_iter([seconds.into(), rest.into()], context).into())
}

fn hrtime_bigint(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(JsBigInt::from(nanoseconds(context)?).into())
}

fn memory_usage(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let usage = JsObject::with_object_proto(context.intrinsics());
    for key in ["rss", "heapTotal", "heapUsed", "external", "arrayBuffers"] {
        usage.set(js_string!(key), 0, true, context)?;
    }
    Ok(usage.into())
}

fn exit(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let code = errors::display(args.get_or_undefined(0), context);
    let state = State::of(context)?;
    let place = errors::place_now(context)?;
    let message = format!(
        "The hook called process.exit({}). In the sandbox this would end a process that other calls share: \
         call cb(…) and return instead.",
        if code == "undefined" {
            ""
        } else {
            code.as_str()
        }
    );
    state.warn("process-exit", message, place);
    state.ended.set(true);
    Err(JsNativeError::error()
        .with_message("process.exit was called")
        .into())
}

fn write_to(level: Level, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = errors::display(args.get_or_undefined(0), context);
    console::send(level, text.trim_end_matches('\n').to_owned(), context)?;
    Ok(true.into())
}

fn write_out(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    write_to(Level::Log, args, context)
}

fn write_error(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    write_to(Level::Error, args, context)
}
