//! Reads the scripts of a workspace that may take part in a flow. The one file of this room that touches the disk.

use std::path::PathBuf;

use thiserror::Error;

use crate::auth0::{Kind, Point, action, detect};
use crate::syntax;
use crate::workspace::text_file::{self, FileError};
use crate::workspace::{HookEntry, Workspace};

/// A Hook or Action that may take part.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub name: String,
    pub script: PathBuf,
    pub source: String,
    pub kind: Kind,
    pub point: Option<Point>,
    /// Points that an Action's JSON names; empty for Hooks and for Actions without JSON.
    pub triggers: Vec<Point>,
    /// Whether the Hook is enabled, or the Action deployed; `None` where nothing says so.
    pub enabled: Option<bool>,
}

/// All candidates of a workspace, and its bindings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// Sorted by name.
    pub candidates: Vec<Candidate>,
    /// Names of the Actions bound to each point, in the order they run; `None` without `triggers/triggers.json`.
    pub bindings: Option<Vec<(Point, Vec<String>)>>,
}

/// Why the scripts could not be read.
#[derive(Debug, Error)]
pub enum GatherError {
    #[error("{0}")]
    File(#[from] FileError),
}

/// Reads every script of the workspace. Hooks that are said to be disabled are left alone.
///
/// # Errors
/// A script that may take part cannot be read.
pub fn gather(workspace: &Workspace) -> Result<Gathered, GatherError> {
    let mut candidates = Vec::new();
    for hook in &workspace.hooks {
        if hook.enabled_said && !hook.enabled {
            continue;
        }
        candidates.push(read(hook, hook.enabled_said.then_some(hook.enabled))?);
    }
    for action in &workspace.actions {
        let mut candidate = read(&action.file, action.deployed)?;
        candidate.kind = Kind::Action;
        candidate.triggers = action
            .triggers
            .iter()
            .filter_map(|id| Point::from_id(id))
            .collect();
        candidates.push(candidate);
    }
    let bindings = workspace.bindings.as_ref().map(|bindings| {
        bindings
            .iter()
            .filter_map(|(id, names)| Some((Point::from_id(id)?, names.clone())))
            .collect()
    });
    Ok(Gathered {
        candidates,
        bindings,
    })
}

fn read(file: &HookEntry, enabled: Option<bool>) -> Result<Candidate, GatherError> {
    let source = text_file::load(&file.script)?.text;
    Ok(of_source(file, enabled, source))
}

fn of_source(file: &HookEntry, enabled: Option<bool>, source: String) -> Candidate {
    let outline = syntax::outline(&source);
    let parameters = outline.hook_parameters.as_deref();
    let kind = detect::kind_of(&outline.exports, parameters, &source);
    let shown = match kind {
        Kind::Hook => file
            .point
            .or_else(|| detect::point_of(parameters.unwrap_or_default(), &source)),
        Kind::Action => {
            action::trigger(&outline.exports, parameters, &source, file.point).or(file.point)
        }
    };
    Candidate {
        name: file.name.clone(),
        script: file.script.clone(),
        source,
        kind,
        point: shown,
        triggers: Vec::new(),
        enabled,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_of_scripts_tells_what_each_is() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
        write(
            "a.js",
            "module.exports = function (user, context, cb) { cb(); };",
        );
        write(
            "b.js",
            "exports.onExecutePostUserRegistration = async (event, api) => {};",
        );
        let gathered = gather(&Workspace::open(root.path()).unwrap()).unwrap();
        let told: Vec<_> = gathered
            .candidates
            .iter()
            .map(|found| (found.name.as_str(), found.kind, found.point))
            .collect();
        assert_eq!(
            told,
            [
                ("a", Kind::Hook, Some(Point::PreUserRegistration)),
                ("b", Kind::Action, Some(Point::PostUserRegistration)),
            ]
        );
        assert_eq!(gathered.bindings, None);
    }
}
