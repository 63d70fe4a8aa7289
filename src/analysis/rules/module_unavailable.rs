//! `module-unavailable`: a required module is not there.

use crate::engine::{core_modules, has_stand_in};

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "module-unavailable",
    about: "A module is required that is not there: neither part of Node, nor installed, nor a file beside the hook.",
    source: "Node.js docs: Modules, Loading from node_modules folders",
    severity: Severity::Warning,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for (name, span) in code.requires() {
        let bare = name.strip_prefix("node:").unwrap_or(name);
        if core_modules().any(|core| core == bare) || has_stand_in(name) || (code.has_module)(name)
        {
            continue;
        }
        let message = if name.starts_with('.') || name.starts_with('/') {
            format!(
                "{name} is not beside the hook, so this line throws: create the file, or put its code into this one."
            )
        } else {
            format!(
                "{name} is not installed, so this line throws: install it beside the hook with npm, or put a file {name}.js into a folder node_modules there."
            )
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
        assert_eq!(
            lines(
                &RULE,
                "require('left-pad')('url');\nrequire('./lib');\ncb();"
            ),
            [1, 2]
        );
    }

    #[test]
    fn what_is_installed_or_stands_beside_the_hook_is_not() {
        let source = "require('left-pad'); require('./lib'); require('slack-notify');";
        let point = crate::auth0::Point::PostUserRegistration;
        let here = |name: &str| name == "./lib";
        let found = crate::analysis::warnings_among(point, source, None, &here);
        let told: Vec<_> = found.iter().filter(|one| one.code == RULE.code).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].message.starts_with("left-pad is not installed"));
    }

    #[test]
    fn core_modules_and_other_functions_are_not() {
        let quiet = "require('util'); require('node:events'); (function (require) { require('x'); }); require(name); cb();";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
    }
}
