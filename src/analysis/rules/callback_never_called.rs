//! `callback-never-called`: nothing in the hook names its callback.

use oxc_ast::AstKind;
use oxc_ast::ast::Statement;
use oxc_span::{GetSpan, Span};

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
    let named = code.callback_mentions().into_iter().any(|mention| {
        !matches!(
            code.kind(code.parent(mention)),
            AstKind::ExpressionStatement(_)
        )
    });
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
    let told = report.warn(
        hook.head(),
        format!("This hook never calls {name}, so Auth0 waits 20 seconds and gives up: call {name}() when the work is done."),
    );
    if let Body::Statements(statements) = hook.body
        && !matches!(statements.last(), Some(Statement::ReturnStatement(_)))
    {
        // In front of the brace that ends the function.
        let at = hook.span.end.saturating_sub(1);
        let indent = code.line_before(at);
        let (at, text) = if indent.trim().is_empty() {
            let inner = statements.last().map_or_else(
                || format!("{indent}  "),
                |last| {
                    let before = code.line_before(last.span().start);
                    let text = before.trim_start();
                    before[..before.len() - text.len()].to_owned()
                },
            );
            (
                at - u32::try_from(indent.len()).unwrap_or(0),
                format!("{inner}{name}();\n"),
            )
        } else {
            (at, format!(" {name}(); "))
        };
        told.repair(
            format!("Call {name}() at the end"),
            [(Span::empty(at), text)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at, repaired_at};
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
    fn a_call_at_the_end_is_offered() {
        let hook = "module.exports = function (user, context, done) {\n\tlog(user);\n};";
        assert_eq!(
            repaired_at(&RULE, Point::PostUserRegistration, hook),
            "module.exports = function (user, context, done) {\n\tlog(user);\n\tdone();\n};"
        );
        let empty = "  module.exports = (user, context, cb) => {\n  };";
        assert_eq!(
            repaired_at(&RULE, Point::PostUserRegistration, empty),
            "  module.exports = (user, context, cb) => {\n    cb();\n  };"
        );
        let short = "module.exports = (user, context, cb) => { log(user); };";
        assert_eq!(
            repaired_at(&RULE, Point::PostUserRegistration, short),
            "module.exports = (user, context, cb) => { log(user);  cb(); };"
        );
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
