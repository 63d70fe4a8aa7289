//! The table of differences from Node: its examples do here and in Node what they are said to, the README holds it, and
//! the tests' lists of differing lines rest on it.
#![allow(clippy::unwrap_used, reason = "a test ends by panicking")]

#[path = "support/node.rs"]
mod node;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use hookbench::engine::differences::{DIFFERENCES, markdown};
use serde_json::Value;

/// What a script logs in a run without a window.
fn here(example: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("hook.js");
    let source = format!("module.exports = (context, cb) => {{ cb();\n{example}\n}};");
    fs::write(&script, source).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
        .env("HOOKBENCH_DATA_DIR", folder.path().join("data"))
        .args(["run", "--point", "generic", "--format", "json"])
        .arg(&script)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines = report["logs"].as_array().unwrap().iter();
    let texts: Vec<_> = lines.map(|line| line["text"].as_str().unwrap()).collect();
    texts.join("\n")
}

#[test]
fn examples_print_here_what_they_are_said_to() {
    for difference in DIFFERENCES {
        assert_eq!(
            here(difference.example),
            difference.here,
            "{}",
            difference.id
        );
        assert_ne!(difference.node, difference.here, "{}", difference.id);
    }
}

#[test]
fn examples_print_in_node_what_they_are_said_to() {
    for difference in DIFFERENCES {
        let Some(mut node) = node::command() else {
            return;
        };
        let output = node.args(["-e", difference.example]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(text.trim_end(), difference.node, "{}", difference.id);
    }
}

#[test]
fn every_list_of_differing_lines_names_its_difference() {
    let ids: BTreeSet<_> = DIFFERENCES.iter().map(|known| known.id).collect();
    assert_eq!(ids.len(), DIFFERENCES.len(), "ids are unique");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut lists = 0;
    for room in fs::read_dir(tests).unwrap() {
        let Ok(list) = fs::read_to_string(room.unwrap().path().join("differences.txt")) else {
            continue;
        };
        lists += 1;
        let mut under = None;
        for line in list.lines() {
            if let Some(id) = line.strip_prefix("#: ") {
                assert!(ids.contains(id), "no difference is called {id}");
                under = Some(id);
            } else if !line.is_empty() && !line.starts_with('#') {
                assert!(under.is_some(), "no `#: id` stands above {line}");
            }
        }
    }
    assert!(lists >= 2);
}

/// The README's table, which this test writes when `HOOKBENCH_UPDATE_README` is set and else compares.
#[test]
fn the_readme_lists_every_difference() {
    let start = "<!-- differences: written by the test `the_readme_lists_every_difference` -->\n";
    let end = "<!-- differences end -->";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let from = readme.find(start).unwrap() + start.len();
    let to = readme.find(end).unwrap();
    if std::env::var_os("HOOKBENCH_UPDATE_README").is_some() {
        fs::write(
            path,
            format!("{}{}{}", &readme[..from], markdown(), &readme[to..]),
        )
        .unwrap();
    } else {
        assert_eq!(
            readme[from..to],
            markdown(),
            "set HOOKBENCH_UPDATE_README=1 and run this test"
        );
    }
}
