//! `callback-other-name`: the code calls a callback by a name that the hook does not give it.

use oxc_ast::AstKind;
use oxc_span::Span;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "callback-other-name",
    about: "The code calls `callback`, `done` or the like, which this hook does not declare: its callback has another name.",
    source: "Auth0 docs: each extensibility point, Starter code (parameters)",
    severity: Severity::Warning,
    any_script: false,
    find,
};

/// What callbacks are usually called.
const NAMES: [&str; 6] = ["callback", "cb", "done", "next", "_cb", "callBack"];

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let name = code.callback_name();
    for (stranger, span) in strangers(code) {
        report
            .warn(
                span,
                format!("{stranger} does not exist in this hook, whose callback is called {name}: write {name} here."),
            )
            .repair(
                format!("Write {name} instead of {stranger}"),
                [(span, name.to_owned())],
            );
    }
}

/// The callbacks' names that are used without being declared, where the hook's own has another.
pub(super) fn strangers<'c, 'a>(
    code: &'c Code<'_, 'a>,
) -> impl Iterator<Item = (&'a str, Span)> + use<'c, 'a> {
    let known = code.callback().is_some();
    code.globals().filter_map(move |(node, name)| {
        let handed_on = code.call_of(node).is_some()
            || matches!(code.kind(code.parent(node)), AstKind::CallExpression(_));
        (known && handed_on && NAMES.contains(&name.name.as_str()))
            .then_some((name.name.as_str(), name.span))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at, repaired};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn a_callback_by_another_name_is_told() {
        assert_eq!(
            lines(
                &RULE,
                "if (user.id) {\nreturn callback(null, user);\n}\nsave(done);"
            ),
            [2, 4]
        );
    }

    #[test]
    fn the_own_name_is_written_instead() {
        assert_eq!(
            repaired(&RULE, "return callback(null, { user });"),
            "return cb(null, { user });"
        );
    }

    #[test]
    fn declared_names_are_not() {
        let quiet = "function done() { cb(); }\ndone(); run(function (callback) { callback(); }); typeof next;";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
        let other = "module.exports = function (user, context, callback) { callback(); };";
        assert_eq!(lines_at(&RULE, Point::PostUserRegistration, other), [0; 0]);
    }
}
