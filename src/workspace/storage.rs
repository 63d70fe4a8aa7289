//! The document of `context.webtask.storage` of each hook, kept between runs.

use std::path::{Path, PathBuf};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, key_of, read_if_there};
use super::file_error::FileError;

/// The documents of all hooks, one file each, which the owner alone may read: hooks keep tokens there.
#[derive(Clone, Debug)]
pub struct Storages {
    data: DataDir,
}

impl Storages {
    /// The documents in a data folder; nothing is created yet.
    #[must_use]
    pub fn new(data: &DataDir) -> Self {
        Self { data: data.clone() }
    }

    /// The document of the hook at `path`, JSON text.
    ///
    /// # Errors
    /// The file that holds it cannot be read.
    pub fn get(&self, path: &Path) -> Result<Option<String>, FileError> {
        read_if_there(&self.file_of(path))
    }

    /// Keeps `text` as the document of the hook at `path`; nothing forgets it.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn set(&self, path: &Path, text: Option<&str>) -> Result<(), FileError> {
        let file = self.file_of(path);
        let Some(text) = text else {
            return match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(FileError::writing(&file, &error))
                }
                _ => Ok(()),
            };
        };
        self.data.folder("storage")?;
        atomic::replace(&file, text.as_bytes(), Access::OwnerOnly)
    }

    fn file_of(&self, path: &Path) -> PathBuf {
        self.data
            .path("storage")
            .join(format!("{}.json", key_of(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_back_and_can_be_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let storages = Storages::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        storages.set(&path, None).unwrap();
        assert_eq!(storages.get(&path).unwrap(), None);
        storages.set(&path, Some(r#"{"count":1}"#)).unwrap();
        assert_eq!(
            storages.get(&path).unwrap().as_deref(),
            Some(r#"{"count":1}"#)
        );
        storages.set(&path, None).unwrap();
        assert_eq!(storages.get(&path).unwrap(), None);
    }
}
