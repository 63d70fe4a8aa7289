//! `metadata-reserved`: a name in app_metadata that Auth0 keeps for itself.

use crate::auth0::limits;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "metadata-reserved",
    about: "A name in `app_metadata` is one that Auth0 keeps for itself, such as `email` or `user_id`.",
    source: "Auth0 docs: Metadata field names and data types",
    severity: Severity::Warning,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for found in code.metadata_names() {
        if found.of == "app_metadata" && limits::RESERVED_APP_METADATA.contains(&&*found.name) {
            report.warn(
                found.span,
                format!(
                    "Auth0 keeps the name {} in app_metadata for itself: choose another name.",
                    found.name
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;
    use super::*;

    #[test]
    fn reserved_names_are_told() {
        let found = lines(
            &RULE,
            "user.app_metadata.user_id = 1;
            cb(null, { user: { app_metadata: Object.assign({}, user.app_metadata, { email: 'x' }) } });",
        );
        assert_eq!(found, [1, 2]);
    }

    #[test]
    fn they_are_free_in_user_metadata() {
        assert_eq!(
            lines(
                &RULE,
                "cb(null, { user: { user_metadata: { email: 'x' }, app_metadata: { vip: user.app_metadata.email } } });"
            ),
            [0; 0]
        );
    }
}
