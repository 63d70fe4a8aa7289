//! The last body of each hook, so that the runner's panes are found as they were left.

use std::path::{Path, PathBuf};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, key_of, read_if_there};
use super::file_error::FileError;

/// The bodies of all hooks, one file each, exactly as typed.
#[derive(Clone, Debug)]
pub struct Payloads {
    data: DataDir,
}

impl Payloads {
    /// The bodies in a data folder; nothing is created yet.
    pub fn new(data: &DataDir) -> Self {
        Self { data: data.clone() }
    }

    /// The last body of the hook at `path`.
    ///
    /// # Errors
    /// The file that holds it cannot be read.
    pub fn get(&self, path: &Path) -> Result<Option<String>, FileError> {
        read_if_there(&self.file_of(path))
    }

    /// Keeps `text` as the body of the hook at `path`.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn set(&self, path: &Path, text: &str) -> Result<(), FileError> {
        self.data.folder("payloads")?;
        let file = self.file_of(path);
        // Asked for after every pause in typing; a body that is the same costs no write.
        if read_if_there(&file).is_ok_and(|kept| kept.as_deref() == Some(text)) {
            return Ok(());
        }
        atomic::replace(&file, text.as_bytes(), Access::OwnerOnly)
    }

    fn file_of(&self, path: &Path) -> PathBuf {
        self.data
            .path("payloads")
            .join(format!("{}.json", key_of(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_comes_back_as_it_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        let payloads = Payloads::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        assert_eq!(payloads.get(&path).unwrap(), None);
        payloads.set(&path, "{ not yet JSON\r\n").unwrap();
        payloads.set(&folder.path().join("b.js"), "{}").unwrap();
        assert_eq!(
            payloads.get(&path).unwrap().as_deref(),
            Some("{ not yet JSON\r\n")
        );
    }
}
