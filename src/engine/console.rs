//! `console`: every call becomes one log line at once, with the author's line that logged.

use std::time::Instant;

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::errors::{self, display, native};
use super::format::format;
use super::inspect::{Options, inspect};
use super::state::State;
use super::{Level, NativeFn};

/// Puts `console` on the global object.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let console = JsObject::with_object_proto(context.intrinsics());
    let methods: [(&str, NativeFn); 20] = [
        ("log", |_, args, context| write(Level::Log, args, context)),
        ("info", |_, args, context| write(Level::Info, args, context)),
        ("warn", |_, args, context| write(Level::Warn, args, context)),
        ("error", |_, args, context| {
            write(Level::Error, args, context)
        }),
        ("debug", |_, args, context| {
            write(Level::Debug, args, context)
        }),
        ("trace", trace),
        ("dir", dir),
        ("dirxml", |_, args, context| {
            write(Level::Log, args, context)
        }),
        ("table", super::table::table),
        ("assert", assert),
        ("count", count),
        ("countReset", count_reset),
        ("time", time),
        ("timeLog", |_, args, context| time_log(args, false, context)),
        ("timeEnd", |_, args, context| time_log(args, true, context)),
        ("group", group),
        ("groupCollapsed", group),
        ("groupEnd", group_end),
        ("timeStamp", nothing),
        ("profile", nothing),
    ];
    for (name, function) in methods {
        let function = native(context, name, 0, function);
        console.set(js_string!(name), function, true, context)?;
    }
    let global = context.global_object();
    errors::define_hidden(&global, "console", console, context)
}

/// Sends a text with the line of the author's innermost frame.
pub(super) fn send(level: Level, text: String, context: &mut Context) -> JsResult<JsValue> {
    let line = errors::place_now(context)?.map(|(line, _)| line);
    State::of(context)?.log(level, text, line);
    Ok(JsValue::undefined())
}

fn write(level: Level, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = format(args, context);
    send(level, text, context)
}

fn nothing(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(JsValue::undefined())
}

fn trace(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut text = "Trace".to_owned();
    if !args.is_empty() {
        text.push_str(": ");
        text.push_str(&format(args, context));
    }
    let script = State::of(context)?.script.borrow().clone();
    for frame in errors::frames_now(context)?.iter().take(10) {
        text.push('\n');
        text.push_str(&script.show(frame));
    }
    send(Level::Trace, text, context)
}

fn dir(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let options = read_options(args.get_or_undefined(1), context)?;
    let text = inspect(args.get_or_undefined(0), &options, context);
    send(Level::Log, text, context)
}

/// The options of `util.inspect` and `console.dir`.
pub(super) fn read_options(value: &JsValue, context: &mut Context) -> JsResult<Options> {
    let mut options = Options::default();
    let Some(given) = value.as_object() else {
        return Ok(options);
    };
    let depth = given.get(js_string!("depth"), context)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a small range"
    )]
    let whole = |number: f64| number.clamp(0.0, 1e6) as usize;
    if depth.is_null() {
        options.depth = None;
    } else if let Some(depth) = depth.as_number() {
        options.depth = depth.is_finite().then(|| {
            if depth < 0.0 {
                -1
            } else {
                i64::try_from(whole(depth)).unwrap_or(i64::MAX)
            }
        });
    }
    options.show_hidden = given.get(js_string!("showHidden"), context)?.to_boolean();
    options.sorted = given.get(js_string!("sorted"), context)?.to_boolean();
    if let Some(length) = given.get(js_string!("breakLength"), context)?.as_number() {
        options.break_length = whole(length);
    }
    let compact = given.get(js_string!("compact"), context)?;
    if let Some(compact) = compact.as_number() {
        options.compact = whole(compact);
    } else if let Some(compact) = compact.as_boolean() {
        options.compact = 0;
        options.compact_single_line = compact;
    }
    let most = given.get(js_string!("maxStringLength"), context)?;
    if most.is_null() {
        options.max_string_length = usize::MAX;
    } else if let Some(most) = most.as_number() {
        options.max_string_length = whole(most);
    }
    let custom = given.get(js_string!("customInspect"), context)?;
    options.custom = custom.is_undefined() || custom.to_boolean();
    let most = given.get(js_string!("maxArrayLength"), context)?;
    if most.is_null() {
        options.max_array_length = usize::MAX;
    } else if let Some(most) = most.as_number() {
        options.max_array_length = whole(most);
    }
    Ok(options)
}

fn assert(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if args.get_or_undefined(0).to_boolean() {
        return Ok(JsValue::undefined());
    }
    let rest = args.get(1..).unwrap_or_default();
    let text = match rest.first() {
        None => "Assertion failed".to_owned(),
        Some(first) if first.is_string() => format!("Assertion failed: {}", format(rest, context)),
        Some(_) => format!("Assertion failed {}", format(rest, context)),
    };
    send(Level::Warn, text, context)
}

fn label(args: &[JsValue], context: &mut Context) -> String {
    match args.first() {
        None => "default".to_owned(),
        Some(value) if value.is_undefined() => "default".to_owned(),
        Some(value) => display(value, context),
    }
}

fn count(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context);
    let state = State::of(context)?;
    let number = {
        let mut counts = state.counts.borrow_mut();
        let number = counts.entry(label.clone()).or_insert(0);
        *number += 1;
        *number
    };
    send(Level::Log, format!("{label}: {number}"), context)
}

fn count_reset(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context);
    State::of(context)?.counts.borrow_mut().remove(&label);
    Ok(JsValue::undefined())
}

fn time(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context);
    State::of(context)?
        .clocks
        .borrow_mut()
        .insert(label, Instant::now());
    Ok(JsValue::undefined())
}

fn time_log(args: &[JsValue], end: bool, context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context);
    let state = State::of(context)?;
    let began = state.clocks.borrow().get(&label).copied();
    let Some(began) = began else {
        let text = format!(
            "Warning: No such label '{label}' for console.time{}()",
            if end { "End" } else { "Log" }
        );
        return send(Level::Warn, text, context);
    };
    if end {
        state.clocks.borrow_mut().remove(&label);
    }
    let mut text = format!("{label}: {:.3}ms", began.elapsed().as_secs_f64() * 1000.0);
    if let Some(rest) = args.get(1..).filter(|rest| !rest.is_empty() && !end) {
        text.push(' ');
        text.push_str(&format(rest, context));
    }
    send(Level::Log, text, context)
}

fn group(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if !args.is_empty() {
        write(Level::Log, args, context)?;
    }
    let state = State::of(context)?;
    state.console_indent.set(state.console_indent.get() + 2);
    Ok(JsValue::undefined())
}

fn group_end(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context)?;
    state
        .console_indent
        .set(state.console_indent.get().saturating_sub(2));
    Ok(JsValue::undefined())
}
