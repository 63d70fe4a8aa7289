//! Hooks that mean harm, or behave as if: each in tests/hostile says in its first line what must become of it.
//!
//! Whatever they do, there is a whole report, of a kind that is expected, no crash, and memory stays near its limit.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use hookbench::auth0::{Kind, Point};
use hookbench::engine::Program;
use hookbench::runner::modules::Folders;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;
use hookbench::runner::{RunReport, RunRequest};

/// Bytes of heap that each hook may use: the default of a run.
const MEMORY: u64 = 256 * 1024 * 1024;
/// Time that each hook may compute: enough for those that end by themselves in a build for tests.
const CPU: Duration = Duration::from_secs(4);
/// Time that each may take: a busy machine must not end those that would have ended by themselves.
const WALL: Duration = Duration::from_secs(12);

fn run(supervisor: &Supervisor, source: &str) -> RunReport {
    let point = Point::PreUserRegistration;
    supervisor.run(RunRequest {
        program: Program {
            point,
            kind: Kind::Hook,
            file_name: "hostile.js".to_owned(),
            source: source.to_owned(),
            body: point.default_body().to_owned(),
            secrets: BTreeMap::new(),
            storage: None,
        },
        limits: Limits {
            wall: WALL,
            cpu: CPU,
            memory: MEMORY,
        },
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: Folders::default(),
        reveal_secrets: false,
    })
}

/// What became of a run, as the first lines name it.
fn end(report: &RunReport) -> String {
    let answered = report.wire["status"] == "success";
    let kind = report.error.as_ref().map(|error| {
        let kind = serde_json::to_value(error.kind).unwrap();
        kind.as_str().unwrap().to_owned()
    });
    match (answered, kind) {
        (true, None) => "success".to_owned(),
        (true, Some(kind)) => format!("success+{kind}"),
        (false, Some(kind)) => kind,
        (false, None) => "nothing".to_owned(),
    }
}

/// What is wrong with how a hook ended; `None` where all is as it must be.
fn fault(name: &str, source: &str, report: &RunReport) -> Option<String> {
    let expected = source
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("// expect: "))
        .unwrap_or_else(|| panic!("{name} does not say what to expect"));
    let ended = end(report);
    // A hook that may answer and may come to its limit may do both: how far it gets is the machine's affair.
    let both = ended.split_once('+').is_some_and(|(one, other)| {
        let may = |wanted: &str| expected.split('|').any(|kind| kind == wanted);
        may(one) && may(other)
    });
    if !both && !expected.split('|').any(|kind| kind == ended) {
        let message = report.error.as_ref().map(|error| error.message.as_str());
        return Some(format!("ended as {ended}, not {expected}: {message:?}"));
    }
    if report.stats.peak_memory_bytes >= 2 * MEMORY {
        return Some(format!("held {} bytes", report.stats.peak_memory_bytes));
    }
    if report.schema != 1 || report.outcome.is_null() || !report.stats.total_ms.is_finite() {
        return Some("the report is not whole".to_owned());
    }
    // What the hook really answered stands, whatever it tried to put in its place.
    if ended == "success" && source.contains("real: true") && report.response["real"] != true {
        return Some(format!("answered {}", report.response));
    }
    if report.response["found"] != serde_json::Value::Null && report.response["found"] != "none" {
        return Some(format!("found {}", report.response["found"]));
    }
    None
}

#[test]
fn hostile_hooks_are_contained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 60, "only {} hooks", paths.len());
    let supervisor = Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into());
    let mut faults = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).unwrap();
        let report = run(&supervisor, &source);
        if let Some(fault) = fault(&name, &source, &report) {
            faults.push(format!("{name}: {fault}"));
        }
        // And the next run never notices.
        let next = run(
            &supervisor,
            "module.exports = function (u, c, cb) { cb(null, { fine: true }); };",
        );
        if next.response["fine"] != true || next.error.is_some() {
            faults.push(format!("{name}: the next run noticed: {next:?}"));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
