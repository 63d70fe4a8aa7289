//! Replacing a file as a whole: a reader, and a crash, see the old version or the new one, never a half.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::file_error::FileError;

/// Who may read the file afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// As it was; a new file as the system makes new files.
    AsBefore,
    /// The owner alone (0600 where the system has such modes).
    OwnerOnly,
}

/// The file that `path` really names: absolute, links followed, also where the file itself does not exist yet.
pub(super) fn real_path(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(target) = fs::read_link(&absolute) {
        // A link whose target is missing: the target is what a write should create.
        return absolute
            .parent()
            .map_or(target.clone(), |folder| folder.join(&target));
    }
    match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => {
            fs::canonicalize(folder).map_or_else(|_| absolute.clone(), |real| real.join(name))
        }
        _ => absolute,
    }
}

/// Writes `bytes` beside `path`; they take its place only with [`commit`], and vanish without it.
pub(super) fn stage(
    path: &Path,
    bytes: &[u8],
    access: Access,
) -> Result<AtomicWriteFile, FileError> {
    refuse_unwritable(path)?;
    let mut file = open(path, access).map_err(|error| FileError::writing(path, &error))?;
    file.write_all(bytes)
        .map_err(|error| FileError::writing(path, &error))?;
    Ok(file)
}

/// Lets the staged bytes take the place of `path`, flushed to the disk.
pub(super) fn commit(path: &Path, staged: AtomicWriteFile) -> Result<(), FileError> {
    staged
        .commit()
        .map_err(|error| FileError::writing(path, &error))
}

/// [`stage`] and [`commit`] in one.
pub(super) fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    commit(path, stage(path, bytes, access)?)
}

#[cfg(unix)]
fn open(path: &Path, access: Access) -> io::Result<AtomicWriteFile> {
    use atomic_write_file::unix::OpenOptionsExt as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    let mut options = AtomicWriteFile::options();
    if access == Access::OwnerOnly {
        options.preserve_mode(false).mode(0o600);
    }
    options.open(path)
}

#[cfg(not(unix))]
fn open(path: &Path, _access: Access) -> io::Result<AtomicWriteFile> {
    AtomicWriteFile::options().open(path)
}

/// Replacing needs leave to write the folder only, so a file that says "read-only" has to be asked itself.
fn refuse_unwritable(path: &Path) -> Result<(), FileError> {
    let Ok(metadata) = fs::metadata(path) else {
        return Ok(());
    };
    let path = path.to_owned();
    if metadata.is_dir() {
        return Err(FileError::IsFolder { path });
    }
    if !metadata.is_file() {
        return Err(FileError::NotRegular { path });
    }
    if metadata.permissions().readonly() {
        return Err(FileError::ReadOnlyFile { path });
    }
    match OpenOptions::new().write(true).open(&path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(FileError::ReadOnlyFile { path })
        }
        Err(error) => Err(FileError::writing(&path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_without_commit_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        fs::write(&path, "old").unwrap();
        drop(stage(&path, b"new", Access::AsBefore).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_read_only_file_is_refused_also_for_root() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = replace(&path, b"new", Access::AsBefore).unwrap_err();
        assert_eq!(error, FileError::ReadOnlyFile { path: path.clone() });
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[test]
    fn a_file_that_is_not_there_yet_has_a_real_path() {
        let folder = tempfile::tempdir().unwrap();
        let real = fs::canonicalize(folder.path()).unwrap();
        assert_eq!(
            real_path(&folder.path().join("new.js")),
            real.join("new.js")
        );
    }
}
