//! `hookbench flow` as scripts see it: the document, the exit codes, what each step is given.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A workspace in Deploy CLI's layout.
struct Folder {
    root: TempDir,
    bindings: Value,
}

impl Folder {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["hooks", "actions", "triggers"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        Self {
            root,
            bindings: json!({}),
        }
    }

    fn hook(self, name: &str, point: &str, enabled: bool, body: &str) -> Self {
        let hooks = self.root.path().join("hooks");
        let sidecar = json!({"triggerId": point, "name": name, "script": format!("./{name}.js"), "enabled": enabled});
        fs::write(hooks.join(format!("{name}.json")), sidecar.to_string()).unwrap();
        let code = format!("module.exports = function (user, context, cb) {{\n{body}\n}};\n");
        fs::write(hooks.join(format!("{name}.js")), code).unwrap();
        self
    }

    fn action(mut self, name: &str, point: &str, handler: &str, body: &str) -> Self {
        let actions = self.root.path().join("actions");
        fs::create_dir(actions.join(name)).unwrap();
        let json = json!({
            "name": name,
            "code": format!("./actions/{name}/code.js"),
            "supported_triggers": [{"id": point, "version": "v2"}],
            "deployed": true,
        });
        fs::write(actions.join(format!("{name}.json")), json.to_string()).unwrap();
        let code = format!("exports.{handler} = async (event, api) => {{\n{body}\n}};\n");
        fs::write(actions.join(name).join("code.js"), code).unwrap();
        let bound = self.bindings[point].take();
        let mut bound = bound.as_array().cloned().unwrap_or_default();
        bound.push(json!({"action_name": name, "display_name": name}));
        self.bindings[point] = Value::from(bound);
        fs::write(
            self.root.path().join("triggers/triggers.json"),
            self.bindings.to_string(),
        )
        .unwrap();
        self
    }

    fn pre(self, name: &str, body: &str) -> Self {
        self.action(
            name,
            "pre-user-registration",
            "onExecutePreUserRegistration",
            body,
        )
    }

    fn post(self, name: &str, body: &str) -> Self {
        self.action(
            name,
            "post-user-registration",
            "onExecutePostUserRegistration",
            body,
        )
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
            .arg("flow")
            .arg(self.root.path())
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn report(&self, args: &[&str]) -> (i32, Value) {
        let all: Vec<_> = args.iter().copied().chain(["--format", "json"]).collect();
        let (code, stdout, stderr) = self.run(&all);
        let report = serde_json::from_str(&stdout)
            .unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"));
        (code, report)
    }
}

fn logged(step: &Value) -> Vec<&str> {
    let lines = step["report"]["logs"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect()
}

fn states(report: &Value) -> Vec<&str> {
    let steps = report["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["state"].as_str().unwrap())
        .collect()
}

#[test]
fn a_pre_hook_and_two_post_actions_of_which_the_second_fails() {
    let folder = Folder::new()
        .hook(
            "add-plan",
            "pre-user-registration",
            true,
            "cb(null, { user: { app_metadata: { plan: 'trial', score: 7 } } });",
        )
        .post(
            "welcome",
            "console.log(event.user.user_id, event.user.app_metadata.plan, event.user.email);",
        )
        .post("crm", "throw new Error('the CRM is down');");
    let (code, report) = folder.report(&[]);
    assert_eq!(code, 0, "{report:#}");
    let keys: Vec<_> = report.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "schema", "flow", "outcome", "user", "steps", "notes", "stats"
        ]
    );
    assert_eq!(
        (&report["schema"], &report["flow"]),
        (&json!(1), &json!("sign-up"))
    );

    let outcome = &report["outcome"];
    assert_eq!(outcome["kind"], "registered");
    assert_eq!(outcome["tone"], "caution");
    assert!(
        outcome["summary"]
            .as_str()
            .unwrap()
            .contains("crm failed, which changes nothing")
    );
    assert_eq!(
        outcome["app_metadata"]["merged"],
        json!({"plan": "trial", "score": 7})
    );
    let changes = outcome["app_metadata"]["changes"].as_array().unwrap();
    let changes: Vec<_> = changes
        .iter()
        .map(|change| change["change"].as_str().unwrap())
        .collect();
    assert_eq!(changes, ["changed", "added"]);

    let id = report["user"]["user_id"].as_str().unwrap();
    assert!(id.starts_with("auth0|") && id.len() == 6 + 24, "{id}");
    assert_eq!(
        report["user"]["app_metadata"],
        json!({"plan": "trial", "score": 7})
    );
    assert_eq!(report["user"]["user_metadata"], json!({"hobby": "surfing"}));

    let steps = report["steps"].as_array().unwrap();
    let names: Vec<_> = steps
        .iter()
        .map(|step| step["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["add-plan", "welcome", "crm"]);
    assert_eq!(states(&report), ["ran", "ran", "ran"]);
    let keys: Vec<_> = steps[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "name", "file", "kind", "point", "state", "payload", "report"
        ]
    );
    assert_eq!(logged(&steps[1]), [format!("{id} trial user1@foo.com")]);
    assert_eq!(steps[2]["report"]["error"]["message"], "the CRM is down");
    assert_eq!(steps[2]["report"]["outcome"]["kind"], "logged");
}

#[test]
fn a_denial_stops_everything_behind_it() {
    let folder = Folder::new()
        .pre("first", "api.user.setAppMetadata('a', 1);")
        .pre(
            "gate",
            "api.access.deny('blocked: ' + event.user.app_metadata.a, 'Please ask us');",
        )
        .pre("never", "console.log('never');")
        .post("neither", "console.log('never');");
    let (code, report) = folder.report(&[]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(report["outcome"]["kind"], "denied");
    assert_eq!(report["outcome"]["step"], 1);
    assert_eq!(report["outcome"]["log"]["text"], "blocked: 1");
    assert_eq!(
        report["outcome"]["visitor"]["new_universal_login"],
        "Please ask us"
    );
    assert_eq!(report["user"], Value::Null);
    assert_eq!(
        states(&report),
        ["ran", "ran", "not-reached", "not-reached"]
    );
}

#[test]
fn the_active_hook_comes_first_and_the_disabled_one_not_at_all() {
    let folder = Folder::new()
        .hook(
            "off",
            "pre-user-registration",
            false,
            "cb(new Error('never'));",
        )
        .hook(
            "on",
            "pre-user-registration",
            true,
            "cb(null, { user: { user_metadata: { from: 'hook' } } });",
        )
        .pre("action", "console.log(event.user.user_metadata.from);")
        .hook(
            "after",
            "post-user-registration",
            true,
            "console.log(user.id, user.password, user.user_metadata.from); cb();",
        )
        .post("last", "console.log(event.user.user_metadata.from);");
    let (code, report) = folder.report(&[]);
    assert_eq!(code, 0, "{report:#}");
    let steps = report["steps"].as_array().unwrap();
    let names: Vec<_> = steps
        .iter()
        .map(|step| step["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["on", "action", "after", "last"]);
    assert_eq!(logged(&steps[1]), ["hook"]);
    let id = report["user"]["user_id"]
        .as_str()
        .unwrap()
        .replace("auth0|", "");
    assert_eq!(logged(&steps[2]), [format!("{id} undefined hook")]);
    assert_eq!(logged(&steps[3]), ["hook"]);
}

#[test]
fn a_failing_post_step_does_not_keep_the_next_from_running() {
    let folder = Folder::new()
        .hook(
            "after",
            "post-user-registration",
            true,
            "throw new Error('boom');",
        )
        .post("a", "throw new Error('boom');")
        .post("b", "console.log('here');");
    let (code, report) = folder.report(&[]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(logged(&report["steps"][2]), ["here"]);
    let summary = report["outcome"]["summary"].as_str().unwrap();
    assert!(
        summary.contains("unchanged. Afterwards after and a failed"),
        "{summary}"
    );
}

#[test]
fn a_limit_ends_the_flow_only_before_the_user_is_there() {
    let endless = "await new Promise(() => setInterval(() => {}, 10));";
    let before = Folder::new().pre("slow", endless).post("never", "");
    let (code, report) = before.report(&["--timeout", "300ms"]);
    assert_eq!((code, states(&report)), (3, vec!["ran", "not-reached"]));
    let after = Folder::new().pre("ok", "").post("slow", endless);
    let (code, report) = after.report(&["--timeout", "300ms"]);
    assert_eq!(
        (code, &report["outcome"]["kind"]),
        (0, &json!("registered")),
        "{report:#}"
    );
}

#[test]
fn the_payload_may_be_a_body_or_an_event() {
    let folder = Folder::new()
        .hook(
            "hook",
            "pre-user-registration",
            true,
            "console.log(user.email, context.renderLanguage || ''); cb();",
        )
        .pre(
            "action",
            "console.log(event.user.email, event.transaction.locale);",
        );
    let file = folder.root.path().join("payload.json");
    let path = file.to_str().unwrap();
    for payload in [
        json!({"user": {"email": "x@y.z"}, "context": {"renderLanguage": "de", "connection": {"id": "c", "name": "n", "tenant": "t"}}}),
        json!({"user": {"email": "x@y.z"}, "transaction": {"locale": "de"}, "request": {}, "connection": {"id": "c", "name": "n"}}),
    ] {
        fs::write(&file, payload.to_string()).unwrap();
        let (code, report) = folder.report(&["--payload", path]);
        assert_eq!(code, 0, "{report:#}");
        assert_eq!(logged(&report["steps"][0]), ["x@y.z de"]);
        assert_eq!(logged(&report["steps"][1]), ["x@y.z de"]);
    }
    fs::write(&file, "[]").unwrap();
    let (code, _, stderr) = folder.run(&["--payload", path]);
    assert_eq!(code, 2);
    assert!(stderr.contains("no JSON object"), "{stderr}");
}

#[test]
fn every_step_has_the_secrets_and_none_shows_them() {
    let folder = Folder::new()
        .hook(
            "hook",
            "pre-user-registration",
            true,
            "console.log(context.webtask.secrets.KEY.length, context.webtask.secrets.KEY); cb();",
        )
        .post(
            "action",
            "console.log(event.secrets.KEY.length, event.secrets.KEY);",
        );
    let (code, stdout, stderr) =
        folder.run(&["--secret", "KEY=tops3cret-value", "--format", "json"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(!stdout.contains("tops3cret-value"), "{stdout}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    for step in report["steps"].as_array().unwrap() {
        assert_eq!(logged(step), ["15 [secret KEY]"]);
    }
}

#[test]
fn one_point_alone_is_a_flow_too() {
    let folder = Folder::new()
        .action("a", "credentials-exchange", "onExecuteCredentialsExchange", "api.accessToken.setCustomClaim('https://a.b/one', 1);")
        .action("b", "credentials-exchange", "onExecuteCredentialsExchange", "console.log(JSON.stringify(event.accessToken.customClaims)); api.access.deny('invalid_scope', 'no');")
        .action("c", "credentials-exchange", "onExecuteCredentialsExchange", "");
    let (code, report) = folder.report(&["--point", "credentials-exchange"]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(report["flow"], "credentials-exchange");
    assert_eq!(logged(&report["steps"][1]), [r#"{"https://a.b/one":1}"#]);
    assert_eq!(report["outcome"]["oauth"]["error"], "invalid_scope");
    assert_eq!(states(&report), ["ran", "ran", "not-reached"]);
    let (code, _, stderr) = folder.run(&[]);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("Nothing here runs at Pre-User Registration or Post-User Registration"),
        "{stderr}"
    );
}

#[test]
fn people_read_the_steps_and_each_report() {
    let folder = Folder::new()
        .hook(
            "add-plan",
            "pre-user-registration",
            true,
            "cb(null, { user: {} });",
        )
        .post("crm", "throw new Error('the CRM is down');");
    let (code, stdout, stderr) = folder.run(&[]);
    assert_eq!(code, 0, "{stderr}");
    for part in [
        "registered  sign-up",
        "1. ok          add-plan  Pre-User Registration (hook)",
        "2. failed      crm  Post-User Registration (Action)",
        "── 2. crm ──",
        "the CRM is down",
    ] {
        assert!(stdout.contains(part), "{part} in {stdout}");
    }
}

/// Calls the address and keeps what it says in the user's metadata.
fn asking(url: &str) -> String {
    format!(
        "const answer = await fetch('{url}');
         api.user.setAppMetadata('from', answer.status + ' ' + (await answer.text()));"
    )
}

#[test]
fn mocks_answer_the_calls_of_every_step() {
    let folder = Folder::new()
        .pre("score", &asking("https://score.example.com/v1"))
        .hook(
            "told",
            "post-user-registration",
            true,
            "require('https').get('https://score.example.com/v1', answer => {
                answer.on('data', text => console.log(user.app_metadata.from, '|', String(text)));
                answer.on('end', () => cb());
            });",
        );
    let mocks = folder.root.path().join("mocks.json");
    fs::write(
        &mocks,
        json!([{"method": "GET", "url": "https://score.example.com/*", "times": 1,
                "respond": {"status": 202, "body": "0.9"}}])
        .to_string(),
    )
    .unwrap();
    let (code, report) = folder.report(&["--mock", mocks.to_str().unwrap()]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["user"]["app_metadata"]["from"], "202 0.9");
    // "times" counts within one step: the second is answered too.
    assert_eq!(logged(&report["steps"][1]), ["202 0.9 | 0.9"]);

    let (code, stdout, stderr) = folder.run(&["--mock", "no such.json"]);
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    assert!(stderr.contains("no such.json"), "{stderr}");
}

#[test]
fn what_a_flow_recorded_answers_the_next_without_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("localhost:{}", listener.local_addr().unwrap().port());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlive")
            .unwrap();
    });
    let folder = Folder::new().pre("score", &asking(&format!("http://{host}/v1")));
    let kept = folder.root.path().join("kept.json");
    let kept = kept.to_str().unwrap();
    let (_, report) = folder.report(&["--allow-host", &host, "--record", kept]);
    assert_eq!(
        report["user"]["app_metadata"]["from"], "200 live",
        "{report:#}"
    );
    // The server has answered once and is gone.
    server.join().unwrap();
    let (_, report) = folder.report(&["--replay", kept]);
    assert_eq!(
        report["user"]["app_metadata"]["from"], "200 live",
        "{report:#}"
    );
    assert_eq!(
        report["steps"][0]["report"]["requests"][0]["answered"],
        "replayed"
    );

    let (code, _, stderr) = folder.run(&["--allow-host", "http://x"]);
    assert_eq!(code, 2, "{stderr}");
    let (_, _, stderr) = folder.run(&["--record", kept]);
    assert!(
        stderr.contains("--record keeps live answers alone"),
        "{stderr}"
    );
}

#[test]
fn a_tenant_answers_within_a_flow() {
    let folder = Folder::new().pre("who", &asking("https://t.example.com/api/v2/users"));
    let tenant = folder.root.path().join("tenant.json");
    fs::write(
        &tenant,
        json!({"domain": "t.example.com", "users": []}).to_string(),
    )
    .unwrap();
    let (code, report) = folder.report(&["--tenant", tenant.to_str().unwrap()]);
    assert_eq!(code, 0, "{report:#}");
    // Without a token the Management API refuses, which only a tenant does.
    let told = report["user"]["app_metadata"]["from"].as_str().unwrap();
    assert!(told.starts_with("401 "), "{told}");
}
