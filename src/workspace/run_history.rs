//! The finished runs of each hook: JSON lines that are only ever appended to, cut back when they grow too long.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, key_of, read_if_there};
use super::file_error::FileError;
use super::moment;
use super::snapshots::append_line;

/// How many runs of a hook are kept for certain; the file is cut back to them when it holds twice as many.
pub const MAX_RUNS: usize = 200;
/// The size, in bytes, at which the file is cut back whatever it holds: reports with long logs are large.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// A finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The request id the logs show.
    pub id: String,
    #[serde(with = "moment")]
    pub at: SystemTime,
    /// The HTTP status of the answer; none where nothing was sent.
    pub status: Option<u16>,
    /// How the code ended, in a few words.
    pub completion: String,
    /// Milliseconds from the start to the end.
    pub duration_ms: f64,
    /// The body the run was given.
    pub body: String,
    /// The run's report as `hookbench run --format json` prints it, secrets masked.
    #[serde(default)]
    pub report: serde_json::Value,
}

/// The runs of all hooks.
#[derive(Clone, Debug)]
pub struct History {
    data: DataDir,
}

impl History {
    /// The runs in a data folder; nothing is created yet.
    pub fn new(data: &DataDir) -> Self {
        Self { data: data.clone() }
    }

    /// The newest `n` runs of the hook at `path`, newest first. Lines that a crash tore are left out.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn list(&self, path: &Path, n: usize) -> Result<Vec<HistoryEntry>, FileError> {
        let text = read_lossy(&self.file_of(path))?;
        let entries = text
            .lines()
            .rev()
            .filter_map(|line| serde_json::from_str(line).ok());
        Ok(entries.take(n).collect())
    }

    /// Adds a run of the hook at `path`.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn append(&self, path: &Path, entry: &HistoryEntry) -> Result<(), FileError> {
        self.data.folder("history")?;
        let _turn = self.data.lock("history.lock")?;
        let file = self.file_of(path);
        let line = serde_json::to_string(entry).map_err(|error| FileError::Write {
            path: file.clone(),
            reason: error.to_string(),
        })?;
        append_line(&file, &(line + "\n"))?;
        cut_back(&file)
    }

    /// Forgets the runs of the hook at `path`.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn clear(&self, path: &Path) -> Result<(), FileError> {
        let file = self.file_of(path);
        match fs::remove_file(&file) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(FileError::writing(&file, &error)),
        }
    }

    fn file_of(&self, path: &Path) -> PathBuf {
        self.data
            .path("history")
            .join(format!("{}.jsonl", key_of(path)))
    }
}

/// A torn line may end inside a character, which must not cost the lines around it.
fn read_lossy(file: &Path) -> Result<String, FileError> {
    match read_if_there(file) {
        Ok(text) => Ok(text.unwrap_or_default()),
        Err(FileError::Damaged { .. }) => fs::read(file)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(|error| FileError::reading(file, &error)),
        Err(error) => Err(error),
    }
}

fn cut_back(file: &Path) -> Result<(), FileError> {
    let size = fs::metadata(file).map_or(0, |metadata| metadata.len());
    // A line has a hundred bytes at least; short files need not be read.
    if size < (2 * MAX_RUNS * 100) as u64 {
        return Ok(());
    }
    let text = read_lossy(file)?;
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= 2 * MAX_RUNS && size <= MAX_BYTES {
        return Ok(());
    }
    let mut room = MAX_BYTES / 2;
    let newest = lines
        .iter()
        .rev()
        .take(MAX_RUNS)
        .enumerate()
        .take_while(|(at, line)| {
            let fits = line.len() as u64 <= room;
            room = room.saturating_sub(line.len() as u64);
            // The run that was just made stays, however large.
            fits || *at == 0
        });
    let mut kept: Vec<&str> = newest.map(|(_, line)| *line).collect();
    kept.reverse();
    atomic::replace(file, (kept.join("\n") + "\n").as_bytes(), Access::OwnerOnly)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(n: usize) -> HistoryEntry {
        HistoryEntry {
            id: format!("{n}"),
            at: SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(n as u64),
            status: n.is_multiple_of(2).then_some(200),
            completion: "called back".to_owned(),
            duration_ms: 1.25,
            body: "{\"user\": \"é\"}\n".to_owned(),
            report: serde_json::from_str(r#"{"stats": {"run_ms": 1e+21}}"#).unwrap(),
        }
    }

    #[test]
    fn the_newest_comes_first_and_nothing_is_altered() {
        let folder = tempfile::tempdir().unwrap();
        let history = History::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        for n in 0..3 {
            history.append(&path, &run(n)).unwrap();
        }
        assert_eq!(history.list(&path, 2).unwrap(), [run(2), run(1)]);
        history.clear(&path).unwrap();
        history.clear(&path).unwrap();
        assert_eq!(history.list(&path, 2).unwrap(), []);
    }

    #[test]
    fn a_torn_line_is_skipped_and_the_next_run_is_not_glued_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let history = History::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        history.append(&path, &run(1)).unwrap();
        history.append(&path, &run(2)).unwrap();
        let file = history.file_of(&path);
        let bytes = fs::read(&file).unwrap();
        // Cut inside the two bytes of the last é.
        let torn = bytes.iter().rposition(|byte| *byte == 0xc3).unwrap() + 1;
        fs::write(&file, &bytes[..torn]).unwrap();
        assert_eq!(history.list(&path, 9).unwrap(), [run(1)]);
        history.append(&path, &run(3)).unwrap();
        assert_eq!(history.list(&path, 9).unwrap(), [run(3), run(1)]);
    }

    #[test]
    fn a_long_history_is_cut_back_to_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let history = History::new(&DataDir::at(folder.path().join("data")));
        let path = folder.path().join("a.js");
        for n in 0..=2 * MAX_RUNS {
            history.append(&path, &run(n)).unwrap();
        }
        let list = history.list(&path, usize::MAX).unwrap();
        assert_eq!(list.len(), MAX_RUNS);
        assert_eq!(list[0], run(2 * MAX_RUNS));
    }
}
