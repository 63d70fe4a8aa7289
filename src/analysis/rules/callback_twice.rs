//! `callback-twice`: after one call of the callback the code goes on to another.

use oxc_ast::AstKind;
use oxc_semantic::NodeId;
use oxc_span::Span;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "callback-twice",
    about: "After one call of the callback the code goes on to another: the first answer counts, the second ends the process.",
    source: "Measured: auth0-ext-compilers 6.1.0, headers are sent twice",
    severity: Severity::Warning,
    any_script: false,
    find,
};

/// How many earlier calls each call is compared with.
const NEAR: usize = 50;

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if code.callback_changes() {
        return;
    }
    let name = code.callback_name();
    let calls = code.callback_calls();
    let mut tell = |later: Span, (node, earlier): (NodeId, Span)| {
        let line = code.places(earlier).0.line;
        let told = report.warn(
            later,
            format!("{name} is called a second time here, after the call on line {line}: put return in front of that one, or call it once."),
        );
        if leaves_by_return(code, node, later) {
            told.repair(
                format!("Put return in front of the call on line {line}"),
                [(Span::empty(earlier.start), "return ".to_owned())],
            );
        }
    };
    for (index, (later, call)) in calls.iter().enumerate() {
        let earlier = calls[..index].iter().rev().take(NEAR);
        if let Some((node, first)) = earlier
            .into_iter()
            .find(|(earlier, _)| code.goes_on_to(*earlier, *later))
        {
            tell(call.span, (*node, first.span));
        }
    }
    for deferred in code.deferred_calls() {
        let at = deferred.call.span;
        if let Some((node, first)) = calls
            .iter()
            .take(NEAR)
            .find(|(earlier, _)| code.goes_on_to(*earlier, deferred.work))
        {
            tell(at, (*node, first.span));
        }
    }
}

/// Whether `return` can stand in front of a call, and keeps the code from the later one.
fn leaves_by_return(code: &Code<'_, '_>, call: NodeId, later: Span) -> bool {
    let ends_in_finally = code.names.nodes().ancestor_kinds(call).any(|kind| {
        matches!(kind, AstKind::TryStatement(attempt)
            if attempt.finalizer.as_ref().is_some_and(|last| last.span.contains_inclusive(later)))
    });
    !ends_in_finally
        && matches!(
            code.kind(code.parent(call)),
            AstKind::ExpressionStatement(_)
        )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, repaired};
    use super::*;

    #[test]
    fn a_second_call_on_a_straight_path_is_told() {
        for twice in [
            "cb();\ncb();",
            "if (user.id) { cb('no'); }\ncb(null, { user });",
            "if (user.id) cb('no'); else log();\nreturn cb();",
            "user.id && cb('no');\ncb();",
            "for (const x of []) { if (x) { cb(x); } }\nconst y = cb();",
            "try { cb(); } finally {\ncb(); }",
            "cb(); setTimeout(() => {\ncb(); }, 10);",
            "if (user.id) { cb('no'); }\n{ { cb(); } }",
            "try { check(user); } catch (e) { cb(e); }\ncb();",
        ] {
            assert_eq!(lines(&RULE, twice), [2], "{twice}");
        }
        let nested = "send(user, function (error) {\nif (error) { cb(error); }\ncb();\n});";
        assert_eq!(lines(&RULE, nested), [3]);
    }

    #[test]
    fn return_in_front_of_the_first_ends_it() {
        for (twice, once) in [
            (
                "if (user.id) { cb('no'); }\ncb();",
                "if (user.id) { return cb('no'); }\ncb();",
            ),
            (
                "if (user.id) cb('no');\ncb();",
                "if (user.id) return cb('no');\ncb();",
            ),
            (
                "send(user, function (error) {\nif (error) { cb(error); }\ncb();\n});",
                "send(user, function (error) {\nif (error) { return cb(error); }\ncb();\n});",
            ),
            (
                "cb(); setTimeout(() => {\ncb(); }, 10);",
                "return cb(); setTimeout(() => {\ncb(); }, 10);",
            ),
        ] {
            assert_eq!(repaired(&RULE, twice), once);
        }
    }

    #[test]
    fn calls_that_shut_each_other_out_are_not() {
        for once in [
            "if (user.id) { return cb('no'); }\ncb();",
            "if (user.id) { cb('no'); return; }\ncb();",
            "if (user.id) cb('no'); else cb();",
            "if (user.id) { cb('no'); }\nif (!user.id) { cb(); }",
            "if (user.id) { cb('no'); }\nif (user.id) { return; }\ncb();",
            "return user.id ? cb('no') : cb();",
            "try { check(); cb(); } catch (e) { cb(e); }",
            "switch (user.id) { case 1: cb(1); break; default: cb(2); }",
            "user.id ? cb('no') : cb();",
            "if (user.id) { cb('no'); throw new Error('x'); }\ncb();",
            "for (const x of []) { if (x) { cb(x); return; } }\ncb();",
            "const once = f => f; cb = once(cb); cb(); cb();",
            "const a = () => cb(); const b = () => cb();",
            "send(e => cb(e)); later(() => cb());",
            "function fail() { cb('no'); }\nuser.id ? fail() : cb();",
            "user.id || cb('no'); user.id && cb();",
        ] {
            assert_eq!(lines(&RULE, once), [0; 0], "{once}");
        }
    }
}
