//! `secrets-logged`: secrets go to the console.

use oxc_span::GetSpan;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "secrets-logged",
    about: "The whole `context` or `event`, or a secret, is logged.",
    source: "Auth0 docs: Hooks, Secrets; measured: context.webtask holds the secrets",
    severity: Severity::Warning,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for call in code.console_calls() {
        for shown in code.shown_in_arguments(&call.arguments) {
            if let Some(what) = code.secrets_in(&shown) {
                report.warn(
                    shown.value.span(),
                    format!(
                        "This writes {what} to the log: log the single properties that are needed."
                    ),
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
    fn secrets_in_the_log_are_told() {
        let found = lines(
            &RULE,
            "console.log(context);
            console.log('key', context.webtask.secrets.KEY);
            console.error(`key ${(context.webtask.secrets || {})['KEY']}`);
            console.log(JSON.stringify({ context }));
            const webtask = context.webtask; console.dir(webtask);
            cb();",
        );
        assert_eq!(found, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn secrets_of_an_action_are_told() {
        let action = "exports.onExecutePostUserRegistration = async (event, api) => {
  console.log(event.secrets.KEY);
  const { secrets } = event;
  console.log(secrets, event.user.email, Object.keys(event.secrets));
  console.log(event);
};
module.exports.onContinuePreUserRegistration = async e => console.log(e.secrets.KEY);";
        assert_eq!(
            lines_at(&RULE, Point::PostUserRegistration, action),
            [2, 4, 5, 7]
        );
    }

    #[test]
    fn parts_without_secrets_are_not() {
        let quiet = "console.log(context.connection, context.request, Object.keys(context.webtask.secrets), 'in ' + context, context.webtask.secrets.KEY.length); cb();";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
    }
}
