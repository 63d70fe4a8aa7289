//! Looking at watched files every second, for systems that do not tell of changes.
//!
//! Notify's own poll watcher compares whole seconds and forward only, so it misses a second save within a second and a
//! restored older file; this one compares nanoseconds and sizes, of the files asked about alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, SystemTime};

const EVERY: Duration = Duration::from_secs(1);

/// What shows that a file is another than before.
type Stamp = (Option<SystemTime>, u64);
/// Per watched path the files under it: itself, or the direct entries of a folder.
type Seen = BTreeMap<PathBuf, BTreeMap<PathBuf, Stamp>>;

/// The thread that looks; it ends when this is dropped.
pub(super) struct Poll {
    seen: Arc<Mutex<Seen>>,
    _running: mpsc::Sender<()>,
}

impl Poll {
    /// Starts looking; every path that changed is sent to `changes`.
    pub fn start(changes: mpsc::Sender<PathBuf>) -> std::io::Result<Self> {
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let (running, stopped) = mpsc::channel();
        let shared = seen.clone();
        thread::Builder::new()
            .name("poll".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                    for path in changed(&mut lock(&shared)) {
                        if changes.send(path).is_err() {
                            return;
                        }
                    }
                }
            })?;
        Ok(Self {
            seen,
            _running: running,
        })
    }

    /// Looks at these paths from now on; what they hold at this moment is what changes are measured against.
    pub fn watch<'a>(&self, paths: impl Iterator<Item = &'a PathBuf>) {
        let mut seen = lock(&self.seen);
        let mut before = std::mem::take(&mut *seen);
        *seen = paths
            .map(|path| {
                (
                    path.clone(),
                    before.remove(path).unwrap_or_else(|| look(path)),
                )
            })
            .collect();
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

fn changed(seen: &mut Seen) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for (root, before) in seen {
        let now = look(root);
        paths.extend(
            now.iter()
                .filter(|(path, stamp)| before.get(*path) != Some(stamp))
                .map(|(path, _)| path.clone()),
        );
        paths.extend(
            before
                .keys()
                .filter(|path| !now.contains_key(*path))
                .cloned(),
        );
        *before = now;
    }
    paths
}

fn look(root: &Path) -> BTreeMap<PathBuf, Stamp> {
    let stamp = |path: PathBuf| {
        let metadata = fs::metadata(&path).ok()?;
        Some((path, (metadata.modified().ok(), metadata.len())))
    };
    match fs::read_dir(root) {
        Ok(listing) => listing
            .flatten()
            .filter_map(|item| stamp(item.path()))
            .collect(),
        Err(_) => stamp(root.to_owned()).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_save_within_a_second_and_an_older_file_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        fs::write(&path, "old").unwrap();
        let (file, dir) = (path.clone(), folder.path().to_owned());
        let mut seen = Seen::from([(file.clone(), look(&file)), (dir.clone(), look(&dir))]);
        assert_eq!(changed(&mut seen), Vec::<PathBuf>::new());
        fs::write(&path, "newer").unwrap();
        assert_eq!(changed(&mut seen), [path.clone(), path.clone()]);
        let back = SystemTime::UNIX_EPOCH + Duration::from_secs(5);
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(back)
            .unwrap();
        assert_eq!(changed(&mut seen), [path.clone(), path.clone()]);
        fs::remove_file(&path).unwrap();
        assert_eq!(changed(&mut seen), [path.clone(), path]);
        assert_eq!(changed(&mut seen), Vec::<PathBuf>::new());
    }
}
