//! Why a file could not be read or written, as a sentence an author can act on.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A file that could not be read or written. Each message names the path and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    #[error(
        "{path} does not exist. It may have been moved or deleted; open it from where it is now."
    )]
    NotFound { path: PathBuf },
    #[error(
        "{path} is a folder, not a file. Open it as a folder of hooks, or choose a file in it."
    )]
    IsFolder { path: PathBuf },
    #[error("{path} is a device or a pipe, not a file with text. Choose a regular file.")]
    NotRegular { path: PathBuf },
    #[error("You may not read {path}. Change its permissions, or open a copy that you may read.")]
    NotReadable { path: PathBuf },
    #[error(
        "{path} is {megabytes} MB; Hookbench opens files up to 16 MB. Check that it is the right file, or make it smaller."
    )]
    TooLarge { path: PathBuf, megabytes: u64 },
    #[error(
        "{path} is not UTF-8: the first byte that cannot be read stands in line {line}, column {column}. Convert the file to UTF-8 with the editor it was written in, then open it again."
    )]
    NotUtf8 {
        path: PathBuf,
        /// Counted from 1, by line feeds.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
    },
    #[error(
        "{path} is UTF-16 (line 1, column 1 holds its mark), not UTF-8. Save it as UTF-8 with the editor it was written in, then open it again."
    )]
    Utf16 { path: PathBuf },
    #[error(
        "{path} was changed by another program since it was read, so it was not overwritten. Load the file's version, or save over it."
    )]
    ChangedOutside { path: PathBuf },
    #[error(
        "{path} is read-only, so it was not saved. Make the file writable, or save under another name."
    )]
    ReadOnlyFile { path: PathBuf },
    #[error(
        "The folder {folder} is read-only, so {path} was not saved. Make the folder writable, or save elsewhere."
    )]
    ReadOnlyFolder { path: PathBuf, folder: PathBuf },
    #[error(
        "The disk that holds {path} is mounted read-only, so nothing was saved. Save elsewhere."
    )]
    ReadOnlyDisk { path: PathBuf },
    #[error(
        "The disk that holds {path} is full, so nothing was saved and the old version stands. Free some space, or save elsewhere."
    )]
    DiskFull { path: PathBuf },
    #[error(
        "The folder {folder} is gone, so {path} was not saved. Bring the folder back, or save elsewhere."
    )]
    FolderGone { path: PathBuf, folder: PathBuf },
    #[error("{path} is damaged: {reason}. {remedy}")]
    Damaged {
        path: PathBuf,
        reason: String,
        remedy: String,
    },
    #[error("{path} could not be read: {reason}. Check the disk and try again.")]
    Read { path: PathBuf, reason: String },
    #[error("{path} could not be written: {reason}. Check the disk, or save elsewhere.")]
    Write { path: PathBuf, reason: String },
}

impl FileError {
    /// What a failed read of `path` means.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NotFound { path },
            ErrorKind::PermissionDenied => Self::NotReadable { path },
            ErrorKind::IsADirectory => Self::IsFolder { path },
            _ => Self::Read {
                path,
                reason: error.to_string(),
            },
        }
    }

    /// What a failed write of `path`, in its folder, means.
    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory if !folder.is_dir() => {
                Self::FolderGone { path, folder }
            }
            ErrorKind::PermissionDenied => Self::ReadOnlyFolder { path, folder },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::IsADirectory => Self::IsFolder { path },
            _ => Self::Write {
                path,
                reason: error.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_that_the_old_version_stands() {
        let error = FileError::writing(
            Path::new("/somewhere/a.js"),
            &io::Error::from(ErrorKind::StorageFull),
        );
        assert_eq!(
            error.to_string(),
            "The disk that holds /somewhere/a.js is full, so nothing was saved and the old version stands. Free some space, or save elsewhere."
        );
    }

    #[test]
    fn a_folder_that_is_gone_is_told_from_other_failures() {
        let gone = FileError::writing(
            Path::new("/no/such/folder/a.js"),
            &io::Error::from(ErrorKind::NotFound),
        );
        assert!(matches!(gone, FileError::FolderGone { .. }), "{gone}");
        let other = FileError::writing(Path::new("/a.js"), &io::Error::from(ErrorKind::NotFound));
        assert!(matches!(other, FileError::Write { .. }), "{other}");
    }
}
