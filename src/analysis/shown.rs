//! Which values a log line or a response shows: what stands in it as it is, and what is made into text.

use oxc_ast::ast::{
    Argument, ArrayExpressionElement, BinaryOperator, Expression, ObjectPropertyKind,
};

use super::code::Code;

/// How deep literals within literals are looked into.
const DEPTH: usize = 16;

/// A value that can be read in what is shown.
pub(crate) struct Shown<'a> {
    pub value: &'a Expression<'a>,
    /// Only its text form is seen: of an object, `[object Object]`.
    pub as_text: bool,
}

impl<'a> Code<'_, 'a> {
    /// What the arguments of a call show.
    pub fn shown_in_arguments(&self, arguments: &'a [Argument<'a>]) -> Vec<Shown<'a>> {
        let mut found = Vec::new();
        for argument in arguments {
            match argument {
                Argument::SpreadElement(spread) => {
                    self.add_shown(&spread.argument, false, DEPTH, &mut found);
                }
                other => {
                    if let Some(value) = other.as_expression() {
                        self.add_shown(value, false, DEPTH, &mut found);
                    }
                }
            }
        }
        found
    }

    /// What a value shows when it is turned into JSON or logged.
    pub fn shown(&self, value: &'a Expression<'a>) -> Vec<Shown<'a>> {
        let mut found = Vec::new();
        self.add_shown(value, false, DEPTH, &mut found);
        found
    }

    fn add_shown(
        &self,
        value: &'a Expression<'a>,
        as_text: bool,
        left: usize,
        found: &mut Vec<Shown<'a>>,
    ) {
        let Some(left) = left.checked_sub(1) else {
            return;
        };
        let value = value.get_inner_expression();
        match value {
            Expression::TemplateLiteral(template) => {
                for part in &template.expressions {
                    self.add_shown(part, true, left, found);
                }
            }
            Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
                self.add_shown(&sum.left, true, left, found);
                self.add_shown(&sum.right, true, left, found);
            }
            Expression::ConditionalExpression(either) => {
                self.add_shown(&either.consequent, as_text, left, found);
                self.add_shown(&either.alternate, as_text, left, found);
            }
            Expression::ObjectExpression(object) => {
                for property in &object.properties {
                    match property {
                        ObjectPropertyKind::ObjectProperty(property) => {
                            self.add_shown(&property.value, as_text, left, found);
                        }
                        ObjectPropertyKind::SpreadProperty(spread) => {
                            self.add_shown(&spread.argument, as_text, left, found);
                        }
                    }
                }
            }
            Expression::ArrayExpression(array) => {
                for element in &array.elements {
                    match element {
                        ArrayExpressionElement::SpreadElement(spread) => {
                            self.add_shown(&spread.argument, as_text, left, found);
                        }
                        other => {
                            if let Some(value) = other.as_expression() {
                                self.add_shown(value, as_text, left, found);
                            }
                        }
                    }
                }
            }
            Expression::CallExpression(call) => {
                let member = call.callee.get_member_expr();
                let object = member.and_then(|member| self.global(member.object()));
                let method = member.and_then(|member| member.static_property_name());
                match (object, method) {
                    // All of it shows, also where text is made of it afterwards.
                    (Some("JSON"), Some("stringify")) | (_, Some("inspect")) => {
                        if let Some(value) =
                            call.arguments.first().and_then(Argument::as_expression)
                        {
                            self.add_shown(value, false, left, found);
                        }
                    }
                    (Some("Object"), Some("assign" | "values" | "entries"))
                    | (_, Some("format")) => found.extend(
                        call.arguments
                            .iter()
                            .filter_map(Argument::as_expression)
                            .map(|value| Shown { value, as_text }),
                    ),
                    _ if self.global(&call.callee) == Some("String") => {
                        if let Some(value) =
                            call.arguments.first().and_then(Argument::as_expression)
                        {
                            self.add_shown(value, true, left, found);
                        }
                    }
                    _ => {}
                }
            }
            // A name of its own that stands for a literal: what is in that literal.
            Expression::Identifier(name) if self.path(value).is_none() => {
                if let Some(value) = self.symbol(name).and_then(|symbol| self.value_of(symbol)) {
                    self.add_shown(value, as_text, left, found);
                }
            }
            _ => found.push(Shown { value, as_text }),
        }
    }
}
