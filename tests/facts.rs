//! The facts against each other and against Node: every asset parses, passes its checks and is recognised,
//! and the tables of wire formats and outcomes hold.

use std::path::{Path, PathBuf};
use std::process::Command;

use hookbench::auth0::gallery::GALLERY;
use hookbench::auth0::outcome::{self, End, Failure, NothingSent, Tone};
use hookbench::auth0::wire::{self, Answer};
use hookbench::auth0::{Point, detect, limits, payload};
use hookbench::syntax;
use serde_json::{Value, json};

const EVERY: [Point; 7] = [
    Point::PreUserRegistration,
    Point::PostUserRegistration,
    Point::CredentialsExchange,
    Point::PostChangePassword,
    Point::SendPhoneMessage,
    Point::PasswordExchange,
    Point::Generic,
];

fn detected(code: &str) -> Option<Point> {
    let parameters = syntax::outline(code).hook_parameters?;
    detect::point_of(&parameters, code)
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

#[test]
fn starters_parse_and_are_recognised() {
    for point in EVERY {
        let code = point.starter_code();
        assert_eq!(syntax::check(code), [], "{}", point.id());
        assert_eq!(detected(code), Some(point), "{}", point.id());
        assert!(code.len() < limits::CODE_BYTES);
        assert!(!syntax::outline(code).is_action());
        // Each documented argument stands in the comment.
        for argument in point.arguments() {
            assert!(
                code.contains(&format!("}} {argument} - ")),
                "{argument} of {}",
                point.id()
            );
        }
    }
}

#[test]
fn bodies_are_pretty_pass_the_checks_and_survive_the_panes() {
    for point in EVERY {
        let texts = point.variants().iter().map(|variant| variant.text);
        for text in std::iter::once(point.default_body()).chain(texts) {
            assert_eq!(payload::json_error(text), None);
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(payload::check(point, &value), Ok(()), "{text}");
            assert_eq!(
                format!("{value:#}\n"),
                text,
                "2 spaces and a last line break"
            );
            if point == Point::Generic {
                continue;
            }
            let panes = payload::split(point, text).unwrap();
            let joined = payload::join(point, &panes, text).unwrap();
            assert_eq!(joined, text.trim_end());
            // Without the whole, the keys stand in the arguments' order, and none is lost.
            let alone: Value =
                serde_json::from_str(&payload::join(point, &panes, "").unwrap()).unwrap();
            assert_eq!(
                alone.as_object().unwrap().len(),
                value.as_object().unwrap().len()
            );
        }
    }
}

#[test]
fn every_file_of_the_assets_is_used() {
    for path in files("sample-payloads", "json") {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (id, variant) = stem.split_once('.').unwrap_or((&stem, ""));
        let point = Point::from_id(id).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        if variant.is_empty() {
            assert_eq!(point.default_body(), text);
        } else {
            let found = point.variants().iter().find(|known| known.name == variant);
            assert_eq!(found.unwrap().text, text);
        }
    }
    for path in files("assets/gallery", "js") {
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(GALLERY.iter().any(|item| item.id == id), "{id}");
    }
}

#[test]
fn gallery_hooks_parse_are_recognised_and_have_bodies_that_pass() {
    let mut ids: Vec<&str> = GALLERY.iter().map(|item| item.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), GALLERY.len(), "ids are unique");
    for item in GALLERY {
        assert_eq!(syntax::check(item.code), [], "{}", item.id);
        assert_eq!(detected(item.code), Some(item.point), "{}", item.id);
        let body = item.body.unwrap_or(item.point.default_body());
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(payload::check(item.point, &body), Ok(()), "{}", item.id);
    }
}

/// Runs a script of ours with node, `None` where node is not installed.
fn node(script: &str, arguments: &[&Path]) -> Option<Value> {
    let output = Command::new("node")
        .arg("-e")
        .arg(script)
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(serde_json::from_str(&text).unwrap_or_else(|_| panic!("node printed {text}")))
}

/// Calls one hook as the compilers do and prints `{"data"}` or `{"error", "friendly"}`.
const CALL: &str = r#"
const fs = require('fs'); const path = require('path');
class ExtensibilityUserError extends Error { constructor(m) { super(m); this.name = this.constructor.name; } }
const simple = name => ({ [name]: class extends ExtensibilityUserError {} })[name];
const friendly = name => ({ [name]: class extends ExtensibilityUserError { constructor(m, f) { super(m); this.friendlyMessage = f || m; } } })[name];
const names = ['InvalidRequestError', 'InvalidScopeError', 'ServerError', 'PreUserRegistrationError', 'SendPhoneMessageError'];
const classes = [simple(names[0]), simple(names[1]), simple(names[2]), friendly(names[3]), friendly(names[4])];
const [code, body, order] = process.argv.slice(1).map(file => fs.readFileSync(file, 'utf8'));
const payload = JSON.parse(body); const module_ = { exports: {} };
console.log = () => {};
new Function('module', 'exports', 'require', 'ExtensibilityUserError', ...names, code)(module_, module_.exports, require, ExtensibilityUserError, ...classes);
const args = JSON.parse(order).map(key => payload[key] || (key === 'context' ? {} : undefined));
module_.exports(...args, (error, data) => process.stdout.write(JSON.stringify(error
  ? { error: error.message || String(error), name: error.name, friendly: error.friendlyMessage } : { data })));
"#;

#[test]
fn gallery_hooks_do_in_node_what_their_cards_say() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    for item in GALLERY {
        let code = write("hook.js", item.code);
        let body_text = item.body.unwrap_or(item.point.default_body());
        let body = write("body.json", body_text);
        let order = write(
            "order.json",
            &serde_json::to_string(item.point.arguments()).unwrap(),
        );
        let Some(answer) = node(CALL, &[&code, &body, &order]) else {
            eprintln!("node is not installed: the gallery was not run in it");
            return;
        };
        let end = match answer.get("error").and_then(Value::as_str) {
            None => End::Answered {
                data: answer.get("data").cloned(),
            },
            Some(message) => End::Failed {
                why: Failure::Callback,
                name: answer["name"].as_str().map(str::to_owned),
                message: message.to_owned(),
                friendly: answer["friendly"].as_str().map(str::to_owned),
            },
        };
        let payload: Value = serde_json::from_str(body_text).unwrap();
        let outcome = outcome::of(item.point, &payload, &end);
        let expected = match item.id {
            "deny-translated" | "allow-email-domains" => ("denied", Tone::Bad),
            "custom-claim" => ("token-issued", Tone::Caution),
            _ => match item.point {
                Point::PreUserRegistration => ("registered", Tone::Good),
                Point::CredentialsExchange => ("token-issued", Tone::Good),
                Point::SendPhoneMessage => ("sent", Tone::Good),
                _ => ("ignored", Tone::Good),
            },
        };
        assert_eq!(
            (outcome.kind, outcome.tone),
            expected,
            "{}: {}",
            item.id,
            outcome.summary
        );
        if item.id == "deny-translated" {
            let visitor = outcome.details.visitor.unwrap();
            assert_eq!(visitor.language.as_deref(), Some("es"));
            assert!(
                visitor
                    .new_universal_login
                    .unwrap()
                    .starts_with("No puedes")
            );
        }
    }
}

#[test]
fn syntax_agrees_with_node() {
    let sources = [
        ("return function () {};", true),
        ("function (user, context, cb) {}", false),
        ("import x from 'y';", false),
        ("let a; let a;", false),
        ("var a; let a;", false),
        ("function f(a) { let a; }", false),
        ("var a = 010; with (a) {}", true),
        ("await 1;", false),
        ("const a = ...;", false),
        ("a = { b: 1, };", true),
        ("for (const a of []) { break; }", true),
        ("break;", false),
        ("x?.y ?? z; 1_000n; /(?<n>a)/u", true),
        ("'use strict'; with (a) {}", false),
        (
            "class A extends B { constructor() { super(); } #p = 1; }",
            true,
        ),
        ("class A { m() { return this.#q; } }", false),
        ("new.target; arguments[0]; return;", true),
        ("if (1) function f() {}", true),
        ("a => { } ()", false),
        ("`${", false),
        ("/[/", false),
        ("let [a, a] = [];", false),
        ("label: label: ;", false),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sources.json");
    let texts: Vec<&str> = sources.iter().map(|(source, _)| *source).collect();
    std::fs::write(&path, serde_json::to_string(&texts).unwrap()).unwrap();
    for (source, good) in sources {
        let found = syntax::check(source);
        assert_eq!(found.is_empty(), good, "{source}: {found:?}");
    }
    // As the sandbox compiles it; `node --check` would take some of these for modules.
    let compile = "const sources = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
        const good = source => { try { require('vm').compileFunction(source, ['exports', 'require', 'module']); return true; }
            catch (error) { return false; } };
        process.stdout.write(JSON.stringify(sources.map(good)));";
    let Some(answers) = node(compile, &[&path]) else {
        eprintln!("node is not installed: the table was not compared with it");
        return;
    };
    for ((source, good), answer) in sources.iter().zip(answers.as_array().unwrap()) {
        assert_eq!(answer, &json!(good), "node on {source}");
    }
}

#[test]
fn assets_pass_nodes_own_check() {
    for folder in ["assets/starter", "assets/gallery"] {
        for path in files(folder, "js") {
            if let Ok(output) = Command::new("node").arg("--check").arg(&path).output() {
                assert!(output.status.success(), "{}", path.display());
            }
        }
    }
}

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
                    phone(json!({})),
                    "Body.context.message_type received by extensibility point is not `sms` or `voice`",
                ),
                (
                    phone(json!({"message_type": "sms", "action": "authentication"})),
                    "Body.context.action received by extensibility point is not `enrollment` or `second-factor-authentication`",
                ),
                (
                    phone(json!({"message_type": "sms", "action": "enrollment"})),
                    "Body.context.language received by extensibility point is not a string",
                ),
                (
                    phone(json!({"message_type": "sms", "action": "enrollment", "language": "en"})),
                    "Body.context.code received by extensibility point is not a string",
                ),
                (
                    phone(
                        json!({"message_type": "sms", "action": "enrollment", "language": "en", "code": "1"}),
                    ),
                    "Body.context.ip received by extensibility point is not a string",
                ),
                (
                    phone(
                        json!({"message_type": "sms", "action": "enrollment", "language": "en", "code": "1", "ip": ""}),
                    ),
                    "Body.context.user_agent received by extensibility point is not a string",
                ),
                (
                    full_phone(json!(1)),
                    "Body.context.client received by extensibility point is not an object",
                ),
                (
                    full_phone(json!({})),
                    "Body.context.client.client_id received by extensibility point is not a string",
                ),
                (
                    full_phone(json!({"client_id": "a"})),
                    "Body.context.client.name received by extensibility point is not a string",
                ),
                (
                    full_phone(json!({"client_id": "a", "name": "b", "client_metadata": 1})),
                    "Body.context.client.client_metadata received by extensibility point is not an object",
                ),
                (
                    full_phone(json!({"client_id": "a", "name": "b"})),
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

fn phone(context: Value) -> Value {
    json!({"recipient": "", "text": "", "context": context})
}

fn full_phone(client: Value) -> Value {
    phone(
        json!({"message_type": "sms", "action": "enrollment", "language": "en", "code": "1", "ip": "", "user_agent": "",
        "client": client}),
    )
}

fn failure<'a>(properties: &'a str, name: &'a str) -> Answer<'a> {
    Answer::Failure {
        properties: Some(properties),
        name: Some(name),
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
            },
            r#"{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"Error: x","name":"Error","message":"x"}"#,
            r#"{"statusCode":500,"body":{"code":500,"error":"Script generated an unhandled synchronous exception.","details":"Error: x","name":"Error","message":"x"}}"#,
        ),
        (
            Answer::Unhandled {
                display: "str",
                name: None,
                message: None,
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
        name: None,
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
