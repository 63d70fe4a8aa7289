//! Notices when other programs change files. The system tells; where it cannot, the files are looked at every second.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::atomic::real_path;
use super::poll::Poll;

/// A burst is over when nothing has happened for this long …
const QUIET: Duration = Duration::from_millis(100);
/// … and a burst that does not end is told in parts.
const LONGEST_BURST: Duration = Duration::from_millis(500);

/// Real path of what is watched, to the path by which the caller knows it.
type Names = BTreeMap<PathBuf, PathBuf>;

/// Watches a set of files and folders.
pub struct Watcher {
    system: Option<RecommendedWatcher>,
    poll: Option<Poll>,
    sender: mpsc::Sender<PathBuf>,
    names: Arc<Mutex<Names>>,
    folders: BTreeSet<PathBuf>,
    problem: Option<String>,
}

impl Watcher {
    /// A watcher of nothing yet. `callback` is called on a thread of its own with the path of what changed: a watched file
    /// by the name it was given under, or a file in a watched folder. Never fails: see [`Watcher::problem`].
    pub fn new(callback: impl Fn(PathBuf) + Send + 'static) -> Self {
        let (sender, events) = mpsc::channel();
        let names: Arc<Mutex<Names>> = Arc::default();
        let known = names.clone();
        let thread = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || tell(&events, &known, callback));
        let mut watcher = Self {
            system: None,
            poll: None,
            sender,
            names,
            folders: BTreeSet::new(),
            problem: None,
        };
        if let Err(error) = thread {
            watcher.problem = Some(format!(
                "Changes by other programs are not noticed, because the system gives no thread for it: {error}. Reload files by hand."
            ));
            return watcher;
        }
        match RecommendedWatcher::new(handler(&watcher.sender), Config::default()) {
            Ok(system) => watcher.system = Some(system),
            Err(error) => watcher.poll_instead(&error),
        }
        watcher
    }

    /// Watches these files and folders, and no others. Of a file its folder is watched, because programs that save safely
    /// replace it; of a folder its direct entries. What does not exist yet is noticed when it appears in its folder.
    pub fn watch(&mut self, paths: &[PathBuf]) {
        let mut names = Names::new();
        let mut folders = BTreeSet::new();
        for path in paths {
            let real = real_path(path);
            let folder = if real.is_dir() {
                Some(&*real)
            } else {
                real.parent()
            };
            folders.extend(folder.filter(|folder| folder.is_dir()).map(Path::to_owned));
            // The link itself may be replaced as well as what it points to.
            if let (Ok(absolute), Ok(true)) = (
                std::path::absolute(path),
                path.symlink_metadata().map(|m| m.is_symlink()),
            ) {
                let beside = absolute.parent().map(real_path);
                if let (Some(folder), Some(name)) = (beside, absolute.file_name()) {
                    names.insert(folder.join(name), path.clone());
                    folders.insert(folder);
                }
            }
            names.insert(real, path.clone());
        }
        *lock(&self.names) = names;
        self.look_after();
        self.watch_folders(folders);
    }

    /// Why changes are noticed late or not at all, as a sentence.
    pub fn problem(&self) -> Option<String> {
        self.problem.clone()
    }

    fn watch_folders(&mut self, folders: BTreeSet<PathBuf>) {
        let Some(system) = &mut self.system else {
            return;
        };
        for gone in self.folders.difference(&folders) {
            // A folder that was deleted is no longer watched anyway.
            let _ = system.unwatch(gone);
        }
        let mut failure = None;
        // All of them, also the known: a folder that was deleted and made anew has lost its watch.
        for folder in &folders {
            if let Err(error) = system.watch(folder, RecursiveMode::NonRecursive)
                // One that was deleted this moment is no fault of the system's.
                && folder.is_dir()
            {
                failure = Some(error);
            }
        }
        self.folders = folders;
        if let Some(error) = failure {
            self.poll_instead(&error);
        }
    }

    fn poll_instead(&mut self, reason: &notify::Error) {
        self.system = None;
        self.problem = Some(match Poll::start(self.sender.clone()) {
            Ok(poll) => {
                self.poll = Some(poll);
                self.look_after();
                format!(
                    "The system does not tell of changed files ({reason}), so Hookbench looks at them every second."
                )
            }
            Err(error) => format!(
                "Changes by other programs are not noticed ({reason}; {error}). Reload files by hand."
            ),
        });
    }

    fn look_after(&self) {
        if let Some(poll) = &self.poll {
            poll.watch(lock(&self.names).keys());
        }
    }
}

fn lock(names: &Mutex<Names>) -> MutexGuard<'_, Names> {
    names.lock().unwrap_or_else(PoisonError::into_inner)
}

fn handler(
    sender: &mpsc::Sender<PathBuf>,
) -> impl Fn(notify::Result<Event>) + Send + 'static + use<> {
    let sender = sender.clone();
    move |event| {
        let Ok(event) = event else { return };
        if event.kind.is_access() {
            return;
        }
        for path in event.paths {
            // Nobody listens only while the window closes.
            let _ = sender.send(path);
        }
    }
}

/// Gathers each burst and tells it once per path, until the watcher is dropped.
fn tell(events: &mpsc::Receiver<PathBuf>, names: &Mutex<Names>, callback: impl Fn(PathBuf)) {
    while let Ok(first) = events.recv() {
        let begun = Instant::now();
        let mut burst = BTreeSet::from([first]);
        while begun.elapsed() < LONGEST_BURST {
            match events.recv_timeout(QUIET) {
                Ok(path) => burst.insert(path),
                Err(_) => break,
            };
        }
        let told: BTreeSet<PathBuf> = {
            let names = lock(names);
            burst
                .iter()
                .filter_map(|path| name_of(&names, path))
                .collect()
        };
        for path in told {
            callback(path);
        }
    }
}

/// How the caller knows a path that changed; `None` for what nobody asked about.
fn name_of(names: &Names, path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let folder = path.parent()?;
    let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    if let Some(known) = names.get(&real.join(name)).or_else(|| names.get(path)) {
        return Some(known.clone());
    }
    // Names with a dot in front are temporary files of programs that save safely, ours among them.
    let folder = names.get(&real)?;
    (!name.to_string_lossy().starts_with('.')).then(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn temporary_files_and_strangers_are_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let real = fs::canonicalize(folder.path()).unwrap();
        let alone = Names::from([(real.join("a.js"), PathBuf::from("a.js"))]);
        assert_eq!(
            name_of(&alone, &real.join("a.js")),
            Some(PathBuf::from("a.js"))
        );
        assert_eq!(name_of(&alone, &real.join("b.js")), None);
        let whole = Names::from([(real.clone(), PathBuf::from("w"))]);
        assert_eq!(
            name_of(&whole, &real.join("b.js")),
            Some(PathBuf::from("w/b.js"))
        );
        assert_eq!(name_of(&whole, &real.join(".b.js.Xy12Z3")), None);
    }

    #[test]
    fn polling_notices_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        fs::write(&path, "old").unwrap();
        let (told, heard) = mpsc::channel();
        let mut watcher = Watcher::new(move |path| {
            let _ = told.send(path);
        });
        watcher.watch(std::slice::from_ref(&path));
        watcher.poll_instead(&notify::Error::generic("as a test"));
        assert!(watcher.problem().unwrap().contains("every second"));
        fs::write(&path, "newer").unwrap();
        assert_eq!(heard.recv_timeout(Duration::from_secs(10)).unwrap(), path);
    }
}
