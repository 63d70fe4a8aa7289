//! Real packages of npm: each `cases/*.js` loads one and uses it, here through the outbox with mocks and in the real
//! `node` with the same answers; results and calls must be the same.
//!
//! `npm ci` installs the packages of the lock file below `target/`, without running their scripts. What is known to
//! differ stands in `differences.txt`. `HOOKBENCH_CASE=axios` runs one case alone.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends by panicking"
)]

#[path = "../support/node.rs"]
mod node;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hookbench::auth0::{Kind, Point};
use hookbench::engine::Program;
use hookbench::runner::modules::Folders;
use hookbench::runner::outbox::mock::{self, Mock};
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;
use hookbench::runner::{RunReport, RunRequest};
use serde_json::{Value, json};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages")
}

/// The folder with `node_modules` as the lock file has it, or `None`, with a sentence, where there is no npm.
fn installed() -> Option<PathBuf> {
    let lock = fs::read(here().join("package-lock.json")).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    let done = folder.join("installed");
    if fs::read(&done).is_ok_and(|kept| kept == lock) {
        return Some(folder);
    }
    fs::create_dir_all(&folder).unwrap();
    for name in ["package.json", "package-lock.json"] {
        fs::copy(here().join(name), folder.join(name)).unwrap();
    }
    let install = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output();
    let why = match install {
        Ok(output) if output.status.success() => {
            fs::write(done, lock).unwrap();
            return Some(folder);
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    assert!(
        std::env::var_os("CI").is_none(),
        "the gate installs packages with npm: {why}"
    );
    eprintln!("No package is tried, because npm did not install them: {why}");
    None
}

/// A case as a hook: what it exports is called, and what comes of it is the response.
fn hook(case: &str) -> String {
    format!(
        "const run = (() => {{ const module = {{ exports: {{}} }}; const exports = module.exports; {case}
return module.exports; }})();
module.exports = (context, cb) => Promise.resolve().then(run).then((result) => cb(null, {{ result }}), (error) => cb(null, {{ result: {{ thrown: String(error), code: error && error.code }} }}));
"
    )
}

fn in_hookbench(supervisor: &Supervisor, packages: &Path, case: &str, mocks: &[Mock]) -> RunReport {
    let point = Point::Generic;
    supervisor.run(RunRequest {
        program: Program {
            point,
            kind: Kind::Hook,
            file_name: "case.js".to_owned(),
            source: hook(case),
            body: point.default_body().to_owned(),
            secrets: BTreeMap::new(),
            storage: None,
        },
        limits: Limits {
            wall: Duration::from_secs(120),
            cpu: Duration::from_secs(120),
            memory: 1024 * 1024 * 1024,
        },
        network: Network::Offline,
        mocks: mocks.to_vec(),
        answers: Answers::default(),
        modules: Folders {
            script: Some(packages.to_owned()),
            packages: None,
        },
        reveal_secrets: false,
    })
}

/// Result and calls of a run, in the form in which `harness.js` prints them.
fn told(report: &RunReport) -> Value {
    if let Some(error) = &report.error {
        return json!({"error": error.message, "stack": error.stack});
    }
    let requests: Vec<Value> = report
        .requests
        .iter()
        .map(|call| {
            let header = |wanted: &str| {
                let found = call
                    .headers
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case(wanted));
                found.map_or(Value::Null, |(_, value)| value.clone())
            };
            json!({
                "method": call.method, "url": call.url, "body": call.body,
                "type": header("content-type"), "authorization": header("authorization"),
            })
        })
        .collect();
    json!({"result": report.response["result"], "requests": requests})
}

fn in_node(packages: &Path, case: &Path) -> Option<Value> {
    let output = node::command()?
        .args([&here().join("harness.js"), case, &here().join("mocks.json")])
        .current_dir(packages)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    Some(serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!(
            "{}: {error}: {text}{}",
            case.display(),
            String::from_utf8_lossy(&output.stderr)
        )
    }))
}

#[test]
fn packages_do_here_what_they_do_in_node() {
    let Some(packages) = installed() else { return };
    let only = std::env::var("HOOKBENCH_CASE").ok();
    let mut cases: Vec<PathBuf> = fs::read_dir(here().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            only.is_none() || path.file_stem().and_then(|name| name.to_str()) == only.as_deref()
        })
        .collect();
    cases.sort();
    assert!(
        only.is_some() || cases.len() >= 50,
        "only {} cases",
        cases.len()
    );
    let known: BTreeSet<String> = fs::read_to_string(here().join("differences.txt"))
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    let mocks = mock::read(&fs::read_to_string(here().join("mocks.json")).unwrap()).unwrap();
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let supervisor = Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into());
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = case.file_stem().unwrap().to_string_lossy().into_owned();
                    let source = fs::read_to_string(case).unwrap();
                    let report = in_hookbench(&supervisor, &packages, &source, &mocks);
                    let Some(node) = in_node(&packages, case) else {
                        return;
                    };
                    let same = told(&report) == node;
                    if same == known.contains(&name) {
                        let fault = if same {
                            format!("{name} no longer differs: take it out of differences.txt")
                        } else {
                            format!("{name}\n  node {node}\n  here {}", told(&report))
                        };
                        faults.lock().unwrap().push(fault);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(
        faults.is_empty(),
        "{} of {} differ:\n{}",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );
    println!("{} packages", cases.len());
}
