//! Modules that cannot be loaded: Node's error, and a sentence that says where and what to do; the run goes on to its
//! report every time.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends by panicking"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// What `require(name)` ends with in a hook of this folder: `code: message`, or the module as JSON; and the report.
fn required(folder: &Path, name: &str) -> (String, Value) {
    write(
        folder,
        "hook.js",
        format!(
            "module.exports = (context, cb) => {{\n  try {{\n    cb(null, {{ told: JSON.stringify(require('{name}')) }});\n  }} catch (error) {{\n    cb(null, {{ told: (error.code || error.name) + ': ' + error.message }});\n  }}\n}};\n"
        ),
    );
    let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
        .args(["run", "--point", "generic", "--format", "json"])
        .arg(folder.join("hook.js"))
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let told = report["response"]["told"].as_str();
    (
        told.unwrap_or_else(|| panic!("{report:#}")).to_owned(),
        report,
    )
}

#[test]
fn what_cannot_be_loaded_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("ws");
    write(&at, "package.json", "{}");
    write(&at, "node_modules/broken/package.json", "{\"main\": ");
    write(
        &at,
        "node_modules/closed/package.json",
        "{\"exports\": {\".\": \"./a.js\"}}",
    );
    write(&at, "node_modules/closed/a.js", "exports.a = 1;");
    write(
        &at,
        "node_modules/throws/index.js",
        "exports.half = 1;\nthrow new RangeError('while loading');\n",
    );
    write(
        &at,
        "node_modules/native/index.js",
        "module.exports = require('./build/addon.node');",
    );
    write(
        &at,
        "node_modules/native/build/addon.node",
        [0x7f, b'E', b'L', b'F', 0, 0],
    );
    write(
        &at,
        "node_modules/syntax/index.js",
        "module.exports = function ( {\n",
    );
    write(
        &at,
        "a.js",
        "exports.early = typeof require('./b').value;\nexports.value = 1;\n",
    );
    write(
        &at,
        "b.js",
        "exports.value = require('./a').value;\nexports.seen = Object.keys(require('./a'));\n",
    );
    write(&at, "data.json", "{\"a\": 1,}");
    write(
        &at,
        "large.js",
        format!(
            "/* {} */\nmodule.exports = 'large';\n",
            "x".repeat(10_000_000)
        ),
    );
    write(
        &at,
        "endless.js",
        format!("/* {} */\n", "x".repeat(20_000_000)),
    );
    write(folder.path(), "outside.js", "module.exports = 'secret';");
    for (name, parts) in [
        (
            "broken",
            &[
                "ERR_INVALID_PACKAGE_CONFIG: Invalid package config /data/io/node_modules/broken/package.json",
            ][..],
        ),
        (
            "closed/inner",
            &[
                "ERR_PACKAGE_PATH_NOT_EXPORTED: Package subpath './inner' is not defined by \"exports\"",
            ],
        ),
        ("throws", &["RangeError: while loading"]),
        (
            "native",
            &["ERR_DLOPEN_FAILED: ", "native addon", "JavaScript alone"],
        ),
        ("syntax", &["SyntaxError: "]),
        ("./b", &["{\"value\":1,\"seen\":[\"early\",\"value\"]}"]),
        ("./data.json", &["SyntaxError: /data/io/data.json: "]),
        ("./large", &["\"large\""]),
        (
            "./endless",
            &[
                "ERR_INVALID_MODULE: /data/io/endless.js could not be read: ",
                "16",
            ],
        ),
        (
            "../outside",
            &["ERR_ACCESS_DENIED: ", "leads out of the folder"],
        ),
        (
            "./nothing",
            &[
                "MODULE_NOT_FOUND: Cannot find module './nothing'\nRequire stack:\n- /data/io/hook.js",
            ],
        ),
        (
            "no-such-package",
            &[
                "MODULE_NOT_FOUND: Cannot find module 'no-such-package'\nRequire stack:\n- /data/io/hook.js",
            ],
        ),
    ] {
        let (told, report) = required(&at, name);
        for part in parts {
            assert!(
                told.contains(part),
                "{name}: {part}\n{}",
                &told[..told.len().min(400)]
            );
        }
        assert_eq!(report["error"], Value::Null, "{name}");
        let machine = folder.path().to_string_lossy();
        assert!(
            !report.to_string().contains(&*machine),
            "{name} tells of the machine's folders"
        );
    }
    // The second time is as the first.
    assert_eq!(required(&at, "throws").0, "RangeError: while loading");
}

/// A link of a workspace that leads out of it.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("ws");
    write(&at, "package.json", "{}");
    write(
        folder.path(),
        "outside/index.js",
        "module.exports = 'secret';",
    );
    fs::create_dir_all(at.join("node_modules")).unwrap();
    let outside = folder.path().join("outside");
    std::os::unix::fs::symlink(&outside, at.join("node_modules/linked")).unwrap();
    std::os::unix::fs::symlink(outside.join("index.js"), at.join("link.js")).unwrap();
    for name in ["linked", "./link"] {
        let (told, _) = required(&at, name);
        assert!(told.starts_with("ERR_ACCESS_DENIED: "), "{name}: {told}");
        assert!(
            told.contains("Copy the file there, or install the package"),
            "{told}"
        );
    }
}
