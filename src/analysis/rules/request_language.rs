//! `request-language`: the language is read under the name the payload does not use.

use oxc_span::Span;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "request-language",
    about: "The visitor's language is read under the name that this payload does not use: `context.requestLanguage` or `context.request.language`.",
    source: "Auth0 docs: Pre-User Registration, Parameters (older and newer revisions)",
    severity: Severity::Warning,
    any_script: false,
    find,
};

const NAMES: [(&str, &str); 2] = [
    ("context.requestLanguage", "context.request.language"),
    ("context.request.language", "context.requestLanguage"),
];

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for (used, other) in NAMES {
        if code.body_holds(used) || !code.body_holds(other) {
            continue;
        }
        let places = code.reads_of(used);
        // Code that knows both names is ready for both.
        if places.is_empty() || code.names_property(other.rsplit('.').next().unwrap_or(other)) {
            continue;
        }
        for span in places {
            let told = report.warn(
                span,
                format!(
                    "This payload has no {used}, it has {other}: read that one, or both with ||."
                ),
            );
            // What stands before the name in the code, where it is written out.
            let before = used.trim_start_matches("context.");
            let before = before.strip_suffix(code.text(span)).unwrap_or_default();
            if code
                .line_before(span.start)
                .ends_with(&format!(".{before}"))
            {
                let start = span.start - u32::try_from(before.len()).unwrap_or(0);
                let name = other.trim_start_matches("context.");
                told.repair(
                    format!("Read {other}"),
                    [(Span::new(start, span.end), name.to_owned())],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, lines_at, repaired, repaired_at};
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn the_name_that_is_not_there_is_told() {
        assert_eq!(
            lines(&RULE, "\nconst language = context.requestLanguage; cb();"),
            [2]
        );
        let post = "module.exports = function (user, context, cb) {\nlog(context.request.language); cb(); };";
        assert_eq!(lines_at(&RULE, Point::PostUserRegistration, post), [2]);
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, post), [0; 0]);
    }

    #[test]
    fn the_name_that_is_there_is_written() {
        assert_eq!(
            repaired(&RULE, "const l = context.requestLanguage; cb();"),
            "const l = context.request.language; cb();"
        );
        let post = "module.exports = function (user, context, cb) { log(context.request.language); cb(); };";
        assert_eq!(
            repaired_at(&RULE, Point::PostUserRegistration, post),
            post.replace("request.language", "requestLanguage")
        );
    }

    #[test]
    fn the_payload_decides_and_both_names_are_fine() {
        assert_eq!(
            lines(
                &RULE,
                "const request = context.request || {}; use(request.language || context.requestLanguage); cb();"
            ),
            [0; 0]
        );
        let source = "module.exports = function (user, context, cb) { log(context.requestLanguage); cb(); };";
        let older = serde_json::json!({ "user": {}, "context": { "requestLanguage": "en" } });
        let found = crate::analysis::warnings(Point::PreUserRegistration, source, Some(&older));
        assert_eq!(found, []);
    }
}
