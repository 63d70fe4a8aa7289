//! The stand-ins for a few packages beside what the packages themselves did: `recorded/stand_ins.txt` was printed by
//! `recorded/stand_ins.js` in `node` with the packages installed.

use std::path::Path;

use super::{here, prelude, read};

#[test]
fn stand_ins_do_what_the_packages_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node");
    let suite = std::fs::read_to_string(folder.join("recorded/stand_ins.js")).unwrap();
    let recorded = std::fs::read_to_string(folder.join("recorded/stand_ins.txt")).unwrap();
    let recorded = read(recorded.lines().map(str::to_owned));
    let source = format!(
        "{} const BASE = 'http://127.0.0.1:4000'; {suite}",
        prelude(&folder)
    );
    let (ours, fault) = here(&source);
    let wrong: Vec<String> = recorded
        .iter()
        .filter(|(test, result)| ours.get(*test) != Some(*result))
        .map(|(test, result)| {
            format!(
                "{test}\n  recorded {result}\n  here     {}",
                ours.get(test).map_or("(nothing)", String::as_str)
            )
        })
        .collect();
    assert!(
        wrong.is_empty() && fault.is_none() && ours.len() == recorded.len(),
        "{} of {} differ:\n{}\n{fault:?}",
        wrong.len(),
        recorded.len(),
        wrong.join("\n")
    );
}
