//! `secrets-returned`: secrets become part of the hook's answer.

use oxc_ast::ast::{Argument, Expression};
use oxc_span::GetSpan;

use super::super::shown::Shown;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "secrets-returned",
    about: "The whole `context` or a secret becomes part of the response or of an error.",
    source: "Measured: auth0-ext-compilers 6.1.0, context.webtask holds secrets, headers and body",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let mut tell = |shown: Shown<'_>, what: &str| {
        report.warn(
            shown.value.span(),
            format!("This hands out {what}: take over the single properties that are needed."),
        );
    };
    for (_, call) in code.callback_calls() {
        for shown in code.shown_in_arguments(&call.arguments) {
            if let Some(what) = code.secrets_in(&shown) {
                tell(shown, what);
            }
        }
        // The texts of `new Error(…)`.
        if let Some(Expression::NewExpression(error)) =
            call.arguments.first().and_then(Argument::as_expression)
        {
            for shown in code.shown_in_arguments(&error.arguments) {
                if let Some(what) = code.secrets_in(&shown) {
                    tell(shown, what);
                }
            }
        }
    }
    for written in code.response_writes() {
        for shown in code.shown(written.value) {
            if let Some(what) = code.secrets_in(&shown) {
                tell(shown, what);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn secrets_in_an_answer_are_told() {
        for told in [
            "\ncb(null, context);",
            "const { secrets } = context.webtask;\ncb(null, { user: { app_metadata: { key: secrets.KEY } } });",
            "\ncb(null, { context });",
            "var response = {};\nresponse.debug = context.webtask; cb(null, response);",
            "\ncb(new Error('bad key ' + context.webtask.secrets.KEY));",
        ] {
            assert_eq!(lines(&RULE, told), [2], "{told}");
        }
        let generic = "module.exports = function (context, cb) {\ncb(null, context.secrets);\n};";
        assert_eq!(lines_at(&RULE, Point::Generic, generic), [2]);
    }

    #[test]
    fn parts_without_secrets_are_not() {
        let quiet = "send(context.webtask.secrets.KEY); cb(null, { user: { user_metadata: { from: context.connection.name, text: 'in ' + context } } });";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
        assert_eq!(lines_at(&RULE, Point::Generic, Point::Generic.starter_code()), [0; 0]);
    }
}
