//! What a hook needs: what its code requires and its files ask for, and where a run finds it.

use std::collections::BTreeMap;

use crate::analysis;
use crate::engine::{core_module_named, has_stand_in};
use crate::runner::modules::{Folders, installed};

/// Where a run finds a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Part of Node.
    Core,
    /// In `node_modules`, with the version its `package.json` tells.
    Installed(Option<String>),
    /// A small stand-in answers while it is not installed.
    StandIn,
    /// Nowhere: requiring it throws.
    Missing,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub name: String,
    /// The version that is asked for; none where only the code names the package.
    pub wanted: Option<String>,
    /// Whether the code requires it.
    pub required: bool,
    pub source: Source,
}

/// What a hook's code and its dependencies need, by name.
#[must_use]
pub fn needs(code: &str, dependencies: &BTreeMap<String, String>, folders: &Folders) -> Vec<Need> {
    let mut all: BTreeMap<String, Need> = dependencies
        .iter()
        .map(|(name, version)| (name.clone(), need(name, Some(version.clone()), folders)))
        .collect();
    for specifier in analysis::required(code) {
        // Files beside the hook are none of npm's.
        if specifier.starts_with(['.', '/']) {
            continue;
        }
        let name = package_of(&specifier);
        all.entry(name.to_owned())
            .or_insert_with(|| need(name, None, folders))
            .required = true;
    }
    all.into_values().collect()
}

fn need(name: &str, wanted: Option<String>, folders: &Folders) -> Need {
    let source = if core_module_named(name).is_some() {
        Source::Core
    } else if let Some(version) = installed(folders, name) {
        Source::Installed(version)
    } else if has_stand_in(name) {
        Source::StandIn
    } else {
        Source::Missing
    };
    Need {
        name: name.to_owned(),
        wanted,
        required: false,
        source,
    }
}

/// The package of a specifier, without the path inside it and without a version.
fn package_of(specifier: &str) -> &str {
    // Core modules have paths of their own.
    if specifier.starts_with("node:") || core_module_named(specifier).is_some() {
        return specifier;
    }
    let slash = specifier
        .match_indices('/')
        .nth(usize::from(specifier.starts_with('@')))
        .map_or(specifier.len(), |(at, _)| at);
    let name = &specifier[..slash];
    let at = name.char_indices().skip(1).find(|(_, c)| *c == '@');
    at.map_or(name, |(at, _)| &name[..at])
}

/// What is wrong with the name of a package, as a sentence: npm's rules, as far as they guard what is written and run.
#[must_use]
pub fn name_problem(name: &str) -> Option<String> {
    let bare = name.strip_prefix('@').unwrap_or(name);
    let parts: Vec<&str> = bare.split('/').collect();
    let right = parts.len() == 1 + usize::from(name.starts_with('@'))
        && name.len() <= 214
        && parts.iter().all(|part| {
            !part.is_empty()
                && !part.starts_with(['.', '_', '-'])
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'))
        });
    (!right).then(|| {
        "A package is named as in npm's registry, such as axios or @slack/webhook.".to_owned()
    })
}

/// What is wrong with a version, as a sentence.
#[must_use]
pub fn version_problem(version: &str) -> Option<String> {
    let right = !version.is_empty()
        && version.len() <= 100
        && !version.starts_with('-')
        && version.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || matches!(
                    c,
                    '.' | '-' | '+' | '^' | '~' | '*' | '<' | '>' | '=' | '|' | ' '
                )
        });
    (!right).then(|| {
        "A version is a number such as 1.7.2, a range such as ^1.7.0, or latest.".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_told_by_name_and_source() {
        let folder = tempfile::tempdir().unwrap();
        let installed = folder.path().join("node_modules/@a/b");
        std::fs::create_dir_all(&installed).unwrap();
        std::fs::write(installed.join("package.json"), "{\"version\": \"1.2.3\"}").unwrap();
        std::fs::write(installed.join("index.js"), "").unwrap();
        std::fs::write(installed.join("sub.js"), "").unwrap();
        let folders = Folders {
            script: Some(folder.path().to_owned()),
            packages: None,
        };
        let code = "require('@a/b/sub'); require('node:fs'); require('fs/promises'); require('axios@0.1.2'); require('nope'); require('./local');";
        let asked = BTreeMap::from([
            ("nope".to_owned(), "^1.0.0".to_owned()),
            ("unused".to_owned(), "2".to_owned()),
        ]);
        let found: Vec<_> = needs(code, &asked, &folders)
            .into_iter()
            .map(|need| (need.name, need.wanted, need.required, need.source))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            found,
            [
                (
                    "@a/b".to_owned(),
                    None,
                    true,
                    Source::Installed(some("1.2.3"))
                ),
                ("axios".to_owned(), None, true, Source::StandIn),
                ("fs/promises".to_owned(), None, true, Source::Core),
                ("node:fs".to_owned(), None, true, Source::Core),
                ("nope".to_owned(), some("^1.0.0"), true, Source::Missing),
                ("unused".to_owned(), some("2"), false, Source::Missing),
            ]
        );
    }

    #[test]
    fn names_and_versions_are_npms() {
        for right in ["axios", "@slack/webhook", "ipaddr.js", "a-b_c"] {
            assert_eq!(name_problem(right), None, "{right}");
        }
        for wrong in [
            "", "--global", "../x", "a b", "@x", "a/b", "@a/b/c", ".x", "x;y",
        ] {
            assert!(name_problem(wrong).is_some(), "{wrong}");
        }
        for right in ["1.2.3", "^1.0", ">=1 <2", "latest", "1.0.0-beta.1"] {
            assert_eq!(version_problem(right), None, "{right}");
        }
        for wrong in ["", "--x", "file:../x", "git+ssh://x", "1;2", "$(x)"] {
            assert!(version_problem(wrong).is_some(), "{wrong}");
        }
    }
}
