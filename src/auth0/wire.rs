//! The answer as bytes on the wire: the envelope of the 6.x compilers, that of the 5.x ones, and the documented shape.
//!
//! Source: auth0-ext-compilers 6.1.0 and 5.5.3 `lib/adapter.js`, webtask-runtime 2.0.0 `lib/errors.js`. Key order counts.

use serde_json::{Map, Value, json};

/// What a hook answered, as plain text and JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// `cb(null, data)`; `None` where `JSON.stringify` gave undefined.
    Success { data: Option<&'a str> },
    /// `cb(error)`, a refused payload, code that does not compile.
    Failure {
        /// JSON text: every own property in V8's order (stack, message, then the others as created).
        properties: Option<&'a str>,
        /// The 5.x body as JSON text, where it does not follow from the properties.
        body5: Option<&'a str>,
        /// The class of 6.x the error is made of: 5.x hooks failed where they named it.
        class: Option<&'a str>,
        message: Option<&'a str>,
        stack: Option<&'a str>,
    },
    /// Thrown out of the hook while the platform called it.
    Unhandled {
        /// `String(error)`.
        display: &'a str,
        /// Absent for what is not an Error.
        name: Option<&'a str>,
        /// Absent for what is not an Error.
        message: Option<&'a str>,
        /// JSON text of `details`, `name` and `message`, for what is not an Error.
        read: Option<&'a str>,
        /// As in `Failure`.
        class: Option<&'a str>,
    },
}

/// The body the 6.x compilers send with HTTP 200; the sandbox's own JSON, sent with HTTP 500, for what was thrown.
pub fn wire6(answer: &Answer<'_>) -> Value {
    match *answer {
        Answer::Success { data } => {
            let mut envelope = Map::new();
            envelope.insert("statusCode".to_owned(), json!(200));
            envelope.insert("headers".to_owned(), json!({}));
            envelope.insert("status".to_owned(), json!("success"));
            if let Some(data) = data {
                envelope.insert("data".to_owned(), value(data));
            }
            Value::Object(envelope)
        }
        // An error's own `toJSON` may have made anything of it.
        Answer::Failure {
            properties: Some(properties),
            ..
        } => json!({"status": "error", "data": value(properties)}),
        Answer::Failure { .. } => {
            json!({"status": "error", "data": Value::Object(own_properties(answer))})
        }
        Answer::Unhandled { .. } => unhandled(answer),
    }
}

/// `{"statusCode", "body"}` as the 5.x compilers answered; without `body` where that was empty.
pub fn wire5(answer: &Answer<'_>) -> Value {
    match *answer {
        Answer::Success { data: Some(data) } => json!({"statusCode": 200, "body": value(data)}),
        Answer::Success { data: None } => json!({"statusCode": 200}),
        Answer::Failure {
            class: Some(class), ..
        }
        | Answer::Unhandled {
            class: Some(class), ..
        } => {
            // The hook would have failed where it makes the error.
            let message = format!("{class} is not defined");
            let failed = Answer::Unhandled {
                display: &format!("ReferenceError: {message}"),
                name: Some("ReferenceError"),
                message: Some(&message),
                read: None,
                class: None,
            };
            json!({"statusCode": 500, "body": unhandled(&failed)})
        }
        Answer::Failure {
            body5: Some(body), ..
        } => {
            let body = value(body);
            json!({"statusCode": body["statusCode"], "body": body})
        }
        Answer::Failure { .. } => failure5(&own_properties(answer)),
        Answer::Unhandled { .. } => json!({"statusCode": 500, "body": unhandled(answer)}),
    }
}

/// The shape the documentation shows: the bare data; for an error its message, statusCode, own fields and stack.
pub fn response(answer: &Answer<'_>) -> Value {
    match *answer {
        Answer::Success { data } => data.map_or(Value::Null, value),
        Answer::Failure { .. } => {
            let mut own = own_properties(answer);
            let mut shape = Map::new();
            if let Some(message) = own.shift_remove("message") {
                shape.insert("message".to_owned(), message);
            }
            let code = own.shift_remove("statusCode").filter(truthy);
            shape.insert("statusCode".to_owned(), code.unwrap_or_else(|| json!(500)));
            let stack = own.shift_remove("stack");
            shape.extend(own);
            if let Some(stack) = stack {
                shape.insert("stack".to_owned(), stack);
            }
            Value::Object(shape)
        }
        Answer::Unhandled { .. } => unhandled(answer),
    }
}

/// Own properties as JSON.stringify left them; from stack and message where the engine could not list them.
fn own_properties(answer: &Answer<'_>) -> Map<String, Value> {
    let Answer::Failure {
        properties,
        message,
        stack,
        ..
    } = *answer
    else {
        return Map::new();
    };
    if let Some(Value::Object(own)) = properties.map(value) {
        return own;
    }
    [("stack", stack), ("message", message)]
        .into_iter()
        .filter_map(|(key, text)| Some((key.to_owned(), Value::String(text?.to_owned()))))
        .collect()
}

fn failure5(own: &Map<String, Value>) -> Value {
    let status = own
        .get("statusCode")
        .filter(|code| truthy(code))
        .cloned()
        .unwrap_or_else(|| json!(500));
    let mut body = Map::new();
    if let Some(message) = own.get("message") {
        body.insert("message".to_owned(), message.clone());
    }
    body.insert("statusCode".to_owned(), status.clone());
    for key in ["code", "errno", "error", "error_description", "data"] {
        if let Some(value) = own.get(key).filter(|value| truthy(value)) {
            body.insert(key.to_owned(), value.clone());
        }
    }
    if status.as_u64() == Some(500)
        && let Some(stack) = own.get("stack")
    {
        body.insert("stack".to_owned(), stack.clone());
    }
    json!({"statusCode": status, "body": body})
}

/// The sandbox's own JSON for what was thrown: `details` is the text of an Error, or else the thrown value itself.
fn unhandled(answer: &Answer<'_>) -> Value {
    let mut own = Map::new();
    let Answer::Unhandled {
        display,
        name,
        message,
        read,
        ..
    } = *answer
    else {
        return Value::Null;
    };
    own.insert("code".to_owned(), json!(500));
    own.insert(
        "error".to_owned(),
        json!("Script generated an unhandled synchronous exception."),
    );
    if let Some(Value::Object(read)) = read.map(value) {
        own.extend(read);
        return Value::Object(own);
    }
    own.insert("details".to_owned(), json!(display));
    for (key, text) in [("name", name), ("message", message)] {
        if let Some(text) = text {
            own.insert(key.to_owned(), json!(text));
        }
    }
    Value::Object(own)
}

/// JSON text as a value; text that is none stays visible as a string rather than getting lost.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// What JavaScript takes for true.
fn truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => true,
    }
}
