//! One hook on disk: its script, its sidecar, and what the sidecar says.

use std::path::{Path, PathBuf};

use super::action_entry;
use super::atomic::real_path;
use super::sidecar::{Sidecar, file_name};
use super::workspace_folder::WorkspaceError;
use crate::auth0::Point;

/// A hook of a workspace, or a single script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookEntry {
    /// As the sidecar names it, else the script's name without `.js`.
    pub name: String,
    pub script: PathBuf,
    /// The JSON beside it, where there is one.
    pub sidecar: Option<PathBuf>,
    /// `None` where no sidecar names it; the code's signature may.
    pub point: Option<Point>,
    pub enabled: bool,
    /// Whether the sidecar says so, or says the contrary.
    pub enabled_said: bool,
    /// What is wrong with the hook's files, as a sentence; in a workspace, why the hook cannot be opened.
    pub problem: Option<String>,
}

impl HookEntry {
    /// A single script, with what `<stem>.json` beside it says if that is a hook's sidecar; in a folder `hooks` another
    /// sidecar may name the script too. Of a sidecar itself, the hook it describes.
    pub fn of_file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let folder = path.parent().unwrap_or(Path::new("."));
        let in_hooks = folder.file_name().is_some_and(|name| name == "hooks");
        let root = folder.parent().filter(|_| in_hooks).unwrap_or(folder);
        let beside = path.with_extension("json");
        match beside.is_file().then(|| Sidecar::read(&beside)) {
            Some(Ok(Some(sidecar))) if beside == path => Self::of_sidecar(&sidecar, root),
            Some(Ok(Some(sidecar))) => Self::script_of(path, &sidecar, root),
            Some(Err(problem)) => Self {
                problem: Some(problem),
                ..Self::bare(path)
            },
            Some(Ok(None)) | None => in_hooks
                .then(|| named_in(folder, path, root))
                .flatten()
                .map(|sidecar| Self::script_of(path, &sidecar, root))
                .or_else(|| action_entry::of_script(path))
                .unwrap_or_else(|| Self::bare(path)),
        }
    }

    /// The hook of a sidecar under the script that was asked for, whatever path the sidecar spells.
    fn script_of(script: &Path, sidecar: &Sidecar, root: &Path) -> Self {
        Self {
            script: script.to_owned(),
            problem: sidecar.point().err(),
            ..Self::of_sidecar(sidecar, root)
        }
    }

    /// The hook a sidecar describes, in the workspace `root`.
    pub(super) fn of_sidecar(sidecar: &Sidecar, root: &Path) -> Self {
        let (script, problem) = sidecar.script(root);
        Self {
            name: sidecar
                .name()
                .map_or_else(|| stem(sidecar.path()), str::to_owned),
            sidecar: Some(sidecar.path().to_owned()),
            // A trigger that Auth0 does not have is told by the workspace; the code can be opened all the same.
            point: sidecar.point().ok().flatten(),
            enabled: sidecar.enabled(),
            enabled_said: sidecar.says_enabled(),
            problem: problem.filter(|_| !script.is_file()),
            script,
        }
    }

    /// A script without a sidecar.
    pub(super) fn bare(script: &Path) -> Self {
        Self {
            name: stem(script),
            script: script.to_owned(),
            sidecar: None,
            point: None,
            enabled: false,
            enabled_said: false,
            problem: None,
        }
    }
}

/// Writes the hook's point into its sidecar, or a new sidecar beside the script, and returns the hook as it is then.
///
/// # Errors
/// The sidecar cannot be read or written, or another program's JSON has its name.
pub fn set_point(entry: &HookEntry, point: Point) -> Result<HookEntry, WorkspaceError> {
    let sidecar = match &entry.sidecar {
        Some(path) => {
            Sidecar::read(path)
                .map_err(WorkspaceError::Sidecar)?
                .ok_or_else(|| WorkspaceError::NotASidecar { path: path.clone() })?
                .write_point(point)?;
            path.clone()
        }
        None => {
            let path = entry.script.with_extension("json");
            if path.exists() {
                return Err(WorkspaceError::NotASidecar { path });
            }
            let script = file_name(&entry.script);
            let text = Sidecar::text_of_new(&entry.name, point, &script, entry.enabled);
            super::create::write_new(&path, &text)?;
            path
        }
    };
    Ok(HookEntry {
        sidecar: Some(sidecar),
        point: Some(point),
        // A new sidecar says it.
        enabled_said: entry.enabled_said || entry.sidecar.is_none(),
        ..entry.clone()
    })
}

/// The sidecar in `folder` that names `script`.
fn named_in(folder: &Path, script: &Path, root: &Path) -> Option<Sidecar> {
    let real = real_path(script);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|item| item.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|path| Sidecar::read(path).ok().flatten())
        .find(|sidecar| real_path(&sidecar.script(root).0) == real)
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_script_alone_has_its_file_name_and_no_point() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("add roles.js");
        fs::write(&script, "").unwrap();
        fs::write(folder.path().join("add roles.json"), r#"{"some": "data"}"#).unwrap();
        let entry = HookEntry::of_file(&script);
        assert_eq!(entry, HookEntry::bare(&script));
        assert_eq!(entry.name, "add roles");
        // The JSON beside it is someone else's and stays so.
        assert!(set_point(&entry, Point::Generic).is_err());
    }

    #[test]
    fn a_sidecar_of_another_name_is_found_in_a_hooks_folder() {
        let folder = tempfile::tempdir().unwrap();
        let hooks = folder.path().join("hooks");
        fs::create_dir(&hooks).unwrap();
        let script = hooks.join("client-credentials-exchange.js");
        fs::write(&script, "").unwrap();
        let text = r#"{"name": "cce", "triggerId": "credentials-exchange", "script": "./hooks/client-credentials-exchange.js"}"#;
        fs::write(hooks.join("cce-hook.json"), text).unwrap();
        let entry = HookEntry::of_file(&script);
        assert_eq!(
            (entry.name.as_str(), entry.point),
            ("cce", Some(Point::CredentialsExchange))
        );
        assert_eq!(HookEntry::of_file(hooks.join("cce-hook.json")), entry);
    }

    #[test]
    fn choosing_a_point_writes_a_sidecar_that_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("roles.js");
        fs::write(&script, "").unwrap();
        let entry = set_point(&HookEntry::of_file(&script), Point::CredentialsExchange).unwrap();
        assert_eq!(HookEntry::of_file(&script), entry);
        let entry = set_point(&entry, Point::PostChangePassword).unwrap();
        assert_eq!(HookEntry::of_file(&script), entry);
    }
}
