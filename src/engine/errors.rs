//! Errors in V8's shape: an own `stack` from the moment of construction, `captureStackTrace`, better messages,
//! and the taking apart of whatever was thrown.

use std::rc::Rc;

use boa_engine::builtins::error::Error;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::{Attribute, PropertyDescriptor, PropertyKey};
use boa_engine::{
    Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    js_string,
};

use super::messages;
use super::position::{Frame, RawFrame};
use super::program::Thrown;
use super::state::{State, string_property, text_of};

/// What Node calls stack exhaustion; boa's own error for it cannot be caught in JavaScript.
pub(super) const STACK_EXHAUSTED: &str = "Maximum call stack size exceeded";

/// Makes a native function of the current realm.
pub(super) fn native(
    context: &Context,
    name: &str,
    length: usize,
    function: fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>,
) -> JsFunction {
    FunctionObjectBuilder::new(context.realm(), NativeFunction::from_fn_ptr(function))
        .name(js_string!(name))
        .length(length)
        .build()
}

/// Defines a writable, configurable property that enumeration does not show.
pub(super) fn define_hidden(
    object: &JsObject,
    key: &str,
    value: impl Into<JsValue>,
    context: &mut Context,
) -> JsResult<()> {
    object
        .define_property_or_throw(
            js_string!(key),
            PropertyDescriptor::builder()
                .value(value.into())
                .writable(true)
                .enumerable(false)
                .configurable(true),
            context,
        )
        .map(drop)
}

/// Replaces the error constructors by ones that give each error its stack, and adds V8's statics.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    let mut base: Option<JsObject> = None;
    for (name, length) in [
        ("Error", 1),
        ("TypeError", 1),
        ("RangeError", 1),
        ("SyntaxError", 1),
        ("ReferenceError", 1),
        ("EvalError", 1),
        ("URIError", 1),
        ("AggregateError", 2),
    ] {
        let Some(original) = global.get(js_string!(name), context)?.as_object() else {
            continue;
        };
        let prototype = original.get(js_string!("prototype"), context)?;
        let function = if name == "AggregateError" {
            NativeFunction::from_copy_closure_with_captures(construct_aggregate, original.clone())
        } else {
            NativeFunction::from_copy_closure_with_captures(construct, original.clone())
        };
        let wrapper: JsObject = FunctionObjectBuilder::new(context.realm(), function)
            .name(js_string!(name))
            .length(length)
            .constructor(true)
            .build()
            .into();
        wrapper.define_property_or_throw(
            js_string!("prototype"),
            PropertyDescriptor::builder()
                .value(prototype.clone())
                .writable(false)
                .enumerable(false)
                .configurable(false),
            context,
        )?;
        if let Some(prototype) = prototype.as_object() {
            define_hidden(&prototype, "constructor", wrapper.clone(), context)?;
        }
        match &base {
            Some(base) => {
                wrapper.set_prototype(Some(base.clone()));
            }
            None => {
                let capture = native(context, "captureStackTrace", 2, capture_stack_trace);
                define_hidden(&wrapper, "captureStackTrace", capture, context)?;
                wrapper.set(js_string!("stackTraceLimit"), 10, true, context)?;
                if let Some(prototype) = prototype.as_object() {
                    let get = native(context, "stack", 0, get_stack);
                    let set = native(context, "stack", 1, set_stack);
                    *State::of(context)?.stack_accessor.borrow_mut() =
                        Some((get.clone(), set.clone()));
                    prototype.define_property_or_throw(
                        js_string!("stack"),
                        PropertyDescriptor::builder()
                            .get(get)
                            .set(set)
                            .enumerable(false)
                            .configurable(true),
                        context,
                    )?;
                }
                base = Some(wrapper.clone());
            }
        }
        define_hidden(&global, name, wrapper, context)?;
    }
    Ok(())
}

fn construct(
    new_target: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = new_target.as_object();
    let error = original.construct(&[], target.as_ref(), context)?;
    let error_value = JsValue::from(error.clone());
    // V8's order of own properties: stack, message, cause.
    define_lazy_stack(&error, context)?;
    if let Some(message) = args.first().filter(|message| !message.is_undefined()) {
        let message = message.to_string(context)?;
        define_hidden(&error, "message", message, context)?;
    }
    install_cause(&error, args.get_or_undefined(1), context)?;
    Ok(error_value)
}

fn construct_aggregate(
    new_target: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = new_target.as_object();
    let error = original.construct(args, target.as_ref(), context)?;
    define_lazy_stack(&error, context)?;
    Ok(error.into())
}

/// An own `stack` that is written down when it is first read, as Node does: the header then has the name that the
/// constructor of a subclass has given meanwhile.
fn define_lazy_stack(error: &JsObject, context: &mut Context) -> JsResult<()> {
    let Some((get, set)) = State::of(context)?.stack_accessor.borrow().clone() else {
        return Ok(());
    };
    let accessor = PropertyDescriptor::builder()
        .get(get)
        .set(set)
        .enumerable(false)
        .configurable(true);
    error
        .define_property_or_throw(js_string!("stack"), accessor, context)
        .map(drop)
}

fn install_cause(error: &JsObject, options: &JsValue, context: &mut Context) -> JsResult<()> {
    if let Some(options) = options.as_object()
        && options.has_property(js_string!("cause"), context)?
    {
        let cause = options.get(js_string!("cause"), context)?;
        define_hidden(error, "cause", cause, context)?;
    }
    Ok(())
}

/// `Name: message` and the author's frames; frames down to the constructor `below` are left out, as V8 does.
fn stack_text(error: &JsObject, below: Option<&str>, context: &mut Context) -> JsResult<JsString> {
    let state = State::of(context)?;
    let header = header(error, context);
    let raw = raw_stack(error, context)?;
    let script = state.script.borrow().clone();
    let mut frames = frames_of(&raw, &state);
    if let Some(name) = below {
        let constructor = format!("new {name}");
        let method = format!(".{name}");
        if let Some(at) = frames.iter().position(|f| {
            f.function == constructor || f.function == name || f.function.ends_with(&method)
        }) {
            frames.drain(..=at);
        }
    }
    frames.truncate(stack_trace_limit(context));
    let mut text = header;
    for frame in &frames {
        text.push('\n');
        text.push_str(&script.show(frame));
    }
    Ok(JsString::from(text.as_str()))
}

/// The first line of a stack, whatever the author's `toString` says: `Name: message`.
fn header(error: &JsObject, context: &mut Context) -> String {
    let mut part = |key: &str, otherwise: &str| match error.get(js_string!(key), context) {
        Ok(value) if !value.is_undefined() => display(&value, context),
        _ => otherwise.to_owned(),
    };
    let (name, message) = (part("name", "Error"), part("message", ""));
    match (name.is_empty(), message.is_empty()) {
        (true, _) => message,
        (_, true) => name,
        _ => format!("{name}: {message}"),
    }
}

fn stack_trace_limit(context: &mut Context) -> usize {
    let global = context.global_object();
    let limit = global
        .get(js_string!("Error"), context)
        .ok()
        .and_then(|error| error.as_object())
        .and_then(|error| error.get(js_string!("stackTraceLimit"), context).ok())
        .and_then(|limit| limit.as_number());
    match limit {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0..=200 first"
        )]
        Some(limit) => limit.clamp(0.0, 200.0) as usize,
        None => 0,
    }
}

/// boa's own stack text of an error.
fn raw_stack(error: &JsObject, context: &mut Context) -> JsResult<String> {
    let primordials = State::of(context)?.primordials()?;
    let raw = primordials
        .raw_stack
        .call(&error.clone().into(), &[], context)?;
    Ok(raw
        .as_string()
        .map(|text| text_of(&text))
        .unwrap_or_default())
}

/// The author's frames at this moment, innermost first.
pub(super) fn frames_now(context: &mut Context) -> JsResult<Vec<Frame>> {
    let state = State::of(context)?;
    let error = state
        .primordials()?
        .error
        .clone()
        .construct(&[], None, context)?;
    let raw = raw_stack(&error, context)?;
    Ok(frames_of(&raw, &state))
}

/// The frames of the author's script and of its modules in boa's stack text, innermost first.
fn frames_of(raw: &str, state: &State) -> Vec<Frame> {
    let script = state.script.borrow();
    let modules = state.module_scripts.borrow();
    if modules.is_empty() {
        return script.frames(raw);
    }
    raw.lines()
        .filter_map(|line| {
            let raw = RawFrame::read(line)?;
            if raw.file == script.file {
                return script.authors_frame(&raw);
            }
            let module = modules.get(raw.file)?;
            let frame = module.map().authors_frame(&raw)?;
            Some(Frame {
                file: Some(Rc::clone(&module.path)),
                ..frame
            })
        })
        .collect()
}

/// The 1-based line and column of the author's own script that is being run, whatever it has called.
///
/// # Errors
/// Only if the engine refuses to make an error.
pub(super) fn place_now(context: &mut Context) -> JsResult<Option<(u32, u32)>> {
    let frames = frames_now(context)?;
    let own = frames.iter().find(|frame| frame.file.is_none());
    Ok(own.map(|frame| (frame.line, frame.column)))
}

fn capture_stack_trace(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = args.get_or_undefined(0).as_object() else {
        return Err(JsNativeError::typ().with_message("Invalid argument").into());
    };
    let below = args
        .get_or_undefined(1)
        .as_object()
        .and_then(|f| string_property(&f, "name", context));
    let state = State::of(context)?;
    let mark = state
        .primordials()?
        .error
        .clone()
        .construct(&[], None, context)?;
    let traced = stack_text(&mark, below.as_deref(), context)?;
    let traced = text_of(&traced);
    let frames = traced.find("\n    at ").map_or("", |at| &traced[at..]);
    let get = FunctionObjectBuilder::new(
        context.realm(),
        NativeFunction::from_copy_closure_with_captures(get_captured, js_string!(frames)),
    )
    .name(js_string!("stack"))
    .build();
    let set = state
        .stack_accessor
        .borrow()
        .as_ref()
        .map(|(_, set)| set.clone());
    let mut accessor = PropertyDescriptor::builder()
        .get(get)
        .enumerable(false)
        .configurable(true);
    if let Some(set) = set {
        accessor = accessor.set(set);
    }
    object.define_property_or_throw(js_string!("stack"), accessor, context)?;
    Ok(JsValue::undefined())
}

fn get_stack(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(error) = this.as_object().filter(|error| error.is::<Error>()) else {
        return Ok(JsValue::undefined());
    };
    if error.has_own_property(js_string!("stack"), context)? {
        let constructor = error
            .get(js_string!("constructor"), context)?
            .as_object()
            .and_then(|constructor| string_property(&constructor, "name", context));
        let stack = stack_text(&error, constructor.as_deref(), context)?;
        let stack = prepared(&error, stack, context)?;
        define_hidden(&error, "stack", stack, context)?;
    } else {
        mend(this, context);
        if !error.has_own_property(js_string!("stack"), context)? {
            return Ok(JsValue::undefined());
        }
    }
    error.get(js_string!("stack"), context)
}

/// The accessor of a `captureStackTrace`: the frames are known, the header comes when it is read.
fn get_captured(
    this: &JsValue,
    _: &[JsValue],
    frames: &JsString,
    context: &mut Context,
) -> JsResult<JsValue> {
    let header = match this.as_object() {
        Some(object) => header(&object, context),
        None => display(this, context),
    };
    let stack = js_string!(format!("{header}{}", text_of(frames)));
    let Some(object) = this.as_object() else {
        return Ok(stack.into());
    };
    let stack = prepared(&object, stack, context)?;
    define_hidden(&object, "stack", stack.clone(), context)?;
    Ok(stack)
}

/// What `Error.prepareStackTrace` makes of a stack that is read for the first time; the text, where nobody has set it.
fn prepared(object: &JsObject, stack: JsString, context: &mut Context) -> JsResult<JsValue> {
    let error = context.global_object().get(js_string!("Error"), context)?;
    let Some(error) = error.as_object() else {
        return Ok(stack.into());
    };
    let prepare = error.get(js_string!("prepareStackTrace"), context)?;
    let state = State::of(context)?;
    let Some(prepare) = prepare.as_callable().filter(|_| !state.preparing.get()) else {
        return Ok(stack.into());
    };
    // What it reads of other stacks on the way is their text, as in V8.
    state.preparing.set(true);
    let made = call_sites(&stack, context).and_then(|sites| {
        prepare.call(
            &error.clone().into(),
            &[object.clone().into(), sites],
            context,
        )
    });
    state.preparing.set(false);
    made
}

/// An array of V8's CallSite objects for the frames of a stack.
fn call_sites(stack: &JsString, context: &mut Context) -> JsResult<JsValue> {
    let text = text_of(stack);
    let frames = text.find("\n    at ").map_or("", |at| &text[at..]);
    let make = super::node::load("internal/call_site", context)?;
    let make = make.as_callable().ok_or_else(JsNativeError::typ)?;
    make.call(&JsValue::undefined(), &[js_string!(frames).into()], context)
}

fn set_stack(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(object) = this.as_object() {
        let hidden = object.is::<Error>();
        object.define_property_or_throw(
            js_string!("stack"),
            PropertyDescriptor::builder()
                .value(args.get_or_undefined(0).clone())
                .writable(true)
                .enumerable(!hidden)
                .configurable(true),
            context,
        )?;
    }
    Ok(JsValue::undefined())
}

/// [`mend`] for the first argument: what a rewritten `catch` calls before the author's statements.
#[allow(clippy::unnecessary_wraps)]
pub(super) fn mend_argument(
    _: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    mend(args.get_or_undefined(0), context);
    Ok(JsValue::undefined())
}

/// Gives an error that the engine itself threw V8's message and own `stack`; anything else stays as it is.
pub(super) fn mend(value: &JsValue, context: &mut Context) {
    if let Some(error) = value.as_object()
        && error.is::<Error>()
        && !error
            .has_own_property(js_string!("stack"), context)
            .unwrap_or(true)
    {
        // A frozen error cannot be mended and is shown as it is.
        let _ = mend_thrown(&error, context);
    }
}

fn mend_thrown(error: &JsObject, context: &mut Context) -> JsResult<()> {
    let state = State::of(context)?;
    let script = state.script.borrow().clone();
    let raw = raw_stack(error, context)?;
    let frames = frames_of(&raw, &state);
    // The words are read from the file that the error is in.
    let file = frames.first().and_then(|frame| frame.file.clone());
    let script = match file.and_then(|file| state.module_scripts.borrow().get(&file).cloned()) {
        Some(module) => Rc::clone(module.map()),
        None => script,
    };
    let own_message = error.has_own_property(js_string!("message"), context)?;
    if own_message {
        let message = string_property(error, "message", context).unwrap_or_default();
        let better = messages::improve(&message, frames.first(), &script).unwrap_or(message);
        error.delete_property_or_throw(js_string!("message"), context)?;
        define_hidden(error, "stack", JsValue::undefined(), context)?;
        define_hidden(error, "message", js_string!(better), context)?;
    }
    let stack = stack_text(error, None, context)?;
    define_hidden(error, "stack", stack, context)
}

/// `String(value)`, never failing.
pub(super) fn display(value: &JsValue, context: &mut Context) -> String {
    if value.is_symbol() {
        return value.display().to_string();
    }
    value
        .to_string(context)
        .map_or_else(|_| "[object Object]".to_owned(), |text| text_of(&text))
}

/// `String(value)`.
///
/// # Errors
/// What the value's own `toString` throws.
pub(super) fn text(value: &JsValue, context: &mut Context) -> JsResult<String> {
    if value.is_symbol() {
        return Ok(value.display().to_string());
    }
    value.to_string(context).map(|text| text_of(&text))
}

/// Whether `value instanceof Error`, judged by the engine's own prototype.
pub(super) fn is_error(value: &JsValue, context: &Context) -> bool {
    let Some(object) = value.as_object() else {
        return false;
    };
    if object.is::<Error>() {
        return true;
    }
    let base = context.intrinsics().constructors().error().prototype();
    let mut link = object.prototype();
    while let Some(prototype) = link {
        if JsObject::equals(&prototype, &base) {
            return true;
        }
        link = prototype.prototype();
    }
    false
}

/// The JavaScript value behind an error that left the engine.
pub(super) fn value_of(error: JsError, context: &mut Context) -> JsValue {
    let exhausted = error.as_engine().is_some();
    match error.into_opaque(context) {
        Ok(value) => {
            mend(&value, context);
            value
        }
        Err(error) => {
            let message = if exhausted {
                STACK_EXHAUSTED.to_owned()
            } else {
                error.to_string()
            };
            let object = JsNativeError::range()
                .with_message(message)
                .into_opaque(context);
            let value = JsValue::from(object);
            mend(&value, context);
            value
        }
    }
}

/// Takes a thrown or passed value apart.
pub(super) fn take_apart(value: &JsValue, context: &mut Context) -> Thrown {
    mend(value, context);
    let display = display(value, context);
    let Some(object) = value.as_object().filter(|_| is_error(value, context)) else {
        return Thrown {
            display,
            ..Thrown::default()
        };
    };
    let stack = string_property(&object, "stack", context);
    let place = stack.as_deref().and_then(|stack| place_in(stack, context));
    Thrown {
        display,
        name: string_property(&object, "name", context),
        message: string_property(&object, "message", context),
        properties: own_properties(&object, context).ok().flatten(),
        stack,
        body5: None,
        explanation: None,
        class_of_6: super::failure::class_of_6(&object, context),
        line: place.map(|p| p.0),
        column: place.map(|p| p.1),
    }
}

/// The first place in the author's file that a V8-shaped stack names.
pub(super) fn place_in(stack: &str, context: &Context) -> Option<(u32, u32)> {
    let script = State::of(context).ok()?.script.borrow().clone();
    stack.lines().find_map(|line| {
        let place = line.trim().strip_prefix("at ")?;
        let place = place.rsplit_once(" (").map_or(place, |(_, place)| place);
        let rest = place
            .trim_end_matches(')')
            .strip_prefix(script.file.as_str())?
            .strip_prefix(':')?;
        let (line, column) = rest.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    })
}

/// JSON text of every own string-keyed property, hidden ones too, in the order of their creation.
///
/// # Errors
/// What a getter, `toJSON` or the serializer throws.
pub(super) fn own_properties(object: &JsObject, context: &mut Context) -> JsResult<Option<String>> {
    let copy = JsObject::with_object_proto(context.intrinsics());
    for key in object.own_property_keys(context)? {
        if matches!(key, PropertyKey::Symbol(_)) {
            continue;
        }
        let value = object.get(key.clone(), context)?;
        copy.create_data_property(key, value, context)?;
    }
    stringify_data(&copy.into(), context)
}

/// [`stringify`] for the value of a property called `data`, which is what the compilers' envelope makes of it.
///
/// # Errors
/// As [`stringify`].
pub(super) fn stringify_data(value: &JsValue, context: &mut Context) -> JsResult<Option<String>> {
    let envelope = JsObject::with_object_proto(context.intrinsics());
    envelope.create_data_property(js_string!("data"), value.clone(), context)?;
    let text = stringify(&envelope.into(), context)?.unwrap_or_default();
    let data = text
        .strip_prefix("{\"data\":")
        .and_then(|text| text.strip_suffix('}'));
    Ok(data.map(str::to_owned))
}

/// `JSON.stringify(value)` with the built-in as it was before the hook ran; `None` is undefined.
///
/// # Errors
/// What the serializer or the value's own code throws.
pub(super) fn stringify(value: &JsValue, context: &mut Context) -> JsResult<Option<String>> {
    let primordials = State::of(context)?.primordials()?;
    let text =
        primordials
            .stringify
            .call(&JsValue::undefined(), std::slice::from_ref(value), context)?;
    Ok(text
        .as_string()
        .map(|text| whole_characters(text_of(&text))))
}

/// Halves of surrogate pairs, which `JSON.stringify` escapes and no UTF-8 can hold, become U+FFFD.
fn whole_characters(mut text: String) -> String {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('\\')) {
        let at = from + at;
        let escape = text
            .get(at..at + 6)
            .unwrap_or_default()
            .to_ascii_lowercase();
        if matches!(
            escape.get(..4),
            Some("\\ud8" | "\\ud9" | "\\uda" | "\\udb" | "\\udc" | "\\udd" | "\\ude" | "\\udf")
        ) {
            text.replace_range(at..at + 6, "\u{fffd}");
            from = at + 3;
        } else {
            from = at + 2;
        }
    }
    text
}

/// Attributes of a method of a built-in.
pub(super) const METHOD: Attribute = Attribute::WRITABLE.union(Attribute::CONFIGURABLE);
