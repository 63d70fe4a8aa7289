//! `hook-parameters`: the hook's parameters are not those its point hands over.

use oxc_span::Span;

use crate::auth0::Point;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "hook-parameters",
    about: "The hook's parameters are not those Auth0 hands over at this extensibility point, or stand in another order.",
    source: "Auth0 docs: each extensibility point, Starter code (parameters)",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let Some(hook) = &code.hook else { return };
    if code.point == Point::Generic || hook.params.rest.is_some() || code.uses_arguments() {
        return;
    }
    let names = hook.parameter_names();
    let roles = code.roles();
    let swapped = names.len() == roles.len()
        && names.iter().zip(&roles).any(|(name, role)| {
            let known = meant(name);
            known != Some(*role) && known.is_some_and(|known| roles.contains(&known))
        });
    if names.len() < roles.len() || swapped {
        let told = report.warn(
            hook.head(),
            format!(
                "Auth0 calls a {} hook with ({}): give it these parameters in this order.",
                code.point.name(),
                roles.join(", ")
            ),
        );
        if let Some(list) = in_order(&names, &roles) {
            told.repair(
                format!("Write the parameters as ({list})"),
                [(hook.params.span, format!("({list})"))],
            );
        }
    } else if let Some(extra) = hook
        .params
        .items
        .get(roles.len())
        .filter(|item| item.initializer.is_none())
    {
        let told = report.warn(
            extra.span,
            format!(
                "Auth0 hands {} arguments to a {} hook, so this one is always undefined: keep to ({}).",
                roles.len(),
                code.point.name(),
                roles.join(", ")
            ),
        );
        let unused = hook
            .parameter(roles.len())
            .is_some_and(|symbol| code.mentions(symbol).is_empty());
        if unused
            && hook.params.items.len() == roles.len() + 1
            && let Some(last) = hook.params.items.get(roles.len() - 1)
        {
            told.repair(
                format!("Take {} out", code.text(extra.span)),
                [(Span::new(last.span.end, extra.span.end), String::new())],
            );
        }
    }
}

/// The parameters as Auth0 hands them over, by the author's names; `None` where it is unclear what one of them means.
fn in_order(names: &[&str], roles: &[&str]) -> Option<String> {
    let mut list: Vec<&str> = roles.to_vec();
    let mut placed = 0;
    for (role, place) in roles.iter().zip(&mut list) {
        if let Some(name) = names.iter().find(|name| meant(name) == Some(*role)) {
            *place = name;
            placed += 1;
        }
    }
    (placed == names.len()).then(|| list.join(", "))
}

/// The parameter an author's name stands for, where it is one of the usual names.
fn meant(name: &str) -> Option<&'static str> {
    Some(
        match name.trim_start_matches('_').to_ascii_lowercase().as_str() {
            "user" => "user",
            "context" | "ctx" => "context",
            "cb" | "callback" | "done" | "next" => "cb",
            "client" => "client",
            "scope" | "scopes" => "scope",
            "audience" => "audience",
            "recipient" => "recipient",
            "text" => "text",
            _ => return None,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines_at, repaired_at};
    use super::*;

    fn at(point: Point, head: &str) -> usize {
        lines_at(&RULE, point, &format!("module.exports = {head} {{ }};")).len()
    }

    #[test]
    fn wrong_counts_and_orders_are_told() {
        assert_eq!(at(Point::PreUserRegistration, "function (user, cb)"), 1);
        assert_eq!(
            at(Point::PreUserRegistration, "function (context, user, cb)"),
            1
        );
        assert_eq!(
            at(Point::PostUserRegistration, "(user, callback, ctx) =>"),
            1
        );
        assert_eq!(
            at(
                Point::CredentialsExchange,
                "function (user, context, callback)"
            ),
            1
        );
        assert_eq!(
            at(
                Point::SendPhoneMessage,
                "function (recipient, text, context, cb, more)"
            ),
            1
        );
        assert_eq!(at(Point::PreUserRegistration, "function ()"), 1);
    }

    #[test]
    fn the_order_is_mended_where_the_names_tell() {
        for (wrong, right) in [
            ("function (user, cb)", "function (user, context, cb)"),
            ("function (ctx, user, done)", "function (user, ctx, done)"),
            ("function ()", "function (user, context, cb)"),
            ("async user =>", "async (user, context, cb) =>"),
            ("(user, context, cb, more) =>", "(user, context, cb) =>"),
        ] {
            let hook = |head: &str| format!("module.exports = {head} {{ }};");
            assert_eq!(
                repaired_at(&RULE, Point::PreUserRegistration, &hook(wrong)),
                hook(right)
            );
        }
        assert_eq!(
            in_order(&["person", "cb"], &["user", "context", "cb"]),
            None
        );
    }

    #[test]
    fn other_names_in_the_right_places_are_not() {
        assert_eq!(
            at(
                Point::PreUserRegistration,
                "function (person, { request }, done)"
            ),
            0
        );
        assert_eq!(at(Point::PreUserRegistration, "function (...all)"), 0);
        assert_eq!(
            at(
                Point::PreUserRegistration,
                "function (user, context = {}, cb)"
            ),
            0
        );
        assert_eq!(
            at(
                Point::SendPhoneMessage,
                "function (to, text, ctx, callback)"
            ),
            0
        );
        assert_eq!(at(Point::Generic, "function (ctx, req, res)"), 0);
        let arguments = "module.exports = function () { arguments[2](); };";
        assert_eq!(
            lines_at(&RULE, Point::PreUserRegistration, arguments),
            [0; 0]
        );
    }
}
