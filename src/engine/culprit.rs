//! Which expression failed at a place of the source: the callee, what was constructed, the property.

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    AssignmentTarget, CallExpression, ComputedMemberExpression, Expression, NewExpression,
    StaticMemberExpression,
};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType};

/// Candidates nearest to the place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Culprit {
    /// The callee of the nearest call, as V8 prints it.
    pub callee: Option<String>,
    /// The callee of the nearest `new`.
    pub constructed: Option<String>,
    /// The property of the nearest member access, and whether it is written.
    pub property: Option<Property>,
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
    search.visit_program(&parsed.program);
    Some(Culprit {
        callee: search.call.map(|found| found.1),
        constructed: search.new.map(|found| found.1),
        property: search.member.map(|found| found.1),
    })
}

#[derive(Default)]
struct Search {
    offset: i64,
    written: bool,
    call: Option<(i64, String)>,
    new: Option<(i64, String)>,
    member: Option<(i64, Property)>,
}

/// An expression as V8 prints it in "… is not a function".
fn print(expression: &Expression<'_>) -> String {
    match expression {
        Expression::Identifier(name) => name.name.to_string(),
        Expression::ThisExpression(_) => "this".to_owned(),
        Expression::Super(_) => "(intermediate value)".to_owned(),
        Expression::StaticMemberExpression(member) => {
            format!("{}.{}", print(&member.object), member.property.name)
        }
        Expression::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(text) => format!("{}.{}", print(&member.object), text.value),
            Expression::NumericLiteral(number) => {
                format!("{}[{}]", print(&member.object), number.value)
            }
            Expression::Identifier(name) => format!("{}[{}]", print(&member.object), name.name),
            _ => format!("{}[...]", print(&member.object)),
        },
        Expression::CallExpression(call) => format!("{}(...)", print(&call.callee)),
        Expression::ParenthesizedExpression(inner) => print(&inner.expression),
        Expression::StringLiteral(text) => format!("\"{}\"", text.value),
        Expression::NumericLiteral(number) => number.value.to_string(),
        _ => "(intermediate value)".to_owned(),
    }
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
            self.call = Some((distance, print(&it.callee)));
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        if let Some(distance) = self.nearer(self.new.as_ref(), it.span.start) {
            self.new = Some((distance, print(&it.callee)));
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
