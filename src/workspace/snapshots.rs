//! Earlier versions of a file, kept where something was about to replace or run them.
//!
//! Per file an index of lines and one file per distinct content, named by its SHA-256.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, hex, key_of, read_if_there};
use super::file_error::FileError;
use super::moment;

/// How many versions of one file are kept; beyond that the oldest goes.
pub const MAX_SNAPSHOTS: usize = 500;

/// Why a version was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A save replaced it.
    BeforeSave,
    /// A run used it.
    Run,
    /// Another program replaced it.
    ChangedOutside,
    /// An older version was brought back in its place.
    BeforeRestore,
}

/// A version that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    #[serde(with = "moment")]
    pub at: SystemTime,
    pub why: Why,
    /// Names the content: the SHA-256 of the text, in hexadecimal.
    pub id: String,
    /// Size of the text.
    pub bytes: u64,
}

/// What [`Snapshots::keep`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The version that holds the text now.
    pub snapshot: Snapshot,
    /// Old versions that went, because a file keeps at most [`MAX_SNAPSHOTS`].
    pub gone: Vec<Snapshot>,
}

/// The versions of all files.
#[derive(Clone, Debug)]
pub struct Snapshots {
    data: DataDir,
}

impl Snapshots {
    /// The versions in a data folder; nothing is created yet.
    pub fn new(data: &DataDir) -> Self {
        Self { data: data.clone() }
    }

    /// Keeps `text` as a version of the file at `path`. Nothing is added if the newest version is the same text.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn keep(&self, path: &Path, text: &str, why: Why) -> Result<Kept, FileError> {
        let folder = self.data.folder(&format!("snapshots/{}", key_of(path)))?;
        let _turn = self.data.lock("snapshots.lock")?;
        let mut all = read_index(&folder)?;
        let id = hex(&Sha256::digest(text.as_bytes()));
        if let Some(newest) = all.last().filter(|newest| newest.id == id) {
            return Ok(Kept {
                snapshot: newest.clone(),
                gone: Vec::new(),
            });
        }
        let snapshot = Snapshot {
            at: SystemTime::now(),
            why,
            bytes: text.len() as u64,
            id,
        };
        // The content first: an index line without content would be a promise broken.
        let content = folder.join(&snapshot.id);
        if !content.exists() {
            atomic::replace(&content, text.as_bytes(), Access::OwnerOnly)?;
        }
        all.push(snapshot.clone());
        let too_many = all.len().saturating_sub(MAX_SNAPSHOTS);
        let gone: Vec<Snapshot> = all.drain(..too_many).collect();
        if gone.is_empty() {
            append(&folder, &snapshot)?;
        } else {
            rewrite(&folder, &all)?;
            let needed: BTreeSet<&str> = all.iter().map(|kept| kept.id.as_str()).collect();
            for old in gone.iter().filter(|old| !needed.contains(old.id.as_str())) {
                // What cannot be removed now only takes room.
                let _ = fs::remove_file(folder.join(&old.id));
            }
        }
        Ok(Kept { snapshot, gone })
    }

    /// The versions of the file at `path`, newest first.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn list(&self, path: &Path) -> Result<Vec<Snapshot>, FileError> {
        let mut all = read_index(&self.folder_of(path))?;
        all.reverse();
        Ok(all)
    }

    /// The text of a version.
    ///
    /// # Errors
    /// There is no such version (any more), or its content is damaged.
    pub fn read(&self, path: &Path, id: &str) -> Result<String, FileError> {
        let content = self.folder_of(path).join(id);
        let known = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let text = if known {
            read_if_there(&content)?
        } else {
            None
        };
        let text = text.ok_or_else(|| FileError::NotFound {
            path: content.clone(),
        })?;
        if hex(&Sha256::digest(text.as_bytes())) != id {
            return Err(FileError::Damaged {
                path: content,
                reason: "it is not the version that was kept".to_owned(),
                remedy: "Choose another version.".to_owned(),
            });
        }
        Ok(text)
    }

    fn folder_of(&self, path: &Path) -> PathBuf {
        self.data.path("snapshots").join(key_of(path))
    }
}

fn read_index(folder: &Path) -> Result<Vec<Snapshot>, FileError> {
    let text = read_if_there(&folder.join("index.jsonl"))?.unwrap_or_default();
    // A torn line is one a crash interrupted; its content is at worst left over.
    Ok(text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

fn line_of(folder: &Path, snapshot: &Snapshot) -> Result<String, FileError> {
    let line = serde_json::to_string(snapshot).map_err(|error| FileError::Write {
        path: folder.join("index.jsonl"),
        reason: error.to_string(),
    })?;
    Ok(line + "\n")
}

fn append(folder: &Path, snapshot: &Snapshot) -> Result<(), FileError> {
    let path = folder.join("index.jsonl");
    append_line(&path, &line_of(folder, snapshot)?)
}

fn rewrite(folder: &Path, all: &[Snapshot]) -> Result<(), FileError> {
    let lines: Result<String, FileError> = all.iter().map(|one| line_of(folder, one)).collect();
    atomic::replace(
        &folder.join("index.jsonl"),
        lines?.as_bytes(),
        Access::OwnerOnly,
    )
}

/// Appends a line; after a torn last line it begins a new one.
pub(super) fn append_line(path: &Path, line: &str) -> Result<(), FileError> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let failed = |error: std::io::Error| FileError::writing(path, &error);
    let mut options = File::options();
    options.create(true).read(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(failed)?;
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0)).map_err(failed)? > 0 {
        file.seek(SeekFrom::End(-1)).map_err(failed)?;
        file.read_exact(&mut last).map_err(failed)?;
    }
    let line = if last == [b'\n'] {
        line.to_owned()
    } else {
        format!("\n{line}")
    };
    file.write_all(line.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_twice_is_one_version_and_a_return_to_it_another() {
        let folder = tempfile::tempdir().unwrap();
        let snapshots = Snapshots::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        for text in ["a", "a", "b", "a"] {
            snapshots.keep(&path, text, Why::BeforeSave).unwrap();
        }
        let list = snapshots.list(&path).unwrap();
        let texts: Vec<_> = list
            .iter()
            .map(|s| snapshots.read(&path, &s.id).unwrap())
            .collect();
        assert_eq!(texts, ["a", "b", "a"]);
        assert_eq!(list[0].id, list[2].id);
        assert!(snapshots.read(&path, "../../settings.json").is_err());
        assert!(snapshots.read(&path, "00").is_err());
    }

    #[test]
    fn the_oldest_goes_and_its_content_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let snapshots = Snapshots::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        let store = snapshots.folder_of(&path);
        snapshots.keep(&path, "first", Why::Run).unwrap();
        let first = snapshots.list(&path).unwrap().remove(0);
        // A full index, without the disk's time for 500 files.
        let full: Vec<Snapshot> = (0..MAX_SNAPSHOTS)
            .map(|n| Snapshot {
                id: if n == 0 {
                    first.id.clone()
                } else {
                    format!("{n:064x}")
                },
                ..first.clone()
            })
            .collect();
        rewrite(&store, &full).unwrap();
        let kept = snapshots.keep(&path, "new", Why::Run).unwrap();
        assert_eq!(kept.gone, std::slice::from_ref(&first));
        assert_eq!(snapshots.list(&path).unwrap().len(), MAX_SNAPSHOTS);
        assert!(snapshots.read(&path, &first.id).is_err());
        assert_eq!(snapshots.read(&path, &kept.snapshot.id).unwrap(), "new");
    }

    #[test]
    fn a_torn_line_costs_itself_alone() {
        let folder = tempfile::tempdir().unwrap();
        let snapshots = Snapshots::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        snapshots.keep(&path, "a", Why::Run).unwrap();
        let index = snapshots.folder_of(&path).join("index.jsonl");
        let torn = fs::read_to_string(&index).unwrap() + "{\"at\":\"20";
        fs::write(&index, torn).unwrap();
        snapshots.keep(&path, "b", Why::Run).unwrap();
        assert_eq!(snapshots.list(&path).unwrap().len(), 2);
    }
}
