//! `rules-callback`: the callback is called as a Rule calls it.

use oxc_ast::ast::Argument;
use oxc_span::{GetSpan, Span};

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "rules-callback",
    about: "The callback is called with three arguments, as in a Rule: a hook hands over an error and one response.",
    source: "Auth0 docs: Hooks, callback (error, response); Rules have callback(error, user, context)",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let name = code.callback_name();
    for (_, call) in code.callback_calls() {
        let [_, second, third, ..] = call.arguments.as_slice() else {
            continue;
        };
        if call.arguments.iter().any(Argument::is_spread) {
            continue;
        }
        let path_is = |argument: &Argument<'_>, wanted: &str| {
            argument
                .as_expression()
                .is_some_and(|value| value.is_specific_id(wanted))
        };
        let last = call.arguments.last().unwrap_or(third).span().end;
        if path_is(second, "user") && path_is(third, "context") {
            report
                .warn(
                    third.span(),
                    format!("This is how a Rule calls back; the hook's context is ignored: write {name}(null, {{ user }})."),
                )
                .repair(
                    "Hand over { user }",
                    [(Span::new(second.span().start, last), "{ user }".to_owned())],
                );
        } else {
            report
                .warn(
                    third.span(),
                    format!("Auth0 ignores the third argument of {name}: hand over an error and one response."),
                )
                .repair(
                    "Take the third argument out",
                    [(Span::new(second.span().end, last), String::new())],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, repaired};
    use super::*;

    #[test]
    fn three_arguments_are_told() {
        assert_eq!(lines(&RULE, "\nreturn cb(null, user, context);"), [2]);
        assert_eq!(lines(&RULE, "\ncb(null, { user }, {});"), [2]);
    }

    #[test]
    fn the_hooks_form_is_written() {
        assert_eq!(
            repaired(&RULE, "cb(null, user, context);"),
            "cb(null, { user });"
        );
        assert_eq!(
            repaired(&RULE, "cb(null, { user }, {}, 1);"),
            "cb(null, { user });"
        );
    }

    #[test]
    fn two_are_not() {
        assert_eq!(
            lines(
                &RULE,
                "if (user.id) { return cb('no'); } cb(null, { user }); save(user, context, cb);"
            ),
            [0; 0]
        );
    }
}
