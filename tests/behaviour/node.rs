//! The same hooks in Node under a small harness of ours: what they log, what they answer, and in which order.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::support::{self, Case};

/// What Node tells of each case; `None` where it is not installed.
fn in_node(cases: &[(Case, hookbench::auth0::Point)]) -> Option<Vec<Vec<Value>>> {
    let jobs: Vec<_> = cases
        .iter()
        .map(|(case, point)| {
            json!({"point": point.id(), "source": case.source(*point), "body": case.body(*point), "secrets": case.secrets})
        })
        .collect();
    let harness = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/behaviour/harness.js");
    let mut node = super::real_node::command()?
        .arg(harness)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let jobs = serde_json::to_vec(&jobs).unwrap();
    node.stdin.take().unwrap().write_all(&jobs).unwrap();
    let output = node.wait_with_output().unwrap();
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn hooks_do_in_node_what_they_do_here() {
    // The harness checks no payloads and no secrets.
    let cases: Vec<_> = support::table()
        .into_iter()
        .filter(|case| case.body.is_none() && case.secrets.is_empty())
        .flat_map(|case| {
            let points = case.points.clone();
            points.into_iter().map(move |point| (case.clone(), point))
        })
        .collect();
    let Some(told) = in_node(&cases) else {
        return;
    };
    assert_eq!(told.len(), cases.len());
    for ((case, point), events) in cases.iter().zip(told) {
        let report = support::run(case, *point);
        let of = |kind: &str| -> Vec<&Value> {
            events.iter().filter(|event| event[0] == kind).collect()
        };
        let logs: Vec<_> = of("log").iter().map(|log| log[2].clone()).collect();
        let ours: Vec<_> = report.logs.iter().map(|log| json!(log.text)).collect();
        assert_eq!(ours, logs, "{}: logs", case.title);
        let answered = events.iter().position(|event| event[0] == "answer");
        let answer = answered.map_or("nothing".to_owned(), |at| {
            let mut answer: Value = serde_json::from_str(events[at][1].as_str().unwrap()).unwrap();
            if let Some(stack) = answer
                .get_mut("data")
                .and_then(|data| data.get_mut("stack"))
            {
                *stack = json!("");
            }
            answer.to_string()
        });
        let mut wire = report.wire.clone();
        if let Some(stack) = wire.get_mut("data").and_then(|data| data.get_mut("stack")) {
            *stack = json!("");
        }
        let ours = if wire.is_null() {
            "nothing".to_owned()
        } else {
            wire.to_string()
        };
        assert_eq!(ours, answer, "{}: answer", case.title);
        let before = |at: usize| {
            events[..at]
                .iter()
                .filter(|event| event[0] == "log")
                .count()
        };
        if let Some(at) = answered {
            let ours = report.logs.iter().filter(|log| !log.after_response).count();
            assert_eq!(ours, before(at), "{}: order", case.title);
        }
        assert_eq!(
            support::uncaught(&report),
            of("uncaught")
                .first()
                .map(|event| event[1].as_str().unwrap().to_owned()),
            "{}: uncaught",
            case.title
        );
    }
}
