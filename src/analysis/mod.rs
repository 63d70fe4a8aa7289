//! What can be said of a hook's code without running it: warnings that name the line, say what to do, and where Auth0
//! documents it. One rule a file in `rules/`; what does not parse is `syntax::check`'s to tell.

pub(crate) mod code;
pub(crate) mod exports;
mod flow;
mod hook;
mod metadata;
mod response;
mod rules;
mod shown;
mod silence;

use serde_json::Value;

pub use rules::{RULES, Rule};
pub use silence::Silences;

use crate::auth0::Point;
use crate::syntax::{self, Fix};
use code::Code;

/// The most findings of one script: past it nobody reads on.
const MOST: usize = 500;

/// What the code requires by name, in the order of the text; nothing where it does not compile.
pub fn required(source: &str) -> Vec<String> {
    let point = Point::Generic;
    let found = syntax::with_names(source, |names| {
        let code = Code::read(point, source, None, &|_| false, names);
        code.requires()
            .map(|(name, _)| name.to_owned())
            .collect::<Vec<_>>()
    });
    found.unwrap_or_default()
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The hook does not do what it says.
    Warning,
    /// It works, with a catch.
    Info,
}

/// One warning about a place in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable and kebab-case, such as `callback-twice`; what a silencing comment names.
    pub code: &'static str,
    /// One sentence in the author's words, which says what to do.
    pub message: String,
    /// Where the fact comes from.
    pub source: &'static str,
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
    /// 1-based.
    pub end_line: u32,
    /// 1-based, in UTF-16 units; one past the last.
    pub end_column: u32,
    pub severity: Severity,
    /// Repairs, the likeliest first; the last silences the warning by a comment.
    pub fixes: Vec<Fix>,
}

/// What the rules find in `source`, in the order of the text; nothing where it does not compile.
///
/// `body` is the payload the hook is run with, if there is one; without it the point's sample body stands in.
/// An Action is checked by the rules that hold for any script. Nothing is installed and nothing lies beside the script;
/// [`warnings_among`] asks.
pub fn warnings(point: Point, source: &str, body: Option<&Value>) -> Vec<Finding> {
    warnings_among(point, source, body, &|_| false)
}

/// [`warnings`] where `has_module` tells whether a run would find a module that is no part of Node.
pub fn warnings_among(
    point: Point,
    source: &str,
    body: Option<&Value>,
    has_module: &(dyn Fn(&str) -> bool + Sync),
) -> Vec<Finding> {
    let found = syntax::with_names(source, |names| {
        let code = Code::read(point, source, body, has_module, names);
        let mut findings = Vec::new();
        for rule in RULES {
            if rule.any_script || !code.is_action() {
                rule.check(&code, &mut findings);
            }
        }
        silence::drop_silenced(&code, &mut findings);
        findings.sort_by_key(|finding| (finding.line, finding.column, finding.code));
        findings.dedup();
        findings.truncate(MOST);
        silence::offer(&code, &mut findings);
        findings
    });
    found.unwrap_or_default()
}
