//! `response-ignored`: a point that ignores every response is given one.

use oxc_ast::ast::Expression;
use oxc_span::{GetSpan, Span};

use super::super::flow::is_nothing;
use crate::auth0::Point;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "response-ignored",
    about: "A hook at a point that ignores every response hands one over.",
    source: "Auth0 docs: Post-User Registration, Default response; Post-Change Password",
    severity: Severity::Info,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if !matches!(
        code.point,
        Point::PostUserRegistration | Point::PostChangePassword
    ) {
        return;
    }
    let name = code.callback_name();
    for response in code.responses() {
        let empty = match response.get_inner_expression() {
            Expression::ObjectExpression(object) => object.properties.is_empty(),
            other => is_nothing(other),
        };
        if !empty {
            let told = report.warn(
                response.span(),
                format!(
                    "Auth0 ignores the response of a {} hook: write {name}() alone.",
                    code.point.name()
                ),
            );
            let calls = code.callback_calls();
            let call = calls
                .iter()
                .map(|(_, call)| call)
                .find(|call| call.arguments.get(1).map(GetSpan::span) == Some(response.span()));
            if let Some(call) = call {
                let arguments = Span::new(call.callee.span().end, call.span.end);
                told.repair(
                    format!("Write {name}() alone"),
                    [(arguments, "()".to_owned())],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines_at, repaired_at};
    use super::*;

    #[test]
    fn a_response_nobody_reads_is_told() {
        let hook = "module.exports = function (user, context, cb) {\ncb(null, { slack_notified: true });\n};";
        assert_eq!(lines_at(&RULE, Point::PostUserRegistration, hook), [2]);
        assert_eq!(lines_at(&RULE, Point::PostChangePassword, hook), [2]);
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, hook), [0; 0]);
    }

    #[test]
    fn the_response_is_taken_out() {
        let hook = "module.exports = function (user, context, cb) { return cb(null, { a: 1 }); };";
        assert_eq!(
            repaired_at(&RULE, Point::PostUserRegistration, hook),
            "module.exports = function (user, context, cb) { return cb(); };"
        );
    }

    #[test]
    fn errors_and_empty_responses_are_not() {
        let hook = "module.exports = function (user, context, cb) { if (user.id) { return cb(new Error('x')); } if (user.email) { return cb(null, {}); } cb(null, undefined); };";
        assert_eq!(lines_at(&RULE, Point::PostUserRegistration, hook), [0; 0]);
    }
}
