//! `hookbench matrix` and the storage file of `hookbench run`, as scripts see them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::process::{Command, Stdio};

use serde_json::{Value, json};

const TRANSLATED: &str = "module.exports = function (user, context, cb) {
  if (context.connection.name === 'Partners') return cb();
  var texts = { de: 'Leider nicht', en: 'Sorry' };
  cb(new PreUserRegistrationError('refused', texts[context.renderLanguage]));
};
";

struct Bench(tempfile::TempDir);

impl Bench {
    fn of(source: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hook.js"), source).unwrap();
        Self(folder)
    }

    fn run(&self, command: &str, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
            .current_dir(self.0.path())
            .args([command, "hook.js"])
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }
}

#[test]
fn every_visitor_has_a_row() {
    let bench = Bench::of(TRANSLATED);
    let axes = [
        "--language",
        "en,de",
        "--connection",
        "Users,Partners",
        "--format",
        "json",
    ];
    let (code, stdout, stderr) = bench.run("matrix", &axes);
    assert_eq!(code, 1, "{stderr}");
    let table: Value = serde_json::from_str(&stdout).unwrap();
    let keys: Vec<_> = table.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["schema", "point", "kind", "axes", "stopped", "rows"]);
    assert_eq!(
        table["axes"],
        json!({"language": ["en", "de"], "connection": ["Users", "Partners"]})
    );
    let seen: Vec<_> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["values"]["language"].as_str().unwrap(),
                row["values"]["connection"].as_str().unwrap(),
                row["sight"]["kind"].as_str().unwrap(),
                row["sight"]["new_universal_login"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("en", "Users", "denied", Some("Sorry")),
            ("en", "Partners", "registered", None),
            ("de", "Users", "denied", Some("Leider nicht")),
            ("de", "Partners", "registered", None),
        ]
    );
    assert_eq!(table["rows"][2]["report"]["error"]["message"], "refused");
}

#[test]
fn people_read_a_table_and_wrong_axes_are_told() {
    let bench = Bench::of(TRANSLATED);
    let (code, stdout, _) = bench.run(
        "matrix",
        &[
            "--connection",
            "Partners",
            "--vary",
            "user.email=a@b.c",
            "--vary",
            "user.email=x@y.z",
        ],
    );
    assert_eq!(code, 0, "{stdout}");
    let lines: Vec<_> = stdout.lines().collect();
    assert_eq!(
        lines[0].split_whitespace().take(3).collect::<Vec<_>>(),
        ["connection", "user.email", "outcome"]
    );
    assert!(
        lines[2].contains("x@y.z") && lines[2].ends_with("goes on"),
        "{stdout}"
    );
    for (args, part) in [
        (&[][..], "Nothing is varied"),
        (&["--vary", "user.email"][..], "is not PATH=VALUE"),
    ] {
        let (code, _, stderr) = bench.run("matrix", args);
        assert_eq!(code, 2);
        assert!(stderr.contains(part), "{stderr}");
    }
}

#[test]
fn storage_is_kept_from_run_to_run() {
    let bench = Bench::of(
        "module.exports = function (user, context, cb) {
  var storage = context.webtask.storage;
  storage.get(function (error, data) {
    data = data || { count: 0 };
    data.count += 1;
    storage.set(data, function (error) { cb(error, { user: { user_metadata: data } }); });
  });
};
",
    );
    let args = ["--storage-file", "kept.json", "--format", "json"];
    for count in 1..=3 {
        let (code, stdout, stderr) = bench.run("run", &args);
        assert_eq!(code, 0, "{stderr}");
        let report: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(report["response"]["user"]["user_metadata"]["count"], count);
    }
    let kept = std::fs::read_to_string(bench.0.path().join("kept.json")).unwrap();
    assert_eq!(kept, r#"{"count":3}"#);
    std::fs::write(bench.0.path().join("kept.json"), "{").unwrap();
    let (code, _, stderr) = bench.run("run", &args);
    assert_eq!(code, 2);
    assert!(stderr.contains("kept.json is not JSON"), "{stderr}");
}
