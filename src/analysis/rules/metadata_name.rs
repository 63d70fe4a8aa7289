//! `metadata-name`: a name in metadata that Auth0 does not take.

use crate::auth0::limits;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "metadata-name",
    about: "A name in `user_metadata` or `app_metadata` starts with `$` or contains a full stop.",
    source: "Auth0 docs: Pre-User Registration, Default response (property names)",
    severity: Severity::Warning,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for found in code.metadata_names() {
        if let Some(problem) = limits::metadata_name_problem(&found.name) {
            report.warn(
                found.span,
                format!(
                    "Auth0 does not take {} into {}, because {problem}: choose another name.",
                    found.name, found.of
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn names_auth0_does_not_take_are_told() {
        let found = lines(
            &RULE,
            "const extra = { '$set': 1 };
            user.user_metadata['a.b'] = 1;
            cb(null, { user: { app_metadata: { '$gt': 1, ok: 2 }, user_metadata: extra } });",
        );
        assert_eq!(found, [1, 2, 3]);
    }

    #[test]
    fn names_an_action_sets_are_told() {
        let action = "exports.onExecutePreUserRegistration = async (event, api) => {
  api.user.setAppMetadata('a.b', 1);
  api.user.setUserMetadata('plan', 'a.b');
  other.user.setAppMetadata('a.b', 1);
};";
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, action), [2]);
    }

    #[test]
    fn other_names_are_not() {
        let quiet = "const urls = { 'https://a.b': 1 }; cb(null, { user: { app_metadata: { a$b: 1, plan: 'a.b' } } });";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
    }
}
