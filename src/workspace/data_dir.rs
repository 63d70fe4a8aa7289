//! The user's data folder: where settings, secrets, drafts, snapshots and run history are kept.

use std::fs::{self, DirBuilder, File};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::atomic;
use super::file_error::FileError;

/// The environment variable that names another data folder.
const VARIABLE: &str = "HOOKBENCH_DATA_DIR";

/// The data folder. Nothing is created before the first write; then with mode 0700 where there are modes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    root: PathBuf,
}

/// Why there is no data folder.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DataDirError {
    #[error(
        "The system names no home folder, so Hookbench has nowhere to keep settings and drafts. Set HOOKBENCH_DATA_DIR to a folder of your own."
    )]
    NoHome,
}

impl DataDir {
    /// The folder in `HOOKBENCH_DATA_DIR`, else the system's place for data of programs.
    ///
    /// # Errors
    /// Where neither exists.
    pub fn of_user() -> Result<Self, DataDirError> {
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
            return Ok(Self::at(PathBuf::from(folder)));
        }
        directories::ProjectDirs::from("", "", "Hookbench")
            .map(|project| Self::at(project.data_dir()))
            .ok_or(DataDirError::NoHome)
    }

    /// A data folder at `path`.
    pub fn at(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        Self {
            root: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        }
    }

    /// The path of `name` in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder `name` in the data folder, created if need be; an empty name is the data folder itself.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf, FileError> {
        let folder = if name.is_empty() {
            self.root.clone()
        } else {
            self.root.join(name)
        };
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder
            .create(&folder)
            .map_err(|error| FileError::writing(&folder, &error))?;
        Ok(folder)
    }

    /// Waits for the lock `name` and holds it until the file is dropped. Windows of Hookbench that share the folder
    /// take turns through it.
    pub(super) fn lock(&self, name: &str) -> Result<File, FileError> {
        let path = self.folder("")?.join(name);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| FileError::writing(&path, &error))?;
        match file.lock() {
            Ok(()) => Ok(file),
            // Some network disks have no locks; one window alone needs none.
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(file),
            Err(error) => Err(FileError::writing(&path, &error)),
        }
    }
}

/// The name under which things kept for a file are stored: a hash of its real path.
pub(super) fn key_of(path: &Path) -> String {
    let real = atomic::real_path(path);
    hex(&Sha256::digest(real.as_os_str().as_encoded_bytes()))[..32].to_owned()
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

/// The text of a file in the data folder, `None` where it does not exist.
pub(super) fn read_if_there(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| FileError::Damaged {
                path: path.to_owned(),
                reason: "it is not UTF-8".to_owned(),
                remedy: "Move it away, and Hookbench starts a new one.".to_owned(),
            }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::reading(path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_created_before_the_first_write() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path().join("data"));
        assert_eq!(
            data.path("settings.json"),
            folder.path().join("data/settings.json")
        );
        assert!(!folder.path().join("data").exists());
        data.folder("drafts").unwrap();
        assert!(folder.path().join("data/drafts").is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path().join("data"));
        data.folder("drafts").unwrap();
        for made in ["data", "data/drafts"] {
            let mode = fs::metadata(folder.path().join(made))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }

    #[test]
    fn a_file_and_a_link_to_it_share_a_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.js");
        fs::write(&file, "").unwrap();
        assert_ne!(key_of(&file), key_of(&folder.path().join("b.js")));
        #[cfg(unix)]
        {
            let link = folder.path().join("link.js");
            std::os::unix::fs::symlink(&file, &link).unwrap();
            assert_eq!(key_of(&link), key_of(&file));
        }
    }
}
