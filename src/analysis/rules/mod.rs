//! The rules, one a file: its code, what it is about, where Auth0 documents it, and its tests.

mod callback_never_called;
mod callback_other_name;
mod callback_too_early;
mod callback_twice;
mod code_size;
mod error_class_elsewhere;
mod exports_missing;
mod exports_not_a_function;
mod hard_coded_secret;
mod hook_parameters;
mod metadata_name;
mod metadata_reserved;
mod module_unavailable;
mod password_logged;
mod pinned_require;
mod request_language;
mod response_ignored;
mod response_property_ignored;
mod return_ignored;
mod rules_callback;
mod secrets_logged;
mod secrets_returned;

use oxc_span::Span;

use super::code::Code;
use super::{Finding, Severity};

/// Every rule, in the order the README lists them.
pub const RULES: &[Rule] = &[
    callback_never_called::RULE,
    callback_other_name::RULE,
    callback_twice::RULE,
    callback_too_early::RULE,
    return_ignored::RULE,
    rules_callback::RULE,
    exports_missing::RULE,
    exports_not_a_function::RULE,
    hook_parameters::RULE,
    response_property_ignored::RULE,
    response_ignored::RULE,
    error_class_elsewhere::RULE,
    metadata_name::RULE,
    metadata_reserved::RULE,
    request_language::RULE,
    secrets_returned::RULE,
    secrets_logged::RULE,
    password_logged::RULE,
    hard_coded_secret::RULE,
    pinned_require::RULE,
    module_unavailable::RULE,
    code_size::RULE,
];

/// What a rule is: facts for the table of the README, and the check.
#[derive(Debug)]
pub struct Rule {
    pub code: &'static str,
    /// What it warns about, a sentence.
    pub about: &'static str,
    /// Where the fact is documented.
    pub source: &'static str,
    pub severity: Severity,
    /// Whether it holds for any script, Actions included, and not for Hooks alone.
    pub(super) any_script: bool,
    find: for<'s, 'a> fn(&Code<'s, 'a>, &mut Report),
}

/// What one rule has found.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Told>);

/// A place and a sentence, and what would mend it.
#[derive(Debug)]
struct Told {
    span: Span,
    message: String,
    repairs: Vec<(String, Vec<(Span, String)>)>,
}

impl Report {
    fn warn(&mut self, span: Span, message: impl Into<String>) -> &mut Told {
        self.0.push(Told {
            span,
            message: message.into(),
            repairs: Vec::new(),
        });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }
}

impl Told {
    /// Offers to write other text in some places.
    fn repair(
        &mut self,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = (Span, String)>,
    ) -> &mut Self {
        self.repairs
            .push((title.into(), edits.into_iter().collect()));
        self
    }
}

impl Rule {
    pub(super) fn check(&self, code: &Code<'_, '_>, findings: &mut Vec<Finding>) {
        let mut report = Report::default();
        (self.find)(code, &mut report);
        findings.extend(report.0.into_iter().map(|told| {
            let (start, end) = code.places(told.span);
            let repairs = told.repairs.into_iter();
            Finding {
                code: self.code,
                message: told.message,
                source: self.source,
                fixes: repairs
                    .map(|(title, edits)| code.fix(title, edits))
                    .collect(),
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                severity: self.severity,
            }
        }));
    }
}

/// What the tests beside the rules ask: the places a rule names in a hook.
#[cfg(test)]
mod testing {
    use super::super::warnings;
    use super::*;
    use crate::auth0::Point;

    /// The line of each finding of `rule` in `source`.
    pub fn lines_at(rule: &Rule, point: Point, source: &str) -> Vec<u32> {
        assert_eq!(crate::syntax::check(source), [], "the test's code compiles");
        warnings(point, source, None)
            .iter()
            .filter(|finding| finding.code == rule.code)
            .map(|finding| finding.line)
            .collect()
    }

    /// `source` with the first finding's first repair in it, after which the rule has less to say.
    pub fn repaired_at(rule: &Rule, point: Point, source: &str) -> String {
        let of_rule = |source: &str| {
            assert_eq!(crate::syntax::check(source), [], "{source} compiles");
            let mut found = warnings(point, source, None);
            found.retain(|finding| finding.code == rule.code);
            found
        };
        let before = of_rule(source);
        let Some(fix) = before.first().and_then(|first| first.fixes.first()) else {
            panic!("{source} is not repaired: {before:?}");
        };
        let repaired = fix.apply(source);
        assert!(of_rule(&repaired).len() < before.len(), "{repaired}");
        repaired
    }

    const HEAD: &str = "module.exports = function (user, context, cb) {";

    /// [`repaired_at`] for the body of a Pre-User Registration hook.
    pub fn repaired(rule: &Rule, body: &str) -> String {
        let source = repaired_at(
            rule,
            Point::PreUserRegistration,
            &format!("{HEAD} {body}\n}};"),
        );
        let body = source
            .strip_prefix(HEAD)
            .and_then(|body| body.strip_suffix("\n};"));
        body.unwrap_or(&source).trim().to_owned()
    }

    /// The same for the body of a Pre-User Registration hook; its first line is 1.
    pub fn lines(rule: &Rule, body: &str) -> Vec<u32> {
        let source = format!("module.exports = function (user, context, cb) {{ {body}\n}};");
        lines_at(rule, Point::PreUserRegistration, &source)
    }
}
