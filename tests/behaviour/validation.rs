//! Every text of the payload checks through the worker, at each point it belongs to, in both wire formats.

use hookbench::auth0::Point;
use serde_json::{Value, json};

use super::support::{self, Case, USER};

/// Takes the keys of `path` off a valid body, or puts `value` there.
fn with(body: &Value, path: &[&str], value: Option<Value>) -> Value {
    let Some((first, rest)) = path.split_first() else {
        return value.unwrap_or_default();
    };
    let mut body = body.clone();
    let Some(map) = body.as_object_mut() else {
        return body;
    };
    if rest.is_empty() && value.is_none() {
        map.remove(*first);
    } else {
        let inner = map.get(*first).cloned().unwrap_or_else(|| json!({}));
        map.insert((*first).to_owned(), with(&inner, rest, value));
    }
    body
}

fn refused(point: Point, body: &Value, message: &str) {
    let case = Case {
        points: vec![point],
        body: Some(body.to_string()),
        ..Case::of_hook("cb(null, 'called');")
    };
    let report = support::run(&case, point);
    let stack = format!("Error: {message}");
    assert_eq!(
        support::six(&report),
        json!({"status": "error", "data": {"stack": stack, "message": message}}).to_string(),
        "{} with {body}",
        point.id()
    );
    let five = json!({"message": message, "statusCode": 500, "stack": stack});
    assert_eq!(support::five(&report), format!("500 {five}"));
}

#[test]
fn each_check_answers_its_text() {
    const OBJECT: &str = "received by extensibility point is not an object";
    const STRING: &str = "received by extensibility point is not a string";
    const LIST: &str = "received by extensibility point is neither empty nor an array";
    let default = |point: Point| -> Value { serde_json::from_str(point.default_body()).unwrap() };
    let mut checks: Vec<(Point, Vec<&str>, String)> = Vec::new();
    for point in USER {
        checks.push((point, vec![], format!("Body {OBJECT}")));
        for path in [vec!["user"], vec!["context"], vec!["context", "connection"]] {
            let text = format!("Body.{} {OBJECT}", path.join("."));
            checks.push((point, path, text));
        }
    }
    let token = Point::CredentialsExchange;
    let password = Point::PasswordExchange;
    let phone = Point::SendPhoneMessage;
    for (point, path, text) in [
        (token, vec![], format!("Body {OBJECT}")),
        (token, vec!["client"], format!("Body .client {OBJECT}")),
        (token, vec!["scope"], format!("Body .scope {LIST}")),
        (token, vec!["audience"], format!("Body .audience {STRING}")),
        (password, vec![], format!("Body {OBJECT}")),
        (password, vec!["audience"], format!("Body.audience {STRING}")),
        (password, vec!["scope"], format!("Body.scope {LIST}")),
        (password, vec!["user"], format!("Body.user {OBJECT}")),
        (password, vec!["client"], format!("Body.client {OBJECT}")),
        (phone, vec![], format!("Body {OBJECT}")),
        (phone, vec!["recipient"], format!("Body.recipient {STRING}")),
        (phone, vec!["text"], format!("Body.text {STRING}")),
        (phone, vec!["context"], format!("Body.context {OBJECT}")),
        (phone, vec!["context", "message_type"], "Body.context.message_type received by extensibility point is not `sms` or `voice`".to_owned()),
        (phone, vec!["context", "action"], "Body.context.action received by extensibility point is not `enrollment` or `second-factor-authentication`".to_owned()),
        (phone, vec!["context", "language"], format!("Body.context.language {STRING}")),
        (phone, vec!["context", "code"], format!("Body.context.code {STRING}")),
        (phone, vec!["context", "ip"], format!("Body.context.ip {STRING}")),
        (phone, vec!["context", "user_agent"], format!("Body.context.user_agent {STRING}")),
        (phone, vec!["context", "client"], format!("Body.context.client {OBJECT}")),
        (phone, vec!["context", "client", "client_id"], format!("Body.context.client.client_id {STRING}")),
        (phone, vec!["context", "client", "name"], format!("Body.context.client.name {STRING}")),
        (phone, vec!["context", "client", "client_metadata"], format!("Body.context.client.client_metadata {OBJECT}")),
        (phone, vec!["context", "user"], format!("Body.context.user {OBJECT}")),
    ] {
        checks.push((point, path, text));
    }
    for (point, path, text) in &checks {
        let body = with(&default(*point), path, Some(json!(7)));
        refused(*point, &body, text);
    }
    assert_eq!(checks.len(), 36);
}

#[test]
fn the_first_failing_check_is_the_one_that_answers() {
    const OBJECT: &str = "received by extensibility point is not an object";
    for point in USER {
        refused(point, &json!({}), &format!("Body.user {OBJECT}"));
        // A list is an object to JavaScript: the body passes, its user is missing.
        refused(point, &json!([]), &format!("Body.user {OBJECT}"));
        refused(
            point,
            &json!({"user": []}),
            &format!("Body.context {OBJECT}"),
        );
    }
    refused(
        Point::CredentialsExchange,
        &json!({"client": 1, "scope": 1, "audience": 1}),
        &format!("Body .client {OBJECT}"),
    );
    refused(
        Point::CredentialsExchange,
        &json!({"client": {}, "scope": 1, "audience": 1}),
        "Body .scope received by extensibility point is neither empty nor an array",
    );
    refused(
        Point::PasswordExchange,
        &json!({"client": 1, "scope": 1, "audience": 1, "user": 1}),
        "Body.audience received by extensibility point is not a string",
    );
    refused(
        Point::PasswordExchange,
        &json!({"client": 1, "scope": 1, "audience": "a", "user": 1}),
        "Body.scope received by extensibility point is neither empty nor an array",
    );
    refused(
        Point::SendPhoneMessage,
        &json!({"context": {}}),
        "Body.recipient received by extensibility point is not a string",
    );
    refused(
        Point::SendPhoneMessage,
        &json!({"recipient": "+1", "text": "t", "context": {}}),
        "Body.context.message_type received by extensibility point is not `sms` or `voice`",
    );
}

#[test]
fn what_only_looks_wrong_passes_the_checks() {
    let passes = |point: Point, path: &[&str], value: Option<Value>| {
        let default: Value = serde_json::from_str(point.default_body()).unwrap();
        let body = with(&default, path, value);
        let case = Case {
            points: vec![point],
            body: Some(body.to_string()),
            ..Case::of_hook("cb(null, 'called');")
        };
        let report = support::run(&case, point);
        assert_eq!(report.response, "called", "{} with {body}", point.id());
    };
    for point in USER {
        passes(point, &["user"], Some(json!([])));
        passes(point, &["context", "connection"], Some(json!([])));
    }
    let token = Point::CredentialsExchange;
    passes(token, &["scope"], Some(json!("")));
    passes(token, &["scope"], Some(json!(null)));
    passes(token, &["scope"], None);
    // typeof null is "object".
    passes(token, &["client"], Some(json!(null)));
    passes(token, &["context"], None);
    passes(token, &["context"], Some(json!("none")));
    passes(Point::PasswordExchange, &["scope"], Some(json!(0)));
    passes(
        Point::SendPhoneMessage,
        &["context", "user"],
        Some(json!(null)),
    );
    passes(Point::SendPhoneMessage, &["context", "client"], None);
    passes(
        Point::SendPhoneMessage,
        &["context", "client", "client_metadata"],
        None,
    );
}

#[test]
fn a_returned_context_carries_the_secrets_out() {
    let point = Point::PostUserRegistration;
    let case = Case {
        points: vec![point],
        secrets: [("KEY".to_owned(), "a-secret-value".to_owned())].into(),
        ..Case::of_hook("cb(null, context);")
    };
    let report = support::run(&case, point);
    assert_eq!(
        report.wire["data"]["webtask"]["secrets"]["KEY"],
        "a-secret-value"
    );
    let warned: Vec<_> = report
        .warnings
        .iter()
        .map(|warning| &warning.code)
        .collect();
    assert!(
        warned
            .iter()
            .any(|code| code.contains("secret") || code.contains("context")),
        "{warned:?}"
    );
}
