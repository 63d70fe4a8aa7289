//! Which runs of Hookbench are still alive: each holds a lock on a file of its own for as long as it lives, and the
//! system lets go of the lock however the process ends.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::data_dir::{DataDir, hex};
use super::file_error::FileError;

const LOCK: &str = "alive.lock";
/// Held while sessions are begun or cleared away, so that none is cleared away while it begins.
const GATE: &str = "drafts.lock";
const FOLDER: &str = "drafts";

/// This run of Hookbench: a folder and the lock that says it is alive.
#[derive(Debug)]
pub(super) struct Session {
    pub name: String,
    pub folder: PathBuf,
    _alive: File,
}

impl Session {
    /// Begins a session.
    pub fn begin(data: &DataDir) -> Result<Self, FileError> {
        let _gate = data.lock(GATE)?;
        let name = random_name();
        let folder = data.folder(&format!("{FOLDER}/{name}"))?;
        let lock = folder.join(LOCK);
        let failed = |error: std::io::Error| FileError::writing(&lock, &error);
        let alive = File::create_new(&lock).map_err(failed)?;
        match alive.try_lock() {
            Ok(()) => {}
            // Without locks drafts are still kept; other windows will offer them too early rather than never.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
            Err(error) => return Err(failed(error.into())),
        }
        Ok(Self {
            name,
            folder,
            _alive: alive,
        })
    }
}

/// The folders of sessions that have ended, except the one named `own`.
pub(super) fn ended(data: &DataDir, own: Option<&str>) -> Result<Vec<PathBuf>, FileError> {
    let all = data.path(FOLDER);
    let listing = match fs::read_dir(&all) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FileError::reading(&all, &error)),
    };
    let mut folders = Vec::new();
    for item in listing {
        let folder = item
            .map_err(|error| FileError::reading(&all, &error))?
            .path();
        let is_own = own.is_some_and(|own| folder.file_name().is_some_and(|name| name == own));
        if folder.is_dir() && !is_own && has_ended(&folder) {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Whether the session of a folder has ended.
pub(super) fn has_ended(folder: &Path) -> bool {
    // Shared, so that two windows that look at the same time do not take each other for the session.
    match File::open(folder.join(LOCK)) {
        Ok(file) => !matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)),
        Err(_) => true,
    }
}

/// Removes the folder of an ended session once nothing but its lock and torn writes are left in it.
pub(super) fn clear_away(data: &DataDir, folder: &Path) {
    let Ok(_gate) = data.lock(GATE) else { return };
    let Ok(listing) = fs::read_dir(folder) else {
        return;
    };
    let left = listing.flatten().any(|item| {
        let name = item.file_name();
        let name = name.to_string_lossy();
        name.ends_with(".json") && !name.starts_with('.')
    });
    if !left && has_ended(folder) {
        // Best effort: an empty folder does no harm.
        let _ = fs::remove_dir_all(folder);
    }
}

/// A name nobody else has, 32 hexadecimal digits.
pub(super) fn random_name() -> String {
    let mut bytes = [0_u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // A system without randomness still has a clock and process numbers.
        let nanos = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos());
        bytes = (nanos ^ (u128::from(std::process::id()) << 96)).to_be_bytes();
    }
    hex(&bytes)
}
