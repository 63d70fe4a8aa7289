//! The packages a hook says it needs: the `dependencies` of its own JSON file, else of a `package.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::hook_entry::HookEntry;
use super::sidecar::{indent_of, pretty};
use super::text_file::{self, FileError, SaveAs};

/// How far above a script its `package.json` is looked for.
const LEVELS: usize = 3;

/// Where the dependencies of one hook stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependencies {
    path: PathBuf,
}

impl Dependencies {
    /// Those of a hook: its sidecar's, else those of the nearest `package.json`, which is made when it is needed.
    pub fn of(entry: &HookEntry) -> Self {
        let path = entry.sidecar.clone().unwrap_or_else(|| {
            let folder = entry.script.parent().unwrap_or(Path::new("."));
            let nearest = folder
                .ancestors()
                .take(LEVELS)
                .map(|folder| folder.join("package.json"))
                .find(|file| file.is_file());
            nearest.unwrap_or_else(|| folder.join("package.json"))
        });
        Self { path }
    }

    /// The file they stand in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Names and the versions that are asked for.
    ///
    /// # Errors
    /// The file cannot be read or is no JSON object.
    pub fn read(&self) -> Result<BTreeMap<String, String>, FileError> {
        Ok(self
            .object()?
            .map_or_else(BTreeMap::new, |(object, _)| listed(&object)))
    }

    /// Adds a package, or changes its version; `None` takes it out. Everything else in the file stays.
    ///
    /// # Errors
    /// As [`Dependencies::read`]; the file cannot be written.
    pub fn set(&self, name: &str, version: Option<&str>) -> Result<(), FileError> {
        let (mut object, file) = match self.object()? {
            Some((object, file)) => (object, Some(file)),
            None => (Map::from_iter([("private".to_owned(), json!(true))]), None),
        };
        change(&mut object, name, version);
        let old = file.as_ref().map_or("", |file| file.text.as_str());
        let mut text = pretty(&object, indent_of(old)).map_err(|error| FileError::Write {
            path: self.path.clone(),
            reason: error.to_string(),
        })?;
        if file.as_ref().is_none_or(|file| file.text.ends_with('\n')) {
            text.push('\n');
        }
        let how = file.map_or_else(SaveAs::default, |file| SaveAs {
            line_ending: file.line_ending,
            bom: file.bom,
            expected: Some(file.fingerprint),
        });
        text_file::save(&self.path, &text, &how).map(drop)
    }

    /// The file and the object in it; none where there is no file.
    fn object(&self) -> Result<Option<Read>, FileError> {
        let file = match text_file::load(&self.path) {
            Ok(file) => file,
            Err(FileError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        match serde_json::from_str(&file.text) {
            Ok(Value::Object(object)) => Ok(Some((object, file))),
            Ok(_) => Err(self.damaged("it is no JSON object".to_owned())),
            Err(error) => Err(self.damaged(error.to_string())),
        }
    }

    fn damaged(&self, reason: String) -> FileError {
        FileError::Damaged {
            path: self.path.clone(),
            reason,
            remedy: "Correct it in a text editor.".to_owned(),
        }
    }
}

/// A file that holds dependencies, as it was read.
type Read = (Map<String, Value>, text_file::TextFile);

/// Hooks have a map, Actions a list of objects.
fn listed(object: &Map<String, Value>) -> BTreeMap<String, String> {
    match object.get("dependencies") {
        Some(Value::Object(map)) => map
            .iter()
            .map(|(name, version)| (name.clone(), text_of(version)))
            .collect(),
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|one| {
                let name = one.get("name")?.as_str()?.to_owned();
                Some((name, one.get("version").map(text_of).unwrap_or_default()))
            })
            .collect(),
        _ => BTreeMap::new(),
    }
}

fn text_of(version: &Value) -> String {
    version.as_str().unwrap_or_default().to_owned()
}

fn change(object: &mut Map<String, Value>, name: &str, version: Option<&str>) {
    match object.get_mut("dependencies") {
        Some(Value::Array(list)) => {
            let at = list.iter().position(|one| one["name"] == name);
            match (at, version) {
                (Some(at), Some(version)) => list[at]["version"] = json!(version),
                (Some(at), None) => drop(list.remove(at)),
                (None, Some(version)) => list.push(json!({"name": name, "version": version})),
                (None, None) => {}
            }
        }
        Some(Value::Object(map)) => match version {
            Some(version) => drop(map.insert(name.to_owned(), json!(version))),
            // The others keep their order.
            None => drop(map.shift_remove(name)),
        },
        _ => {
            if let Some(version) = version {
                object.insert("dependencies".to_owned(), json!({ name: version }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hook(folder: &Path, sidecar: Option<&str>) -> Dependencies {
        std::fs::write(folder.join("greet.js"), "").unwrap();
        if let Some(text) = sidecar {
            std::fs::write(folder.join("greet.json"), text).unwrap();
        }
        Dependencies::of(&HookEntry::of_file(folder.join("greet.js")))
    }

    #[test]
    fn a_sidecar_keeps_everything_else() {
        let folder = tempfile::tempdir().unwrap();
        let text = "{\n    \"triggerId\": \"pre-user-registration\",\n    \"script\": \"./greet.js\",\n    \"dependencies\": {\n        \"z\": \"1.0.0\",\n        \"a\": \"2.0.0\"\n    }\n}";
        let kept = hook(folder.path(), Some(text));
        assert_eq!(kept.path(), folder.path().join("greet.json"));
        kept.set("axios", Some("1.7.0")).unwrap();
        kept.set("z", None).unwrap();
        kept.set("none", None).unwrap();
        let told = std::fs::read_to_string(kept.path()).unwrap();
        let expected = text.replace(
            "\n        \"z\": \"1.0.0\",\n        \"a\": \"2.0.0\"\n",
            "\n        \"a\": \"2.0.0\",\n        \"axios\": \"1.7.0\"\n",
        );
        assert_eq!(told, expected);
        assert_eq!(kept.read().unwrap()["axios"], "1.7.0");
    }

    #[test]
    fn an_actions_list_stays_a_list() {
        let mut object: Map<String, Value> =
            serde_json::from_str(r#"{"dependencies": [{"name": "a", "version": "1"}]}"#).unwrap();
        change(&mut object, "b", Some("2"));
        change(&mut object, "a", Some("3"));
        assert_eq!(
            listed(&object),
            BTreeMap::from([("a".into(), "3".into()), ("b".into(), "2".into())])
        );
        change(&mut object, "a", None);
        assert_eq!(
            Value::Object(object),
            json!({"dependencies": [{"name": "b", "version": "2"}]})
        );
    }

    #[test]
    fn without_a_sidecar_a_package_json_is_made_or_found_above() {
        let folder = tempfile::tempdir().unwrap();
        let kept = hook(folder.path(), None);
        assert_eq!(kept.read().unwrap(), BTreeMap::new());
        kept.set("ms", Some("2.1.3")).unwrap();
        let text = std::fs::read_to_string(folder.path().join("package.json")).unwrap();
        assert_eq!(
            text,
            "{\n  \"private\": true,\n  \"dependencies\": {\n    \"ms\": \"2.1.3\"\n  }\n}\n"
        );
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        assert_eq!(hook(&inner, None).read().unwrap()["ms"], "2.1.3");
        std::fs::write(folder.path().join("package.json"), "{").unwrap();
        let error = hook(&inner, None).set("x", Some("1")).unwrap_err();
        assert!(error.to_string().contains("package.json"), "{error}");
    }
}
