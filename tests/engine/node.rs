//! The same snippets in the engine and in the real Node, line by line of `snippets.txt`; what is known to differ
//! stands in `differences.txt`, and a line that no longer differs must leave it.

use std::process::Command;

use super::support::body;

/// Node's console output of a snippet; `None` where Node is not installed.
fn in_node(snippet: &str) -> Option<String> {
    let script = format!(
        "console.warn = console.error = console.log; (function (user, context, cb) {{\n{snippet}\n}})({{}}, {{}}, () => {{}})"
    );
    let output = Command::new("node").arg("-e").arg(script).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.strip_suffix('\n').unwrap_or(&text).to_owned())
}

#[test]
fn snippets_say_what_node_says() {
    if in_node("console.log(1)").is_none() {
        eprintln!("Node is not installed: nothing to compare with.");
        return;
    }
    let known: Vec<&str> = include_str!("differences.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let mut differing = Vec::new();
    for snippet in include_str!("snippets.txt").lines() {
        let here = body(&format!("cb();{snippet}"));
        let text = here.text();
        let node = in_node(snippet).unwrap();
        let same = text == node;
        if same && known.contains(&snippet) {
            differing.push(format!("no longer differs: {snippet}"));
        }
        if !same && !known.contains(&snippet) {
            let uncaught = here.uncaught().map(|(thrown, _)| thrown.display.clone());
            differing.push(format!(
                "{snippet}\n--- node\n{node}\n--- here\n{text}\n{}",
                uncaught.unwrap_or_default()
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "{} snippets:\n{}",
        differing.len(),
        differing.join("\n=====\n")
    );
}
