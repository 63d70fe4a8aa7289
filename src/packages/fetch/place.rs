//! Where packages go in `node_modules`, as Node looks for them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use node_semver::{Range, Version};
use serde::Deserialize;

/// Who asks for a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// The hook: its wish takes the place of another version.
    Hook,
    /// Another package, which finds its own version below itself.
    Package,
    /// Another package, which can do without.
    Optionally,
    /// Another package, which takes what lies beside it.
    Peer,
}

/// Something that is to be put into a `node_modules`.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub name: String,
    pub range: String,
    /// The folders of packages below the top from which it has to be found: none for the hook itself.
    pub asker: Vec<String>,
    pub asks: Asks,
}

/// Where a package goes: the folders of packages below the top `node_modules` it lies in.
pub(super) struct Place {
    pub within: Vec<String>,
    pub name: String,
}

impl Place {
    pub fn path(&self, folder: &Path) -> PathBuf {
        modules_of(folder, &self.within).join(&self.name)
    }
}

fn modules_of(folder: &Path, within: &[String]) -> PathBuf {
    let mut path = folder.to_owned();
    for package in within {
        path = path.join("node_modules").join(package);
    }
    path.join("node_modules")
}

/// The highest place from which the asker finds the package and where no other version stands; `None` where one that
/// fits is found already, or a peer another version.
pub(super) fn place_for(folder: &Path, want: &Wanted) -> Option<Place> {
    let place = |within: &[String]| {
        Some(Place {
            within: within.to_vec(),
            name: want.name.clone(),
        })
    };
    // What Node finds first counts, from the asker's own folder upwards.
    for depth in (0..=want.asker.len()).rev() {
        let there = modules_of(folder, &want.asker[..depth]).join(&want.name);
        let Some(found) = Config::of(&there) else {
            continue;
        };
        if found.fits(&want.range) || want.asks == Asks::Peer {
            return None;
        }
        // Below the one that does not fit, or in its place where the asker has that for itself.
        return place(&want.asker[..(depth + 1).min(want.asker.len())]);
    }
    place(&[])
}

/// The packages right below the top that depend on `name`: what they want of it.
pub(super) fn dependents(folder: &Path, name: &str) -> Vec<Wanted> {
    let top = modules_of(folder, &[]);
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    };
    let mut packages = Vec::new();
    for entry in names(&top) {
        if entry.starts_with('@') {
            let scoped = names(&top.join(&entry));
            packages.extend(scoped.into_iter().map(|inner| format!("{entry}/{inner}")));
        } else {
            packages.push(entry);
        }
    }
    packages
        .into_iter()
        .filter_map(|package| {
            let config = Config::of(&top.join(&package))?;
            Some(Wanted {
                name: name.to_owned(),
                range: config.dependencies.get(name)?.clone(),
                asker: vec![package],
                asks: Asks::Package,
            })
        })
        .collect()
}

/// What counts here of a `package.json`.
#[derive(Debug, Deserialize)]
pub(super) struct Config {
    pub version: String,
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

impl Config {
    /// Of a package's folder; `None` where there is none.
    pub fn of(package: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(package.join("package.json")).ok()?).ok()
    }

    fn fits(&self, range: &str) -> bool {
        match (Version::parse(&self.version), Range::parse(range)) {
            (Ok(version), Ok(range)) => range.satisfies(&version),
            // A tag: whatever stands there was once meant by it.
            (Ok(_), Err(_)) => true,
            _ => false,
        }
    }
}
