//! What lowered scripts call: the failures that boa cannot word, the depth of the stack, the places of classes.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsWeakMap;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, js_string,
};

use super::errors::{self, STACK_EXHAUSTED, display, native};
use super::lowering;
use super::modules;
use super::state::{State, string_property};

/// Calls deeper than this throw a RangeError; Node reaches about 11,000.
const DEEPEST: usize = 10_000;

/// The arguments that go with [`lowering::PARAMETERS`]; `script` is the script's number among [`State::sources`].
pub(super) fn arguments(script: usize, context: &mut Context) -> Vec<JsValue> {
    lowering::PARAMETERS
        .iter()
        .map(|name| match *name {
            lowering::MEND => native(context, "", 1, errors::mend_argument).into(),
            lowering::MISSING => native(context, "", 4, missing).into(),
            lowering::IN => native(context, "", 2, has_property).into(),
            lowering::ITERABLE => native(context, "", 3, iterable).into(),
            lowering::EXTENDS => native(context, "", 1, extends).into(),
            lowering::DEPTH => native(context, "", 0, depth).into(),
            lowering::IMPORT => native(context, "", 2, modules::import).into(),
            lowering::CALLS => JsValue::from(0),
            lowering::CLASS => {
                let note = NativeFunction::from_copy_closure(move |_, args, context| {
                    note_class(script, args, context)
                });
                FunctionObjectBuilder::new(context.realm(), note)
                    .build()
                    .into()
            }
            _ => JsValue::undefined(),
        })
        .collect()
}

/// V8's TypeError for null and undefined: the value, what was wanted of it (0 reading, 1 setting, 2 a property of a
/// pattern, 3 a pattern), the property and how the value is written in the source.
fn missing(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = if args.get_or_undefined(0).is_null() {
        "null"
    } else {
        "undefined"
    };
    let how = args.get_or_undefined(1).to_u32(context)?;
    let name = display(args.get_or_undefined(2), context);
    let message = match how {
        0 => format!("Cannot read properties of {value} (reading '{name}')"),
        1 => format!("Cannot set properties of {value} (setting '{name}')"),
        2 => {
            let written = display(args.get_or_undefined(3), context);
            format!("Cannot destructure property '{name}' of '{written}' as it is {value}.")
        }
        _ => format!("Cannot destructure '{name}' as it is {value}."),
    };
    Err(JsNativeError::typ().with_message(message).into())
}

fn has_property(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (key, object) = (args.get_or_undefined(0), args.get_or_undefined(1));
    let Some(object) = object.as_object() else {
        let (key, value) = (display(key, context), display(object, context));
        let message = format!("Cannot use 'in' operator to search for '{key}' in {value}");
        return Err(JsNativeError::typ().with_message(message).into());
    };
    let key = key.to_property_key(context)?;
    object.has_property(key, context).map(JsValue::from)
}

/// Passes on what can be iterated, and complains like V8 of the rest: the value, how it is iterated (0 plainly, 1 as
/// what a call returned, 2 as a property or element taken apart, 3 as arguments, 4 as a parameter), its text.
fn iterable(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = args.get_or_undefined(0);
    let can = match value.as_object() {
        Some(object) => {
            object.is_array()
                || object.is::<boa_engine::builtins::proxy::Proxy>()
                || object.has_property(boa_engine::JsSymbol::iterator(), context)?
        }
        None => value.is_string(),
    };
    if can {
        return Ok(value.clone());
    }
    let missing = value.is_null_or_undefined();
    let printed = display(args.get_or_undefined(2), context);
    let message = match args.get_or_undefined(1).to_u32(context)? {
        1 => format!("{printed} is not a function or its return value is not iterable"),
        2 if missing => not_iterable(value, context),
        3 if missing => format!("{printed} is not iterable (cannot read property undefined)"),
        3 => "Spread syntax requires ...iterable[Symbol.iterator] to be a function".to_owned(),
        4 => not_iterable(value, context),
        _ => format!("{printed} is not iterable"),
    };
    Err(JsNativeError::typ().with_message(message).into())
}

/// V8's words where it knows the value alone.
fn not_iterable(value: &JsValue, context: &mut Context) -> String {
    let shown = match value {
        value if value.is_undefined() => "undefined".to_owned(),
        value if value.is_null() => "object null".to_owned(),
        value if value.is_object() => "object".to_owned(),
        value => format!("{} {}", value.type_of(), display(value, context)),
    };
    format!("{shown} is not iterable (cannot read property Symbol(Symbol.iterator))")
}

fn extends(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = args.get_or_undefined(0);
    let fits = value.is_null()
        || value
            .as_object()
            .is_some_and(|object| object.is_constructor());
    if fits {
        return Ok(value.clone());
    }
    let shown = shown(value, context);
    let message = format!("Class extends value {shown} is not a constructor or null");
    Err(JsNativeError::typ().with_message(message).into())
}

/// A value as V8 prints it inside of messages: objects by their constructor.
pub(super) fn shown(value: &JsValue, context: &mut Context) -> String {
    match value.as_object() {
        Some(object) if !object.is_callable() => {
            format!("#<{}>", constructor_name(&object, context))
        }
        _ if value.is_string() => format!("\"{}\"", display(value, context)),
        _ => display(value, context),
    }
}

/// The name of an object's constructor; `Object` where there is none.
pub(super) fn constructor_name(object: &JsObject, context: &mut Context) -> String {
    object
        .get(js_string!("constructor"), context)
        .ok()
        .and_then(|constructor| constructor.as_object())
        .and_then(|constructor| string_property(&constructor, "name", context))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "Object".to_owned())
}

/// Called by every 64th call of the author's functions.
fn depth(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let frames = context.stack_trace().size_hint().0;
    if frames < DEEPEST && !State::of(context)?.stack_is_full() {
        return Ok(JsValue::undefined());
    }
    Err(JsNativeError::range().with_message(STACK_EXHAUSTED).into())
}

fn note_class(script: usize, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(class) = args.get_or_undefined(0).as_object() else {
        return Ok(JsValue::undefined());
    };
    let start = display(args.get_or_undefined(1), context);
    let end = display(args.get_or_undefined(2), context);
    let state = State::of(context)?;
    let known = state.classes.borrow().clone();
    let classes = match known {
        Some(known) => JsWeakMap::from_object(known).ok(),
        None => {
            let fresh = JsWeakMap::new(context);
            *state.classes.borrow_mut() = Some(JsObject::from(fresh.clone()));
            Some(fresh)
        }
    };
    if let Some(classes) = classes {
        let place = js_string!(format!("{script}:{start}:{end}"));
        classes.set(&class, place.into(), context)?;
    }
    Ok(JsValue::undefined())
}
