//! Unsaved edits, kept against a crash. What an ended session left behind is offered to the next one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, key_of, read_if_there};
use super::file_error::FileError;
use super::moment;
use super::sessions::{self, Session};
use super::text_file::Fingerprint;

/// Unsaved edits of one hook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Of this session: [`Draft::id_of`] or [`Draft::new_id`]. Of an ended session: `session/id`, so that what this
    /// session keeps of the same file is not mistaken for it.
    pub id: String,
    /// The hook's file; `None` for one that was never saved. Bytes of a name that are no UTF-8 come back as U+FFFD: the
    /// file is then not found again, but the edits are.
    #[serde(serialize_with = "lossy")]
    pub path: Option<PathBuf>,
    pub code: String,
    /// The body in the runner's panes.
    pub body: Option<String>,
    #[serde(with = "moment")]
    pub at: SystemTime,
    /// The version of the file that the edits began with.
    pub base: Option<Fingerprint>,
}

impl Draft {
    /// The id of the draft of a file; links to a file share it.
    pub fn id_of(path: &Path) -> String {
        key_of(path)
    }

    /// An id for code that has no file yet.
    pub fn new_id() -> String {
        sessions::random_name()
    }
}

/// The drafts of this session, and those that ended ones left behind. One per application.
#[derive(Debug)]
pub struct Drafts {
    data: DataDir,
    session: OnceLock<Session>,
}

impl Drafts {
    /// The drafts in a data folder. The session begins with its first draft.
    pub fn new(data: &DataDir) -> Self {
        Self {
            data: data.clone(),
            session: OnceLock::new(),
        }
    }

    /// Keeps a draft, in place of an earlier one of the same id. A kill at any moment leaves the one or the other.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn keep(&self, draft: &Draft) -> Result<(), FileError> {
        let id = bare(&draft.id);
        let file = file_of(&self.session()?.folder, id)?;
        let draft = Draft {
            id: id.to_owned(),
            ..draft.clone()
        };
        let text = serde_json::to_string(&draft).map_err(|error| FileError::Write {
            path: file.clone(),
            reason: error.to_string(),
        })?;
        atomic::replace(&file, text.as_bytes(), Access::OwnerOnly)
    }

    /// Removes the draft `id`: of this session, or, with an id from [`Drafts::list`], of an ended one.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn discard(&self, id: &str) -> Result<(), FileError> {
        match id.split_once('/') {
            Some((session, id)) => {
                let folder = self.left_behind(session)?;
                remove(&file_of(&folder, id)?)?;
                sessions::clear_away(&self.data, &folder);
                Ok(())
            }
            None => match self.session.get() {
                Some(session) => remove(&file_of(&session.folder, id)?),
                None => Ok(()),
            },
        }
    }

    /// The drafts that ended sessions left behind, newest first. Those of windows that are still open are not among them.
    ///
    /// # Errors
    /// The folder cannot be read. A draft that cannot be read is left out.
    pub fn list(&self) -> Result<Vec<Draft>, FileError> {
        let own = self.session.get().map(|session| session.name.as_str());
        let mut drafts = Vec::new();
        for folder in sessions::ended(&self.data, own)? {
            let Some(session) = folder.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let listing =
                fs::read_dir(&folder).map_err(|error| FileError::reading(&folder, &error))?;
            let before = drafts.len();
            for item in listing.flatten() {
                let path = item.path();
                if path
                    .extension()
                    .is_some_and(|extension| extension == "json")
                    && let Ok(Some(text)) = read_if_there(&path)
                    && let Ok(mut draft) = serde_json::from_str::<Draft>(&text)
                {
                    draft.id = format!("{session}/{}", draft.id);
                    drafts.push(draft);
                }
            }
            if drafts.len() == before {
                sessions::clear_away(&self.data, &folder);
            }
        }
        drafts.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
        Ok(drafts)
    }

    /// Makes a draft of [`Drafts::list`] one of this session's, unless this session has a newer one of the same file.
    /// Returns its id from now on.
    ///
    /// # Errors
    /// It is gone, since another window took it; or the folder cannot be written.
    pub fn adopt(&self, id: &str) -> Result<String, FileError> {
        let Some((session, own)) = id.split_once('/') else {
            return Ok(id.to_owned());
        };
        let folder = self.left_behind(session)?;
        let from = file_of(&folder, own)?;
        let to = file_of(&self.session()?.folder, own)?;
        if to.exists() {
            remove(&from)?;
        } else {
            fs::rename(&from, &to).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => FileError::NotFound { path: from.clone() },
                _ => FileError::writing(&to, &error),
            })?;
        }
        sessions::clear_away(&self.data, &folder);
        Ok(own.to_owned())
    }

    fn session(&self) -> Result<&Session, FileError> {
        if let Some(session) = self.session.get() {
            return Ok(session);
        }
        let begun = Session::begin(&self.data)?;
        Ok(self.session.get_or_init(|| begun))
    }

    /// The folder of an ended session; a living one's drafts are not ours to touch.
    fn left_behind(&self, session: &str) -> Result<PathBuf, FileError> {
        let folder = file_of(&self.data.path("drafts"), session)?.with_extension("");
        if folder.is_dir() && sessions::has_ended(&folder) {
            Ok(folder)
        } else {
            Err(FileError::NotFound { path: folder })
        }
    }
}

fn lossy<S: serde::Serializer>(path: &Option<PathBuf>, to: S) -> Result<S::Ok, S::Error> {
    path.as_ref()
        .map(|path| path.to_string_lossy())
        .serialize(to)
}

fn bare(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, id)| id)
}

/// Ids are hexadecimal; anything else could name a file elsewhere.
fn file_of(folder: &Path, id: &str) -> Result<PathBuf, FileError> {
    let good = !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let path = folder.join(format!("{id}.json"));
    if good {
        Ok(path)
    } else {
        Err(FileError::NotFound { path })
    }
}

fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FileError::writing(path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(path: &Path, code: &str) -> Draft {
        Draft {
            id: Draft::id_of(path),
            path: Some(path.to_owned()),
            code: code.to_owned(),
            body: None,
            at: SystemTime::now(),
            base: Some(Fingerprint::of(b"old")),
        }
    }

    #[test]
    fn only_ended_sessions_drafts_are_offered() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path().join("data"));
        let path = folder.path().join("a.js");
        let (first, second) = (Drafts::new(&data), Drafts::new(&data));
        first.keep(&draft(&path, "one")).unwrap();
        assert_eq!(second.list().unwrap(), []);
        drop(first);
        let left = second.list().unwrap();
        assert_eq!((left.len(), left[0].code.as_str()), (1, "one"));
        // What this session does with the same file leaves the offer alone.
        second.keep(&draft(&path, "two")).unwrap();
        second.discard(&Draft::id_of(&path)).unwrap();
        assert_eq!(second.list().unwrap(), left);
        second.discard(&left[0].id).unwrap();
        assert_eq!(second.list().unwrap(), []);
    }

    #[test]
    fn an_adopted_draft_is_this_sessions_own() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path().join("data"));
        let path = folder.path().join("a.js");
        let first = Drafts::new(&data);
        first.keep(&draft(&path, "one")).unwrap();
        drop(first);
        let (second, third) = (Drafts::new(&data), Drafts::new(&data));
        let id = second.list().unwrap().remove(0).id;
        assert_eq!(second.adopt(&id).unwrap(), Draft::id_of(&path));
        assert_eq!(third.list().unwrap(), []);
        assert!(third.adopt(&id).is_err());
        drop(second);
        let left = third.list().unwrap();
        assert_eq!(left[0].code, "one");
        // The session that was adopted from is cleared away with its last draft.
        assert_eq!(fs::read_dir(data.path("drafts")).unwrap().count(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_name_that_is_no_utf8_does_not_cost_the_edits() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path().join("data"));
        let path = folder
            .path()
            .join(std::ffi::OsStr::from_bytes(b"caf\xe9.js"));
        let first = Drafts::new(&data);
        first.keep(&draft(&path, "one")).unwrap();
        drop(first);
        assert_eq!(Drafts::new(&data).list().unwrap()[0].code, "one");
    }

    #[test]
    fn an_id_cannot_reach_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(&DataDir::at(folder.path().join("data")));
        let evil = Draft {
            id: "../x".to_owned(),
            ..draft(Path::new("/a.js"), "")
        };
        drafts.keep(&draft(Path::new("/a.js"), "")).unwrap();
        assert!(drafts.discard("a/../b").is_err());
        assert!(drafts.discard("..").is_err());
        drafts.keep(&evil).unwrap();
        assert!(!folder.path().join("data/x.json").exists());
    }
}
