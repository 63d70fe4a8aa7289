//! What the 6.1.0 compilers refuse before they call a hook, in their order and with their messages.
//!
//! Source: auth0-ext-compilers 6.1.0, `lib/authorization.js` and `lib/compilers/*.js`.

use serde_json::Value;

use super::super::Point;

/// A payload the compilers do not hand to the hook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The compilers' own text.
    pub message: String,
    /// True where the compiler answers with an error of this message; false where the compiler itself
    /// fails with a TypeError of this message, since `null` passes its test for objects.
    pub answered: bool,
}

/// The first check the secret of the extension point fails, if it has one.
///
/// `secret` is the value of `auth0-extension-secret`, `authorization` the request's header. The error the compilers
/// answer with has an own `statusCode` of 500.
///
/// # Errors
/// `Unauthorized extensibility point`.
pub fn authorize(secret: Option<&str>, authorization: Option<&str>) -> Result<(), Refusal> {
    let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
        return Ok(());
    };
    let header = authorization.unwrap_or_default().trim();
    let given = header
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("bearer "))
        .and_then(|_| header.get(7..));
    if given == Some(secret) {
        Ok(())
    } else {
        refuse("Unauthorized extensibility point")
    }
}

/// Checks a body as the compiler of `point` does.
///
/// # Errors
/// The first check that fails.
pub fn check(point: Point, body: &Value) -> Result<(), Refusal> {
    match point {
        Point::PreUserRegistration | Point::PostUserRegistration | Point::PostChangePassword => {
            user_registration(body)
        }
        Point::CredentialsExchange => credentials_exchange(body),
        Point::SendPhoneMessage => send_phone_message(body),
        Point::PasswordExchange => password_exchange(body),
        Point::Generic => Ok(()),
    }
}

fn user_registration(body: &Value) -> Result<(), Refusal> {
    object(Some(body), "Body")?;
    object(body.get("user"), "Body.user")?;
    let context = body.get("context");
    object(context, "Body.context")?;
    object(
        context.and_then(|context| context.get("connection")),
        "Body.context.connection",
    )
}

fn credentials_exchange(body: &Value) -> Result<(), Refusal> {
    typeof_object(Some(body), "Body")?;
    not_null(Some(body), "client")?;
    // The space before the dot is the compiler's own.
    typeof_object(body.get("client"), "Body .client")?;
    empty_or_array(body.get("scope"), "Body .scope")?;
    string(body.get("audience"), "Body .audience")?;
    settable_context(body)
}

fn password_exchange(body: &Value) -> Result<(), Refusal> {
    object(Some(body), "Body")?;
    string(body.get("audience"), "Body.audience")?;
    empty_or_array(body.get("scope"), "Body.scope")?;
    object(body.get("user"), "Body.user")?;
    object(body.get("client"), "Body.client")?;
    settable_context(body)
}

fn send_phone_message(body: &Value) -> Result<(), Refusal> {
    typeof_object(Some(body), "Body")?;
    not_null(Some(body), "recipient")?;
    string(body.get("recipient"), "Body.recipient")?;
    string(body.get("text"), "Body.text")?;
    let context = body.get("context");
    typeof_object(context, "Body.context")?;
    not_null(context, "message_type")?;
    let of = |key: &str| context.and_then(|context| context.get(key));
    let word = |key: &str| of(key).and_then(Value::as_str);
    if !matches!(word("message_type"), Some("sms" | "voice")) {
        return refuse(
            "Body.context.message_type received by extensibility point is not `sms` or `voice`",
        );
    }
    if !matches!(
        word("action"),
        Some("enrollment" | "second-factor-authentication")
    ) {
        return refuse(
            "Body.context.action received by extensibility point is not `enrollment` or `second-factor-authentication`",
        );
    }
    for key in ["language", "code", "ip", "user_agent"] {
        string(of(key), &format!("Body.context.{key}"))?;
    }
    let client = of("client");
    if client.is_some() {
        typeof_object(client, "Body.context.client")?;
        not_null(client, "client_id")?;
        let of = |key: &str| client.and_then(|client| client.get(key));
        string(of("client_id"), "Body.context.client.client_id")?;
        string(of("name"), "Body.context.client.name")?;
        let metadata = of("client_metadata");
        if metadata.is_some() {
            typeof_object(metadata, "Body.context.client.client_metadata")?;
        }
    }
    typeof_object(of("user"), "Body.context.user")
}

fn refuse(message: &str) -> Result<(), Refusal> {
    Err(Refusal {
        message: message.to_owned(),
        answered: true,
    })
}

/// `!value || typeof value !== 'object'`: arrays pass, null does not.
fn object(value: Option<&Value>, path: &str) -> Result<(), Refusal> {
    match value {
        Some(Value::Object(_) | Value::Array(_)) => Ok(()),
        _ => refuse(&format!(
            "{path} received by extensibility point is not an object"
        )),
    }
}

/// `typeof value !== 'object'`: arrays pass, and so does null.
fn typeof_object(value: Option<&Value>, path: &str) -> Result<(), Refusal> {
    match value {
        Some(Value::Null) => Ok(()),
        _ => object(value, path),
    }
}

fn string(value: Option<&Value>, path: &str) -> Result<(), Refusal> {
    match value {
        Some(Value::String(_)) => Ok(()),
        _ => refuse(&format!(
            "{path} received by extensibility point is not a string"
        )),
    }
}

/// `value && !Array.isArray(value)`.
fn empty_or_array(value: Option<&Value>, path: &str) -> Result<(), Refusal> {
    let passes = match value {
        None | Some(Value::Null | Value::Bool(false) | Value::Array(_)) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Number(number)) => number.as_f64() == Some(0.0),
        Some(_) => false,
    };
    if passes {
        Ok(())
    } else {
        refuse(&format!(
            "{path} received by extensibility point is neither empty nor an array"
        ))
    }
}

/// The compiler reads `key` of a value that passed `typeof`, and fails itself where that is null.
fn not_null(value: Option<&Value>, key: &str) -> Result<(), Refusal> {
    match value {
        Some(Value::Null) => Err(Refusal {
            message: format!("Cannot read properties of null (reading '{key}')"),
            answered: false,
        }),
        _ => Ok(()),
    }
}

/// The compiler puts `webtask` on a context that passed `typeof`, and fails itself where that is null.
fn settable_context(body: &Value) -> Result<(), Refusal> {
    match body.get("context") {
        Some(Value::Null) => Err(Refusal {
            message: "Cannot set properties of null (setting 'webtask')".to_owned(),
            answered: false,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(point: Point, body: &Value) -> String {
        check(point, body).map_or_else(|refusal| refusal.message, |()| "passes".to_owned())
    }

    #[test]
    fn user_registration_in_order() {
        let point = Point::PreUserRegistration;
        assert_eq!(
            message(point, &json!(null)),
            "Body received by extensibility point is not an object"
        );
        assert_eq!(
            message(point, &json!([])),
            "Body.user received by extensibility point is not an object"
        );
        assert_eq!(
            message(point, &json!({"user": []})),
            "Body.context received by extensibility point is not an object"
        );
        assert_eq!(
            message(point, &json!({"user": [], "context": {}})),
            "Body.context.connection received by extensibility point is not an object"
        );
        assert_eq!(
            message(point, &json!({"user": [], "context": {"connection": []}})),
            "passes"
        );
    }

    #[test]
    fn null_passes_for_an_object_where_the_compilers_test_with_typeof_alone() {
        let refusal = check(Point::CredentialsExchange, &json!(null)).unwrap_err();
        assert!(!refusal.answered);
        assert_eq!(
            message(
                Point::CredentialsExchange,
                &json!({"client": null, "scope": "", "audience": "a"})
            ),
            "passes"
        );
        assert_eq!(
            message(
                Point::CredentialsExchange,
                &json!({"client": {}, "scope": "a"})
            ),
            "Body .scope received by extensibility point is neither empty nor an array"
        );
        let null_context = json!({"client": {}, "audience": "a", "context": null});
        assert!(
            !check(Point::CredentialsExchange, &null_context)
                .unwrap_err()
                .answered
        );
    }

    #[test]
    fn the_secret_is_compared_with_the_bearer_token() {
        assert_eq!(authorize(None, None), Ok(()));
        assert_eq!(authorize(Some("s"), Some(" BEARER s ")), Ok(()));
        for header in [None, Some("Bearer t"), Some("Basic s"), Some("é")] {
            assert_eq!(
                authorize(Some("s"), header).unwrap_err().message,
                "Unauthorized extensibility point"
            );
        }
    }
}
