//! The samples of the documents this program was asked for with, as they stand, through `hookbench run`: each gives what
//! its document prints.
//!
//! Where a document prints `{user, context}` as the response of its starter code, it prints the body that the Runner sent:
//! the report has that pair as `transaction`, and what the code called back with as `response`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends by panicking"
)]

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

/// A file of `tests/documents`.
fn document(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/documents")
        .join(name)
}

fn printed(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(document(name)).unwrap()).unwrap()
}

/// The exit code and the report of a sample.
fn run(name: &str, arguments: &[&str]) -> (i32, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
        .args(["run", "--format", "json"])
        .args(arguments)
        .arg(document(name))
        .output()
        .unwrap();
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), report)
}

fn hook(name: &str, point: &str) -> Value {
    let (code, report) = run(name, &["--point", point]);
    assert_eq!((code, &report["error"]), (0, &Value::Null), "{report:#}");
    report
}

/// A file of mocks that answers every call with 200 and this text.
fn answering(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mocks = json!([{"method": "POST", "url": "*", "respond": {"status": 200, "body": text}}]);
    std::fs::write(file.path(), mocks.to_string()).unwrap();
    file
}

/// The only call of a report: method, URL and JSON body.
fn call(report: &Value) -> (String, String, Value) {
    let calls = report["requests"].as_array().unwrap();
    assert_eq!(calls.len(), 1, "{report:#}");
    let text = |name: &str| calls[0][name].as_str().unwrap().to_owned();
    (
        text("method"),
        text("url"),
        serde_json::from_str(&text("body")).unwrap(),
    )
}

fn codes(report: &Value) -> Vec<&str> {
    let warnings = report["warnings"].as_array().unwrap();
    warnings
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

#[test]
fn post_user_registration_starter_code() {
    let report = hook(
        "post-user-registration.starter.js",
        "post-user-registration",
    );
    assert_eq!(
        report["transaction"],
        printed("post-user-registration.starter.json")
    );
    assert_eq!(report["response"], json!({}));
    assert_eq!(report["outcome"]["kind"], "ignored");
    assert_eq!(codes(&report), [""; 0]);
}

#[test]
fn post_user_registration_integrate_with_slack() {
    let point = "post-user-registration";
    let name = "post-user-registration.slack.js";
    let message = json!({
        "channel": "#some_channel", "icon_emoji": ":trophy:", "username": "Success",
        "text": "New User: user1 (user1@foo.com)",
    });
    // As it stands the address is still to be filled in: the call is shown and refused, the hook has answered.
    let report = hook(name, point);
    assert_eq!(
        call(&report),
        (
            "POST".to_owned(),
            "YOUR SLACK HOOK URL".to_owned(),
            message.clone()
        )
    );
    assert_eq!(report["requests"][0]["answered"], "refused");
    assert_eq!(report["requests"][0]["failure"]["code"], "ERR_INVALID_URL");
    assert_eq!(report["requests"][0]["line"], 11);
    assert_eq!(report["response"], json!({}));
    assert_eq!(codes(&report), ["stand-in"]);
    // A mock answers it all the same.
    let mocks = answering("ok");
    let (code, report) = run(
        name,
        &["--point", point, "--mock", mocks.path().to_str().unwrap()],
    );
    assert_eq!((code, call(&report).2), (0, message));
    assert_eq!(report["requests"][0]["answered"], "mock");
}

#[test]
fn post_user_registration_flow_notify_slack() {
    let mocks = answering("ok");
    let (code, report) = run(
        "post-user-registration-flow.slack.js",
        &[
            "--secret",
            "SLACK_WEBHOOK_URL=https://hooks.slack.com/services/T0/B0/abcdef",
            "--reveal-secrets",
            "--mock",
            mocks.path().to_str().unwrap(),
        ],
    );
    assert_eq!((code, &report["error"]), (0, &Value::Null), "{report:#}");
    let (method, url, body) = call(&report);
    assert_eq!(
        (method.as_str(), url.as_str()),
        ("POST", "https://hooks.slack.com/services/T0/B0/abcdef")
    );
    assert_eq!(
        body,
        json!({"text": "New User: j+smith@example.com", "channel": "#some_channel"})
    );
    assert_eq!(
        (&report["point"], &report["kind"]),
        (&json!("post-user-registration"), &json!("action"))
    );
    assert_eq!(codes(&report), ["stand-in"]);
}

#[test]
fn post_user_registration_flow_store_the_user_in_a_remote_system() {
    let name = "post-user-registration-flow.remote-system.js";
    let mocks = answering("{}");
    let (code, report) = run(name, &["--mock", mocks.path().to_str().unwrap()]);
    assert_eq!((code, &report["error"]), (0, &Value::Null), "{report:#}");
    assert_eq!(
        call(&report),
        (
            "POST".to_owned(),
            "https://my-api.exampleco.com/users".to_owned(),
            json!({"params": {"email": "j+smith@example.com"}}),
        )
    );
    // Nothing catches what an offline call ends with; the point is not blocking, so that only a log tells of it.
    let (code, report) = run(name, &[]);
    assert_eq!(
        (code, &report["error"]["kind"]),
        (1, &json!("rejected")),
        "{report:#}"
    );
    assert_eq!(report["outcome"]["kind"], "logged");
}

#[test]
fn extensibility_point_post_user_registration_starter_code() {
    let report = hook(
        "extensibility-point-post-user-registration.starter.js",
        "post-user-registration",
    );
    assert_eq!(report["response"], json!({"slack_notified": true}));
    assert_eq!(report["outcome"]["kind"], "ignored");
    assert_eq!(codes(&report), ["response-ignored"]);
}

#[test]
fn pre_user_registration_starter_code() {
    let report = hook("pre-user-registration.starter.js", "pre-user-registration");
    let printed = printed("pre-user-registration.starter.json");
    assert_eq!(report["transaction"], printed);
    // The document's default response.
    assert_eq!(report["response"], json!({"user": printed["user"]}));
    assert_eq!(report["outcome"]["kind"], "registered");
}

#[test]
fn pre_user_registration_add_metadata_to_new_users() {
    let report = hook(
        "pre-user-registration.add-metadata.js",
        "pre-user-registration",
    );
    assert_eq!(
        report["response"],
        printed("pre-user-registration.add-metadata.json")
    );
    assert_eq!(report["outcome"]["kind"], "registered");
    assert_eq!(codes(&report), [""; 0]);
}

#[test]
fn pre_user_registration_customize_the_error_message_and_language() {
    let point = ["--point", "pre-user-registration"];
    // As it stands it has three dots where the author's own condition belongs.
    let name = "pre-user-registration.custom-error.js";
    let (code, report) = run(name, &point);
    assert_eq!(
        (code, &report["error"]["kind"], &report["error"]["line"]),
        (1, &json!("compile"), &json!(2))
    );
    // With a condition in place.
    let folder = tempfile::tempdir().unwrap();
    let source = std::fs::read_to_string(document(name))
        .unwrap()
        .replace("= ...;", "= true;");
    let script = folder.path().join("denies.js");
    std::fs::write(&script, source).unwrap();
    for (language, shown) in [
        ("es", "No tienes permitido registrarte."),
        ("en", "You are not allowed to register."),
        ("fr", "You are not allowed to register."),
    ] {
        let mut body = printed("pre-user-registration.starter.json");
        body["context"]["renderLanguage"] = json!(language);
        let payload = folder.path().join("body.json");
        std::fs::write(&payload, body.to_string()).unwrap();
        let script = script.to_str().unwrap();
        let (code, report) = run(
            script,
            &[point[0], point[1], "--payload", payload.to_str().unwrap()],
        );
        assert_eq!(code, 1, "{report:#}");
        assert_eq!(report["outcome"]["kind"], "denied");
        let text = report["outcome"].to_string();
        assert!(text.contains(shown), "{language}: {text}");
        assert!(
            text.contains("Denied user registration in Pre-User Registration Hook"),
            "{text}"
        );
    }
}

#[test]
fn extensibility_point_pre_user_registration_allow_domains() {
    let name = "extensibility-point-pre-user-registration.whitelist.js";
    let (code, report) = run(name, &["--point", "pre-user-registration"]);
    assert_eq!(
        (code, &report["outcome"]["kind"]),
        (1, &json!("denied")),
        "{report:#}"
    );
    // The shape that the document prints: message, status, stack; its own message differs from its own code's.
    assert_eq!(
        report["response"]["message"],
        "You may not sign up with an email address using your current domain."
    );
    assert_eq!(report["response"]["statusCode"], 500);
    assert!(
        report["response"]["stack"]
            .as_str()
            .unwrap()
            .starts_with("Error: You may not sign up")
    );
    let folder = tempfile::tempdir().unwrap();
    let mut body = printed("pre-user-registration.starter.json");
    body["user"]["email"] = json!("user1@EXAMPLE.com");
    let payload = folder.path().join("body.json");
    std::fs::write(&payload, body.to_string()).unwrap();
    let (code, report) = run(
        name,
        &[
            "--point",
            "pre-user-registration",
            "--payload",
            payload.to_str().unwrap(),
        ],
    );
    assert_eq!(
        (code, &report["response"]["user"]),
        (0, &body["user"]),
        "{report:#}"
    );
}
