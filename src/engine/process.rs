//! `process`, made up: nothing of the host's environment is visible to a hook.

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsNativeError, JsObject, JsResult, JsValue, js_string,
};

use super::errors::{self, native};
use super::state::State;
use super::{Level, NativeFn, console};

/// The Node release hooks run on since 2025 (docs: migrate to Node 22).
const VERSION: &str = "22.14.0";

/// Puts `process` on the global object.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let process = JsObject::with_object_proto(context.intrinsics());
    let env = JsObject::with_object_proto(context.intrinsics());
    let versions = JsObject::with_object_proto(context.intrinsics());
    versions.set(js_string!("node"), js_string!(VERSION), true, context)?;
    let argv = JsArray::from_iter(
        [
            js_string!("node").into(),
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
    let methods: [(&str, NativeFn); 13] = [
        ("nextTick", next_tick),
        ("uptime", |_, _, context| {
            Ok((State::of(context)?.now_ms() / 1000.0).into())
        }),
        ("cwd", |_, _, _| Ok(js_string!("/data/io").into())),
        ("memoryUsage", memory_usage),
        ("emitWarning", emit_warning),
        ("on", itself),
        ("once", itself),
        ("off", itself),
        ("removeListener", itself),
        ("removeAllListeners", itself),
        ("emit", |_, _, _| Ok(false.into())),
        ("exit", exit),
        ("listenerCount", |_, _, _| Ok(0.into())),
    ];
    for (name, function) in methods {
        let function = native(context, name, 0, function);
        process.set(js_string!(name), function, true, context)?;
    }
    let hrtime: JsObject = native(context, "hrtime", 1, hrtime).into();
    let bigint = native(context, "bigint", 0, hrtime_bigint);
    hrtime.set(js_string!("bigint"), bigint, true, context)?;
    process.set(js_string!("hrtime"), hrtime, true, context)?;
    for (name, write) in [
        ("stdout", write_out as NativeFn),
        ("stderr", write_error as NativeFn),
    ] {
        let stream = JsObject::with_object_proto(context.intrinsics());
        let write = native(context, "write", 1, write);
        stream.set(js_string!("write"), write, true, context)?;
        stream.set(js_string!("isTTY"), false, true, context)?;
        process.set(js_string!(name), stream, true, context)?;
    }
    let global = context.global_object();
    errors::define_hidden(&global, "process", process, context)
}

fn itself(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(this.clone())
}

fn next_tick(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(callback) = args.get_or_undefined(0).as_callable() else {
        return Err(JsNativeError::typ()
            .with_message("The \"callback\" argument must be of type function.")
            .into());
    };
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

fn emit_warning(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = errors::display(args.get_or_undefined(0), context);
    console::send(Level::Warn, format!("(node) Warning: {text}"), context)
}

fn exit(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let code = errors::display(args.get_or_undefined(0), context);
    let state = State::of(context)?;
    let place = errors::frames_now(context)?
        .first()
        .map(|frame| (frame.line, frame.column));
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
