//! `error-class-elsewhere`: an error class of another point.

use oxc_ast::AstKind;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "error-class-elsewhere",
    about: "An error class is used that does not exist at this extensibility point, so that the line throws a ReferenceError.",
    source: "auth0-ext-compilers 6.1.0: the error classes of each compiler",
    severity: Severity::Warning,
    any_script: false,
    find,
};

/// The classes of all points, and the one that Rules have.
const CLASSES: [&str; 7] = [
    "InvalidRequestError",
    "InvalidScopeError",
    "ServerError",
    "PreUserRegistrationError",
    "SendPhoneMessageError",
    "ExtensibilityUserError",
    "UnauthorizedError",
];

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let own = code.point.error_classes();
    for (node, name) in code.globals() {
        let class = name.name.as_str();
        let asks = matches!(code.kind(code.parent(node)), AstKind::UnaryExpression(_));
        if !CLASSES.contains(&class) || own.contains(&class) || asks {
            continue;
        }
        let instead = own.first().map_or("Error", |first| first);
        report
            .warn(
                name.span,
                format!("{class} does not exist in a {} hook, where this line throws a ReferenceError: use {instead}.", code.point.name()),
            )
            .repair(
                format!("Write {instead} instead of {class}"),
                [(name.span, instead.to_owned())],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at, repaired};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn a_class_of_another_point_is_told() {
        assert_eq!(lines(&RULE, "\nreturn cb(new ServerError('no'));"), [2]);
        let generic =
            "module.exports = function (context, cb) { cb(new PreUserRegistrationError('x')); };";
        assert_eq!(lines_at(&RULE, Point::Generic, generic), [1]);
    }

    #[test]
    fn the_own_class_is_written_instead() {
        assert_eq!(
            repaired(&RULE, "cb(new ServerError('no'));"),
            "cb(new PreUserRegistrationError('no'));"
        );
    }

    #[test]
    fn own_and_declared_classes_are_not() {
        let quiet = "class ServerError extends Error {}\nif (typeof InvalidScopeError === 'undefined') { return cb(new ServerError('x')); } cb(new PreUserRegistrationError('a', 'b'));";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
        let exchange = "module.exports = function (client, scope, audience, context, cb) { cb(new InvalidScopeError('x')); };";
        assert_eq!(
            lines_at(&RULE, Point::CredentialsExchange, exchange),
            [0; 0]
        );
    }
}
