//! `exports-not-a-function`: what the script exports cannot be called.

use oxc_ast::ast::Expression;
use oxc_span::GetSpan;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "exports-not-a-function",
    about: "What is assigned to `module.exports` is no function that Auth0 could call.",
    source: "Measured: auth0-ext-compilers 6.1.0, func is not a function",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if let Some(hook) = code.hook.as_ref().filter(|hook| hook.is_generator) {
        report.warn(
            hook.head(),
            "Auth0 calls this generator but never runs its body: write function without the star.",
        );
        return;
    }
    let Some(value) = code.exports.value else {
        return;
    };
    let what = match value.get_inner_expression() {
        Expression::ObjectExpression(_) => "an object",
        Expression::ArrayExpression(_) => "a list",
        Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => "a text",
        Expression::NumericLiteral(_) | Expression::BigIntLiteral(_) => "a number",
        Expression::BooleanLiteral(_) => "a truth value",
        Expression::NullLiteral(_) => "null",
        Expression::ClassExpression(_) => "a class",
        _ => return,
    };
    report.warn(
        value.span(),
        format!("Auth0 calls what the script exports, and this is {what}: export {} instead.", code.point.signature()),
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_at;
    use super::*;
    use crate::auth0::Point;

    fn at(source: &str) -> Vec<u32> {
        lines_at(&RULE, Point::PreUserRegistration, source)
    }

    #[test]
    fn values_that_cannot_be_called_are_told() {
        for value in ["{ hook: 1 }", "[]", "'x'", "1", "null", "class {}", "function* (user, context, cb) { cb(); }"] {
            assert_eq!(at(&format!("module.exports = {value};")), [1], "{value}");
        }
    }

    #[test]
    fn functions_and_what_may_be_one_are_not() {
        for value in ["(user, context, cb) => cb()", "make()", "hook", "require('./x')"] {
            assert_eq!(at(&format!("module.exports = {value};")), [0; 0], "{value}");
        }
        assert_eq!(at("module.exports = { onExecutePreUserRegistration: async () => {} };"), [0; 0]);
    }
}
