//! What a script hands to the platform: `module.exports`, names on `exports`, or a `return` at the top level.

use oxc_ast::AstKind;
use oxc_ast::ast::{AssignmentTarget, Expression, MemberExpression};
use oxc_semantic::Semantic;
use oxc_span::Span;

/// The script's exports.
#[derive(Debug, Default)]
pub(crate) struct Exports<'a> {
    /// What is returned at the top level, else what was last assigned to `module.exports`.
    pub value: Option<&'a Expression<'a>>,
    /// Names set on `exports`, `module.exports` or the object assigned to it, with their places.
    pub names: Vec<(String, Span)>,
    /// What stands under the names of an Action's handlers.
    pub handlers: Vec<&'a Expression<'a>>,
    /// Whether `module` or `exports` is used in any other way, so that more may be exported than can be seen.
    pub unclear: bool,
}

impl<'a> Exports<'a> {
    /// Looks at every assignment and return.
    pub fn read(names: &Semantic<'a>) -> Self {
        let mut exports = Self::default();
        let mut returned = None;
        // Mentions of `module` and `exports` in all, and those understood.
        let (mut mentioned, mut understood) = (0_usize, 0_usize);
        for node in names.nodes().iter() {
            match node.kind() {
                AstKind::IdentifierReference(name)
                    if matches!(name.name.as_str(), "module" | "exports") =>
                {
                    mentioned += usize::from(names.is_reference_to_global_variable(name));
                }
                AstKind::AssignmentExpression(assignment) => {
                    if let AssignmentTarget::AssignmentTargetIdentifier(name) = &assignment.left
                        && name.name == "exports"
                        && names.is_reference_to_global_variable(name)
                    {
                        // `exports = module.exports = …`, or the mistake `exports = …` alone.
                        understood += 1;
                    }
                    let Some(member) = assignment.left.as_member_expression() else {
                        continue;
                    };
                    match target(names, member) {
                        Some(Target::Whole) => {
                            understood += 1;
                            exports.value = Some(&assignment.right);
                        }
                        Some(Target::Name(name, span)) => {
                            understood += 1;
                            if is_handler(&name) {
                                exports.handlers.push(&assignment.right);
                            }
                            exports.names.push((name, span));
                        }
                        None => {}
                    }
                }
                AstKind::ReturnStatement(statement) if returned.is_none() => {
                    let nested = names.nodes().ancestor_kinds(node.id()).any(|kind| {
                        matches!(
                            kind,
                            AstKind::Function(_)
                                | AstKind::ArrowFunctionExpression(_)
                                | AstKind::StaticBlock(_)
                        )
                    });
                    if !nested {
                        returned = statement.argument.as_ref();
                    }
                }
                _ => {}
            }
        }
        exports.value = returned.or(exports.value);
        exports.unclear = mentioned > understood;
        if let Some(value) = exports.value
            && let Expression::ObjectExpression(object) = value.get_inner_expression()
        {
            for property in &object.properties {
                if let Some(property) = property.as_property()
                    && let Some(name) = property.key.static_name()
                {
                    if is_handler(&name) {
                        exports.handlers.push(&property.value);
                    }
                    exports.names.push((name.into_owned(), property.span));
                }
            }
        }
        exports
    }
}

/// Whether a name is that of an Action's handler.
pub(crate) fn is_handler(name: &str) -> bool {
    name.starts_with("onExecute") || name.starts_with("onContinue")
}

enum Target {
    /// `module.exports`
    Whole,
    /// `exports.name`, `module.exports.name`
    Name(String, Span),
}

fn target(names: &Semantic<'_>, member: &MemberExpression<'_>) -> Option<Target> {
    let global = |expression: &Expression<'_>, name: &str| {
        matches!(expression.get_inner_expression(), Expression::Identifier(id)
            if id.name == name && names.is_reference_to_global_variable(id))
    };
    let (span, property) = member.static_property_info()?;
    if property == "exports" && global(member.object(), "module") {
        return Some(Target::Whole);
    }
    let on_exports = global(member.object(), "exports")
        || member
            .object()
            .get_inner_expression()
            .get_member_expr()
            .is_some_and(|inner| {
                inner.static_property_name() == Some("exports") && global(inner.object(), "module")
            });
    on_exports.then(|| Target::Name(property.to_owned(), span))
}
