//! A folder of hooks: Deploy CLI's directory layout, or simply a folder of scripts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::action_entry::{self, ActionEntry, Bindings};
use super::atomic::real_path;
use super::file_error::FileError;
use super::hook_entry::HookEntry;
use super::sidecar::{Sidecar, file_name};

/// An open folder of hooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    pub root: PathBuf,
    /// Sorted by name.
    pub hooks: Vec<HookEntry>,
    /// Sorted by name.
    pub actions: Vec<ActionEntry>,
    /// Which Actions run at which trigger; `None` without `triggers/triggers.json`.
    pub bindings: Option<Bindings>,
    /// What is wrong in the folder, one sentence each, which names the file.
    pub problems: Vec<String>,
}

/// Why a workspace could not be opened or changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorkspaceError {
    #[error(
        "{path} does not exist. It may have been moved or deleted; open the folder from where it is now."
    )]
    NotFound { path: PathBuf },
    #[error("{path} is a file, not a folder. Open it as a file, or open the folder it lies in.")]
    NotAFolder { path: PathBuf },
    #[error("{0}")]
    Name(String),
    #[error("{path} exists already. Choose another name, or open that file.")]
    Exists { path: PathBuf },
    #[error(
        "{path} is not the description of a hook, so the hook's point was not written into it. Rename it, or rename the script."
    )]
    NotASidecar { path: PathBuf },
    #[error("{0}")]
    Sidecar(String),
    #[error(transparent)]
    File(#[from] FileError),
}

impl Workspace {
    /// Opens a folder. Files in it that cannot be read are no error but a sentence in `problems`.
    ///
    /// # Errors
    /// The folder is missing, a file, or not readable.
    pub fn open(root: impl AsRef<Path>) -> Result<Self, WorkspaceError> {
        let path = root.as_ref();
        let root = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if !root.exists() {
            return Err(WorkspaceError::NotFound { path: root });
        }
        if !root.is_dir() {
            return Err(WorkspaceError::NotAFolder { path: root });
        }
        let mut workspace = Self {
            root,
            hooks: Vec::new(),
            actions: Vec::new(),
            bindings: None,
            problems: Vec::new(),
        };
        workspace.reload()?;
        Ok(workspace)
    }

    /// Reads the folder again.
    ///
    /// # Errors
    /// As [`Workspace::open`]; the hooks then stay as they were.
    pub fn reload(&mut self) -> Result<(), WorkspaceError> {
        let hooks_folder = self.root.join("hooks");
        let mut scan = Scan::default();
        if hooks_folder.is_dir() {
            scan.folder(&hooks_folder, &self.root, true)?;
        }
        if scan.hooks.is_empty() && scan.problems.is_empty() {
            let strict = self.root.file_name().is_some_and(|name| name == "hooks");
            scan.folder(&self.root, &self.root, strict)?;
        }
        scan.cross_check();
        let (actions, mut problems) = action_entry::actions(&self.root);
        let (bindings, unbound) = action_entry::bindings(&self.root);
        self.hooks = scan.hooks;
        self.actions = actions;
        self.bindings = bindings;
        self.problems = scan.problems;
        self.problems.append(&mut problems);
        self.problems.extend(unbound);
        self.sort();
        Ok(())
    }

    /// The hook whose script or sidecar is `path`.
    pub fn entry_of_file(&self, path: &Path) -> Option<&HookEntry> {
        let path = real_path(path);
        self.hooks.iter().find(|hook| {
            real_path(&hook.script) == path
                || hook
                    .sidecar
                    .as_deref()
                    .is_some_and(|sidecar| real_path(sidecar) == path)
        })
    }

    /// Where new hooks go: `hooks/`, except in a plain folder that has scripts of its own.
    pub(super) fn folder_of_new_hooks(&self) -> PathBuf {
        let nested = self.root.join("hooks");
        let plain = self
            .hooks
            .iter()
            .any(|hook| hook.script.parent() == Some(&*self.root))
            || self.root.file_name().is_some_and(|name| name == "hooks");
        if plain && !nested.is_dir() {
            self.root.clone()
        } else {
            nested
        }
    }

    pub(super) fn sort(&mut self) {
        self.hooks
            .sort_by_cached_key(|hook| (hook.name.to_lowercase(), hook.script.clone()));
    }
}

#[derive(Default)]
struct Scan {
    hooks: Vec<HookEntry>,
    problems: Vec<String>,
}

impl Scan {
    /// Reads one folder. In a `strict` one every JSON file should describe a hook; elsewhere others are nobody's business.
    fn folder(&mut self, folder: &Path, root: &Path, strict: bool) -> Result<(), WorkspaceError> {
        let mut sidecars = Vec::new();
        let mut scripts = Vec::new();
        let listing = fs::read_dir(folder).map_err(|error| FileError::reading(folder, &error))?;
        for item in listing {
            let path = item
                .map_err(|error| FileError::reading(folder, &error))?
                .path();
            let extension = path
                .extension()
                .and_then(|e| e.to_str())
                .map(str::to_lowercase);
            // Names with a dot in front are other programs' temporary files.
            if file_name(&path).starts_with('.') || path.is_dir() {
                continue;
            }
            match extension.as_deref() {
                Some("json") => sidecars.push(path),
                Some("js") => scripts.push(path),
                _ => {}
            }
        }
        sidecars.sort();
        scripts.sort();
        let mut taken = BTreeSet::new();
        for path in sidecars {
            let has_script = scripts.contains(&path.with_extension("js"));
            match Sidecar::read(&path) {
                Ok(Some(sidecar)) => {
                    let entry = HookEntry::of_sidecar(&sidecar, root);
                    self.problems.extend(sidecar.script(root).1);
                    self.problems.extend(sidecar.point().err());
                    let real = real_path(&entry.script);
                    if !real.starts_with(real_path(root)) {
                        self.problems.push(format!(
                            "{} names a script outside of the folder, {}. Look at what it is before you save it.",
                            path.display(),
                            real.display()
                        ));
                    }
                    taken.insert(real);
                    self.hooks.push(entry);
                }
                Ok(None) if strict => self.problems.push(format!(
                    "{} does not describe a hook: it has neither triggerId nor script. Add them, or move the file elsewhere.",
                    path.display()
                )),
                Err(problem) if strict || has_script => self.problems.push(problem),
                Ok(None) | Err(_) => {}
            }
        }
        let bare = scripts
            .iter()
            .filter(|script| !taken.contains(&real_path(script)));
        self.hooks
            .extend(bare.map(|script| HookEntry::bare(script)));
        Ok(())
    }

    /// What only shows when the hooks are looked at together.
    fn cross_check(&mut self) {
        let mut names: BTreeMap<String, Vec<&HookEntry>> = BTreeMap::new();
        let mut scripts: BTreeMap<PathBuf, Vec<&HookEntry>> = BTreeMap::new();
        let mut enabled: BTreeMap<_, Vec<&HookEntry>> = BTreeMap::new();
        for hook in &self.hooks {
            names
                .entry(super::create::folded(&hook.name))
                .or_default()
                .push(hook);
            scripts
                .entry(real_path(&hook.script))
                .or_default()
                .push(hook);
            if let (Some(point), true) = (hook.point, hook.enabled) {
                enabled.entry(point).or_default().push(hook);
            }
        }
        let files = |hooks: &[&HookEntry]| {
            let files = hooks
                .iter()
                .map(|h| h.sidecar.as_ref().unwrap_or(&h.script));
            files
                .map(|path| path.display().to_string())
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let several = |hooks: &&Vec<&HookEntry>| hooks.len() > 1;
        let mut found = Vec::new();
        for hooks in names.values().filter(several) {
            found.push(format!(
                "{} give their hooks the same name, which Auth0 does not allow. Rename one of them.",
                files(hooks)
            ));
        }
        for (script, hooks) in scripts.iter().filter(|(_, hooks)| hooks.len() > 1) {
            found.push(format!(
                "{} name the same script, {}. Give each hook its own.",
                files(hooks),
                script.display()
            ));
        }
        for hooks in enabled.values().filter(several) {
            found.push(format!(
                "{} are enabled for the same extensibility point; Auth0 runs one hook of a point. Disable the others.",
                files(hooks)
            ));
        }
        self.problems.extend(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hooks_that_get_in_each_others_way_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let hooks = folder.path().join("hooks");
        fs::create_dir(&hooks).unwrap();
        fs::write(hooks.join("a.js"), "").unwrap();
        for (file, name) in [("a.json", "Some Hook"), ("b.json", "some-hook")] {
            let text = format!(
                r#"{{"name":"{name}","script":"./a.js","triggerId":"generic","enabled":true}}"#
            );
            fs::write(hooks.join(file), text).unwrap();
        }
        let workspace = Workspace::open(folder.path()).unwrap();
        assert_eq!(workspace.hooks.len(), 2);
        let told = workspace.problems.join("\n");
        for part in [
            "the same name",
            "the same script",
            "the same extensibility point",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert_eq!(told.matches("b.json").count(), 3, "{told}");
    }

    #[test]
    fn a_plain_folder_of_scripts_is_a_workspace() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.js", "A.js", "package.json", "notes.txt", ".a.js.Xy12Z3"] {
            fs::write(folder.path().join(name), "{}").unwrap();
        }
        let workspace = Workspace::open(folder.path()).unwrap();
        let names: Vec<_> = workspace
            .hooks
            .iter()
            .map(|hook| hook.name.as_str())
            .collect();
        assert_eq!(names, ["A", "b"]);
        assert_eq!(workspace.problems, Vec::<String>::new());
    }
}
