//! `hookbench run` as scripts and CI see it: the document, the exit codes, the sentences.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use hookbench::auth0::{Point, gallery};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with one hook in it.
struct Bench {
    folder: TempDir,
    script: PathBuf,
}

/// How a command ended.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one document on standard output; its keys are checked every time.
    fn report(&self) -> Value {
        let report: Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr));
        let keys: Vec<_> = report
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            keys,
            [
                "schema",
                "point",
                "kind",
                "wire",
                "wire5",
                "response",
                "transaction",
                "outcome",
                "commands",
                "logs",
                "requests",
                "warnings",
                "error",
                "stats"
            ]
        );
        let stats: Vec<_> = report["stats"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            stats,
            ["boot_ms", "run_ms", "total_ms", "peak_memory_bytes"]
        );
        if let Some(error) = report["error"].as_object() {
            let keys: Vec<_> = error.keys().map(String::as_str).collect();
            assert_eq!(keys, ["kind", "message", "stack", "line", "column"]);
        }
        assert_eq!(report["schema"], 1);
        assert!(report["kind"] == "hook" || report["kind"] == "action");
        assert!(report["outcome"]["kind"].is_string(), "{report}");
        report
    }
}

fn hookbench() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hookbench"));
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command
}

fn plain(args: &[&str]) -> Ran {
    Ran::of(
        hookbench()
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap(),
    )
}

impl Bench {
    fn of(source: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("hook.js");
        std::fs::write(&script, source).unwrap();
        Self { folder, script }
    }

    /// A pre-user-registration hook with this body.
    fn hook(body: &str) -> Self {
        Self::of(format!(
            "module.exports = function (user, context, cb) {{\n{body}\n}};\n"
        ))
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = hookbench();
        command.arg("run").arg(&self.script).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    fn json(&self, args: &[&str]) -> (i32, Value) {
        let ran = self.run(&[&["--format", "json"], args].concat());
        (ran.code, ran.report())
    }
}

/// Runs a hook that must fail, and compares exit code and kind.
fn fails(body: &str, args: &[&str], code: i32, kind: &str) -> Value {
    let (got, report) = Bench::hook(body).json(args);
    assert_eq!(
        (got, &report["error"]["kind"]),
        (code, &json!(kind)),
        "{body}: {report}"
    );
    report
}

#[test]
fn success_is_the_contracts_document() {
    let bench = Bench::hook(
        "console.log('hello', {a: 1});\ncb(null, {user: {user_metadata: {plan: 'x'}}});",
    );
    let (code, report) = bench.json(&[]);
    assert_eq!(code, 0, "{report}");
    assert_eq!(report["point"], "pre-user-registration");
    assert_eq!(report["error"], Value::Null);
    assert_eq!(
        report["wire"].to_string(),
        r#"{"statusCode":200,"headers":{},"status":"success","data":{"user":{"user_metadata":{"plan":"x"}}}}"#
    );
    assert_eq!(report["wire5"]["statusCode"], 200);
    assert_eq!(
        report["response"],
        json!({"user": {"user_metadata": {"plan": "x"}}})
    );
    assert_eq!(report["logs"][0]["text"], "hello { a: 1 }");
    assert_eq!(report["logs"][0]["level"], "log");
    assert_eq!(report["logs"][0]["after_response"], false);
    assert_eq!(report["requests"], json!([]));
    assert_eq!(report["commands"], json!([]));
    assert!(report["stats"]["total_ms"].as_f64().unwrap() > 0.0);
    assert!(report["stats"]["peak_memory_bytes"].as_u64().unwrap() > 10_000);
}

#[test]
fn every_failure_has_its_kind_and_exit_code() {
    let report = fails("cb(new Error('no'));", &[], 1, "callback");
    assert_eq!(report["error"]["message"], "no");
    assert_eq!(report["error"]["line"], 2);
    assert_eq!(report["wire"]["status"], "error");
    assert_eq!(report["wire5"]["statusCode"], 500);

    let report = fails("\n  throw new TypeError('bad');", &[], 1, "thrown");
    assert_eq!(report["error"]["line"], 3);
    assert_eq!(report["wire"]["code"], 500);
    assert_eq!(report["wire"]["details"], "TypeError: bad");

    let report = fails(
        "setTimeout(function () { throw new Error('late'); }, 1);",
        &[],
        1,
        "thrown",
    );
    assert_eq!(report["wire"], Value::Null);
    fails("Promise.reject(new Error('lost'));", &[], 1, "rejected");
    fails("return {};", &[], 1, "no-callback");

    let report = fails("cb(null, {;", &[], 1, "compile");
    assert_eq!(report["wire"]["status"], "error");
    assert!(report["error"]["message"].as_str().unwrap().len() > 5);
}

#[test]
fn limits_end_a_run_in_time() {
    let began = Instant::now();
    let report = fails(
        "console.log('before'); while (true) {}",
        &["--timeout", "1s"],
        3,
        "timeout",
    );
    assert!(
        // 1.04 s on a quiet machine; the bound leaves room for a busy one.
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(report["logs"][0]["text"], "before");
    fails(
        "var all = []; while (true) { all.push(new Array(1000).fill(all.length)); }",
        &["--memory", "32MiB"],
        3,
        "memory",
    );
    fails(
        "cb(null, 'x'.repeat(Math.pow(2, 28)));",
        &["--memory", "64MiB"],
        3,
        "memory",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn computing_ends_at_its_own_limit_and_waiting_does_not() {
    let report = fails(
        "while (true) {}",
        &["--cpu", "200ms", "--timeout", "1h"],
        3,
        "timeout",
    );
    let message = report["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("limit of 200ms of processor time"),
        "{message}"
    );
    // The first turn of an engine in a build for tests takes some time itself.
    let (code, report) =
        Bench::hook("setTimeout(function () { cb(null, {a: 1}); }, 3000);").json(&["--cpu", "2s"]);
    assert_eq!((code, &report["response"]), (0, &json!({"a": 1})));
}

#[test]
fn a_limit_after_the_answer_leaves_it_standing() {
    let report = fails(
        "cb(null, {a: 1}); setInterval(function () {}, 5);",
        &["--timeout", "500ms"],
        3,
        "timeout",
    );
    assert_eq!(report["response"], json!({"a": 1}));
}

#[test]
fn an_error_after_the_answer_is_a_warning() {
    let (code, report) = Bench::hook("cb(null, {});\nthrow new Error('after');").json(&[]);
    assert_eq!((code, &report["error"]), (0, &Value::Null), "{report}");
    let warning = &report["warnings"][0];
    assert_eq!(
        (&warning["code"], &warning["line"]),
        (&json!("uncaught-after-response"), &json!(3))
    );
}

/// The worker of a running `hookbench run`, once it is there.
#[cfg(target_os = "linux")]
fn worker_of(run: &Child) -> String {
    let own = run.id().to_string();
    let until = Instant::now() + Duration::from_secs(5);
    loop {
        let found = Command::new("ps")
            .args(["-o", "pid=", "--ppid", &own])
            .output()
            .unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        if let Some(pid) = found.split_whitespace().next() {
            return pid.to_owned();
        }
        assert!(Instant::now() < until, "no worker was started");
    }
}

#[cfg(target_os = "linux")]
fn signal(name: &str, pid: &str) {
    let sent = Command::new("kill").args([name, pid]).status().unwrap();
    assert!(sent.success());
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_and_termination_still_end_in_a_report() {
    for name in ["-INT", "-TERM"] {
        let bench = Bench::hook("while (true) {}");
        let run = bench
            .command(&["--format", "json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        worker_of(&run);
        std::thread::sleep(Duration::from_millis(100));
        signal(name, &run.id().to_string());
        let ran = Ran::of(run.wait_with_output().unwrap());
        let report = ran.report();
        assert_eq!((ran.code, &report["error"]["kind"]), (3, &json!("stopped")));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_killed_from_outside_is_a_crash() {
    let bench = Bench::hook("while (true) {}");
    let mut run = bench.command(&["--format", "json"]);
    let run = run
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let worker = worker_of(&run);
    std::thread::sleep(Duration::from_millis(100));
    signal("-9", &worker);
    let ran = Ran::of(run.wait_with_output().unwrap());
    let report = ran.report();
    assert_eq!((ran.code, &report["error"]["kind"]), (4, &json!("crash")));
    assert!(
        report["error"]["message"]
            .as_str()
            .unwrap()
            .contains("signal: 9"),
        "{report}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_ends_with_its_parent() {
    let bench = Bench::hook("while (true) {}");
    let mut run = bench.command(&[]).stdout(Stdio::null()).spawn().unwrap();
    let worker = worker_of(&run);
    let until = Instant::now() + Duration::from_secs(5);
    run.kill().unwrap();
    run.wait().unwrap();
    let gone = || !Path::new(&format!("/proc/{worker}/exe")).exists();
    while !gone() {
        assert!(
            Instant::now() < until,
            "worker {worker} outlived its parent"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn each_starter_runs_with_its_sample_body() {
    for point in Point::ALL {
        let bench = Bench::of(point.starter_code());
        let (code, report) = bench.json(&["--point", point.id()]);
        assert_eq!(
            (code, &report["error"]),
            (0, &Value::Null),
            "{}: {report}",
            point.id()
        );
        assert_eq!(report["point"], point.id());
    }
}

#[test]
fn the_gallery_runs() {
    for item in gallery::GALLERY {
        let bench = Bench::of(item.code);
        let mut args = vec!["--point", item.point.id()];
        let body = item.body.map(|body| bench.file("body.json", body));
        if let Some(body) = &body {
            args.extend(["--payload", body]);
        }
        let (code, report) = bench.json(&args);
        // Some cards show how a hook denies; none may break.
        let kind = &report["error"]["kind"];
        assert!(
            code == 0 || (code == 1 && kind == "callback"),
            "{}: {report}",
            item.id
        );
    }
}

#[test]
fn the_point_comes_from_option_sidecar_or_signature() {
    let bench = Bench::of(
        "module.exports = function (client, scope, audience, context, cb) { cb(null, {scope: scope}); };",
    );
    assert_eq!(bench.json(&[]).1["point"], "credentials-exchange");
    assert_eq!(
        bench.json(&["--point", "client-credentials-exchange"]).1["point"],
        "credentials-exchange"
    );
    let bench = Bench::hook("cb();");
    bench.file(
        "hook.json",
        r#"{"name": "hook", "script": "./hook.js", "triggerId": "post-change-password"}"#,
    );
    assert_eq!(bench.json(&[]).1["point"], "post-change-password");
}

#[test]
fn secrets_are_masked_unless_revealed() {
    let bench = Bench::hook(
        "var s = context.webtask.secrets;\n\
         var hex = s.KEY.split('').map(function (c) { return c.charCodeAt(0).toString(16); }).join('');\n\
         console.log(s.KEY, JSON.stringify(s), JSON.stringify(JSON.stringify(s)), hex, encodeURIComponent(s.KEY));\n\
         if (typeof Buffer === 'function') console.log(Buffer.from('me:' + s.KEY).toString('base64'));\n\
         cb(new Error('with ' + s.KEY + s.FILE));",
    );
    let env = bench.file("secrets.env", "# one\nFILE='from the file'\n");
    let args = ["--secret", "KEY=s3cr3t \"value\"/1", "--secrets", &env];
    let (code, masked) = bench.json(&args);
    let text = masked.to_string();
    assert_eq!(code, 1);
    assert!(
        text.contains("[secret KEY]") && text.contains("[secret FILE]"),
        "{text}"
    );
    for trace in [
        "s3cr3t",
        "from the file",
        "czNjcjN0",
        "M2NyM3",
        "733363723374",
    ] {
        assert!(!text.contains(trace), "{trace} stays in {text}");
    }
    let (_, revealed) = bench.json(&[&args[..], &["--reveal-secrets"]].concat());
    assert_eq!(
        revealed["error"]["message"],
        "with s3cr3t \"value\"/1from the file"
    );
    let pretty = bench.run(&args);
    assert!(!pretty.stdout.contains("s3cr3t") && pretty.stdout.contains("[secret KEY]"));
}

#[test]
fn a_key_in_pem_is_masked_inside_objects_and_groups() {
    let lines = [
        "-----BEGIN PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
        "MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu",
        "-----END PRIVATE KEY-----",
    ];
    let bench = Bench::hook(
        "var key = context.webtask.secrets.PEM.replace(/\\\\n/g, '\\n');\n\
         console.log({key: key, deep: {er: [key]}});\n\
         console.group('group'); console.log(key); console.log({key: key}); console.groupEnd();\n\
         console.error(new Error(key));\n\
         cb(null, {key: 'a' + key});",
    );
    for value in [lines.join("\n") + "\n", lines.join("\\n")] {
        let secret = format!("PEM={value}");
        for ran in [
            bench.run(&["--secret", &secret, "--format", "json"]),
            bench.run(&["--secret", &secret]),
        ] {
            assert_eq!(ran.code, 0, "{}", ran.stdout);
            assert!(ran.stdout.contains("[secret PEM]"), "{}", ran.stdout);
            for line in lines {
                for part in [line, &line[..12], &line[line.len() - 12..]] {
                    assert!(!ran.stdout.contains(part), "{part} in {}", ran.stdout);
                }
            }
        }
    }
}

#[test]
fn a_secret_that_inspect_cut_is_masked_as_far_as_it_is_left() {
    let bench = Bench::hook(
        "var key = context.webtask.secrets.KEY;\n\
         console.log({a: 'x'.repeat(9990) + key, b: 'x'.repeat(9990) + '\\n' + key});\n\
         console.log('x'.repeat(65536 - 8) + key);\n\
         cb();",
    );
    let ran = bench.run(&["--secret", "KEY=correct-horse-battery", "--format", "json"]);
    let report = ran.report();
    for (log, masks) in [(0, 2), (1, 1)] {
        let text = report["logs"][log]["text"].as_str().unwrap();
        assert_eq!(text.matches("[secret KEY]").count(), masks, "{log}");
        assert!(!text.contains("correct"), "{log}");
    }
}

#[test]
fn payloads_come_from_a_file_or_standard_input() {
    let bench = Bench::hook("cb(null, {user: user, n: context.n});");
    let body = r#"{"user":{"username":"ann"},"context":{"connection":{},"n":7}}"#;
    let file = bench.file("body.json", body);
    assert_eq!(
        bench.json(&["--payload", &file]).1["response"]["user"]["username"],
        "ann"
    );
    let mut run = bench
        .command(&["--format", "json", "--payload", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin
        .take()
        .unwrap()
        .write_all(body.as_bytes())
        .unwrap();
    let report = Ran::of(run.wait_with_output().unwrap()).report();
    assert_eq!(report["response"]["n"], 7);
    for wrong in ["{\"user\":", "[]", "{\"user\":1,\"context\":{}}", ""] {
        let file = bench.file("wrong.json", wrong);
        let (code, report) = bench.json(&["--payload", &file]);
        assert_eq!(
            (code, &report["error"]["kind"]),
            (1, &json!("invalid-payload")),
            "{wrong:?}: {report}"
        );
    }
}

#[test]
fn a_payload_of_the_largest_size_fits_standard_input_as_it_fits_a_file() {
    let mut body = br#"{"user":{},"context":{"connection":{}}}"#.to_vec();
    body.resize(16 * 1024 * 1024, b' ');
    let bench = Bench::hook("cb();");
    let input = bench.file("body.json", &body);
    let from = |path: &str| {
        let stdin = std::fs::File::open(path).unwrap();
        Ran::of(
            bench
                .command(&["--format", "json", "--payload", "-"])
                .stdin(stdin)
                .output()
                .unwrap(),
        )
    };
    let ran = from(&input);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(bench.json(&["--payload", &input]).0, 0);
    body.push(b' ');
    let input = bench.file("body.json", &body);
    refuses(&from(&input), &["standard input", "16 MB"]);
}

#[test]
fn a_flood_of_lines_is_cut_and_told() {
    let (code, report) =
        Bench::hook("for (var i = 0; i < 100100; i++) { console.log(i); } cb();").json(&[]);
    assert_eq!(code, 0, "{}", report["error"]);
    assert_eq!(report["logs"].as_array().unwrap().len(), 100_000);
    assert_eq!(report["warnings"][0]["code"], "log-truncated");
}

#[test]
fn pretty_tells_the_same_without_colours_in_a_pipe() {
    let ran = Bench::hook("console.warn('careful'); cb(null, {a: 1});").run(&[]);
    assert_eq!(ran.code, 0);
    for part in [
        "ok",
        "Pre-User Registration",
        "careful",
        "\"a\": 1",
        "Outcome",
        "statusCode",
    ] {
        assert!(
            ran.stdout.contains(part),
            "{part} is missing in {}",
            ran.stdout
        );
    }
    assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
}

/// Wrong use: exit code 2, nothing on standard output, a sentence that holds these parts.
fn refuses(ran: &Ran, parts: &[&str]) {
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    for part in parts {
        assert!(
            ran.stderr.contains(part),
            "{part} is missing in {}",
            ran.stderr
        );
    }
}

#[test]
fn wrong_use_is_explained() {
    refuses(
        &plain(&["run", "/no/such/hook.js"]),
        &["/no/such/hook.js", "does not exist"],
    );
    let bench = Bench::hook("cb();");
    let folder = bench.folder.path().display().to_string();
    refuses(&plain(&["run", &folder]), &[&folder, "is a folder"]);
    refuses(
        &bench.run(&["--point", "pre-user"]),
        &["\"pre-user\"", "pre-user-registration"],
    );
    refuses(&bench.run(&["--timeout", "soon"]), &["--timeout", "20s"]);
    refuses(&bench.run(&["--memory", "1kB"]), &["--memory", "at least"]);
    refuses(
        &bench.run(&["--secret", "novalue"]),
        &["--secret 1", "NAME=value"],
    );
    refuses(
        &bench.run(&["--payload", "/no/body.json"]),
        &["/no/body.json"],
    );
    refuses(
        &bench.run(&["--modules", "/no/folder"]),
        &["/no/folder", "node_modules"],
    );
    let env = bench.file("bad.env", "A=1\nnonsense\n");
    refuses(&bench.run(&["--secrets", &env]), &["bad.env", "line 2"]);
    let mocks = bench.file("mocks.json", "[\n{\"method\": \"GET\"}]");
    refuses(
        &bench.run(&["--mock", &mocks]),
        &["mocks.json", "entry 1", "url"],
    );
    let mocks = bench.file(
        "mocks.json",
        r#"[{"method":"GET","url":"https://a/*","respond":{"status":99}}]"#,
    );
    refuses(&bench.run(&["--mock", &mocks]), &["entry 1", "status"]);
    let binary = bench.file("body.bin", [b'{', 0xff, 0xfe]);
    refuses(
        &bench.run(&["--payload", &binary]),
        &["body.bin", "not UTF-8", "line 1, column 2"],
    );
    refuses(&bench.run(&["--no-such-option"]), &["--no-such-option"]);
}

#[test]
fn scripts_that_cannot_be_hooks_are_explained() {
    refuses(&Bench::of([0xff, 0xfe, 0x00]).run(&[]), &["hook.js"]);
    refuses(
        &Bench::of(vec![b' '; 20_000_000]).run(&[]),
        &["20 MB", "16 MB"],
    );
    refuses(&Bench::of("var a = 1;").run(&[]), &["--point"]);
}

#[test]
fn a_mock_file_that_is_right_is_accepted() {
    let bench = Bench::hook("cb();");
    let mocks = bench.file(
        "mocks.json",
        r#"[{"method":"GET","url":"https://a/*","respond":{"status":200,"body":{"a":1}}}]"#,
    );
    assert_eq!(bench.json(&["--mock", &mocks, "--network", "offline"]).0, 0);
}

#[test]
fn packages_of_a_named_folder_and_files_beside_the_hook_are_required() {
    let bench = Bench::hook("cb(null, [require('greet')('Ada'), require('./lib/names').all]);");
    let packages = tempfile::tempdir().unwrap();
    let greet = packages.path().join("node_modules/greet");
    std::fs::create_dir_all(&greet).unwrap();
    std::fs::write(greet.join("package.json"), r#"{"main": "./hello"}"#).unwrap();
    std::fs::write(
        greet.join("hello.js"),
        "module.exports = name => `Hello, ${name}`;",
    )
    .unwrap();
    let lib = bench.folder.path().join("lib");
    std::fs::create_dir(&lib).unwrap();
    std::fs::write(lib.join("names.json"), r#"{"all": ["Ada"]}"#).unwrap();
    let named = packages.path().join("node_modules").display().to_string();
    let ran = bench.run(&["--format", "json", "--modules", &named]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.report()["wire"]["data"],
        json!(["Hello, Ada", ["Ada"]]),
        "{}",
        ran.stdout
    );
    let without = bench.run(&["--format", "json"]);
    assert_eq!(without.code, 1);
    assert!(without.stdout.contains("Cannot find module 'greet'"));
}

#[test]
fn commands_of_other_versions_are_not_taken_for_paths() {
    for name in ["test", "new", "convert"] {
        for rest in [&[][..], &["a.js"], &["--help"], &["a.js", "--to", "b"]] {
            let ran = plain(&[&[name], rest].concat());
            refuses(&ran, &[&format!("no command {name}"), &format!("./{name}")]);
            assert!(!ran.stderr.contains("display"), "{}", ran.stderr);
        }
        refuses(&plain(&[&format!("./{name}")]), &["display"]);
    }
}

#[test]
fn without_a_display_the_window_says_what_to_do() {
    refuses(&plain(&[]), &["display", "hookbench run"]);
    refuses(&plain(&["some/hook.js"]), &["hookbench run some/hook.js"]);
}

#[test]
fn what_only_a_run_can_warn_of_names_the_line_and_is_silenced_by_a_comment() {
    let codes = |report: &Value| -> Vec<(String, Value)> {
        let all = report["warnings"].as_array().unwrap();
        all.iter()
            .map(|one| {
                (
                    one["code"].as_str().unwrap().to_owned(),
                    one["line"].clone(),
                )
            })
            .collect()
    };
    let action = |before: &str| {
        Bench::of(format!(
            "exports.onExecutePreUserRegistration = async (event, api) => {{\n{before}\n  console.log('x'.repeat(300));\n  api.user.setAppMetadata('long', 'y'.repeat(40000));\n}};\n"
        ))
    };
    let (code, report) = action("").json(&[]);
    assert_eq!(
        (code, codes(&report)),
        (
            0,
            vec![
                ("log-length".to_owned(), json!(3)),
                ("metadata-size".to_owned(), Value::Null)
            ]
        ),
        "{report}"
    );
    let (_, report) = action("// hookbench-ignore log-length").json(&[]);
    assert_eq!(codes(&report), [("metadata-size".to_owned(), Value::Null)]);
    let (_, report) = action("/* hookbench-ignore-file metadata-size log-length */").json(&[]);
    assert_eq!(codes(&report), []);
    // Of a Hook the same metadata, and no line is too long.
    let hook = Bench::hook(
        "console.log('x'.repeat(300)); cb(null, { user: { user_metadata: { long: 'y'.repeat(40000) } } });",
    );
    let many: Vec<String> = (0..21)
        .flat_map(|n| ["--secret".to_owned(), format!("K{n}=some value")])
        .collect();
    let (_, report) = hook.json(&many.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        codes(&report),
        [
            ("secrets-count".to_owned(), Value::Null),
            ("metadata-size".to_owned(), Value::Null)
        ]
    );
}
