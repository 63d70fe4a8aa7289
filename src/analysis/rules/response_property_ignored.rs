//! `response-property-ignored`: the response sets what Auth0 does not take over.

use oxc_span::GetSpan;

use crate::auth0::Point;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "response-property-ignored",
    about: "The response of a Pre-User Registration hook sets something else than `user.user_metadata` and `user.app_metadata`, which Auth0 ignores.",
    source: "auth0-ext-compilers, pre-user-registration.md: other properties are ignored",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if code.point != Point::PreUserRegistration {
        return;
    }
    for response in code.responses() {
        if code.path(response).is_some_and(|path| path.is("user")) {
            let text = code.text(response.span());
            let object = if text == "user" {
                "{ user }".to_owned()
            } else {
                format!("{{ user: {text} }}")
            };
            report
                .warn(
                    response.span(),
                    format!(
                        "Auth0 reads the metadata from the response's user, and this response is the user itself: write {}(null, {{ user }}).",
                        code.callback_name()
                    ),
                )
                .repair(
                    format!("Write {object}"),
                    [(response.span(), object.clone())],
                );
        }
    }
    for written in code.response_writes() {
        let path: Vec<&str> = written.path.iter().map(AsRef::as_ref).collect();
        match path.as_slice() {
            [name @ ("user_metadata" | "app_metadata")] => {
                report.warn(
                    written.span,
                    format!(
                        "Auth0 reads {name} from the response's user: write user: {{ {name}: … }}."
                    ),
                );
            }
            [name] if *name != "user" => {
                report.warn(
                written.span,
                format!("Auth0 ignores {name} in the response: put what should be kept into user.user_metadata or user.app_metadata."),
            );
            }
            ["user", name] if !matches!(*name, "user_metadata" | "app_metadata") => {
                report.warn(
                written.span,
                format!("Auth0 ignores user.{name} in the response, for only user_metadata and app_metadata are taken over: leave it out."),
            );
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at, repaired};
    use super::*;

    #[test]
    fn what_auth0_ignores_is_told() {
        for ignored in [
            "var response = {}; response.user = user;\nresponse.user.email = 'a@b.c';\ncb(null, response);",
            "\nuser.username = 'x'; cb(null, { user });",
            "cb(null, { user: {\nemail: 'a@b.c' } });",
            "\ncb(null, { user_metadata: { a: 1 } });",
            "\ncb(null, { sent: true });",
            "\ncb(null, user);",
            "\nreturn cb(null, { user: Object.assign({}, user, { emailVerified: true }) });",
        ] {
            assert_eq!(lines(&RULE, ignored), [2], "{ignored}");
        }
    }

    #[test]
    fn the_user_is_put_into_an_object() {
        assert_eq!(repaired(&RULE, "cb(null, user);"), "cb(null, { user });");
        assert_eq!(
            repaired(&RULE, "const u = user; cb(null, u);"),
            "const u = user; cb(null, { user: u });"
        );
    }

    #[test]
    fn metadata_and_other_points_are_not() {
        for quiet in [
            "var response = {}; response.user = user; cb(null, response);",
            "cb(null, { user: { user_metadata: { email: 1 }, app_metadata: {} } });",
            "user.user_metadata = user.user_metadata || {}; user.user_metadata.plan = 1; cb(null, { user });",
            "cb(new Error('no'), { sent: true });",
            "const copy = { email: user.email }; log(copy); cb(null, { user: {} });",
            "cb(null, {}); cb(null, make());",
        ] {
            assert_eq!(lines(&RULE, quiet), [0; 0], "{quiet}");
        }
        let phone = "module.exports = function (recipient, text, context, cb) { cb(null, { MessageID: 1 }); };";
        assert_eq!(lines_at(&RULE, Point::SendPhoneMessage, phone), [0; 0]);
    }
}
