//! `callback-never-called`: nothing in the hook names its callback.

use oxc_ast::AstKind;
use oxc_ast::ast::Statement;

use super::super::hook::Body;
use super::{callback_other_name, return_ignored};

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "callback-never-called",
    about: "Nothing in the hook calls its callback, so Auth0 waits 20 seconds and gives up.",
    source: "Auth0 docs: each extensibility point, Starter code (the callback must be included)",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let Some(hook) = &code.hook else { return };
    if code.callback().is_none() || hook.is_generator || code.uses_arguments() {
        return;
    }
    let named = code
        .callback_mentions()
        .into_iter()
        .any(|mention| !matches!(code.kind(code.parent(mention)), AstKind::ExpressionStatement(_)));
    let throws = match hook.body {
        Body::Statements(statements) => {
            matches!(statements.last(), Some(Statement::ThrowStatement(_)))
        }
        Body::Expression(_) => false,
    };
    if named
        || throws
        || callback_other_name::strangers(code).next().is_some()
        || return_ignored::instead_of_calling(code).is_some()
    {
        return;
    }
    let name = code.callback_name();
    report.warn(
        hook.head(),
        format!("This hook never calls {name}, so Auth0 waits 20 seconds and gives up: call {name}() when the work is done."),
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn a_callback_that_nothing_calls_is_told() {
        assert_eq!(lines(&RULE, "console.log(user.email);"), [1]);
        assert_eq!(lines(&RULE, "cb;"), [1]);
        let arrow = "// new\nconst hook = async (user, context, done) => { await 1; };\nmodule.exports = hook;";
        assert_eq!(lines_at(&RULE, Point::PostUserRegistration, arrow), [2]);
    }

    #[test]
    fn a_callback_that_is_handed_on_is_not() {
        for quiet in [
            "cb();",
            "if (user.email) { cb(); }",
            "setTimeout(cb, 10);",
            "later.done = cb;",
            "cb.call(null);",
            "arguments[2]();",
            "throw new Error('no');",
            "[1].forEach(() => { cb(); });",
        ] {
            assert_eq!(lines(&RULE, quiet), [0; 0], "{quiet}");
        }
    }
}
