//! The Actions of a workspace in Deploy CLI's layout: `actions/<name>.json`, its code, and `triggers/triggers.json`,
//! which binds Actions to triggers in the order they run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::hook_entry::HookEntry;
use super::sidecar::without_keywords;
use super::text_file;
use crate::auth0::Point;

/// An Action of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionEntry {
    /// Name, script and first trigger, in the form in which everything else opens and runs it. Enabled unless its JSON
    /// says that it is not deployed.
    pub file: HookEntry,
    /// Trigger ids its JSON supports.
    pub triggers: Vec<String>,
    /// As its JSON says; `None` where it says nothing.
    pub deployed: Option<bool>,
}

/// Which Actions are bound to a trigger, by trigger id, in the order they run.
pub type Bindings = BTreeMap<String, Vec<String>>;

impl ActionEntry {
    /// Whether the Action may be bound to this point.
    #[must_use]
    pub fn supports(&self, point: Point) -> bool {
        self.triggers
            .iter()
            .any(|id| Point::from_id(id) == Some(point))
    }
}

/// The Actions of the workspace at `root`, by name, and what is wrong with them.
pub(super) fn actions(root: &Path) -> (Vec<ActionEntry>, Vec<String>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let folder = root.join("actions");
    let Ok(listing) = fs::read_dir(&folder) else {
        return (found, problems);
    };
    let mut files: Vec<PathBuf> = listing
        .flatten()
        .map(|item| item.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    for path in files {
        match read_json(&path) {
            Ok(json) => {
                let entry = of_json(&path, &json, root);
                problems.extend(entry.file.problem.clone());
                found.push(entry);
            }
            Err(problem) => problems.push(problem),
        }
    }
    found.sort_by_cached_key(|entry| entry.file.name.to_lowercase());
    (found, problems)
}

/// The bindings of `triggers/triggers.json`; `None` where there is no such file.
pub(super) fn bindings(root: &Path) -> (Option<Bindings>, Vec<String>) {
    let path = root.join("triggers").join("triggers.json");
    if !path.is_file() {
        return (None, Vec::new());
    }
    let json = match read_json(&path) {
        Ok(json) => json,
        Err(problem) => return (None, vec![problem]),
    };
    let mut problems = Vec::new();
    let mut bindings = Bindings::new();
    match json.as_object() {
        Some(object) => {
            for (trigger, list) in object {
                let names = list.as_array().map(|list| {
                    list.iter()
                        .filter_map(|binding| {
                            ["action_name", "actionName", "name"]
                                .iter()
                                .find_map(|key| binding.get(key)?.as_str())
                                .or_else(|| binding.as_str())
                                .map(str::to_owned)
                        })
                        .collect()
                });
                match names {
                    Some(names) => {
                        bindings.insert(trigger.clone(), names);
                    }
                    None => problems.push(format!(
                        "{} has no list under {trigger}. Write one of {{\"action_name\": …}}.",
                        path.display()
                    )),
                }
            }
        }
        None => problems.push(format!(
            "{} is no JSON object of trigger ids. Write {{\"post-user-registration\": [{{\"action_name\": …}}]}}.",
            path.display()
        )),
    }
    (Some(bindings), problems)
}

/// The Action whose code is `script`, in a folder `actions/<name>/` beside its JSON.
pub(super) fn of_script(script: &Path) -> Option<HookEntry> {
    let folder = script.parent()?;
    let actions = folder.parent().filter(|_| {
        folder
            .parent()
            .and_then(Path::file_name)
            .is_some_and(|name| name == "actions")
    })?;
    let path = actions.join(format!("{}.json", folder.file_name()?.to_string_lossy()));
    let json = read_json(&path).ok()?;
    let entry = of_json(&path, &json, actions.parent()?);
    Some(HookEntry {
        script: script.to_owned(),
        problem: None,
        ..entry.file
    })
}

fn read_json(path: &Path) -> Result<Value, String> {
    let text = text_file::load(path)
        .map_err(|error| error.to_string())?
        .text;
    serde_json::from_str(&text).or_else(|error| {
        serde_json::from_str(&without_keywords(&text))
            .map_err(|_| format!("{} is not JSON: {error}. Correct it there.", path.display()))
    })
}

fn of_json(path: &Path, json: &Value, root: &Path) -> ActionEntry {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let name = json
        .get("name")
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .unwrap_or(&stem)
        .to_owned();
    let folder = path.parent().unwrap_or(root);
    let named = json
        .get("code")
        .and_then(Value::as_str)
        .map(|code| code.replace('\\', "/"));
    let usual = folder.join(&stem).join("code.js");
    let script = named
        .iter()
        .flat_map(|named| [root.join(named), folder.join(named)])
        .chain([usual.clone()])
        .find(|path| path.is_file())
        .map(|path| path.components().collect::<PathBuf>());
    let problem = script.is_none().then(|| {
        format!(
            "{} has no code: {} does not exist. Correct \"code\" in it, or bring the file back.",
            path.display(),
            named
                .as_deref()
                .map_or_else(|| usual.display().to_string(), str::to_owned)
        )
    });
    let triggers: Vec<String> = json
        .get("supported_triggers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|trigger| trigger.get("id")?.as_str().map(str::to_owned))
        .collect();
    let deployed = json.get("deployed").and_then(Value::as_bool);
    ActionEntry {
        file: HookEntry {
            name,
            script: script.unwrap_or(usual),
            // Its JSON is no hook's sidecar, and nothing of Hookbench writes into it.
            sidecar: None,
            point: triggers.iter().find_map(|id| Point::from_id(id)),
            enabled: deployed != Some(false),
            enabled_said: deployed.is_some(),
            problem,
        },
        triggers,
        deployed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("actions/welcome")).unwrap();
        fs::create_dir_all(root.path().join("triggers")).unwrap();
        fs::write(root.path().join("actions/welcome/code.js"), "").unwrap();
        fs::write(
            root.path().join("actions/welcome.json"),
            r#"{"name": "Welcome mail", "code": "./actions/welcome/code.js", "runtime": @@RUNTIME@@,
                "supported_triggers": [{"id": "post-user-registration", "version": "v2"}], "deployed": true}"#,
        )
        .unwrap();
        root
    }

    #[test]
    fn an_exported_action_is_found_with_its_code() {
        let root = workspace();
        let (actions, problems) = actions(root.path());
        assert_eq!(problems, Vec::<String>::new());
        let [action] = &actions[..] else {
            unreachable!("{actions:?}")
        };
        assert_eq!(action.file.name, "Welcome mail");
        assert!(action.supports(Point::PostUserRegistration) && action.file.enabled);
        assert_eq!(of_script(&action.file.script), Some(action.file.clone()));
        assert_eq!(of_script(&root.path().join("code.js")), None);
    }

    #[test]
    fn code_that_is_gone_is_told() {
        let root = workspace();
        fs::remove_file(root.path().join("actions/welcome/code.js")).unwrap();
        let (_, problems) = actions(root.path());
        assert!(problems[0].contains("does not exist"), "{problems:?}");
    }

    #[test]
    fn bindings_keep_their_order() {
        let root = workspace();
        let file = root.path().join("triggers/triggers.json");
        fs::write(
            &file,
            r#"{"post-user-registration": [{"action_name": "b", "display_name": "B"}, {"action_name": "a"}]}"#,
        )
        .unwrap();
        let (found, problems) = bindings(root.path());
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(found.unwrap()["post-user-registration"], ["b", "a"]);
        fs::write(&file, r#"{"post-user-registration": 7}"#).unwrap();
        assert!(bindings(root.path()).1[0].contains("no list"));
    }
}
