//! Node's core modules and web APIs: every `*.js` beside this file is run by our engine and by the real `node`, and
//! what the two print is compared line by line. A suite is added by dropping in a file: it calls `test(name, body)`
//! of `prelude.js`. What is known to differ stands in `differences.txt`; a line that no longer differs must leave it.
//! `BASE` is the address of `server.rs`. `HOOKBENCH_SUITE=buffer` runs one suite alone.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends by panicking"
)]

#[path = "../support/node.rs"]
mod node;
mod server;
mod stand_ins;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hookbench::auth0::{Kind, Point};
use hookbench::engine::{Answer, Engine, Event, Level, Program, STACK_BYTES};

/// The prelude on one line, so that the suite keeps its own line numbers but for the first.
fn prelude(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("prelude.js"))
        .unwrap()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a suite printed, test by test: the name, and the result as JSON.
type Printed = BTreeMap<String, String>;

fn read(lines: impl IntoIterator<Item = String>) -> Printed {
    lines
        .into_iter()
        .map(|line| match line.split_once(": ") {
            Some((name, result)) => (name.to_owned(), result.to_owned()),
            None => (line, String::new()),
        })
        .collect()
}

/// Runs a suite in our engine; the second part is what ended it early, if anything.
fn here(source: &str) -> (Printed, Option<String>) {
    let program = Program {
        point: Point::Generic,
        kind: Kind::Hook,
        file_name: "hook.js".to_owned(),
        source: format!("{source}\nmodule.exports = (context, cb) => cb();"),
        body: Point::Generic.default_body().to_owned(),
        secrets: BTreeMap::new(),
        storage: None,
    };
    let events = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let mut world = server::World::default();
            Engine::new().run(&program, &mut world);
            world.events
        })
        .unwrap()
        .join()
        .unwrap();
    let mut lines = Vec::new();
    let mut fault = None;
    for event in events {
        match event {
            Event::Log(line) if matches!(line.level, Level::Log | Level::Info) => {
                lines.push(line.text);
            }
            Event::Answer {
                answer: Answer::Failure { thrown, .. } | Answer::Unhandled { thrown },
                ..
            }
            | Event::Uncaught { thrown, .. } => {
                fault = Some(thrown.stack.unwrap_or(thrown.display));
            }
            _ => {}
        }
    }
    (read(lines), fault)
}

/// Runs a suite in the real Node; `None` where there is none.
fn in_node(source: &str) -> Option<(Printed, String)> {
    let file = tempfile::Builder::new().suffix(".js").tempfile().unwrap();
    std::fs::write(file.path(), source).unwrap();
    let output = node::command()?
        .arg("--no-deprecation")
        .arg(file.path())
        .output()
        .ok()?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let printed = read(lines.lines().map(str::to_owned));
    Some((
        printed,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    ))
}

/// The lines of `differences.txt`: `suite: test :: what differs`.
fn known_differences(folder: &Path) -> BTreeSet<(String, String)> {
    std::fs::read_to_string(folder.join("differences.txt"))
        .unwrap()
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (place, why) = line.split_once(" :: ").unwrap();
            assert!(
                !why.trim().is_empty(),
                "a difference without its sentence: {line}"
            );
            let (suite, test) = place.split_once(": ").unwrap();
            (suite.to_owned(), test.to_owned())
        })
        .collect()
}

#[test]
fn suites_print_what_node_prints() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node"));
    if node::command().is_none() {
        return;
    }
    let only = std::env::var("HOOKBENCH_SUITE").ok();
    let known = known_differences(&folder);
    let prelude = format!(
        "{} const BASE = 'http://127.0.0.1:{}';",
        prelude(&folder),
        server::start()
    );
    let mut suites: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "js"))
        .filter(|path| path.file_name().is_some_and(|name| name != "prelude.js"))
        .collect();
    suites.sort();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for path in suites {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let source = format!("{prelude} {}", std::fs::read_to_string(&path).unwrap());
        let (node, stderr) = in_node(&source).unwrap();
        let (ours, fault) = here(&source);
        assert!(!node.is_empty(), "{name}: node printed nothing\n{stderr}");
        let names: BTreeSet<&String> = node.keys().chain(ours.keys()).collect();
        for test in names {
            compared += 1;
            let same = node.get(test) == ours.get(test);
            let listed = known.contains(&(name.clone(), test.clone()));
            if same && listed {
                wrong.push(format!("{name}: {test} no longer differs"));
            } else if !same && !listed {
                let of = |printed: &Printed| printed.get(test).cloned();
                wrong.push(format!(
                    "{name}: {test}\n  node {}\n  here {}",
                    of(&node).unwrap_or_else(|| "(nothing)".to_owned()),
                    of(&ours).unwrap_or_else(|| "(nothing)".to_owned()),
                ));
            }
        }
        for (suite, test) in known.iter().filter(|(suite, _)| *suite == name) {
            if !node.contains_key(test) {
                wrong.push(format!("{suite}: no test is called {test}"));
            }
        }
        if let Some(fault) = fault {
            wrong.push(format!("{name} ended early here: {fault}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {compared} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
