//! `module-unavailable`: a required module is not available in Hookbench.

use super::pinned_require::pinned;
use crate::engine::core_modules;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "module-unavailable",
    about: "A module is required that Hookbench does not have, so the run ends there.",
    source: "Hookbench: the modules its engine has",
    severity: Severity::Warning,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for (name, span) in code.requires() {
        let bare = name.strip_prefix("node:").unwrap_or(name);
        if core_modules().any(|core| core == bare) || pinned(name).is_some() {
            continue;
        }
        let message = if name.starts_with('.') || name.starts_with('/') {
            format!("A hook is a single file, so {name} is not beside it: put its code into this file.")
        } else {
            format!("{name} is not available in Hookbench, where this line ends the run: comment it out to try the rest.")
        };
        report.warn(span, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;
    use super::*;

    #[test]
    fn modules_that_are_not_there_are_told() {
        assert_eq!(lines(&RULE, "require('slack-notify')('url');\nrequire('./lib');\ncb();"), [1, 2]);
    }

    #[test]
    fn core_modules_and_other_functions_are_not() {
        let quiet = "require('util'); require('node:events'); (function (require) { require('x'); }); require(name); cb();";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
    }
}
