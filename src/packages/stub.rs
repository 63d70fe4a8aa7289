//! A stub of a package that is nowhere: it logs what it is called with, so that the rest of the hook can be tried.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;
use thiserror::Error;

/// Why there is no stub.
#[derive(Debug, Error)]
pub enum StubError {
    #[error("{0} is there already, so no stub was written over it.")]
    Exists(PathBuf),
    #[error("The stub could not be written to {path}: {source}.")]
    Write { path: PathBuf, source: io::Error },
}

/// Writes a stub of a package into the `node_modules` of a folder; its file.
///
/// # Errors
/// The package is there already, or the folder cannot be written.
pub fn write_stub(folder: &Path, package: &str) -> Result<PathBuf, StubError> {
    let home = folder.join("node_modules").join(package);
    if home.exists() {
        return Err(StubError::Exists(home));
    }
    let file = home.join("index.js");
    let config = json!({"name": package, "version": "0.0.0-stub", "description": "A stub, made by Hookbench"});
    let write = || {
        fs::create_dir_all(&home)?;
        fs::write(home.join("package.json"), format!("{config:#}\n"))?;
        fs::write(&file, text(package))
    };
    match write() {
        Ok(()) => Ok(file),
        Err(source) => Err(StubError::Write { path: home, source }),
    }
}

fn text(package: &str) -> String {
    format!(
        "// A stub of {package}: whatever is called is logged, and answers undefined. Put in what the hook needs.
const stub = (name) => new Proxy(function () {{}}, {{
  get: (target, key) => (typeof key === 'symbol' || key === 'then' || key === 'prototype' ? target[key] : stub(`${{name}}.${{key}}`)),
  apply(target, self, args) {{ console.log(`${{name}} is called with`, ...args); }},
  construct(target, args) {{ console.log(`new ${{name}} with`, ...args); return stub(`(new ${{name}})`); }},
}});

module.exports = stub({});
",
        json!(package)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stub_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = write_stub(folder.path(), "@a/b").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("stub(\"@a/b\")"));
        assert_eq!(crate::syntax::check(&text), []);
        let error = write_stub(folder.path(), "@a/b").unwrap_err();
        assert!(error.to_string().contains("is there already"));
    }
}
