//! Where a hook's canned and recorded answers and its tenant's table lie: `mocks/<hook>.json` and
//! `recordings/<hook>.json` of a workspace, else the data folder. What the texts mean is the runner's affair.

use std::fs;
use std::path::{Path, PathBuf};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, key_of, read_if_there};
use super::file_error::FileError;

/// What is kept for a hook's HTTP calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Canned answers, in the form of `--mock`.
    Mocks,
    /// Recorded answers, in the form of `--record`.
    Recordings,
    /// The small tenant's table, one for all hooks of a folder; never in the workspace, whose `tenant.json` is Auth0's.
    Tenant,
}

impl Answers {
    fn folder(self) -> &'static str {
        match self {
            Self::Mocks => "mocks",
            Self::Recordings => "recordings",
            Self::Tenant => "tenants",
        }
    }
}

/// The files of all hooks.
#[derive(Clone, Debug)]
pub struct OutboxFiles {
    data: DataDir,
}

impl OutboxFiles {
    /// The files beside the data folder; nothing is created yet.
    pub fn new(data: &DataDir) -> Self {
        Self { data: data.clone() }
    }

    /// The file of a hook's answers, whether it is there or not.
    pub fn path_of(&self, script: &Path, answers: Answers) -> PathBuf {
        let place = place_in_workspace(script);
        match (answers, place) {
            (Answers::Tenant, place) => {
                let root = place.map_or_else(|| folder_of(script), |(root, _)| root);
                self.kept(answers, &root)
            }
            (_, Some((root, name))) => root.join(answers.folder()).join(format!("{name}.json")),
            (_, None) => self.kept(answers, script),
        }
    }

    fn kept(&self, answers: Answers, path: &Path) -> PathBuf {
        self.data
            .path(answers.folder())
            .join(format!("{}.json", key_of(path)))
    }

    /// The text of a hook's answers, `None` where there are none yet.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(&self, script: &Path, answers: Answers) -> Result<Option<String>, FileError> {
        read_if_there(&self.path_of(script, answers))
    }

    /// Keeps a text as a hook's answers.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, script: &Path, answers: Answers, text: &str) -> Result<(), FileError> {
        let path = self.path_of(script, answers);
        let access = if path.starts_with(self.data.path("")) {
            self.data.folder(answers.folder())?;
            Access::OwnerOnly
        } else {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|error| FileError::writing(folder, &error))?;
            }
            Access::AsBefore
        };
        atomic::replace(&path, text.as_bytes(), access)
    }
}

fn folder_of(script: &Path) -> PathBuf {
    script.parent().unwrap_or(Path::new(".")).to_owned()
}

/// The workspace of `hooks/<name>.js` and `actions/<name>/code.js`, and the name.
fn place_in_workspace(script: &Path) -> Option<(PathBuf, String)> {
    let named = |path: &Path, name: &str| path.file_name().is_some_and(|known| known == name);
    let folder = script.parent()?;
    if named(folder, "hooks") {
        let name = script.file_stem()?.to_string_lossy().into_owned();
        return Some((folder.parent()?.to_owned(), name));
    }
    let actions = folder.parent()?;
    (named(actions, "actions") && named(script, "code.js")).then(|| {
        let name = folder.file_name().unwrap_or_default();
        let root = actions.parent().unwrap_or(Path::new("."));
        (root.to_owned(), name.to_string_lossy().into_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_lie_in_the_workspace_or_else_in_the_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let files = OutboxFiles::new(&DataDir::at(&data));
        let root = folder.path().join("tenant");
        let mocks = |script: &str| files.path_of(&root.join(script), Answers::Mocks);
        assert_eq!(mocks("hooks/a b.js"), root.join("mocks/a b.json"));
        assert_eq!(
            mocks("actions/notify/code.js"),
            root.join("mocks/notify.json")
        );
        assert!(mocks("alone.js").starts_with(data.join("mocks")));
        assert_ne!(mocks("alone.js"), mocks("other.js"));
        let tenant = |script: &str| files.path_of(&root.join(script), Answers::Tenant);
        assert_eq!(tenant("hooks/a.js"), tenant("hooks/b.js"));
        assert!(tenant("hooks/a.js").starts_with(&data));
    }

    #[test]
    fn a_text_comes_back_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let files = OutboxFiles::new(&DataDir::at(folder.path().join("data")));
        for script in ["hooks/a.js", "alone.js"] {
            let script = folder.path().join(script);
            assert_eq!(files.read(&script, Answers::Mocks).unwrap(), None);
            files.write(&script, Answers::Mocks, "[]\n").unwrap();
            assert_eq!(
                files.read(&script, Answers::Mocks).unwrap().as_deref(),
                Some("[]\n")
            );
        }
    }
}
