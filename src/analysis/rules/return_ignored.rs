//! `return-ignored`: the hook returns its answer instead of handing it to the callback.

use oxc_ast::AstKind;
use oxc_ast::ast::Expression;
use oxc_span::{GetSpan, Span};

use super::super::flow::is_nothing;
use super::super::hook::Body;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "return-ignored",
    about: "The hook returns its answer instead of handing it to the callback: Auth0 ignores what a hook returns, promises too.",
    source: "Measured: auth0-ext-compilers 6.1.0, returned values and promises are ignored",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if let Some((span, value)) = instead_of_calling(code) {
        let name = code.callback_name();
        let told = report.warn(
            span,
            format!("Auth0 ignores what a hook returns, so this answer never arrives: write return {name}(null, …) instead."),
        );
        if !matches!(value, Expression::SequenceExpression(_)) {
            let value = value.span();
            told.repair(
                format!("Hand it to {name}"),
                [
                    (Span::empty(value.start), format!("{name}(null, ")),
                    (Span::empty(value.end), ")".to_owned()),
                ],
            );
        }
    }
}

/// The first returned value that stands where a call of the callback should, with the place to be told.
pub(super) fn instead_of_calling<'a>(code: &Code<'_, 'a>) -> Option<(Span, &'a Expression<'a>)> {
    let hook = code.hook.as_ref()?;
    code.callback()?;
    if hook.is_generator || code.uses_arguments() {
        return None;
    }
    let mentions = code.callback_mentions();
    let only_here = mentions
        .iter()
        .all(|mention| code.function_around(*mention) == Some(hook.node));
    if let Body::Expression(value) = hook.body {
        return (mentions.is_empty() && is_answer(code, value, hook.is_async))
            .then(|| (value.span(), value));
    }
    code.nodes().find_map(|(node, kind)| {
        let AstKind::ReturnStatement(statement) = kind else {
            return None;
        };
        let value = statement.argument.as_ref()?;
        if code.function_around(node) != Some(hook.node) || is_nothing(value) {
            return None;
        }
        let instead = if mentions.is_empty() {
            is_answer(code, value, hook.is_async)
        } else {
            only_here
                && is_answer(code, value, false)
                && code.is_uncalled_before(statement.span.start)
        };
        instead.then_some((statement.span, value))
    })
}

/// Whether a value looks like a response: an object, part of the payload, or anything an async hook returns.
fn is_answer<'a>(code: &Code<'_, 'a>, value: &'a Expression<'a>, anything: bool) -> bool {
    let value = value.get_inner_expression();
    match value {
        Expression::ObjectExpression(_) => true,
        Expression::Identifier(name) => {
            let literal = code.symbol(name).and_then(|symbol| code.value_of(symbol));
            anything
                || code.path(value).is_some()
                || matches!(literal, Some(Expression::ObjectExpression(_)))
        }
        // What is called may have been given the callback's work in a way that is not seen here.
        Expression::CallExpression(_) | Expression::NewExpression(_) => anything,
        _ => anything,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at, repaired, repaired_at};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn an_answer_that_is_returned_is_told() {
        for returned in [
            "const plan = 'free';\nreturn { user: { app_metadata: { plan } } };",
            "var response = {};\nreturn response;",
            "if (user.id) { return cb('no'); }\nreturn { user };",
            "\nreturn user;",
        ] {
            assert_eq!(lines(&RULE, returned), [2], "{returned}");
        }
        let asynchronous = "module.exports = async (user, context, cb) => {\nconst answer = await ask(user);\nreturn answer;\n};";
        assert_eq!(
            lines_at(&RULE, Point::PreUserRegistration, asynchronous),
            [3]
        );
        let short = "module.exports = async (user, context, cb) => ({ user });";
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, short), [1]);
    }

    #[test]
    fn the_answer_is_handed_to_the_callback() {
        assert_eq!(
            repaired(&RULE, "return { user: { app_metadata: { a: 1 } } };"),
            "return cb(null, { user: { app_metadata: { a: 1 } } });"
        );
        assert_eq!(
            repaired_at(
                &RULE,
                Point::PreUserRegistration,
                "module.exports = async (user, context, done) => ({ user });"
            ),
            "module.exports = async (user, context, done) => done(null, ({ user }));"
        );
    }

    #[test]
    fn what_is_returned_beside_a_call_is_not() {
        for quiet in [
            "return cb(null, { user });",
            "save(user, () => cb()); return { started: true };",
            "cb(); return { done: true };",
            "if (user.id) { return; } cb();",
            "const list = [1].map(x => { return { x }; }); cb();",
            "return save(user).then(() => cb());",
            "return null;",
        ] {
            assert_eq!(lines(&RULE, quiet), [0; 0], "{quiet}");
        }
    }
}
