//! Which expression failed at a place of the source: the callee, what was constructed, the property.

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, AssignmentTarget, CallExpression, ComputedMemberExpression, Expression,
    NewExpression, PrivateFieldExpression, StaticMemberExpression, UnaryOperator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType};

use super::lowering::print;

/// Candidates nearest to the place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Culprit {
    /// The callee of the nearest call, as V8 prints it.
    pub callee: Option<String>,
    /// The callee of the nearest `new`.
    pub constructed: Option<String>,
    /// The property of the nearest member access, and whether it is written.
    pub property: Option<Property>,
    /// The first argument of the nearest call, as V8 prints it; `undefined` where there is none.
    pub argument: Option<String>,
    /// The first argument of the nearest `new`, likewise.
    pub given: Option<String>,
    /// The pattern of the nearest `new RegExp`, where it is a literal, and its flags behind a slash.
    pub pattern: Option<String>,
    /// The nearest private name, and whether it is written.
    pub private: Option<(String, bool)>,
    /// The name that stands exactly here.
    pub name: Option<String>,
}

/// A member access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    pub name: String,
    pub written: bool,
    /// The object is literally `null`.
    pub of_null: bool,
}

/// Reads the source again and finds the expressions at a byte offset.
pub(super) fn find(source: &str, offset: usize) -> Option<Culprit> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::cjs())
        .with_options(ParseOptions {
            allow_return_outside_function: true,
            ..ParseOptions::default()
        })
        .parse();
    let mut search = Search {
        offset: i64::try_from(offset).ok()?,
        ..Search::default()
    };
    let name: String = source
        .get(offset..)?
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
        .collect();
    search.visit_program(&parsed.program);
    Some(Culprit {
        argument: search.call.as_ref().map(|found| found.1.1.clone()),
        callee: search.call.map(|found| found.1.0),
        private: search.private.map(|found| found.1),
        name: Some(name).filter(|name| !name.is_empty()),
        pattern: search.pattern,
        given: search.new.as_ref().map(|found| found.1.1.clone()),
        constructed: search.new.map(|found| found.1.0),
        property: search.member.map(|found| found.1),
    })
}

#[derive(Default)]
struct Search {
    offset: i64,
    written: bool,
    call: Option<(i64, (String, String))>,
    private: Option<(i64, (String, bool))>,
    pattern: Option<String>,
    new: Option<(i64, (String, String))>,
    member: Option<(i64, Property)>,
}

impl Search {
    fn nearer<T>(&self, best: Option<&(i64, T)>, at: u32) -> Option<i64> {
        let distance = (i64::from(at) - self.offset).abs();
        // boa's columns are a few off, never a line.
        (distance <= 80 && best.is_none_or(|(known, _)| distance < *known)).then_some(distance)
    }

    fn member(&mut self, at: u32, name: String, object: &Expression<'_>) {
        let written = std::mem::take(&mut self.written);
        let of_null = matches!(object, Expression::NullLiteral(_));
        // Of a member access the place is known to a column or two; what is farther off did not fail.
        if let Some(distance) = self
            .nearer(self.member.as_ref(), at)
            .filter(|far| *far <= 2)
        {
            self.member = Some((
                distance,
                Property {
                    name,
                    written,
                    of_null,
                },
            ));
        }
    }
}

impl<'a> Visit<'a> for Search {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        // boa names the place of the opening parenthesis.
        if let Some(distance) = self.nearer(self.call.as_ref(), it.callee.span().end) {
            let argument = match it.arguments.first() {
                None | Some(Argument::SpreadElement(_)) => "undefined".to_owned(),
                Some(argument) => argument.as_expression().map(shown).unwrap_or_default(),
            };
            self.call = Some((distance, (print(&it.callee), argument)));
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_private_field_expression(&mut self, it: &PrivateFieldExpression<'a>) {
        let written = std::mem::take(&mut self.written);
        if let Some(distance) = self.nearer(self.private.as_ref(), it.field.span.start) {
            self.private = Some((distance, (it.field.name.to_string(), written)));
        }
        walk::walk_private_field_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        if let Some(distance) = self.nearer(self.new.as_ref(), it.span.start) {
            let argument = it.arguments.first().and_then(Argument::as_expression);
            let argument = argument.map_or_else(|| "undefined".to_owned(), shown);
            self.pattern = match it.arguments.first() {
                Some(Argument::StringLiteral(pattern)) => Some(pattern.value.to_string()),
                _ => None,
            };
            self.new = Some((distance, (print(&it.callee), argument)));
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_assignment_target(&mut self, it: &AssignmentTarget<'a>) {
        self.written = true;
        walk::walk_assignment_target(self, it);
        self.written = false;
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.member(
            it.property.span.start,
            it.property.name.to_string(),
            &it.object,
        );
        walk::walk_static_member_expression(self, it);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        if let Expression::StringLiteral(text) = &it.expression {
            self.member(
                it.expression.span().start,
                text.value.to_string(),
                &it.object,
            );
        } else {
            self.written = false;
        }
        walk::walk_computed_member_expression(self, it);
    }
}

/// A value as V8 prints it, where the source tells it; a name that holds what it should not is mostly undefined.
fn shown(expression: &Expression<'_>) -> String {
    match expression {
        Expression::ObjectExpression(_) => "#<Object>".to_owned(),
        Expression::ArrayExpression(_) => "[object Array]".to_owned(),
        Expression::NullLiteral(_)
        | Expression::BooleanLiteral(_)
        | Expression::StringLiteral(_)
        | Expression::NumericLiteral(_) => print(expression),
        Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
            format!("-{}", shown(&unary.argument))
        }
        _ => "undefined".to_owned(),
    }
}
