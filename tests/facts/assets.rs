//! Starters, sample bodies and gallery: each parses, passes its checks, is recognised, and runs.

use std::path::{Path, PathBuf};

use hookbench::auth0::gallery::GALLERY;
use hookbench::auth0::outcome::{self, End, Failure, Tone};
use hookbench::auth0::{Point, action, detect, limits, payload};
use hookbench::syntax;
use serde_json::{Value, json};

use super::EVERY;

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
        } else if variant == "action" {
            assert_eq!(action::default_event(point), text);
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(format!("{value:#}\n"), text);
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
    let output = super::node::command()?
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

/// Calls one hook as the compilers do, in any engine: `code`, `payload` and `order` are set, `answer` is left behind
/// as `{"data"}` or `{"error", "name", "friendly"}`.
const CALL: &str = r#"
class ExtensibilityUserError extends Error { constructor(m) { super(m); this.name = this.constructor.name; } }
const simple = name => ({ [name]: class extends ExtensibilityUserError {} })[name];
const friendly = name => ({ [name]: class extends ExtensibilityUserError {
  constructor(m, f) { super(m); this.friendlyMessage = f || m; } } })[name];
const names = ['InvalidRequestError', 'InvalidScopeError', 'ServerError', 'PreUserRegistrationError', 'SendPhoneMessageError'];
const classes = [simple(names[0]), simple(names[1]), simple(names[2]), friendly(names[3]), friendly(names[4])];
const quiet = { log() {} }; const module_ = { exports: {} }; let answer;
new Function('module', 'exports', 'console', 'ExtensibilityUserError', ...names, code)(
  module_, module_.exports, quiet, ExtensibilityUserError, ...classes);
const args = order.map(key => payload[key] || (key === 'context' ? {} : undefined));
// The generic compiler hands over the sandbox's context with the payload in it.
module_.exports(...(args.length ? args : [{ body: payload }]), (error, data) => { answer = error
  ? { error: error.message || String(error), name: error.name, friendly: error.friendlyMessage } : { data }; });
"#;

fn in_node(inputs: &str) -> Option<Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hook.js");
    let print = "process.on('exit', () => process.stdout.write(JSON.stringify(answer)));";
    std::fs::write(&path, format!("{print}\n{inputs}\n{CALL}")).unwrap();
    node("require(process.argv[1])", &[&path])
}

fn in_boa(inputs: &str) -> Value {
    // Timers run at once, in order: these hooks need no more of a clock.
    let timers = "const due = []; globalThis.setTimeout = job => { due.push(job); };";
    let script = format!(
        "{timers}\n{inputs}\n{CALL}\nwhile (due.length) due.shift()(); JSON.stringify(answer);"
    );
    let mut context = boa_engine::Context::default();
    let result = context
        .eval(boa_engine::Source::from_bytes(&script))
        .unwrap_or_else(|error| panic!("boa on {inputs}: {error}"));
    let text = result.as_string().unwrap().to_std_string_escaped();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn gallery_hooks_do_what_their_cards_say_in_both_engines() {
    for item in GALLERY {
        let body_text = item.body.unwrap_or(item.point.default_body());
        let payload: Value = serde_json::from_str(body_text).unwrap();
        let order = json!(item.point.arguments());
        let inputs = format!(
            "const code = {}, payload = {payload}, order = {order};",
            json!(item.code)
        );
        let answer = in_boa(&inputs);
        match in_node(&inputs) {
            Some(nodes) => assert_eq!(answer, nodes, "{}", item.id),
            None => eprintln!("node is not installed: {} ran in boa alone", item.id),
        }
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
            let Some(mut node) = super::node::command() else {
                return;
            };
            let output = node.arg("--check").arg(&path).output().unwrap();
            assert!(output.status.success(), "{}", path.display());
        }
    }
}
