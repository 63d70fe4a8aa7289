//! Actions through the engine and through `hookbench run`: every method of `api`, the loader's errors, the cache, outcomes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/node.rs"]
mod node;

use std::collections::BTreeMap;
use std::process::Command;

use hookbench::auth0::{Kind, Point, action};
use hookbench::engine::{Answer, Engine, Event, FailureKind, Program, STACK_BYTES, Thrown};
use serde_json::{Value, json};

/// What one run of the engine said.
struct Run(Vec<Event>);

impl Run {
    fn commands(&self) -> Vec<String> {
        let of = |event: &Event| match event {
            Event::Command { api, args, .. } => Some(format!("{api} {args}")),
            _ => None,
        };
        self.0.iter().filter_map(of).collect()
    }

    fn text(&self) -> String {
        let of = |event: &Event| match event {
            Event::Log(line) => Some(line.text.clone()),
            _ => None,
        };
        self.0.iter().filter_map(of).collect::<Vec<_>>().join("\n")
    }

    fn warnings(&self) -> Vec<&str> {
        let of = |event: &'_ Event| match event {
            Event::Warning(warning) => Some(warning.code.clone()),
            _ => None,
        };
        let known = ["work-left-behind", "command-after-end"];
        let codes: Vec<String> = self.0.iter().filter_map(of).collect();
        known
            .into_iter()
            .filter(|code| codes.iter().any(|found| found == code))
            .collect()
    }

    fn ended(&self) -> bool {
        self.0.iter().any(|event| {
            matches!(
                event,
                Event::Answer {
                    answer: Answer::Success { data: None },
                    ..
                }
            )
        })
    }

    fn uncaught(&self) -> (&Thrown, bool) {
        let of = |event| match event {
            &Event::Uncaught {
                ref thrown,
                rejected,
                ..
            } => Some((thrown, rejected)),
            _ => None,
        };
        self.0
            .iter()
            .find_map(of)
            .unwrap_or_else(|| panic!("{:?}", self.0))
    }

    fn refused(&self) -> (FailureKind, String) {
        let of = |event: &Event| match event {
            Event::Answer {
                answer: Answer::Failure { kind, thrown },
                ..
            } => Some((*kind, thrown.message.clone().unwrap_or_default())),
            _ => None,
        };
        self.0
            .iter()
            .find_map(of)
            .unwrap_or_else(|| panic!("{:?}", self.0))
    }
}

fn run(point: Point, source: &str, event: &str) -> Run {
    let program = Program {
        point,
        kind: Kind::Action,
        file_name: "action.js".to_owned(),
        source: source.to_owned(),
        body: event.to_owned(),
        secrets: BTreeMap::from([("KEY".to_owned(), "topsecret".to_owned())]),
        storage: None,
    };
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let mut events = Vec::new();
            Engine::new().run(&program, &mut |event: Event| events.push(event));
            Run(events)
        })
        .unwrap()
        .join()
        .unwrap()
}

/// The statements as the body of the point's handler, over its default event.
fn body(point: Point, statements: &str) -> Run {
    let name = action::handler(point).unwrap();
    let source = format!("exports.{name} = async (event, api) => {{\n{statements}\n}};");
    run(point, &source, action::default_event(point))
}

const PRE: Point = Point::PreUserRegistration;
const TOKEN: Point = Point::CredentialsExchange;

#[test]
fn empty_handlers_end_at_every_trigger() {
    for point in Point::ALL {
        let run = body(point, "");
        assert!(run.ended(), "{}: {:?}", point.id(), run.0);
        assert!(run.commands().is_empty());
    }
}

#[test]
fn methods_chain_and_are_recorded_in_order() {
    let run = body(
        PRE,
        "const again = api.user.setAppMetadata('plan', 'full').user.setUserMetadata('a', null)
           .user.setUserId('me.1').validation.error('code', 'message').access.deny('reason', 'text', 'ignored');
         console.log(again === api, Object.keys(api).join());
         api.access.deny('alone');",
    );
    assert_eq!(run.text(), "true access,user,cache,validation");
    assert_eq!(
        run.commands(),
        [
            r#"user.setAppMetadata ["plan","full"]"#,
            r#"user.setUserMetadata ["a",null]"#,
            r#"user.setUserId ["me.1"]"#,
            r#"validation.error ["code","message"]"#,
            r#"access.deny ["reason","text"]"#,
            r#"access.deny ["alone"]"#,
        ]
    );
    let run = body(
        TOKEN,
        "console.log(api.accessToken.setCustomClaim('https://a.b/c', [1]).access.deny('invalid_scope', 'no') === api);
         console.log(api.transaction.addTargetScope(' write:x '), event.transaction.target_scopes.join());
         api.transaction.removeTargetScope('read:entity'); console.log(event.transaction.target_scopes.join());
         api.transaction.setTargetScopes(['a', ' b', 'a']); api.transaction.setTargetScopes([]);
         console.log(event.transaction.target_scopes.length, Object.keys(api).join());",
    );
    assert_eq!(
        run.text(),
        "true\nundefined read:entity,write:x\nwrite:x\n0 access,accessToken,cache,transaction"
    );
    assert_eq!(
        run.commands()[1..],
        [
            r#"access.deny ["invalid_scope","no"]"#,
            r#"transaction.addTargetScope ["write:x"]"#,
            r#"transaction.removeTargetScope ["read:entity"]"#,
            r#"transaction.setTargetScopes [["a","b"]]"#,
            "transaction.clearTargetScopes []",
        ]
    );
    for point in [
        Point::PostUserRegistration,
        Point::PostChangePassword,
        Point::SendPhoneMessage,
    ] {
        let run = body(point, "console.log(Object.keys(api).join())");
        assert_eq!(run.text(), "cache", "{}", point.id());
    }
}

#[test]
fn arguments_are_refused_in_the_platforms_words() {
    let long = "'x'.repeat(101)";
    let id = "must match pattern \"^[a-zA-Z0-9@._+-]{1,255}$\"";
    for (point, call, message) in [
        (PRE, &*format!("api.validation.error({long}, 'a')"), "Failed to add validation error: errorCode must NOT have more than 100 characters".to_owned()),
        (PRE, "api.validation.error('a', 5)", "Failed to add validation error: errorMessage must be string".to_owned()),
        (PRE, &*format!("api.validation.error(null, {long})"), "Failed to add validation error: errorCode must be string; errorMessage must NOT have more than 100 characters".to_owned()),
        (PRE, "api.validation.error()", "Failed to add validation error:  must have required property 'errorCode', must have required property 'errorMessage'".to_owned()),
        (PRE, "api.user.setUserId('')", format!("Invalid setUserId arguments: user_id must NOT have fewer than 1 characters, {id}")),
        (PRE, "api.user.setUserId('a b')", format!("Invalid setUserId arguments: user_id {id}")),
        (PRE, "api.user.setUserId(1)", "Invalid setUserId arguments: user_id must be string".to_owned()),
        (TOKEN, "api.accessToken.setCustomClaim('scope', 'a')", "The \"scope\" claim cannot be set.".to_owned()),
        (TOKEN, "api.transaction.addTargetScope(1)", "The value for the scope must be a string.".to_owned()),
        (TOKEN, "api.transaction.addTargetScope(' ')", "The value for the scope is required.".to_owned()),
        (TOKEN, "api.transaction.removeTargetScope('x'.repeat(281))", "The value for the scope exceeds the allowed maximum of 280 characters.".to_owned()),
        (TOKEN, "api.transaction.addTargetScope('a b')", "The value for the scope must not have whitespace.".to_owned()),
        (TOKEN, "api.transaction.setTargetScopes('a')", "The value for scopes must be an array.".to_owned()),
        (TOKEN, "api.transaction.setTargetScopes(Array.from({ length: 1001 }, (_, i) => 's' + i))", "The number of scopes exceeds the allowed maximum of 1000.".to_owned()),
    ] {
        let run = body(point, &format!("try {{ {call} }} catch (e) {{ console.log(e.message) }}"));
        assert_eq!(run.text(), message, "{call}");
        assert!(run.commands().is_empty() && run.ended());
        // Not caught, it is the Action's rejection, at the author's line.
        let run = body(point, call);
        let (thrown, rejected) = run.uncaught();
        assert_eq!((thrown.message.as_deref(), rejected, thrown.line), (Some(&*message), true, Some(2)));
    }
    let run = body(
        PRE,
        &format!("api.validation.error('😀'.repeat(100), {long}.slice(1))"),
    );
    assert!(run.ended(), "characters are code points");
}

#[test]
fn the_cache_keeps_its_rules() {
    for (call, expected) in [
        ("api.cache.get('k')", "undefined"),
        (
            "api.cache.delete('k')",
            r#"{"type":"error","code":"CacheKeyDoesNotExist"}"#,
        ),
        (
            "api.cache.set('ü'.repeat(33), 'v')",
            r#"{"type":"error","code":"CacheKeySizeExceeded"}"#,
        ),
        (
            "api.cache.set('k', 'v'.repeat(4097))",
            r#"{"type":"error","code":"CacheValueSizeExceeded"}"#,
        ),
        (
            "[1, 2, 3, 4, 5].map((k) => api.cache.set('k' + k, 'v'.repeat(4096)).type + '').join()",
            "\"success,success,success,success,error\"",
        ),
        (
            "api.cache.set('k', 'v', { ttl: NaN })",
            r#"{"type":"error","code":"InvalidExpiry"}"#,
        ),
        (
            "api.cache.set('k', 'v', { expires_at: '1' })",
            r#"{"type":"error","code":"InvalidExpiry"}"#,
        ),
        (
            "api.cache.set('k', 'v', { ttl: 1e300 })",
            r#"{"type":"error","code":"InvalidExpiry"}"#,
        ),
        (
            "api.cache.set('k', 'v', { ttl: 0 })",
            r#"{"type":"error","code":"ItemAlreadyExpired"}"#,
        ),
        (
            "api.cache.set('k', 'v', { ttl: 1e6, expires_at: 5 })",
            r#"{"type":"error","code":"ItemAlreadyExpired"}"#,
        ),
        (
            "(api.cache.set('k', 'v'), api.cache.get('k').expires_at - Date.now() > 899000)",
            "true",
        ),
        (
            "(api.cache.set('k', 'v', { ttl: 1000 }), api.cache.get('k').expires_at - Date.now() <= 1000)",
            "true",
        ),
        (
            "Object.keys(api.cache.set('k', 'v').record)",
            r#"["value","expires_at"]"#,
        ),
        (
            "(api.cache.set('k', 'v'), api.cache.get('k').value)",
            "\"v\"",
        ),
        (
            "(api.cache.set('k', 'v'), api.cache.delete('k'))",
            r#"{"type":"success"}"#,
        ),
    ] {
        let run = body(
            Point::PostUserRegistration,
            &format!("console.log(JSON.stringify({call}))"),
        );
        assert_eq!(run.text(), expected, "{call}");
    }
    let run = body(
        PRE,
        "api.cache.set('k', 'v', { ttl: 15 });
         await new Promise((go) => setTimeout(go, 30));
         console.log(api.cache.get('k')); api.cache.set(5, 'v');",
    );
    assert_eq!(run.text(), "undefined");
    let message = "The \"string\" argument must be of type string or an instance of Buffer or ArrayBuffer. Received type number (5)";
    assert_eq!(run.uncaught().0.message.as_deref(), Some(message));
    assert_eq!(run.commands(), [r#"cache.set ["k","v",{"ttl":15}]"#]);
}

const SIGNATURE: &str = "Invalid function signature for the \"onExecutePreUserRegistration\" handler. Use \"exports.onExecutePreUserRegistration = async function(event, api) { }\" as the signature.";

#[test]
fn the_loader_says_what_it_cannot_call() {
    for (source, message) in [
        ("module.exports = 5;", "The Action must export an object."),
        (
            "module.exports = null;",
            "The Action must export an object.",
        ),
        (
            "module.exports = async (event, api) => {};",
            "The Action must export an object.",
        ),
        ("", SIGNATURE),
        (
            "exports.onExecutePreUserRegistration = (event, api) => {};",
            SIGNATURE,
        ),
        (
            "exports.onExecutePreUserRegistration = () => Promise.resolve();",
            SIGNATURE,
        ),
        (
            "exports.onExecutePreUserRegistration = async function* () {};",
            SIGNATURE,
        ),
        (
            "exports.onExecutePostUserRegistration = async () => {};",
            SIGNATURE,
        ),
    ] {
        let (kind, said) = run(PRE, source, "{}").refused();
        assert_eq!(
            (kind, said.as_str()),
            (FailureKind::Compile, message),
            "{source}"
        );
    }
    for source in [
        "module.exports = { onExecutePreUserRegistration: async () => {} };",
        "module.exports = { async onExecutePreUserRegistration() {} };",
        "exports.onExecutePreUserRegistration = async function (event) {};",
        "exports.onExecutePreUserRegistration = async () => {}; return 5;",
    ] {
        assert!(run(PRE, source, "{}").ended(), "{source}");
    }
    assert_eq!(
        run(PRE, "exports.a = ;", "{}").refused().0,
        FailureKind::Compile
    );
    assert_eq!(run(PRE, "", "[]").refused().0, FailureKind::InvalidPayload);
    assert_eq!(run(PRE, "", "{").refused().0, FailureKind::InvalidPayload);
}

#[test]
fn errors_of_the_top_level_are_errors_whatever_was_thrown() {
    for (thrown, message, line) in [
        ("throw new Error('boom')", "boom", Some(2)),
        ("throw 'text'", "text", None),
        ("throw 0", "Unknown error", None),
    ] {
        let run = run(PRE, &format!("console.log('top');\n{thrown};"), "{}");
        let (error, rejected) = run.uncaught();
        assert_eq!(
            (error.message.as_deref(), rejected),
            (Some(message), false),
            "{thrown}"
        );
        assert_eq!(error.line, line, "{thrown}");
        assert_eq!(run.text(), "top");
    }
}

#[test]
fn an_action_ends_when_its_promise_settles() {
    let run = body(PRE, "await null; throw new TypeError('late');");
    let (thrown, rejected) = run.uncaught();
    assert_eq!(
        (thrown.display.as_str(), rejected, thrown.line),
        ("TypeError: late", true, Some(2))
    );
    let run = body(PRE, "await new Promise(() => {});");
    assert!(!run.ended() && run.0.len() == 2, "{:?}", run.0);
    let run = body(
        PRE,
        "setTimeout(() => { console.log('later'); api.access.deny('no'); }, 1);",
    );
    assert!(run.ended() && run.commands().is_empty());
    assert_eq!(run.text(), "later");
    assert_eq!(run.warnings(), ["work-left-behind", "command-after-end"]);
    let run = body(
        PRE,
        "setTimeout(() => { throw new Error('x'); }, 1); await new Promise(() => {});",
    );
    assert!(!run.uncaught().1);
    // A directive counts, and `this` is then undefined.
    let source = "'use strict';\nexports.onExecutePreUserRegistration = async function () { console.log(this === undefined, (() => { try { undeclared = 1 } catch (e) { return e.name } })()) };";
    assert!(
        self::run(PRE, source, "{}")
            .text()
            .ends_with("ReferenceError")
    );
}

#[test]
fn secrets_reach_the_event_and_the_payloads_own_win() {
    let source = "exports.onExecutePreUserRegistration = async (event) => console.log(JSON.stringify(event));";
    for (event, expected) in [
        (
            "{}",
            r#"{"configuration":{},"secrets":{"KEY":"topsecret"}}"#,
        ),
        (
            r#"{"secrets":{"KEY":"own","B":1},"configuration":{"c":1}}"#,
            r#"{"secrets":{"KEY":"own","B":1},"configuration":{"c":1}}"#,
        ),
        (
            r#"{"secrets":{"A":"x"},"configuration":{}}"#,
            r#"{"secrets":{"A":"x","KEY":"topsecret"},"configuration":{}}"#,
        ),
    ] {
        assert_eq!(run(PRE, source, event).text(), expected);
    }
}

#[test]
fn node_makes_the_same_functions_async() {
    let forms = [
        "async () => {}",
        "async function () {}",
        "() => Promise.resolve()",
        "async function* () {}",
        "class {}",
        "({ async a() {} }).a",
    ];
    let script = format!(
        "for (const f of [{}]) console.log(f.constructor.name)",
        forms.join(",")
    );
    let Some(mut node) = node::command() else {
        return;
    };
    let output = node.args(["-e", &script]).output().unwrap();
    let node = String::from_utf8(output.stdout).unwrap();
    assert_eq!(body(PRE, &script).text(), node.trim_end());
}

/// `hookbench run` over one file: its exit code and its document.
fn report(source: &str, options: &[&str]) -> (i32, Value) {
    let (code, stdout, stderr) = binary(source, &[&["--format", "json"], options].concat());
    let report = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    (code, report)
}

fn binary(source: &str, options: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("action.js");
    std::fs::write(&path, source).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
        .arg("run")
        .arg(&path)
        .args(options)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn handler(point: Point, statements: &str) -> String {
    let name = action::handler(point).unwrap();
    format!("exports.{name} = async (event, api) => {{\n{statements}\n}};")
}

#[test]
fn a_report_shows_the_test_results_and_the_commands() {
    let source = handler(
        PRE,
        "console.log('hello', event.secrets.A); api.user.setAppMetadata('plan', event.secrets.A);",
    );
    let (code, report) = report(&source, &["--secret", "A=topsecret"]);
    assert_eq!(code, 0);
    assert_eq!(
        (&report["kind"], &report["point"]),
        (&json!("action"), &json!("pre-user-registration"))
    );
    assert!(report["wire"].is_null() && report["wire5"].is_null() && report["error"].is_null());
    assert_eq!(
        report["commands"],
        json!([{"api": "user.setAppMetadata", "args": ["plan", "[secret A]"]}])
    );
    assert_eq!(report["response"]["error"], json!({}));
    assert_eq!(report["response"]["logs"], "hello [secret A]\n");
    let stats: Vec<&String> = report["response"]["stats"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(stats[0], "total_request_duration_ms");
    assert_eq!(stats.len(), 6);
    assert_eq!(report["outcome"]["kind"], "registered");
    assert_eq!(
        report["outcome"]["app_metadata"]["merged"],
        json!({"plan": "[secret A]"})
    );
    assert!(!report.to_string().contains("topsecret"));
}

#[test]
fn outcomes_and_exit_codes_follow_the_action() {
    for (point, statements, code, outcome, error) in [
        (PRE, "", 0, "registered", Value::Null),
        (
            PRE,
            "api.access.deny('bad', 'Sorry')",
            1,
            "denied",
            Value::Null,
        ),
        (
            PRE,
            "api.validation.error('a', 'Sorry')",
            1,
            "denied",
            Value::Null,
        ),
        (
            PRE,
            "throw new Error('boom')",
            1,
            "denied",
            json!("rejected"),
        ),
        (
            PRE,
            "await new Promise(() => {})",
            1,
            "never-settled",
            json!("no-callback"),
        ),
        (PRE, "for (;;) {}", 3, "timed-out", json!("timeout")),
        (Point::PostUserRegistration, "", 0, "ignored", Value::Null),
        (
            Point::PostUserRegistration,
            "throw new Error('boom')",
            1,
            "logged",
            json!("rejected"),
        ),
        (Point::PostChangePassword, "", 0, "ignored", Value::Null),
        (
            TOKEN,
            "api.accessToken.setCustomClaim('https://a.b/c', 1)",
            0,
            "token-issued",
            Value::Null,
        ),
        (
            TOKEN,
            "api.access.deny('invalid_scope', 'no')",
            1,
            "oauth-error",
            Value::Null,
        ),
        (Point::SendPhoneMessage, "", 0, "sent", Value::Null),
        (
            Point::SendPhoneMessage,
            "throw new Error('no signal')",
            1,
            "not-sent",
            json!("rejected"),
        ),
    ] {
        let (exit, report) = report(&handler(point, statements), &["--timeout", "3s"]);
        assert_eq!(exit, code, "{} {statements}: {report}", point.id());
        assert_eq!(
            report["outcome"]["kind"],
            outcome,
            "{} {statements}",
            point.id()
        );
        assert_eq!(
            report["error"]["kind"],
            error,
            "{} {statements}",
            point.id()
        );
        assert_eq!(report["point"], point.id());
    }
    let (_, report) = report(&handler(PRE, "api.access.deny('bad', 'Sorry')"), &[]);
    assert_eq!(report["outcome"]["log"]["text"], "bad");
    assert_eq!(report["outcome"]["visitor"]["new_universal_login"], "Sorry");
    let (_, report) = self::report(&handler(PRE, "throw new Error('boom')"), &[]);
    assert_eq!(report["response"]["error"]["message"], "boom");
    assert_eq!(
        (&report["error"]["line"], &report["error"]["message"]),
        (&json!(2), &json!("boom"))
    );
}

#[test]
fn actions_that_do_not_load_are_reported() {
    let (code, report) = report(
        "exports.onExecutePostUserRegistration = async (event, api) => {\n  (\n};",
        &[],
    );
    assert_eq!((code, &report["error"]["kind"]), (1, &json!("compile")));
    assert_eq!(
        (&report["kind"], &report["point"]),
        (&json!("action"), &json!("post-user-registration"))
    );
    assert_eq!(report["outcome"]["kind"], "not-compiled");
    let (code, report) = self::report(&handler(PRE, ""), &["--point", "post-user-registration"]);
    assert_eq!(code, 1);
    assert!(
        report["error"]["message"]
            .as_str()
            .unwrap()
            .starts_with("Invalid function signature for the \"onExecutePostUserRegistration\"")
    );
}

#[test]
fn what_cannot_run_is_refused_with_a_sentence() {
    for (source, options, part) in [
        (
            "exports.onExecutePostLogin = async () => {};",
            &[][..],
            "onExecutePostLogin",
        ),
        (
            "exports.onExecutePreUserRegistration = async () => {};",
            &["--point", "generic"][..],
            "no trigger called generic",
        ),
    ] {
        let (code, stdout, stderr) = binary(source, options);
        assert_eq!((code, stdout.as_str()), (2, ""), "{source}");
        assert!(stderr.contains(part), "{stderr}");
    }
    let (code, stdout, _) = binary(&handler(PRE, "api.access.deny('bad')"), &[]);
    assert_eq!(code, 1);
    assert!(
        stdout.starts_with("denied") && !stdout.contains("Wire"),
        "{stdout}"
    );
}

#[test]
fn the_first_version_is_run_and_its_result_told_as_commands() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("action.js");
    let run = |source: &str, args: &[&str]| -> (i32, Value) {
        std::fs::write(&script, source).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
            .arg("run")
            .arg(&script)
            .args(["--format", "json"])
            .args(args)
            .output()
            .unwrap();
        let report = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code().unwrap(), report)
    };
    let (code, report) = run(
        "module.exports = async (event, context) => {\n  console.log(event.user.phoneNumber, context.secrets.KEY.length);\n  return { user: { app_metadata: { plan: 'full' }, user_metadata: { a: 1 } } };\n};",
        &["--secret", "KEY=12345"],
    );
    assert_eq!(
        (code, &report["kind"], &report["point"]),
        (0, &json!("action"), &json!("pre-user-registration"))
    );
    assert_eq!(report["outcome"]["kind"], "registered");
    assert_eq!(
        report["outcome"]["app_metadata"]["merged"],
        json!({"plan": "full"})
    );
    assert_eq!(
        report["commands"],
        json!([
            {"api": "user.setUserMetadata", "args": ["a", 1]},
            {"api": "user.setAppMetadata", "args": ["plan", "full"]},
        ])
    );
    assert_eq!(report["logs"][0]["text"], "123-123-1234 5");
    let (code, report) = run(
        "module.exports = async (event) => ({ command: { type: 'deny', message: 'Sorry', reason: 'blocked' } });",
        &[],
    );
    assert_eq!(code, 1);
    assert_eq!(report["outcome"]["log"]["text"], "blocked");
    assert_eq!(report["outcome"]["visitor"]["new_universal_login"], "Sorry");
    let (code, report) = run(
        "module.exports = async (event, context) => { null.x; };",
        &[],
    );
    assert_eq!((code, &report["error"]["kind"]), (1, &json!("rejected")));
    let (code, report) = run(
        "module.exports = async (event, context) => ({});",
        &["--point", "post-user-registration"],
    );
    assert_eq!((code, &report["outcome"]["kind"]), (0, &json!("ignored")));
}
