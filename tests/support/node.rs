//! The real Node to compare with, of the version that the lists of differences were made with.

use std::process::Command;

/// The major version that is compared with: others differ from it in what the lists of differences hold.
const MAJOR: &str = "20";

/// A command that starts Node, or `None`, with a sentence, where it is not installed. In the gate that is a failure.
/// `HOOKBENCH_NODE` names the executable where `node` is another one.
pub fn command() -> Option<Command> {
    let program = std::env::var_os("HOOKBENCH_NODE").unwrap_or_else(|| "node".into());
    let why = match Command::new(&program).arg("--version").output() {
        Ok(output) => {
            let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            if version.strip_prefix('v').and_then(|v| v.split('.').next()) == Some(MAJOR) {
                return Some(Command::new(program));
            }
            format!("node is {version}")
        }
        Err(_) => "node is not installed".to_owned(),
    };
    assert!(
        std::env::var_os("CI").is_none(),
        "the gate compares with Node {MAJOR}: {why}"
    );
    eprintln!("Nothing is compared with Node: {why}, Node {MAJOR} is wanted.");
    None
}
