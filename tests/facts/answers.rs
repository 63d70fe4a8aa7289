//! Refusals, wire formats and outcomes against the compilers' words and bytes.

use hookbench::auth0::outcome::{self, End, Failure, NothingSent, Tone};
use hookbench::auth0::wire::{self, Answer};
use hookbench::auth0::{Point, payload};
use serde_json::{Value, json};

use super::EVERY;

#[test]
fn refusals_have_the_compilers_words_in_the_compilers_order() {
    // Each step mends what the step before was refused for.
    let steps: &[(&str, &[(Value, &str)])] = &[
        (
            "password-exchange",
            &[
                (
                    json!(7),
                    "Body received by extensibility point is not an object",
                ),
                (
                    json!({}),
                    "Body.audience received by extensibility point is not a string",
                ),
                (
                    json!({"audience": "a", "scope": "b"}),
                    "Body.scope received by extensibility point is neither empty nor an array",
                ),
                (
                    json!({"audience": "a"}),
                    "Body.user received by extensibility point is not an object",
                ),
                (
                    json!({"audience": "a", "user": {}}),
                    "Body.client received by extensibility point is not an object",
                ),
            ],
        ),
        (
            "credentials-exchange",
            &[
                (
                    json!("x"),
                    "Body received by extensibility point is not an object",
                ),
                (
                    json!({}),
                    "Body .client received by extensibility point is not an object",
                ),
                (
                    json!({"client": {}, "scope": {}}),
                    "Body .scope received by extensibility point is neither empty nor an array",
                ),
                (
                    json!({"client": {}, "scope": []}),
                    "Body .audience received by extensibility point is not a string",
                ),
            ],
        ),
        (
            "send-phone-message",
            &[
                (
                    json!(true),
                    "Body received by extensibility point is not an object",
                ),
                (
                    json!({}),
                    "Body.recipient received by extensibility point is not a string",
                ),
                (
                    json!({"recipient": ""}),
                    "Body.text received by extensibility point is not a string",
                ),
                (
                    json!({"recipient": "", "text": ""}),
                    "Body.context received by extensibility point is not an object",
                ),
                (
                    phone(&json!({})),
                    "Body.context.message_type received by extensibility point is not `sms` or `voice`",
                ),
                (
                    phone(&json!({"message_type": "sms", "action": "authentication"})),
                    "Body.context.action received by extensibility point is not `enrollment` or `second-factor-authentication`",
                ),
                (
                    phone(&json!({"message_type": "sms", "action": "enrollment"})),
                    "Body.context.language received by extensibility point is not a string",
                ),
                (
                    phone(
                        &json!({"message_type": "sms", "action": "enrollment", "language": "en"}),
                    ),
                    "Body.context.code received by extensibility point is not a string",
                ),
                (
                    phone(
                        &json!({"message_type": "sms", "action": "enrollment", "language": "en", "code": "1"}),
                    ),
                    "Body.context.ip received by extensibility point is not a string",
                ),
                (
                    phone(
                        &json!({"message_type": "sms", "action": "enrollment", "language": "en", "code": "1", "ip": ""}),
                    ),
                    "Body.context.user_agent received by extensibility point is not a string",
                ),
                (
                    full_phone(&json!(1)),
                    "Body.context.client received by extensibility point is not an object",
                ),
                (
                    full_phone(&json!({})),
                    "Body.context.client.client_id received by extensibility point is not a string",
                ),
                (
                    full_phone(&json!({"client_id": "a"})),
                    "Body.context.client.name received by extensibility point is not a string",
                ),
                (
                    full_phone(&json!({"client_id": "a", "name": "b", "client_metadata": 1})),
                    "Body.context.client.client_metadata received by extensibility point is not an object",
                ),
                (
                    full_phone(&json!({"client_id": "a", "name": "b"})),
                    "Body.context.user received by extensibility point is not an object",
                ),
            ],
        ),
    ];
    for (id, cases) in steps {
        for (body, message) in *cases {
            let refusal = payload::check(Point::from_id(id).unwrap(), body).unwrap_err();
            assert_eq!(
                (refusal.message.as_str(), refusal.answered),
                (*message, true),
                "{body}"
            );
        }
    }
}

fn phone(context: &Value) -> Value {
    json!({"recipient": "", "text": "", "context": context})
}

fn full_phone(client: &Value) -> Value {
    phone(
        &json!({"message_type": "sms", "action": "enrollment", "language": "en", "code": "1", "ip": "", "user_agent": "",
        "client": client}),
    )
}

fn failure<'a>(properties: &'a str, name: &'a str) -> Answer<'a> {
    Answer::Failure {
        properties: Some(properties),
        body5: None,
        class: Some(name).filter(|name| *name == "PreUserRegistrationError"),
        message: None,
        stack: None,
    }
}

#[test]
fn wire_formats_byte_for_byte() {
    let ok = |data| Answer::Success { data };
    let rows: &[(Answer<'_>, &str, &str)] = &[
        (
            ok(Some("{}")),
            r#"{"statusCode":200,"headers":{},"status":"success","data":{}}"#,
            r#"{"statusCode":200,"body":{}}"#,
        ),
        (
            ok(Some("\"str\"")),
            r#"{"statusCode":200,"headers":{},"status":"success","data":"str"}"#,
            r#"{"statusCode":200,"body":"str"}"#,
        ),
        (
            ok(Some("null")),
            r#"{"statusCode":200,"headers":{},"status":"success","data":null}"#,
            r#"{"statusCode":200,"body":null}"#,
        ),
        (
            ok(None),
            r#"{"statusCode":200,"headers":{},"status":"success"}"#,
            r#"{"statusCode":200}"#,
        ),
        (
            failure(r#"{"stack":"S","message":"boom"}"#, "Error"),
            r#"{"status":"error","data":{"stack":"S","message":"boom"}}"#,
            r#"{"statusCode":500,"body":{"message":"boom","statusCode":500,"stack":"S"}}"#,
        ),
        (
            failure(
                r#"{"stack":"S","message":"m","code":"c","statusCode":403,"data":{"a":1},"error":"e","error_description":"d","own":1}"#,
                "Error",
            ),
            r#"{"status":"error","data":{"stack":"S","message":"m","code":"c","statusCode":403,"data":{"a":1},"error":"e","error_description":"d","own":1}}"#,
            r#"{"statusCode":403,"body":{"message":"m","statusCode":403,"code":"c","error":"e","error_description":"d","data":{"a":1}}}"#,
        ),
        (
            failure(
                r#"{"stack":"S","message":"Unable to compile the extensibility code as javascript","error_description":"Unexpected token"}"#,
                "SyntaxError",
            ),
            r#"{"status":"error","data":{"stack":"S","message":"Unable to compile the extensibility code as javascript","error_description":"Unexpected token"}}"#,
            r#"{"statusCode":500,"body":{"message":"Unable to compile the extensibility code as javascript","statusCode":500,"error_description":"Unexpected token","stack":"S"}}"#,
        ),
        (
            failure(
                r#"{"stack":"S","message":"a","name":"PreUserRegistrationError","friendlyMessage":"b"}"#,
                "PreUserRegistrationError",
            ),
            r#"{"status":"error","data":{"stack":"S","message":"a","name":"PreUserRegistrationError","friendlyMessage":"b"}}"#,
            r#"{"statusCode":500,"body":{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"ReferenceError: PreUserRegistrationError is not defined","name":"ReferenceError","message":"PreUserRegistrationError is not defined"}}"#,
        ),
        (
            Answer::Unhandled {
                display: "Error: x",
                name: Some("Error"),
                message: Some("x"),
                read: None,
                class: None,
            },
            r#"{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"Error: x","name":"Error","message":"x"}"#,
            r#"{"statusCode":500,"body":{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"Error: x","name":"Error","message":"x"}}"#,
        ),
        (
            Answer::Unhandled {
                display: "str",
                name: None,
                message: None,
                read: Some(r#"{"details":"str"}"#),
                class: None,
            },
            r#"{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"str"}"#,
            r#"{"statusCode":500,"body":{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"str"}}"#,
        ),
    ];
    for (answer, six, five) in rows {
        assert_eq!(wire::wire6(answer).to_string(), *six);
        assert_eq!(wire::wire5(answer).to_string(), *five);
    }
}

#[test]
fn the_documented_shape_of_an_error() {
    let answer = failure(
        r#"{"stack":"S","message":"a","name":"PreUserRegistrationError","friendlyMessage":"b"}"#,
        "PreUserRegistrationError",
    );
    assert_eq!(
        wire::response(&answer).to_string(),
        r#"{"message":"a","statusCode":500,"name":"PreUserRegistrationError","friendlyMessage":"b","stack":"S"}"#
    );
    assert_eq!(
        wire::response(&Answer::Success { data: Some("[1]") }),
        json!([1])
    );
    let plain = Answer::Failure {
        properties: None,
        body5: None,
        class: None,
        message: Some("m"),
        stack: Some("s"),
    };
    assert_eq!(
        wire::response(&plain).to_string(),
        r#"{"message":"m","statusCode":500,"stack":"s"}"#
    );
}

fn answered(point: Point, data: Value) -> Value {
    let body: Value = serde_json::from_str(point.default_body()).unwrap();
    outcome::of(point, &body, &End::Answered { data: Some(data) }).to_value()
}

fn failed(point: Point, name: &str, message: &str, friendly: Option<&str>) -> Value {
    let body: Value = serde_json::from_str(point.default_body()).unwrap();
    let end = End::Failed {
        why: Failure::Callback,
        name: Some(name.to_owned()),
        message: message.to_owned(),
        friendly: friendly.map(str::to_owned),
    };
    outcome::of(point, &body, &end).to_value()
}

#[test]
fn a_registration_takes_metadata_and_nothing_else() {
    let outcome = answered(
        Point::PreUserRegistration,
        json!({"user": {"email": "other@foo.com", "username": "user1",
            "user_metadata": {"foo": "bar", "hobby": "chess", "$no": 1}, "app_metadata": {"plan": "full"}}, "extra": 1}),
    );
    assert_eq!(outcome["kind"], "registered");
    assert_eq!(outcome["tone"], "caution");
    assert_eq!(
        outcome["user_metadata"]["merged"],
        json!({"hobby": "chess", "foo": "bar"})
    );
    assert_eq!(
        outcome["user_metadata"]["changes"],
        json!([{"name": "foo", "change": "added", "to": "bar"},
               {"name": "hobby", "change": "changed", "from": "surfing", "to": "chess"}])
    );
    assert_eq!(outcome["user_metadata"]["refused"][0]["name"], "$no");
    assert_eq!(outcome["app_metadata"]["changes"], json!([]));
    assert_eq!(
        outcome["ignored"],
        json!([{"path": "user.email", "changed": true}, {"path": "user.username", "changed": false}, {"path": "extra", "changed": true}])
    );
    let (tone, text) = outcome::tell(&outcome);
    assert_eq!(tone, Tone::Caution);
    assert!(
        text.contains("2 properties") && text.contains("user.email"),
        "{text}"
    );
}

#[test]
fn a_denial_has_a_text_for_the_log_and_one_for_the_visitor() {
    let outcome = failed(
        Point::PreUserRegistration,
        "PreUserRegistrationError",
        "log",
        Some("shown"),
    );
    assert_eq!(outcome["kind"], "denied");
    assert_eq!(outcome["tone"], "bad");
    assert_eq!(
        outcome["log"],
        json!({"code": "fs", "name": "Failed Signup", "text": "log"})
    );
    assert_eq!(outcome["visitor"]["new_universal_login"], "shown");
    assert_eq!(outcome["visitor"]["classic_universal_login"], Value::Null);
    let plain = failed(Point::PreUserRegistration, "Error", "log", None);
    assert_eq!(plain["visitor"]["new_universal_login"], Value::Null);
}

#[test]
fn what_runs_afterwards_changes_nothing() {
    for (point, code) in [
        (Point::PostUserRegistration, "fpurh"),
        (Point::PostChangePassword, "fcph"),
    ] {
        assert_eq!(answered(point, json!({}))["tone"], "good");
        let response = answered(point, json!({"slack": true}));
        assert_eq!(response["kind"], "ignored");
        assert_eq!(response["ignored"][0]["path"], "slack");
        let error = failed(point, "Error", "x", None);
        assert_eq!(
            (error["kind"].as_str(), error["tone"].as_str()),
            (Some("logged"), Some("caution"))
        );
        assert_eq!(error["log"]["code"], code);
    }
}

#[test]
fn tokens_take_scopes_and_claims_with_urls_for_names() {
    let point = Point::CredentialsExchange;
    let outcome = answered(
        point,
        json!({"scope": ["read:connections", "extra"], "https://example.com/a": 1, "b": 2, "https://x.auth0.com/c": 3}),
    );
    assert_eq!(outcome["kind"], "token-issued");
    assert_eq!(
        outcome["scope"],
        json!({"granted": ["read:connections", "extra"], "added": ["extra"], "removed": []})
    );
    assert_eq!(outcome["claims"], json!({"https://example.com/a": 1}));
    assert_eq!(outcome["dropped"].as_array().unwrap().len(), 2);
    let reset = answered(point, json!({}));
    assert_eq!(reset["scope"]["removed"], json!(["read:connections"]));
    assert_eq!(reset["tone"], "caution");
    for (name, error, status) in [
        ("InvalidScopeError", "invalid_scope", 400),
        ("InvalidRequestError", "invalid_request", 400),
        ("ServerError", "server_error", 500),
        ("Error", "server_error", 500),
    ] {
        let refused = failed(point, name, "why", None);
        assert_eq!(refused["kind"], "oauth-error");
        assert_eq!(
            refused["oauth"],
            json!({"error": error, "error_description": "why", "status": status})
        );
        assert_eq!(refused["log"]["code"], "feccft");
    }
}

#[test]
fn phone_messages_are_sent_or_not() {
    let point = Point::SendPhoneMessage;
    assert_eq!(answered(point, json!({}))["kind"], "sent");
    let outcome = failed(point, "SendPhoneMessageError", "a", Some("b"));
    assert_eq!(outcome["kind"], "not-sent");
    assert_eq!(outcome["log"]["code"], "gd_send_sms_failure");
    assert_eq!(outcome["visitor"]["new_universal_login"], "b");
}

#[test]
fn without_an_answer_a_blocking_point_fails_and_the_others_go_on() {
    for (reason, kind) in [
        (NothingSent::Timeout, "timed-out"),
        (NothingSent::NoCallback, "no-callback"),
        (NothingSent::Stopped, "stopped"),
        (NothingSent::Memory, "out-of-memory"),
        (NothingSent::Crash, "crashed"),
        (NothingSent::Uncaught, "uncaught"),
    ] {
        for point in EVERY {
            let outcome = outcome::of(point, &json!({}), &End::NothingSent { reason });
            assert_eq!(outcome.kind, kind);
            let bad = point.blocking() || point == Point::Generic;
            let expected = if bad && reason != NothingSent::Stopped {
                Tone::Bad
            } else {
                Tone::Caution
            };
            assert_eq!(outcome.tone, expected, "{kind} at {}", point.id());
            assert_eq!(
                outcome::tell(&outcome.to_value()),
                (outcome.tone, outcome.summary)
            );
        }
    }
}

#[test]
fn returning_the_context_is_told_to_leak_secrets() {
    let outcome = answered(
        Point::PostUserRegistration,
        json!({"webtask": {"secrets": {"A": "b"}}}),
    );
    assert_eq!(outcome["tone"], "caution");
    assert!(outcome["notes"][0].as_str().unwrap().contains("secret"));
}

#[test]
fn a_document_without_an_outcome_is_told_as_such() {
    assert_eq!(outcome::tell(&Value::Null).0, Tone::Caution);
    assert!(outcome::tell(&Value::Null).1.contains("does not say"));
}
