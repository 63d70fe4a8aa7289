//! The names a script gives to properties of `user_metadata` and `app_metadata`.

use std::borrow::Cow;

use oxc_ast::AstKind;
use oxc_ast::ast::{Argument, Expression, ObjectPropertyKind};
use oxc_span::{GetSpan, Span};

use super::code::Code;

/// A name in metadata, where the code sets it.
pub(crate) struct MetadataName<'a> {
    /// `user_metadata` or `app_metadata`.
    pub of: &'static str,
    pub name: Cow<'a, str>,
    pub span: Span,
}

impl<'a> Code<'_, 'a> {
    /// Every name that the code sets in metadata, in literals and assignments.
    pub fn metadata_names(&self) -> Vec<MetadataName<'a>> {
        let mut found = Vec::new();
        for (_, kind) in self.nodes() {
            match kind {
                AstKind::ObjectProperty(property) => {
                    if let Some(of) = property.key.static_name().and_then(|name| metadata(&name)) {
                        self.add_names(of, &property.value, 4, &mut found);
                    }
                }
                // An Action's api.user.setAppMetadata('name', value).
                AstKind::CallExpression(call) => {
                    let Some(member) = call.callee.get_member_expr() else {
                        continue;
                    };
                    let of = match member.static_property_name() {
                        Some("setAppMetadata") => "app_metadata",
                        Some("setUserMetadata") => "user_metadata",
                        _ => continue,
                    };
                    if let Some(Expression::StringLiteral(name)) =
                        call.arguments.first().and_then(Argument::as_expression)
                        && self
                            .path(member.object())
                            .is_some_and(|path| path.is("api.user"))
                    {
                        let (name, span) = (name.value.as_str().into(), name.span);
                        found.push(MetadataName { of, name, span });
                    }
                }
                AstKind::AssignmentExpression(assignment) => {
                    let Some(member) = assignment.left.as_member_expression() else {
                        continue;
                    };
                    let Some((span, name)) = member.static_property_info() else {
                        continue;
                    };
                    if let Some(of) = metadata(name) {
                        self.add_names(of, &assignment.right, 4, &mut found);
                    }
                    let of = member
                        .object()
                        .get_member_expr()
                        .and_then(|inner| metadata(inner.static_property_name()?));
                    if let Some(of) = of {
                        let name = name.into();
                        found.push(MetadataName { of, name, span });
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn add_names(
        &self,
        of: &'static str,
        value: &'a Expression<'a>,
        left: usize,
        found: &mut Vec<MetadataName<'a>>,
    ) {
        let Some(left) = left.checked_sub(1) else {
            return;
        };
        match value.get_inner_expression() {
            Expression::ObjectExpression(object) => {
                for property in &object.properties {
                    if let ObjectPropertyKind::ObjectProperty(property) = property
                        && let Some(name) = property.key.static_name()
                    {
                        let span = property.key.span();
                        found.push(MetadataName { of, name, span });
                    }
                }
            }
            Expression::CallExpression(call) => {
                let method = call.callee.get_member_expr();
                if method.and_then(|member| member.static_property_name()) == Some("assign") {
                    for argument in call.arguments.iter().filter_map(Argument::as_expression) {
                        self.add_names(of, argument, left, found);
                    }
                }
            }
            Expression::Identifier(name) => {
                if let Some(value) = self.symbol(name).and_then(|symbol| self.value_of(symbol)) {
                    self.add_names(of, value, left, found);
                }
            }
            _ => {}
        }
    }
}

fn metadata(name: &str) -> Option<&'static str> {
    match name {
        "user_metadata" => Some("user_metadata"),
        "app_metadata" => Some("app_metadata"),
        _ => None,
    }
}
