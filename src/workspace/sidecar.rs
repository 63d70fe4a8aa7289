//! The JSON beside a hook's script, as Auth0's Deploy CLI writes it: name, trigger, script, enabled, and what we keep.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::text_file::{self, FileError, SaveAs, TextFile};
use crate::auth0::Point;

/// A hook's sidecar. Keys Hookbench does not know stay in place when it is written.
pub(super) struct Sidecar {
    path: PathBuf,
    file: TextFile,
    object: Map<String, Value>,
    /// Holds Deploy CLI keywords that make it no JSON until they are replaced.
    templated: bool,
}

impl Sidecar {
    /// Reads a JSON file; `None` where it is none of a hook's. The error is a sentence.
    pub fn read(path: &Path) -> Result<Option<Self>, String> {
        let file = text_file::load(path).map_err(|error| error.to_string())?;
        let (value, templated) = match serde_json::from_str::<Value>(&file.text) {
            Ok(value) => (value, false),
            Err(error) => {
                let value = serde_json::from_str(&without_keywords(&file.text)).map_err(|_| {
                    format!("{} is not JSON: {error}. Correct it there.", path.display())
                })?;
                (value, true)
            }
        };
        // `active` and `code` are the keys of 2019's releases.
        let Value::Object(object) = value else {
            return Ok(None);
        };
        let is_hook = ["triggerId", "script"]
            .iter()
            .any(|key| object.contains_key(*key))
            || (object.contains_key("active") && object.contains_key("code"));
        Ok(is_hook.then(|| Self {
            path: path.to_owned(),
            file,
            object,
            templated,
        }))
    }

    /// A sidecar for a hook that has none yet, in the key order of Deploy CLI's examples.
    pub fn text_of_new(name: &str, point: Point, script: &str, enabled: bool) -> String {
        let value = json!({
            "triggerId": point.id(),
            "name": name,
            "script": format!("./{script}"),
            "enabled": enabled,
            "secrets": {},
            "dependencies": {},
        });
        format!("{value:#}\n")
    }

    /// The file the sidecar was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The hook's name, if the sidecar has one.
    pub fn name(&self) -> Option<&str> {
        self.object
            .get("name")?
            .as_str()
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }

    /// The hook's point; the error is a sentence about a trigger Auth0 does not have.
    pub fn point(&self) -> Result<Option<Point>, String> {
        let Some(id) = self.object.get("triggerId") else {
            return Ok(None);
        };
        id.as_str().and_then(Point::from_id).map(Some).ok_or_else(|| {
            format!(
                "{} names the trigger {id}, which is none of Auth0's. Choose the hook's extensibility point to correct it.",
                self.path.display()
            )
        })
    }

    /// Whether the hook is enabled; Deploy CLI's default is no.
    pub fn enabled(&self) -> bool {
        ["enabled", "active"]
            .iter()
            .find_map(|key| self.object.get(*key)?.as_bool())
            .unwrap_or(false)
    }

    /// Whether it says anything of that.
    pub fn says_enabled(&self) -> bool {
        ["enabled", "active"]
            .iter()
            .any(|key| self.object.get(*key).is_some_and(Value::is_boolean))
    }

    /// Where the script lies, relative to the sidecar's folder or to `root`; the sentence says what is wrong with it.
    pub fn script(&self, root: &Path) -> (PathBuf, Option<String>) {
        let folder = self.path.parent().unwrap_or(root);
        let beside = self.path.with_extension("js");
        let named = ["script", "code"]
            .iter()
            .find_map(|key| self.object.get(*key)?.as_str());
        let Some(named) = named else {
            let problem = format!(
                "{} names no script. Add \"script\": \"./{}\" to it.",
                self.path.display(),
                file_name(&beside)
            );
            return (beside, Some(problem));
        };
        let portable = named.replace('\\', "/");
        let found = [folder, root]
            .iter()
            .flat_map(|base| [base.join(named), base.join(&portable)])
            .find(|path| path.is_file())
            // `./` in the middle of a path is noise wherever the path is shown.
            .map(|path| path.components().collect::<PathBuf>());
        match found {
            Some(path) => (path, None),
            None => (
                folder.join(&portable).components().collect(),
                Some(format!(
                    "{} names the script {named}, which does not exist. Correct the path, or bring the script back.",
                    self.path.display()
                )),
            ),
        }
    }

    /// Writes another trigger into the sidecar; everything else stays, down to the indentation.
    ///
    /// # Errors
    /// As [`text_file::save`]; a sidecar with Deploy CLI keywords is left to its author.
    pub fn write_point(mut self, point: Point) -> Result<(), FileError> {
        if self.templated {
            return Err(FileError::Damaged {
                path: self.path,
                reason:
                    "it holds @@keywords@@ of Deploy CLI and is no JSON until they are replaced"
                        .to_owned(),
                remedy: "Change its triggerId in a text editor.".to_owned(),
            });
        }
        self.object
            .insert("triggerId".to_owned(), json!(point.id()));
        let mut text =
            pretty(&self.object, indent_of(&self.file.text)).map_err(|error| FileError::Write {
                path: self.path.clone(),
                reason: error.to_string(),
            })?;
        if self.file.text.ends_with('\n') {
            text.push('\n');
        }
        let how = SaveAs {
            line_ending: self.file.line_ending,
            bom: self.file.bom,
            expected: Some(self.file.fingerprint),
        };
        text_file::save(&self.path, &text, &how).map(|_| ())
    }
}

/// The last part of a path, for messages.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub(super) fn pretty(object: &Map<String, Value>, indent: &str) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    object.serialize(&mut serde_json::Serializer::with_formatter(
        &mut bytes, formatter,
    ))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn indent_of(text: &str) -> &str {
    text.lines()
        .skip(1)
        .map(|line| &line[..line.len() - line.trim_start().len()])
        .find(|indent| !indent.is_empty())
        .unwrap_or("  ")
}

/// The text with `null` in place of `@@KEYWORD@@`, as far as it stands outside of strings.
pub(super) fn without_keywords(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("@@") {
        let after = &rest[start + 2..];
        match after.find("@@") {
            Some(end)
                if after[..end]
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '_') =>
            {
                out.push_str(&rest[..start]);
                out.push_str("null");
                rest = &after[end + 2..];
            }
            _ => {
                out.push_str(&rest[..start + 2]);
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hook.json");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn another_point_changes_nothing_else() {
        let before = "{\n    \"id\": 7.10,\n    \"triggerId\": \"pre-user-registration\",\n    \"x\": [\n        1\n    ]\n}";
        let (_folder, path) = written(before);
        let sidecar = Sidecar::read(&path).unwrap().unwrap();
        sidecar.write_point(Point::SendPhoneMessage).unwrap();
        let after = fs::read_to_string(&path).unwrap();
        assert_eq!(
            after,
            before.replace("pre-user-registration", "send-phone-message")
        );
    }

    #[test]
    fn keywords_are_read_over_but_never_written() {
        let text =
            r#"{"name": "a", "script": "./a.js", "triggerId": "generic", "secrets": @@SECRETS@@}"#;
        let (_folder, path) = written(text);
        let sidecar = Sidecar::read(&path).unwrap().unwrap();
        assert_eq!(sidecar.name(), Some("a"));
        assert!(sidecar.write_point(Point::Generic).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn other_json_is_not_taken_for_a_hook() {
        let (_folder, path) = written(r#"{"name": "package", "version": "1.0.0"}"#);
        assert!(Sidecar::read(&path).unwrap().is_none());
    }
}
