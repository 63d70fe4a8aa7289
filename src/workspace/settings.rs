//! What the user chose: theme, limits, panes, recent files. Unknown keys of the file are kept, damaged ones set aside.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::atomic::{self, Access};
use super::data_dir::{DataDir, read_if_there};
use super::file_error::FileError;

const FILE: &str = "settings.json";
const ASIDE: &str = "settings.damaged.json";

/// How many recent files and folders are remembered.
pub const MAX_RECENT: usize = 12;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the system is set.
    #[default]
    System,
    Light,
    Dark,
}

/// The settings. Values read from disk are brought into sane ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: ThemeChoice,
    /// Colours that stand out more, whatever the theme.
    pub high_contrast: bool,
    /// 1 is the system's own size.
    pub zoom: f32,
    /// The family of the code's letters; empty for the built-in one.
    pub code_font: String,
    /// Size of the code's letters, in points.
    pub code_size: f32,
    /// Whether lines longer than their pane go on in the next row.
    pub wrap_lines: bool,
    /// Whether a save takes blanks off the ends of lines that were changed, and ends the last one.
    pub tidy_on_save: bool,
    /// Keys that are not the usual ones, by command: such as `"DeleteLine": ["Ctrl+Shift+D"]`.
    pub shortcuts: BTreeMap<String, Vec<String>>,
    /// Seconds a run may take.
    pub time_limit_s: u32,
    /// Seconds of processor time a run may use.
    pub cpu_limit_s: u32,
    /// MiB a run may use.
    pub memory_mib: u32,
    /// Whether the logs follow their end.
    pub autoscroll: bool,
    /// Whether the note above the Run button is still shown.
    pub run_note_shown: bool,
    /// Hosts that runs reach though they are offline.
    pub allowed_hosts: Vec<String>,
    /// The proxy's URL for live calls; empty for the environment's.
    pub proxy: String,
    /// Newest first, at most [`MAX_RECENT`].
    #[serde(serialize_with = "writable")]
    pub recent: Vec<PathBuf>,
    /// Width and height of the window, in points.
    pub window: Option<[f32; 2]>,
    pub panes: Panes,
    #[serde(skip)]
    unknown: Map<String, Value>,
}

/// Which panes are shown, and how large; sizes in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panes {
    pub sidebar_shown: bool,
    pub sidebar_width: f32,
    pub runner_shown: bool,
    pub runner_width: f32,
    pub logs_shown: bool,
    pub logs_height: f32,
    /// Heights the user gave to panes of the runner, by their names.
    pub pane_heights: BTreeMap<String, f32>,
    /// The panes of the runner that are shown as a tree, by their names.
    pub trees: BTreeSet<String>,
    #[serde(skip)]
    unknown: Map<String, Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            high_contrast: false,
            zoom: 1.0,
            code_font: String::new(),
            code_size: 13.0,
            wrap_lines: false,
            tidy_on_save: true,
            shortcuts: BTreeMap::new(),
            time_limit_s: 20,
            cpu_limit_s: 20,
            memory_mib: 256,
            autoscroll: true,
            run_note_shown: true,
            allowed_hosts: Vec::new(),
            proxy: String::new(),
            recent: Vec::new(),
            window: None,
            panes: Panes::default(),
            unknown: Map::new(),
        }
    }
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            sidebar_shown: true,
            sidebar_width: 210.0,
            runner_shown: true,
            runner_width: 430.0,
            logs_shown: true,
            logs_height: 170.0,
            pane_heights: BTreeMap::new(),
            trees: BTreeSet::new(),
            unknown: Map::new(),
        }
    }
}

impl Settings {
    /// The settings of the data folder, or the defaults; the sentence tells what could not be read. Changes nothing: a
    /// damaged file is set aside by the next [`Settings::save`].
    pub fn load(data: &DataDir) -> (Self, Option<String>) {
        let path = data.path(FILE);
        match read(&path) {
            Ok(None) => (Self::default(), None),
            Ok(Some(object)) => {
                let (settings, ignored) = Self::of_object(object);
                (settings, problem_of(&path, &ignored))
            }
            Err(error) => (
                Self::default(),
                Some(format!("{error} Until then the default settings are used.")),
            ),
        }
    }

    /// Writes the settings, with the keys of the file that this Hookbench does not know. A file that is damaged is kept
    /// as `settings.damaged.json`.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn save(&self, data: &DataDir) -> Result<(), FileError> {
        data.folder("")?;
        let path = data.path(FILE);
        if let Err(FileError::Damaged { .. }) = read(&path) {
            let aside = data.path(ASIDE);
            fs::rename(&path, &aside).map_err(|error| FileError::writing(&aside, &error))?;
        }
        let failed = |error: serde_json::Error| FileError::Write {
            path: path.clone(),
            reason: error.to_string(),
        };
        let mut value = serde_json::to_value(self).map_err(failed)?;
        add_unknown(value.get_mut("panes"), &self.panes.unknown);
        add_unknown(Some(&mut value), &self.unknown);
        atomic::replace(&path, format!("{value:#}\n").as_bytes(), Access::OwnerOnly)
    }

    /// Puts a file or folder at the head of the recent ones.
    pub fn note_recent(&mut self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        self.forget_recent(path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MAX_RECENT);
    }

    /// Takes a file or folder out of the recent ones.
    pub fn forget_recent(&mut self, path: impl AsRef<Path>) {
        self.recent.retain(|known| known != path.as_ref());
    }

    fn of_object(mut object: Map<String, Value>) -> (Self, Vec<String>) {
        let mut ignored = Vec::new();
        let panes = match object.remove("panes") {
            Some(Value::Object(panes)) => {
                let (mut panes, unknown) = read_keys::<Panes>(panes, "panes.", &mut ignored);
                panes.unknown = unknown;
                panes
            }
            Some(_) => {
                ignored.push("panes".to_owned());
                Panes::default()
            }
            None => Panes::default(),
        };
        let (mut settings, unknown) = read_keys::<Self>(object, "", &mut ignored);
        settings.unknown = unknown;
        settings.panes = panes;
        settings.bring_into_range();
        (settings, ignored)
    }

    fn bring_into_range(&mut self) {
        let panes = &mut self.panes;
        self.zoom = self.zoom.clamp(0.5, 3.0);
        self.time_limit_s = self.time_limit_s.clamp(1, 3600);
        self.cpu_limit_s = self.cpu_limit_s.clamp(1, 3600);
        self.memory_mib = self.memory_mib.clamp(16, 16 * 1024);
        self.window = self
            .window
            .map(|size| size.map(|side| side.clamp(320.0, 16_384.0)));
        panes.sidebar_width = panes.sidebar_width.clamp(120.0, 800.0);
        panes.runner_width = panes.runner_width.clamp(240.0, 4000.0);
        panes.logs_height = panes.logs_height.clamp(60.0, 4000.0);
        for height in panes.pane_heights.values_mut() {
            *height = height.clamp(40.0, 4000.0);
        }
        let mut seen = BTreeSet::new();
        self.recent.retain(|path| seen.insert(path.clone()));
        self.recent.truncate(MAX_RECENT);
    }
}

/// A name that is no UTF-8 has no place in JSON; leaving it out must not cost the other settings.
fn writable<S: serde::Serializer>(recent: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(recent.iter().filter_map(|path| path.to_str()))
}

fn problem_of(path: &Path, ignored: &[String]) -> Option<String> {
    (!ignored.is_empty()).then(|| {
        format!(
            "{} holds values of the wrong kind for {}; the defaults are used in their place.",
            path.display(),
            ignored.join(", ")
        )
    })
}

/// Reads key by key, so that one bad value costs that value alone. (Serde's `flatten` would not do: it cannot carry the
/// numbers of `arbitrary_precision`.) Returns the value and the keys it has no place for.
fn read_keys<T: Default + DeserializeOwned + Serialize>(
    object: Map<String, Value>,
    prefix: &str,
    ignored: &mut Vec<String>,
) -> (T, Map<String, Value>) {
    let mut known = match serde_json::to_value(T::default()) {
        Ok(Value::Object(known)) => known,
        _ => Map::new(),
    };
    let mut unknown = Map::new();
    for (key, value) in object {
        match known.insert(key.clone(), value) {
            None => {
                if let Some(value) = known.remove(&key) {
                    unknown.insert(key, value);
                }
            }
            Some(default) => {
                if T::deserialize(Value::Object(known.clone())).is_err() {
                    ignored.push(format!("{prefix}{key}"));
                    known.insert(key, default);
                }
            }
        }
    }
    (
        T::deserialize(Value::Object(known)).unwrap_or_default(),
        unknown,
    )
}

fn read(path: &Path) -> Result<Option<Map<String, Value>>, FileError> {
    let Some(text) = read_if_there(path)? else {
        return Ok(None);
    };
    serde_json::from_str(&text).map(Some).map_err(|error| FileError::Damaged {
        path: path.to_owned(),
        reason: error.to_string(),
        remedy: format!("Correct it, or let the next change of a setting write a new one; this one is then kept as {ASIDE}."),
    })
}

fn add_unknown(value: Option<&mut Value>, unknown: &Map<String, Value>) {
    if let Some(object) = value.and_then(Value::as_object_mut) {
        for (key, value) in unknown {
            object.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_with(text: &str) -> (tempfile::TempDir, DataDir) {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path());
        fs::write(data.path(FILE), text).unwrap();
        (folder, data)
    }

    #[test]
    fn a_bad_value_costs_that_value_alone() {
        let (_folder, data) = data_with(
            r#"{"zoom": "big", "theme": "dark", "panes": {"logs_height": 1e9, "logs_shown": 7}}"#,
        );
        let (settings, problem) = Settings::load(&data);
        let problem = problem.unwrap();
        assert!(problem.contains("panes.logs_shown, zoom"), "{problem}");
        assert_eq!((settings.theme, settings.zoom), (ThemeChoice::Dark, 1.0));
        assert_eq!(settings.panes.logs_height, 4000.0);
        assert!(settings.panes.logs_shown);
    }

    #[test]
    fn numbers_out_of_range_are_clamped() {
        let (_folder, data) = data_with(
            r#"{"zoom": 90, "time_limit_s": 0, "memory_mib": 4000000000, "window": [1, 1e30]}"#,
        );
        let (settings, problem) = Settings::load(&data);
        assert_eq!(problem, None);
        assert_eq!(
            (settings.zoom, settings.time_limit_s, settings.memory_mib),
            (3.0, 1, 16_384)
        );
        assert_eq!(settings.window, Some([320.0, 16_384.0]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_name_that_is_no_utf8_does_not_keep_the_settings_from_being_saved() {
        use std::os::unix::ffi::OsStrExt as _;
        let (_folder, data) = data_with("{}");
        let mut settings = Settings::default();
        settings.note_recent("/a.js");
        settings.note_recent(std::ffi::OsStr::from_bytes(b"/caf\xe9.js"));
        settings.save(&data).unwrap();
        assert_eq!(Settings::load(&data).0.recent, [PathBuf::from("/a.js")]);
    }

    #[test]
    fn a_damaged_file_is_kept_beside() {
        let (_folder, data) = data_with("{\"zoom\": 2");
        // Read twice, as the window does: the second reader must be told too.
        for _ in 0..2 {
            let (settings, problem) = Settings::load(&data);
            assert_eq!(settings, Settings::default());
            assert!(problem.unwrap().contains(ASIDE));
        }
        Settings::default().save(&data).unwrap();
        assert_eq!(
            fs::read_to_string(data.path(ASIDE)).unwrap(),
            "{\"zoom\": 2"
        );
        assert_eq!(Settings::load(&data), (Settings::default(), None));
    }

    #[test]
    fn recent_files_are_few_and_each_there_once() {
        let mut settings = Settings::default();
        for n in 0..20 {
            settings.note_recent(format!("/{n}.js"));
        }
        settings.note_recent("/15.js");
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(
            settings.recent[..2],
            [PathBuf::from("/15.js"), PathBuf::from("/19.js")]
        );
        settings.forget_recent("/15.js");
        assert!(!settings.recent.contains(&PathBuf::from("/15.js")));
    }
}
