//! `pinned-require`: a version in the name of a required module.

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "pinned-require",
    about: "A module is required with its version, which only the older runtimes of Hooks read.",
    source: "Auth0 docs: Migrate from Hooks to Actions; Node 18 migration (dependencies)",
    severity: Severity::Info,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for (name, span) in code.requires() {
        if let Some((module, version)) = pinned(name) {
            let quote = code.text(span).get(..1).unwrap_or("'");
            report
                .warn(
                    span,
                    format!("A version in require is only read by runtimes older than Node 18: add {module} {version} as a dependency and write require('{module}')."),
                )
                .repair(
                    format!("Write require('{module}')"),
                    [(span, format!("{quote}{module}{quote}"))],
                );
        }
    }
}

/// Name and version of `name@1.2.3` and `@scope/name@1.2.3`.
pub(super) fn pinned(name: &str) -> Option<(&str, &str)> {
    if name.starts_with(['.', '/']) {
        return None;
    }
    let at = name.rfind('@').filter(|at| *at > 0)?;
    Some((&name[..at], &name[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, repaired};
    use super::*;

    #[test]
    fn a_version_is_told() {
        assert_eq!(
            lines(
                &RULE,
                "require('ipaddr.js@1.9.0');\nrequire('@a/b@2');cb();"
            ),
            [1, 2]
        );
    }

    #[test]
    fn the_version_is_taken_out() {
        assert_eq!(
            repaired(&RULE, "require(\"@a/b@2\"); cb();"),
            "require(\"@a/b\"); cb();"
        );
    }

    #[test]
    fn names_alone_are_not() {
        assert_eq!(
            lines(
                &RULE,
                "require('ipaddr.js'); require('@a/b'); require('./node_modules/x@1.0.0'); mail('a@b.c'); cb();"
            ),
            [0; 0]
        );
    }
}
