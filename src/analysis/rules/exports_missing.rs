//! `exports-missing`: the script hands nothing to Auth0.

use oxc_ast::AstKind;
use oxc_span::Span;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "exports-missing",
    about: "Nothing is assigned to `module.exports`, so Auth0 finds no function to call.",
    source: "Measured: auth0-ext-compilers 6.1.0, func is not a function",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if code.exports.value.is_some() || code.exports.unclear || code.names.nodes().len() <= 1 {
        return;
    }
    if let Some((name, span)) = code.exports.names.first() {
        let told = report.warn(
            *span,
            format!("Auth0 calls module.exports itself and not its {name}: write module.exports = in front of the function."),
        );
        let before = code.line_before(span.start);
        let object = ["module.exports.", "exports."]
            .into_iter()
            .find(|object| before.ends_with(object));
        if let ([_], Some(object)) = (code.exports.names.as_slice(), object) {
            let start = span.start - u32::try_from(object.len()).unwrap_or(0);
            told.repair(
                "Assign it to module.exports",
                [(Span::new(start, span.end), "module.exports".to_owned())],
            );
        }
        return;
    }
    let function = code.nodes().find_map(|(node, kind)| match kind {
        AstKind::Function(function) if code.function_around(node).is_none() => function.id.as_ref(),
        _ => None,
    });
    match function {
        Some(id) => {
            let told = report.warn(
                id.span,
                format!(
                    "Auth0 cannot see {0}: add module.exports = {0}; to the script.",
                    id.name
                ),
            );
            let end = Span::empty(u32::try_from(code.source.len()).unwrap_or(u32::MAX));
            let line = if code.source.ends_with('\n') {
                ""
            } else {
                "\n"
            };
            let export = format!("{line}module.exports = {};\n", id.name);
            told.repair(format!("Add {}", export.trim()), [(end, export)])
        }
        None => report.warn(
            Span::empty(0),
            format!(
                "This script exports no function: write module.exports = {} {{ … }};.",
                code.point.signature()
            ),
        ),
    };
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines_at, repaired_at};
    use super::*;
    use crate::auth0::Point;

    fn at(source: &str) -> Vec<u32> {
        lines_at(&RULE, Point::PreUserRegistration, source)
    }

    #[test]
    fn a_script_that_exports_no_hook_is_told() {
        assert_eq!(at("\nfunction hook(user, context, cb) { cb(); }"), [2]);
        assert_eq!(
            at("\nexports.default = function (user, context, cb) { cb(); };"),
            [2]
        );
        assert_eq!(at("const x = 1;"), [1]);
    }

    #[test]
    fn the_export_is_added() {
        for (lost, found) in [
            (
                "function hook(user, context, cb) { cb(); }",
                "function hook(user, context, cb) { cb(); }\nmodule.exports = hook;\n",
            ),
            (
                "exports.default = function (user, context, cb) { cb(); };",
                "module.exports = function (user, context, cb) { cb(); };",
            ),
        ] {
            assert_eq!(repaired_at(&RULE, Point::PreUserRegistration, lost), found);
        }
    }

    #[test]
    fn a_script_that_does_is_not() {
        for quiet in [
            "",
            "// nothing yet",
            "return function (user, context, cb) { cb(); };",
            "module['exports'] = (user, context, cb) => cb();",
            "exports = module.exports = function (user, context, cb) { cb(); };",
            "Object.assign(module, { exports: f });",
            "exports.onExecutePreUserRegistration = async (event, api) => {};",
        ] {
            assert_eq!(at(quiet), [0; 0], "{quiet}");
        }
    }
}
