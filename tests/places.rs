//! Where an error is: line and column as V8 names them, for each way in which hooks usually fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

use std::process::Command;

/// Runs `body` as line 2 and on of a hook and returns the error's line, column and message.
fn place(body: &str) -> (u64, u64, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hook.js");
    std::fs::write(
        &file,
        format!("module.exports = function (user, context, cb) {{\n{body}\n}};\n"),
    )
    .unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_hookbench"))
        .args([
            "run",
            "--point",
            "pre-user-registration",
            "--format",
            "json",
        ])
        .arg(&file)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let error = &report["error"];
    (
        error["line"].as_u64().unwrap_or_default(),
        error["column"].as_u64().unwrap_or_default(),
        error["message"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn errors_are_where_v8_says_they_are() {
    // Lines and columns were read off node 20.
    for (body, line, column, message) in [
        ("  missing(user);\n  cb();", 2, 3, "missing is not defined"),
        (
            "  var a = 1;\n  var b = missing + a;\n  cb();",
            3,
            11,
            "missing is not defined",
        ),
        (
            "  user.nothing.trim();\n  cb();",
            2,
            16,
            "Cannot read properties of undefined (reading 'trim')",
        ),
        (
            "  return cb(null, user.nothing.length);",
            2,
            32,
            "Cannot read properties of undefined (reading 'length')",
        ),
        (
            "  var name = user\n    .nothing\n    .first()\n    .trim();\n  cb();",
            4,
            6,
            "Cannot read properties of undefined (reading 'first')",
        ),
        (
            "  [1].forEach(function (x) {\n    x.y.z();\n  });\n  cb();",
            3,
            9,
            "Cannot read properties of undefined (reading 'z')",
        ),
        (
            "  var made = new Missing();\n  cb();",
            2,
            14,
            "Missing is not defined",
        ),
        (
            "  var o = {}\n  o.f = 1\n  missing()\n  cb()",
            4,
            3,
            "missing is not defined",
        ),
        (
            "  setTimeout(function () {\n    user.nothing.trim();\n  }, 1);",
            3,
            18,
            "Cannot read properties of undefined (reading 'trim')",
        ),
        ("  throw new Error('mine');", 2, 9, "mine"),
    ] {
        assert_eq!(place(body), (line, column, message.to_owned()), "{body}");
    }
}
