//! An error on its way to Auth0, as both generations of compilers take it apart
//! (auth0-ext-compilers 6.1.0 and 5.5.3 `lib/adapter.js`, `lib/compilers/compilerFactory.js`).

use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, js_string};

use super::call::new_error;
use super::errors;
use super::program::{Answer, FailureKind, Thrown};
use super::state::{State, string_property};

/// The compilers' one sentence for all code that does not compile.
const NOT_COMPILED: &str = "Unable to compile the extensibility code as javascript";

/// What `cb(error)` sends.
///
/// # Errors
/// What the error's own code throws where the compilers do not catch it, and exhaustion of the engine.
pub(super) fn of(value: &JsValue, context: &mut Context) -> JsResult<Answer> {
    let error = if errors::is_error(value, context) {
        value.clone()
    } else {
        let own = value
            .as_object()
            .map(|object| object.get(js_string!("message"), context))
            .transpose()?;
        let message = match own.filter(JsValue::to_boolean) {
            Some(message) => errors::text(&message, context)?,
            None => errors::text(value, context)?,
        };
        let message = if message.is_empty() {
            "Unknown error"
        } else {
            message.as_str()
        };
        new_error(message, context)?.into()
    };
    errors::mend(&error, context);
    let Some(object) = error.as_object() else {
        return Err(JsNativeError::typ()
            .with_message("the error is no object")
            .into());
    };
    let properties = errors::own_properties(&object, context);
    let mut thrown = errors::take_apart(&error, context);
    thrown.body5 = body5(&object, context);
    match properties {
        Ok(properties) => {
            thrown.properties = properties;
            Ok(Answer::Failure {
                kind: FailureKind::Callback,
                thrown,
            })
        }
        Err(problem) if problem.as_engine().is_some() => Err(problem),
        Err(problem) => {
            let problem = errors::value_of(problem, context);
            let text = problem
                .as_object()
                .and_then(|problem| string_property(&problem, "message", context))
                .unwrap_or_else(|| errors::display(&problem, context));
            let message = format!("Error serializing error: {text}");
            let stack = thrown.stack.take().unwrap_or_default();
            let stack = format!("Error: {message}{}", frames_of(&stack));
            let properties = serde_json::json!({ "stack": stack, "message": message });
            thrown.properties = Some(properties.to_string());
            thrown.stack = Some(stack);
            thrown.message = Some(message);
            Ok(Answer::Failure {
                kind: FailureKind::Serialization,
                thrown,
            })
        }
    }
}

/// The frames of a stack, each behind its line break.
fn frames_of(stack: &str) -> &str {
    stack.find("\n    at ").map_or("", |at| &stack[at..])
}

/// The body of the 5.x compilers, JSON text: a few properties by name, inherited ones too, and only if truthy.
/// `None` where one of them cannot be read.
fn body5(error: &JsObject, context: &mut Context) -> Option<String> {
    let body = JsObject::with_object_proto(context.intrinsics());
    let mut status = error.get(js_string!("statusCode"), context).ok()?;
    if !status.to_boolean() {
        status = JsValue::from(500);
    }
    let message = error.get(js_string!("message"), context).ok()?;
    let shows_stack = status.as_number() == Some(500.0);
    for (key, value) in [("message", message), ("statusCode", status)] {
        body.create_data_property(js_string!(key), value, context)
            .ok()?;
    }
    let stack = shows_stack.then_some("stack");
    for key in ["code", "errno", "error", "error_description", "data"]
        .into_iter()
        .chain(stack)
    {
        let value = error.get(js_string!(key), context).ok()?;
        if value.to_boolean() {
            body.create_data_property(js_string!(key), value, context)
                .ok()?;
        }
    }
    let text = match errors::stringify(&body.into(), context) {
        Ok(text) => text?,
        Err(problem) => {
            let problem = errors::value_of(problem, context);
            let text = string_property(&problem.as_object()?, "message", context)?;
            let message = format!("Error serializing error: {text}");
            let stack = format!("Error: {message}");
            serde_json::json!({ "message": message, "statusCode": 500, "stack": stack }).to_string()
        }
    };
    Some(text)
}

/// What was thrown out of the hook while the platform called it; `None` where the sandbox can answer nothing,
/// because it reads properties of what was thrown, and null and undefined have none.
pub(super) fn unhandled(value: &JsValue, context: &mut Context) -> Option<Answer> {
    if value.is_null_or_undefined() {
        return None;
    }
    let mut thrown = errors::take_apart(value, context);
    if !errors::is_error(value, context) {
        thrown.properties = read_by_sandbox(value, context);
    }
    Some(Answer::Unhandled { thrown })
}

/// `details`, `name` and `message` of what is no Error, JSON text.
fn read_by_sandbox(value: &JsValue, context: &mut Context) -> Option<String> {
    let read = JsObject::with_object_proto(context.intrinsics());
    read.create_data_property(js_string!("details"), value.clone(), context)
        .ok()?;
    if let Some(object) = value.as_object() {
        for key in ["name", "message"] {
            let value = object.get(js_string!(key), context).ok()?;
            read.create_data_property(js_string!(key), value, context)
                .ok()?;
        }
    }
    errors::stringify(&read.into(), context).ok().flatten()
}

/// What the compilers answer when the text does not compile or its top level throws; `None` where it threw
/// something falsy, which they take for no error at all.
pub(super) fn of_compile(value: &JsValue, context: &mut Context) -> Option<Answer> {
    if !value.to_boolean() {
        return None;
    }
    let place = errors::take_apart(value, context);
    let explanation = State::of(context)
        .ok()
        .and_then(|state| state.explanation.borrow().clone());
    if let Some(object) = value.as_object() {
        let is_error = errors::is_error(value, context);
        // The stack of what does not parse is written down by then; any other is when it is read.
        let written = place.name.as_deref() == Some("SyntaxError");
        let message = object
            .get(js_string!("message"), context)
            .unwrap_or_default();
        // A frozen error stays as it is.
        let _ = object.set(js_string!("error_description"), message, false, context);
        let _ = object.set(
            js_string!("message"),
            js_string!(NOT_COMPILED),
            false,
            context,
        );
        if is_error && !written {
            let header = errors::display(value, context);
            let stack = place.stack.as_deref().unwrap_or_default();
            let stack = format!("{header}{}", frames_of(stack));
            let _ = errors::define_hidden(&object, "stack", js_string!(stack), context);
        }
    }
    let answer = of(value, context).unwrap_or_else(|_| Answer::Failure {
        kind: FailureKind::Compile,
        thrown: plain(NOT_COMPILED),
    });
    Some(match answer {
        Answer::Failure { mut thrown, .. } => {
            thrown.explanation = explanation;
            thrown.line = place.line;
            thrown.column = place.column;
            Answer::Failure {
                kind: FailureKind::Compile,
                thrown,
            }
        }
        other => other,
    })
}

/// An error of the compilers themselves, without a place in the author's file.
pub(super) fn plain(message: &str) -> Thrown {
    let stack = format!("Error: {message}");
    let properties = serde_json::json!({ "stack": stack, "message": message });
    Thrown {
        display: stack.clone(),
        name: Some("Error".to_owned()),
        message: Some(message.to_owned()),
        stack: Some(stack),
        properties: Some(properties.to_string()),
        ..Thrown::default()
    }
}

/// A failure of the platform's own code, thrown while it called the hook.
pub(super) fn own_fault(message: &str) -> Thrown {
    Thrown {
        display: format!("TypeError: {message}"),
        name: Some("TypeError".to_owned()),
        message: Some(message.to_owned()),
        stack: Some(format!("TypeError: {message}")),
        ..Thrown::default()
    }
}

/// Remembers the prototypes of the error classes in front of the script.
pub(super) fn remember_classes(
    classes: &[(&'static str, JsValue)],
    context: &mut Context,
) -> JsResult<()> {
    let state = State::of(context)?;
    for (name, class) in classes {
        if let Some(class) = class.as_object()
            && let Some(prototype) = class.get(js_string!("prototype"), context)?.as_object()
        {
            state.classes_of_6.borrow_mut().push((name, prototype));
        }
    }
    Ok(())
}

/// The nearest of those classes that `error` is an instance of.
pub(super) fn class_of_6(error: &JsObject, context: &Context) -> Option<String> {
    let state = State::of(context).ok()?;
    let classes = state.classes_of_6.borrow();
    let mut link = error.prototype();
    while let Some(prototype) = link {
        if let Some((name, _)) = classes
            .iter()
            .find(|(_, known)| JsObject::equals(known, &prototype))
        {
            return Some((*name).to_owned());
        }
        link = prototype.prototype();
    }
    None
}

/// The callback's first argument, as an answer; the second otherwise.
pub(super) fn first(args: &[JsValue]) -> Option<&JsValue> {
    Some(args.get_or_undefined(0)).filter(|error| error.to_boolean())
}
