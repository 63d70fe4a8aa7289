//! What a run is likely to require: what the last one was given, or before the first one, what its text names.

use std::collections::HashSet;
use std::sync::Arc;

use super::modules::{Folders, Modules};
use super::protocol::ModuleText;
use crate::analysis;
use crate::engine::core_modules;
use crate::engine::outside::{ModuleAnswer, ModuleAsk, ModuleFormat};

/// No more than this is prepared: modules, and bytes of their text.
const MOST_MODULES: usize = 400;
const MOST_BYTES: usize = 2 << 20;

/// The script that something is prepared for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub folders: Folders,
    pub file_name: String,
}

/// Modules that the next run of a script is likely to require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    pub owner: Owner,
    pub modules: Arc<[ModuleText]>,
}

/// Gathers modules up to the limits.
#[derive(Debug, Default)]
pub struct Gathered {
    modules: Vec<ModuleText>,
    bytes: usize,
}

impl Gathered {
    /// Takes an answer in, if it is one that can be compiled ahead.
    pub fn note(&mut self, answer: &ModuleAnswer) {
        if let ModuleAnswer::Found {
            path,
            format: ModuleFormat::CommonJs,
            source: Some(source),
            ..
        } = answer
            && self.modules.len() < MOST_MODULES
            && self.bytes + source.len() <= MOST_BYTES
        {
            self.bytes += source.len();
            self.modules.push(ModuleText {
                path: path.clone(),
                source: source.clone(),
            });
        }
    }

    /// What was gathered for `owner`; `None` where that is nothing.
    pub fn foreseen(self, owner: Owner) -> Option<Foreseen> {
        (!self.modules.is_empty()).then(|| Foreseen {
            owner,
            modules: self.modules.into(),
        })
    }
}

/// Follows what a script requires by name, from file to file.
pub fn foresee(owner: Owner, source: &str) -> Option<Foreseen> {
    let mut modules = Modules::new(&owner.folders);
    let mut gathered = Gathered::default();
    let mut seen = HashSet::new();
    // The path from which the script asks is any that was never handed out.
    let mut next = vec![(String::new(), analysis::required(source))];
    while let Some((from, names)) = next.pop() {
        for specifier in names {
            let core = specifier.strip_prefix("node:").unwrap_or(&specifier);
            if core_modules().any(|module| module == core) {
                continue;
            }
            let answer = modules.find(&ModuleAsk {
                from: from.clone(),
                specifier,
                with_source: true,
                import: false,
            });
            let before = gathered.modules.len();
            if let ModuleAnswer::Found { path, source, .. } = &answer
                && seen.insert(path.clone())
            {
                gathered.note(&answer);
                if gathered.modules.len() > before {
                    let names = analysis::required(source.as_deref().unwrap_or_default());
                    next.push((path.clone(), names));
                }
            }
        }
    }
    gathered.foreseen(owner)
}
