//! The same snippets in the engine and in the real Node: programs line by line of `snippets.txt`, failures line by line
//! of `errors.txt`. What is known to differ stands in `differences.txt`, and a line that no longer differs must leave it.

use std::io::Write;
use std::process::Stdio;

use super::support::body;

/// Names and messages of what the functions of `errors.txt` throw.
const TELL: &str = "console.log(e.name + ': ' + e.message)";

/// Node's console output of each snippet, all from one process; `None` where Node is not installed.
fn in_node(snippets: &[&str]) -> Option<Vec<String>> {
    let mut node = super::real_node::command()?
        // Hooks run in UTC.
        .env("TZ", "UTC")
        .args(["-e", include_str!("node_runner.js")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = node.stdin.take()?;
    input.write_all(snippets.join("\n").as_bytes()).unwrap();
    drop(input);
    let output = node.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // V8 itself may have written before.
    let list = text.rsplit("\n@outputs ").next().unwrap();
    Some(serde_json::from_str(list).unwrap())
}

/// Node 22 adds line and column to the positions that Node 20 tells of faults in JSON.
fn without_json_places(text: &str) -> String {
    text.split('\n')
        .map(|line| match line.split_once(" (line ") {
            Some((start, rest))
                if start.contains(" in JSON at position ")
                    || start.contains(" after JSON at position ") =>
            {
                format!("{start}{}", rest.split_once(')').map_or("", |(_, end)| end))
            }
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn known() -> Vec<&'static str> {
    include_str!("differences.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
}

/// The complaint about one line, where there is one.
fn compare(line: &str, node: &str, here: &str, known: &[&str]) -> Option<String> {
    // A line of `errors.txt` stands in the list as it stands there.
    let line = line
        .strip_prefix("try { (")
        .and_then(|rest| {
            rest.strip_suffix(&format!(
                ")(); console.log('no error') }} catch (e) {{ {TELL} }}"
            ))
        })
        .unwrap_or(line);
    let same = without_json_places(here) == without_json_places(node);
    match (same, known.contains(&line)) {
        (true, true) => Some(format!("no longer differs: {line}")),
        (false, false) => Some(format!("{line}\n--- node\n{node}\n--- here\n{here}")),
        _ => None,
    }
}

/// Fails with every line that differs and is not known to, or is known to and does not.
fn check(lines: &[&str], here: impl Fn(usize, &str) -> String) {
    let Some(node) = in_node(lines) else {
        return;
    };
    assert_eq!(node.len(), lines.len());
    let known = known();
    let differing: Vec<String> = lines
        .iter()
        .zip(&node)
        .enumerate()
        .filter_map(|(index, (line, node))| compare(line, node, &here(index, line), &known))
        .collect();
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing.join("\n=====\n")
    );
}

#[test]
fn snippets_say_what_node_says() {
    let lines: Vec<&str> = include_str!("snippets.txt").lines().collect();
    check(&lines, |_, line| body(&format!("cb();{line}")).text());
}

#[test]
fn failures_are_told_in_nodes_words() {
    let functions: Vec<&str> = include_str!("errors.txt").lines().collect();
    let lines: Vec<String> = functions
        .iter()
        .map(|function| {
            format!("try {{ ({function})(); console.log('no error') }} catch (e) {{ {TELL} }}")
        })
        .collect();
    let all = lines.join("\nconsole.log('=====');\n");
    let run = body(&format!("cb();user = {{}};{all}")).text();
    let here: Vec<&str> = run.split("\n=====\n").collect();
    assert_eq!(here.len(), lines.len(), "{run}");
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    check(&lines, |index, _| {
        here.get(index).copied().unwrap_or_default().to_owned()
    });
}
