//! What the next run will likely load: what the last one did, or before there was one, what the code asks for by name.

use std::collections::HashSet;

use super::modules::Folders;
use crate::analysis;
use crate::engine::outside::ModuleAsk;
use crate::engine::{core_module_named, is_core_module};

/// The most core modules that are believed of a worker: there are fewer.
const MOST_CORE: usize = 500;

/// The modules a run is expected to load.
#[derive(Clone, Debug, Default)]
pub struct Forecast {
    pub folders: Folders,
    /// In the order in which they are asked for.
    pub asks: Vec<ModuleAsk>,
    /// Core modules, internal ones and stand-ins included.
    pub core: Vec<String>,
    /// Whether what the modules ask for in turn is expected as well.
    pub follow: bool,
}

impl Forecast {
    /// From a script that has not run yet.
    #[must_use]
    pub fn of_source(source: &str, folders: Folders) -> Self {
        let mut forecast = Self {
            folders,
            follow: true,
            ..Self::default()
        };
        for specifier in analysis::required(source) {
            match core_module_named(&specifier) {
                Some(core) => forecast.core.push(core.to_owned()),
                None => forecast.asks.push(ModuleAsk {
                    // A path that was never handed out is the script's.
                    from: String::new(),
                    specifier,
                    with_source: true,
                    import: false,
                }),
            }
        }
        if !forecast.asks.is_empty() {
            forecast.core.push("internal/loader".to_owned());
        }
        forecast
    }

    /// From a run: what it asked for and was given, and the core modules that its worker tells of.
    #[must_use]
    pub fn of_run(folders: Folders, asks: Vec<ModuleAsk>, core: Vec<String>) -> Self {
        let mut seen = HashSet::new();
        let core = core
            .into_iter()
            .take(MOST_CORE)
            .filter(|name| is_core_module(name) && seen.insert(name.clone()))
            .collect();
        Self {
            folders,
            asks,
            core,
            follow: false,
        }
    }

    /// Whether there is nothing to prepare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asks.is_empty() && self.core.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_code_names_is_expected() {
        let source =
            "const a = require('lodash'); const http = require('node:http'); require(name);";
        let forecast = Forecast::of_source(source, Folders::default());
        let asked: Vec<&str> = forecast
            .asks
            .iter()
            .map(|ask| ask.specifier.as_str())
            .collect();
        assert_eq!(asked, ["lodash"]);
        assert_eq!(forecast.core, ["http", "internal/loader"]);
        let starter = "module.exports = function (user, context, cb) { cb(null, { user }); };";
        assert!(Forecast::of_source(starter, Folders::default()).is_empty());
    }

    #[test]
    fn a_worker_is_believed_known_names_alone() {
        let told = ["util", "no such module", "util"].map(str::to_owned);
        let forecast = Forecast::of_run(Folders::default(), Vec::new(), told.into());
        assert_eq!(forecast.core, ["util"]);
    }
}
