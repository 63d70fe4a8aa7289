//! `password-logged`: the visitor's password goes to the console.

use oxc_span::GetSpan;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "password-logged",
    about: "The password of the person who registers is logged, alone or within the whole `user`.",
    source: "Auth0 docs: Pre-User Registration (user.password); Deploy and Monitor, Logs",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for call in code.console_calls() {
        for shown in code.shown_in_arguments(&call.arguments) {
            let Some(path) = code.path(shown.value) else {
                continue;
            };
            let place = shown.value.span();
            if path.is("user.password") {
                report.warn(
                    place,
                    "This writes the visitor's password to the log, where others can read it: take it out.",
                );
            } else if path.is("user") && !shown.as_text && code.body_holds("user.password") {
                report.warn(
                    place,
                    "This writes the whole user to the log, with the password in it: log single properties, such as user.email.",
                );
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
    fn a_password_in_the_log_is_told() {
        let found = lines(
            &RULE,
            "const { password } = user;
            console.log('new', user.password);
            console.error(`password ${user['password']}`);
            console.log('p: ' + password, JSON.stringify(user));
            console.log({ user });
            cb();",
        );
        assert_eq!(found, [2, 3, 4, 4, 5]);
    }

    #[test]
    fn what_is_made_of_it_and_users_without_one_are_not() {
        let quiet =
            "console.log(user.email, user.password.length, password_policy(user.password)); cb();";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
        let whole = "module.exports = function (user, context, cb) { console.log(user); cb(); };";
        assert_eq!(lines_at(&RULE, Point::PostUserRegistration, whole), [0; 0]);
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, whole), [1]);
    }
}
