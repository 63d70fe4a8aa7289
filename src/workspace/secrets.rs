//! The values of hooks' secrets: one file of the data folder that the owner alone may read, and nowhere else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{self, Access, real_path};
use super::data_dir::{DataDir, read_if_there};
pub use super::dotenv::{EnvError, parse_env};
use super::file_error::FileError;

const FILE: &str = "secrets.json";

/// The secrets of all hooks, by the real path of the script.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    hooks: BTreeMap<String, BTreeMap<String, String>>,
}

/// Reads and writes the secrets' file. Deliberately without `Debug`: values must not reach a log.
pub struct SecretStore {
    data: DataDir,
    path: PathBuf,
}

impl SecretStore {
    /// The store in a data folder; nothing is read or created yet.
    pub fn new(data: &DataDir) -> Self {
        Self {
            data: data.clone(),
            path: data.path(FILE),
        }
    }

    /// The secrets of the hook at `path`; none is an empty map. Read anew each time, since other windows write too.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn get(&mut self, path: &Path) -> Result<BTreeMap<String, String>, FileError> {
        let mut kept = self.read()?;
        Ok(kept.hooks.remove(&key(path)).unwrap_or_default())
    }

    /// Replaces the secrets of the hook at `path`.
    ///
    /// # Errors
    /// The file cannot be written; a damaged file is not overwritten, since other hooks' secrets may be saved from it.
    pub fn set(
        &mut self,
        path: &Path,
        secrets: &BTreeMap<String, String>,
    ) -> Result<(), FileError> {
        let _turn = self.data.lock("secrets.lock")?;
        let mut kept = self.read()?;
        if secrets.is_empty() {
            if kept.hooks.remove(&key(path)).is_none() {
                return Ok(());
            }
        } else {
            kept.hooks.insert(key(path), secrets.clone());
        }
        let text = serde_json::to_string_pretty(&kept).map_err(|error| FileError::Write {
            path: self.path.clone(),
            reason: error.to_string(),
        })?;
        atomic::replace(&self.path, (text + "\n").as_bytes(), Access::OwnerOnly)
    }

    /// What the user should know where the system cannot keep the file from others, as a sentence.
    pub fn warning(&self) -> Option<String> {
        exposed(&self.path).then(|| {
            format!(
                "This system cannot hide {} from other users of the computer. Keep real passwords out of it.",
                self.path.display()
            )
        })
    }

    fn read(&self) -> Result<Kept, FileError> {
        let Some(text) = read_if_there(&self.path)? else {
            return Ok(Kept::default());
        };
        protect(&self.path);
        serde_json::from_str(&text).map_err(|error| FileError::Damaged {
            path: self.path.clone(),
            // Serde's own message may quote the value.
            reason: format!("line {} is not what Hookbench wrote there", error.line()),
            remedy: "Correct it, or move it away to start with no secrets.".to_owned(),
        })
    }
}

/// What is wrong with a secret's name, as a sentence. Auth0 documents no rule for Hooks; its own examples have hyphens.
pub fn name_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("A secret needs a name, such as API_KEY.".to_owned());
    }
    if name.contains(|c: char| c.is_whitespace() || c.is_control() || "=\"'`#".contains(c)) {
        return Some(format!(
            "{name:?} holds a space, a quote, # or =. Use letters, digits, _ and -, as in API_KEY."
        ));
    }
    (name == "auth0-extension-secret").then(|| {
        "auth0-extension-secret is the name of the secret Auth0 itself adds to every hook. Choose another name.".to_owned()
    })
}

fn key(path: &Path) -> String {
    real_path(path).to_string_lossy().into_owned()
}

/// Takes rights away that a copy or a backup may have given back.
#[cfg(unix)]
fn protect(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if exposed(path) {
        // Best effort; `warning` tells if it did not help.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn protect(_path: &Path) {}

#[cfg(unix)]
fn exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the file has the rights of the user's profile folder, which administrators and backups read.
#[cfg(not(unix))]
fn exposed(_path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn each_hook_has_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SecretStore::new(&DataDir::at(folder.path().join("data")));
        let (a, b) = (folder.path().join("a.js"), folder.path().join("b.js"));
        assert_eq!(store.get(&a).unwrap(), map(&[]));
        store.set(&a, &map(&[("K", "1")])).unwrap();
        store.set(&b, &map(&[("K", "2")])).unwrap();
        store.set(&a, &map(&[])).unwrap();
        assert_eq!(store.get(&a).unwrap(), map(&[]));
        assert_eq!(store.get(&b).unwrap(), map(&[("K", "2")]));
    }

    #[test]
    fn a_damaged_file_is_neither_overwritten_nor_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path());
        let damaged = "{\"hooks\": {\"/a.js\": \"hunter2\"";
        fs::write(data.path(FILE), damaged).unwrap();
        let mut store = SecretStore::new(&data);
        let error = store
            .set(Path::new("/b.js"), &map(&[("K", "1")]))
            .unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert_eq!(fs::read_to_string(data.path(FILE)).unwrap(), damaged);
    }

    #[cfg(unix)]
    #[test]
    fn rights_that_are_too_wide_are_taken_back() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path());
        fs::write(data.path(FILE), "{\"hooks\": {}}").unwrap();
        fs::set_permissions(data.path(FILE), fs::Permissions::from_mode(0o644)).unwrap();
        let mut store = SecretStore::new(&data);
        assert!(store.warning().is_some());
        store.get(Path::new("/a.js")).unwrap();
        assert_eq!(store.warning(), None);
    }

    #[test]
    fn names() {
        for good in ["API_KEY", "api-key", "a.b", "schlüssel"] {
            assert_eq!(name_problem(good), None, "{good}");
        }
        for bad in ["", "a b", "a=b", "\"a\"", "a\n", "auth0-extension-secret"] {
            assert!(name_problem(bad).is_some(), "{bad}");
        }
    }
}
