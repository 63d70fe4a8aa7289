//! The call of an Action, as the loader of the official `@auth0/actions` package does it: the script is loaded when it
//! is first executed, its handler has to be an AsyncFunction, and the Action ends when the handler's promise settles.

use std::path::Path;

use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, Source, js_string,
};
use serde_json::Value;

use super::errors::{self, native};
use super::state::{State, string_property};
use super::{
    Answer, Event, FailureKind, Program, Thrown, call, compile, event_loop, failure, json, sink,
};
use crate::auth0::action;
use crate::syntax::outline;

/// The factory of `api`, with the checks of its methods.
const API: &str = include_str!("../../assets/node/action_api.js");

/// Loads and calls the Action, and goes on until nothing is left to do.
pub(super) fn execute(program: &Program, state: &State, context: &mut Context) {
    let event = match json::parse(&program.body) {
        Ok(event @ Value::Object(_)) => event,
        Ok(_) => {
            let message =
                "An Action's event is a JSON object. Write one, or press Reset test data.";
            return fail(FailureKind::InvalidPayload, failure::plain(message), state);
        }
        Err(problem) => {
            let thrown = failure::plain(&problem.to_string());
            return fail(FailureKind::InvalidPayload, thrown, state);
        }
    };
    // Before the author's top level can change a built-in.
    let prepared = context
        .eval(Source::from_bytes(API.as_bytes()).with_path(Path::new("node:hookbench/action_api")));
    let function = match compile::parse(program, state, context) {
        Ok(function) => function,
        Err(error) => {
            let value = errors::value_of(error, context);
            let mut thrown = errors::take_apart(&value, context);
            thrown.explanation.clone_from(&state.explanation.borrow());
            return fail(FailureKind::Compile, thrown, state);
        }
    };
    let exports = match compile::top_level(&function, program, context) {
        Ok(loaded) => loaded.exports,
        Err(error) => return thrown_while_loading(error, context),
    };
    let first = exports
        .as_object()
        .filter(JsObject::is_callable)
        .and_then(JsFunction::from_object)
        .filter(|_| {
            let parameters = outline(&program.source).hook_parameters;
            parameters.is_some_and(|names| action::is_first_version(&names))
        });
    if let Some(function) = first {
        return first_version(&function, program, &event, state, context);
    }
    let handler = match handler(program, &exports, context) {
        Ok(handler) => handler,
        Err(error) => {
            let value = errors::value_of(error, context);
            let thrown = errors::take_apart(&value, context);
            return fail(FailureKind::Compile, thrown, state);
        }
    };
    state.boot_ms.set(state.now_ms());
    sink::send(Event::Loaded {
        boot_ms: state.boot_ms.get(),
    });
    let called = prepared.and_then(|factory| {
        let event = event_object(program, &event, context)?;
        let api = api(program, &factory, &event, context)?;
        let promise = handler.call(&JsValue::undefined(), &[event.into(), api], context)?;
        settled(&promise, context)
    });
    if let Err(error) = called {
        return event_loop::uncaught(error, context);
    }
    event_loop::run(state, context);
}

/// Calls an Action of the first version, `async (event, context) => result`; the result is told as commands.
fn first_version(
    function: &JsFunction,
    program: &Program,
    event: &Value,
    state: &State,
    context: &mut Context,
) {
    state.boot_ms.set(state.now_ms());
    sink::send(Event::Loaded {
        boot_ms: state.boot_ms.get(),
    });
    let mut event = event.clone();
    if let Some(user) = event.get_mut("user").and_then(Value::as_object_mut) {
        for (older, today) in action::FIRST_VERSION_NAMES {
            if let (false, Some(value)) = (user.contains_key(older), user.get(today).cloned()) {
                user.insert(older.to_owned(), value);
            }
        }
    }
    let called = (|| {
        let event = event_object(program, &event, context)?;
        let secrets = event.get(js_string!("secrets"), context)?;
        let bag = JsObject::with_object_proto(context.intrinsics());
        bag.create_data_property(js_string!("secrets"), secrets, context)?;
        let result = function.call(&JsValue::undefined(), &[event.into(), bag.into()], context)?;
        let ended = native(context, "", 1, ended_with_result);
        let rejected = native(context, "", 1, rejected);
        JsPromise::resolve(result, context)?
            .then(Some(ended), Some(rejected), context)
            .map(drop)
    })();
    if let Err(error) = called {
        return event_loop::uncaught(error, context);
    }
    event_loop::run(state, context);
}

/// The end of an Action of the first version.
fn ended_with_result(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context)?;
    let text = errors::stringify(args.get_or_undefined(0), context)?.unwrap_or_default();
    let result: Value = serde_json::from_str(&text).unwrap_or_default();
    for command in action::commands_of_result(&result) {
        sink::send(Event::Command {
            at_ms: state.now_ms(),
            api: command.api,
            args: Value::from(command.args).to_string(),
        });
    }
    fulfilled(this, args, context)
}

fn fail(kind: FailureKind, thrown: Thrown, state: &State) {
    state.answered.set(true);
    sink::send(Event::Answer {
        at_ms: state.now_ms(),
        answer: Answer::Failure { kind, thrown },
    });
}

/// What the top level throws is thrown again at the call, as an Error whatever it was.
fn thrown_while_loading(error: JsError, context: &mut Context) {
    let value = errors::value_of(error, context);
    let error = if errors::is_error(&value, context) {
        value
    } else {
        let text = if value.to_boolean() {
            errors::display(&value, context)
        } else {
            "Unknown error".to_owned()
        };
        match call::new_error(&text, context) {
            Ok(error) => error.into(),
            Err(_) => value,
        }
    };
    event_loop::uncaught(JsError::from_opaque(error), context);
}

/// The handler of the program's trigger among the exports.
fn handler(program: &Program, exports: &JsValue, context: &mut Context) -> JsResult<JsFunction> {
    let refuse = |message: &str, context: &mut Context| {
        Err(JsError::from_opaque(
            call::new_error(message, context)?.into(),
        ))
    };
    // A function is no object here: `typeof` decides.
    let Some(exports) = exports.as_object().filter(|object| !object.is_callable()) else {
        return refuse("The Action must export an object.", context);
    };
    let Some(name) = action::handler(program.point) else {
        let message = format!(
            "Actions have no trigger called {}. Choose another extensibility point.",
            program.point.id()
        );
        return refuse(&message, context);
    };
    let handler = exports.get(js_string!(name), context)?.as_object();
    if let Some(function) = handler.filter(JsObject::is_callable) {
        let constructor = function
            .get(js_string!("constructor"), context)?
            .as_object();
        let made_by = constructor.and_then(|made_by| string_property(&made_by, "name", context));
        if made_by.as_deref() == Some("AsyncFunction")
            && let Some(function) = JsFunction::from_object(function)
        {
            return Ok(function);
        }
    }
    let message = format!(
        "Invalid function signature for the \"{name}\" handler. Use \"exports.{name} = async function(event, api) {{ }}\" as the signature."
    );
    refuse(&message, context)
}

/// The event with the secrets of the run; what the payload itself has under `secrets` wins.
fn event_object(program: &Program, event: &Value, context: &mut Context) -> JsResult<JsObject> {
    let value = json::to_engine(event, context)?;
    let Some(object) = value.as_object() else {
        return Ok(JsObject::with_object_proto(context.intrinsics()));
    };
    if !object.has_own_property(js_string!("configuration"), context)? {
        let configuration = JsObject::with_object_proto(context.intrinsics());
        object.create_data_property(js_string!("configuration"), configuration, context)?;
    }
    if !object.has_own_property(js_string!("secrets"), context)? {
        let secrets = JsObject::with_object_proto(context.intrinsics());
        object.create_data_property(js_string!("secrets"), secrets, context)?;
    }
    if let Some(secrets) = object.get(js_string!("secrets"), context)?.as_object() {
        for (name, secret) in &program.secrets {
            let name = JsString::from(name.as_str());
            if !secrets.has_own_property(name.clone(), context)? {
                secrets.create_data_property(name, js_string!(secret.as_str()), context)?;
            }
        }
    }
    Ok(object)
}

fn api(
    program: &Program,
    factory: &JsValue,
    event: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let limits = JsObject::with_object_proto(context.intrinsics());
    let bytes: [(&str, usize); 7] = [
        ("cacheKey", action::CACHE_KEY_BYTES),
        ("cacheValue", action::CACHE_VALUE_BYTES),
        ("cacheTotal", action::CACHE_BYTES),
        (
            "cacheLifetime",
            usize::try_from(action::CACHE_LIFETIME.as_millis()).unwrap_or(usize::MAX),
        ),
        ("validation", action::VALIDATION_CHARS),
        ("scope", action::SCOPE_CHARS),
        ("scopes", action::MAX_SCOPES),
    ];
    for (name, limit) in bytes {
        limits.create_data_property(js_string!(name), limit, context)?;
    }
    let args = [
        js_string!(program.point.id()).into(),
        event.clone().into(),
        native(context, "record", 2, record).into(),
        native(context, "bytes", 1, bytes_of).into(),
        limits.into(),
    ];
    match factory.as_object().and_then(JsFunction::from_object) {
        Some(build) => build.call(&JsValue::undefined(), &args, context),
        None => Ok(JsValue::undefined()),
    }
}

/// Notes a call of a method of `api`; once the Action has ended nobody carries it out.
fn record(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let api = errors::display(args.get_or_undefined(0), context);
    let state = State::of(context)?;
    if state.answered.get() {
        let place = errors::place_now(context)?;
        let message = format!(
            "api.{api} was called after the Action had ended, and has no effect. Await the work before it."
        );
        state.warn("command-after-end", message, place);
        return Ok(JsValue::undefined());
    }
    let args = errors::stringify(args.get_or_undefined(1), context)?.unwrap_or_default();
    sink::send(Event::Command {
        at_ms: state.now_ms(),
        api,
        args,
    });
    Ok(JsValue::undefined())
}

#[allow(clippy::unnecessary_wraps)]
fn bytes_of(_: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let bytes = args
        .get_or_undefined(0)
        .as_string()
        .map_or(0, |text| text.to_std_string_lossy().len());
    Ok(bytes.into())
}

/// Waits for the handler's promise.
fn settled(promise: &JsValue, context: &mut Context) -> JsResult<()> {
    let Some(promise) = promise.as_object() else {
        return Ok(());
    };
    let fulfilled = native(context, "", 1, fulfilled);
    let rejected = native(context, "", 1, rejected);
    JsPromise::from_object(promise)?
        .then(Some(fulfilled), Some(rejected), context)
        .map(drop)
}

fn fulfilled(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context)?;
    state.answered.set(true);
    sink::send(Event::Answer {
        at_ms: state.now_ms(),
        answer: Answer::Success { data: None },
    });
    if state.timers.borrow().waiting() {
        let message = "The Action ended while timers of its own were still waiting. Auth0 does not wait for them and may \
                       never run them: await what they do."
            .to_owned();
        state.warn("work-left-behind", message, None);
    }
    Ok(JsValue::undefined())
}

fn rejected(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let thrown = errors::take_apart(args.get_or_undefined(0), context);
    let state = State::of(context)?;
    state.answered.set(true);
    sink::send(Event::Uncaught {
        at_ms: state.now_ms(),
        thrown,
        rejected: true,
        after_response: false,
    });
    Ok(JsValue::undefined())
}
