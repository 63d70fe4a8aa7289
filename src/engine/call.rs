//! The call of the hook: its arguments at each point, and the callback as the 6.x compilers treat it
//! (auth0-ext-compilers 6.1.0 `lib/adapter.js` and `lib/compilers/*`).

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsValue, js_string};

use super::errors::{self, native};
use super::state::{State, string_property};
use super::{Answer, Event, FailureKind, Program, failure, sink, transaction, webtask};
use crate::auth0::Point;

const NOT_SERIALIZABLE: &str = "Error when JSON serializing the result of the extension point";

/// Whether a missing or falsy response becomes `{}`: only the compiler of the three user points does that.
fn defaults_to_object(point: Point) -> bool {
    matches!(
        point,
        Point::PreUserRegistration | Point::PostUserRegistration | Point::PostChangePassword
    )
}

/// Calls the hook with the payload.
///
/// # Errors
/// What the hook throws synchronously.
pub(super) fn call(
    function: &JsValue,
    program: &Program,
    body: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    let Some(function) = function.as_object().and_then(JsFunction::from_object) else {
        return Err(JsNativeError::typ()
            .with_message("func is not a function")
            .into());
    };
    let args = arguments(program, body, context)?;
    // `this` of a plain call: a sloppy function sees the global object, a strict one undefined.
    let called = function.call(&JsValue::undefined(), &args, context);
    called.map(drop).map_err(|error| {
        let message = error.as_native().map(|native| native.message().to_string());
        if message.as_deref() == Some("class constructor cannot be invoked without 'new'")
            && let Some(name) = string_property(&function, "name", context)
        {
            return JsNativeError::typ()
                .with_message(format!(
                    "Class constructor {name} cannot be invoked without 'new'"
                ))
                .into();
        }
        error
    })
}

fn arguments(program: &Program, body: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let webtask = webtask::build(program, body, context)?;
    let answer = if defaults_to_object(program.point) {
        answer_or_object
    } else {
        answer_as_is
    };
    let callback: JsValue = native(context, "", 2, answer).into();
    if program.point == Point::Generic {
        return Ok(vec![webtask.into(), callback]);
    }
    let Some(body) = body.as_object() else {
        return Err(JsNativeError::typ()
            .with_message("Cannot read properties of null (reading 'context')")
            .into());
    };
    let given = body.get(js_string!("context"), context)?;
    let hook_context = match given.as_object() {
        // The user points hand over a copy, so that the context does not contain itself.
        Some(given) if defaults_to_object(program.point) => {
            let copy = JsObject::with_object_proto(context.intrinsics());
            for key in given.own_property_keys(context)? {
                let value = given.get(key.clone(), context)?;
                copy.create_data_property(key, value, context)?;
            }
            copy
        }
        Some(given) => given,
        None if given.is_null() => {
            return Err(JsNativeError::typ()
                .with_message("Cannot set properties of null (setting 'webtask')")
                .into());
        }
        None => JsObject::with_object_proto(context.intrinsics()),
    };
    hook_context.set(js_string!("webtask"), webtask, true, context)?;
    let names: &[&str] = match program.point {
        Point::PreUserRegistration | Point::PostUserRegistration | Point::PostChangePassword => {
            &["user"]
        }
        Point::CredentialsExchange => &["client", "scope", "audience"],
        Point::PasswordExchange => &["user", "client", "scope", "audience"],
        Point::SendPhoneMessage => &["recipient", "text"],
        Point::Generic => &[],
    };
    let mut args = Vec::with_capacity(names.len() + 2);
    for name in names {
        args.push(body.get(js_string!(*name), context)?);
    }
    *State::of(context)?.transaction.borrow_mut() = Some((body.clone(), hook_context.clone()));
    args.push(hook_context.into());
    args.push(callback);
    Ok(args)
}

fn answer_or_object(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    called_back(args, true, context)
}

fn answer_as_is(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    called_back(args, false, context)
}

fn called_back(
    args: &[JsValue],
    object_by_default: bool,
    context: &mut Context,
) -> JsResult<JsValue> {
    let state = State::of(context)?;
    if state.answered.get() {
        let place = errors::place_now(context)?;
        let message = "The hook called back a second time. Auth0 keeps the first answer, and the second call ends \
                       the process: return right after each cb(…)."
            .to_owned();
        state.warn("callback-twice", message, place);
        let error = new_error(
            "Cannot write headers after they are sent to the client",
            context,
        )?;
        error.set(
            js_string!("code"),
            js_string!("ERR_HTTP_HEADERS_SENT"),
            true,
            context,
        )?;
        return Err(JsError::from_opaque(error.into()));
    }
    let answer = if let Some(error) = failure::first(args) {
        failure::of(error, context)?
    } else {
        let mut data = args.get_or_undefined(1).clone();
        if object_by_default && !data.to_boolean() {
            data = JsObject::with_object_proto(context.intrinsics()).into();
        }
        match errors::stringify_data(&data, context) {
            Ok(data) => Answer::Success { data },
            Err(error) if error.as_engine().is_some() => return Err(error),
            Err(_) => {
                let error = new_error(NOT_SERIALIZABLE, context)?;
                let thrown = errors::take_apart(&error.into(), context);
                Answer::Failure {
                    kind: FailureKind::Serialization,
                    thrown,
                }
            }
        }
    };
    state.answered.set(true);
    // First, so that the answer's own report shows it.
    transaction::tell(&state, context);
    sink::send(Event::Answer {
        at_ms: state.now_ms(),
        answer,
    });
    Ok(JsValue::undefined())
}

/// A new Error whose stack starts at the author's innermost frame.
pub(super) fn new_error(message: &str, context: &mut Context) -> JsResult<JsObject> {
    let state = State::of(context)?;
    let constructor = state.primordials()?.shaped_error.clone();
    constructor.construct(&[js_string!(message).into()], None, context)
}
