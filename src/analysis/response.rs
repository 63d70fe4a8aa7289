//! What a hook writes into its response, as far as the code says it outright.

use std::borrow::Cow;
use std::collections::HashSet;

use oxc_ast::AstKind;
use oxc_ast::ast::{Argument, Expression, ObjectPropertyKind};
use oxc_semantic::{NodeId, SymbolId};
use oxc_span::{GetSpan, Span};

use super::code::Code;
use super::flow::is_nothing;

/// How many names, assignments and literals deep a response is followed.
const DEPTH: usize = 8;
/// The most writes looked at.
const MOST: usize = 2_000;

/// A property that the code sets in the response.
pub(crate) struct Written<'a> {
    /// From the response on: `user`, `user_metadata`, `plan`.
    pub path: Vec<Cow<'a, str>>,
    /// The property's name in the code.
    pub span: Span,
    pub value: &'a Expression<'a>,
}

/// What is gathered on the way.
#[derive(Default)]
struct Gathered<'a> {
    found: Vec<Written<'a>>,
    /// Names already followed, each with what it is of the response: no circles, and no work done twice.
    seen: HashSet<(SymbolId, Vec<Cow<'a, str>>)>,
}

impl<'a> Code<'_, 'a> {
    /// The expressions handed to the callback as its response, without errors.
    pub fn responses(&self) -> Vec<&'a Expression<'a>> {
        self.callback_calls()
            .into_iter()
            .filter_map(|(_, call)| {
                let error = call.arguments.first().and_then(Argument::as_expression)?;
                let response = call.arguments.get(1).and_then(Argument::as_expression)?;
                is_nothing(error).then_some(response)
            })
            .collect()
    }

    /// Every property that is set in a response.
    pub fn response_writes(&self) -> Vec<Written<'a>> {
        let mut gathered = Gathered::default();
        for response in self.responses() {
            self.add_writes(response, &[], DEPTH, &mut gathered);
        }
        gathered.found
    }

    fn add_writes(
        &self,
        value: &'a Expression<'a>,
        prefix: &[Cow<'a, str>],
        left: usize,
        gathered: &mut Gathered<'a>,
    ) {
        let Some(left) = left.checked_sub(1) else {
            return;
        };
        if gathered.found.len() >= MOST {
            return;
        }
        match value.get_inner_expression() {
            Expression::ObjectExpression(object) => {
                for property in &object.properties {
                    match property {
                        ObjectPropertyKind::ObjectProperty(property) => {
                            if let Some(name) = property.key.static_name() {
                                let path = [prefix, &[name]].concat();
                                let span = property.key.span();
                                self.add_write(path, span, &property.value, left, gathered);
                            }
                        }
                        ObjectPropertyKind::SpreadProperty(spread) => {
                            self.add_writes(&spread.argument, prefix, left, gathered);
                        }
                    }
                }
            }
            Expression::CallExpression(call) => {
                let assigns = call.callee.get_member_expr().is_some_and(|member| {
                    member.static_property_name() == Some("assign")
                        && self.global(member.object()) == Some("Object")
                });
                if assigns {
                    for argument in call.arguments.iter().filter_map(Argument::as_expression) {
                        self.add_writes(argument, prefix, left, gathered);
                    }
                }
            }
            Expression::ConditionalExpression(either) => {
                self.add_writes(&either.consequent, prefix, left, gathered);
                self.add_writes(&either.alternate, prefix, left, gathered);
            }
            Expression::LogicalExpression(either) => {
                self.add_writes(&either.left, prefix, left, gathered);
                self.add_writes(&either.right, prefix, left, gathered);
            }
            Expression::AssignmentExpression(assignment) => {
                self.add_writes(&assignment.right, prefix, left, gathered);
            }
            Expression::Identifier(name) => {
                let Some(symbol) = self.symbol(name) else {
                    return;
                };
                if !gathered.seen.insert((symbol, prefix.to_vec())) {
                    return;
                }
                if let Some(value) = self.value_of(symbol) {
                    self.add_writes(value, prefix, left, gathered);
                }
                for mention in self.mentions(symbol) {
                    self.add_assignment(mention, prefix, left, gathered);
                }
            }
            _ => {}
        }
    }

    fn add_write(
        &self,
        path: Vec<Cow<'a, str>>,
        span: Span,
        value: &'a Expression<'a>,
        left: usize,
        gathered: &mut Gathered<'a>,
    ) {
        self.add_writes(value, &path, left, gathered);
        gathered.found.push(Written { path, span, value });
    }

    /// `name = value`, `name.a.b = value`, where `mention` is the name.
    fn add_assignment(
        &self,
        mention: NodeId,
        prefix: &[Cow<'a, str>],
        left: usize,
        gathered: &mut Gathered<'a>,
    ) {
        let mut path = prefix.to_vec();
        let (mut node, mut span) = (mention, self.kind(mention).span());
        for _ in 0..DEPTH {
            let parent = self.parent(node);
            let below = self.kind(node).span();
            match self.kind(parent) {
                AstKind::AssignmentExpression(assignment)
                    if assignment.left.span().contains_inclusive(below) =>
                {
                    if path.len() == prefix.len() {
                        self.add_writes(&assignment.right, prefix, left, gathered);
                    } else {
                        self.add_write(path, span, &assignment.right, left, gathered);
                    }
                    return;
                }
                kind => {
                    let Some(member) = kind.as_member_expression_kind() else {
                        return;
                    };
                    let Some((name_span, name)) = member.static_property_info() else {
                        return;
                    };
                    if !member.object().span().contains_inclusive(below) {
                        return;
                    }
                    path.push(name.into());
                    (node, span) = (parent, name_span);
                }
            }
        }
    }
}
