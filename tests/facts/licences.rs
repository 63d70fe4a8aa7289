//! The dependencies' licences against the list in `deny.toml`, with cargo alone: the gate holds also where cargo-deny is
//! not installed.

use std::process::Command;

use serde_json::Value;

/// The names in a list of `deny.toml`: one quoted name a line, or all in one line.
fn listed(table: &toml::Table, path: [&str; 2]) -> Vec<String> {
    let list = table[path[0]][path[1]].as_array().unwrap();
    list.iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed_and_comes_from_the_registry() {
    let root = env!("CARGO_MANIFEST_DIR");
    let deny = std::fs::read_to_string(format!("{root}/deny.toml")).unwrap();
    let deny: toml::Table = deny.parse().unwrap();
    let allowed: Vec<spdx::LicenseReq> = listed(&deny, ["licenses", "allow"])
        .iter()
        .map(|name| spdx::Licensee::parse(name).unwrap().into_req())
        .collect();
    let banned = listed(&deny, ["bans", "deny"]);
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--all-features",
        ])
        .current_dir(root)
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    let mut faults = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        let fits = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX)
            .is_ok_and(|expression| expression.evaluate(|asked| allowed.contains(asked)));
        // Used unchanged; its terms hold for its own files alone, as the exception in deny.toml says.
        if !fits && name != "option-ext" {
            faults.push(format!("{name}: licence {licence:?}"));
        }
        if banned.iter().any(|banned| banned == name) {
            faults.push(format!("{name}: banned"));
        }
        let source = package["source"].as_str();
        if source.is_some_and(|source| {
            !source.starts_with("registry+https://github.com/rust-lang/crates.io-index")
        }) {
            faults.push(format!("{name}: from {source:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
