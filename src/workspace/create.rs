//! New hooks: which names Auth0 and file systems accept, and the two files a hook consists of.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::file_error::FileError;
use super::hook_entry::HookEntry;
use super::sidecar::Sidecar;
use super::workspace_folder::{Workspace, WorkspaceError};
use crate::auth0::Point;

/// Longest hook name, in characters: with `.json` and a temporary suffix it stays below 255 bytes.
const LONGEST_NAME: usize = 200;

/// What is wrong with a hook's name, as a sentence; `None` for a good one.
///
/// The pattern is the Management API's, `^[a-zA-Z0-9]([ \-a-zA-Z0-9]*[a-zA-Z0-9])?$`; Windows' device names are refused
/// on every system, because the folder is meant to be shared.
pub fn name_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("A hook needs a name, such as add-roles.".to_owned());
    }
    if let Some(bad) = name
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !" -".contains(*c))
    {
        return Some(format!(
            "The name holds {bad:?}; Auth0 allows letters from A to Z, digits, spaces and hyphens only."
        ));
    }
    if name.starts_with([' ', '-']) || name.ends_with([' ', '-']) {
        return Some("The name has to begin and to end with a letter or a digit.".to_owned());
    }
    if name.len() > LONGEST_NAME {
        return Some(format!(
            "The name has {} characters; file systems take up to {LONGEST_NAME}.",
            name.len()
        ));
    }
    let upper = name.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        upper
            .strip_prefix(prefix)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    let reserved =
        ["CON", "PRN", "AUX", "NUL"].contains(&&*upper) || numbered("COM") || numbered("LPT");
    reserved.then(|| format!("{name} is the name of a device on Windows and cannot be a file there. Choose another name."))
}

/// Names that Deploy CLI takes for the same: it lowers the case and puts hyphens for spaces.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase().replace(char::is_whitespace, "-")
}

impl Workspace {
    /// What is wrong with `name` for a new hook in this workspace, as a sentence.
    pub fn name_problem(&self, name: &str) -> Option<String> {
        name_problem(name).or_else(|| {
            let other = self.hooks.iter().find(|hook| {
                let stem = hook
                    .script
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy();
                folded(&hook.name) == folded(name) || folded(&stem) == folded(name)
            })?;
            Some(format!(
                "{} is there already as {}. Choose another name.",
                other.name,
                other.script.display()
            ))
        })
    }

    /// Writes a new hook: `hooks/<name>.js` with `code`, and its sidecar. The first hook of a point is enabled, as in the
    /// dashboard. Nothing stays behind of a hook that could not be written whole.
    ///
    /// # Errors
    /// The name is not allowed or taken; the folder cannot be written.
    pub fn create_hook(
        &mut self,
        name: &str,
        point: Point,
        code: &str,
    ) -> Result<HookEntry, WorkspaceError> {
        if let Some(problem) = self.name_problem(name) {
            return Err(WorkspaceError::Name(problem));
        }
        let folder = self.folder_of_new_hooks();
        fs::create_dir_all(&folder).map_err(|error| FileError::writing(&folder, &error))?;
        let stem = name.replace(' ', "-");
        let script = folder.join(format!("{stem}.js"));
        let sidecar = folder.join(format!("{stem}.json"));
        // A JSON file that lies there must not be found only after the script was written.
        if sidecar.exists() {
            return Err(WorkspaceError::Exists { path: sidecar });
        }
        let enabled = !self.hooks.iter().any(|hook| hook.point == Some(point));
        let text = Sidecar::text_of_new(name, point, &format!("{stem}.js"), enabled);
        write_new(&script, code)?;
        if let Err(error) = write_new(&sidecar, &text) {
            // Best effort: the first failure is the one to tell.
            let _ = fs::remove_file(&script);
            return Err(error);
        }
        let entry = HookEntry {
            name: name.to_owned(),
            script,
            sidecar: Some(sidecar),
            point: Some(point),
            enabled,
            enabled_said: true,
            problem: None,
        };
        self.hooks.push(entry.clone());
        self.sort();
        Ok(entry)
    }
}

/// Writes a file that must not exist yet; nothing of it stays if it cannot be written whole.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), WorkspaceError> {
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => WorkspaceError::Exists {
            path: path.to_owned(),
        },
        _ => FileError::writing(path, &error).into(),
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| {
            let _ = fs::remove_file(path);
            FileError::writing(path, &error).into()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_auth0s_pattern() {
        for good in [
            "a",
            "add-roles",
            "Add roles 2",
            "7",
            "a--b",
            "COM10",
            "console",
        ] {
            assert_eq!(name_problem(good), None, "{good}");
        }
        let long = "a".repeat(201);
        for bad in [
            "", " a", "a ", "-a", "a-", "a_b", "a.b", "é", "a/b", "../a", "nul", "Com1", &long,
        ] {
            assert!(name_problem(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_taken_name_is_refused_in_every_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let first = workspace
            .create_hook("Add roles", Point::Generic, "a")
            .unwrap();
        assert!(first.enabled);
        for again in ["Add roles", "add-roles", "ADD-ROLES"] {
            let error = workspace
                .create_hook(again, Point::Generic, "b")
                .unwrap_err();
            assert!(
                error.to_string().contains("Add roles is there already"),
                "{error}"
            );
        }
        let second = workspace.create_hook("other", Point::Generic, "b").unwrap();
        assert!(!second.enabled);
        let reopened = Workspace::open(folder.path()).unwrap();
        assert_eq!(reopened, workspace);
        assert_eq!(reopened.problems, Vec::<String>::new());
    }

    #[test]
    fn files_that_lie_there_unseen_are_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let hooks = folder.path().join("hooks");
        fs::create_dir(&hooks).unwrap();
        fs::write(hooks.join("a.json"), "mine").unwrap();
        fs::write(hooks.join("b.js"), "mine").unwrap();
        assert!(workspace.create_hook("a", Point::Generic, "x").is_err());
        assert!(workspace.create_hook("b", Point::Generic, "x").is_err());
        assert!(!hooks.join("a.js").exists());
        assert!(!hooks.join("b.json").exists());
        assert_eq!(fs::read_to_string(hooks.join("b.js")).unwrap(), "mine");
    }
}
