//! Whether code that has come to one place certainly comes to another: straight paths alone, no guesses.

use oxc_ast::AstKind;
use oxc_ast::ast::{CallExpression, Expression, Statement};
use oxc_semantic::NodeId;
use oxc_span::{GetSpan, Span};

use super::code::Code;
use super::hook::HookFunction;

/// A call of the callback inside a function that is handed to work which ends later.
pub(crate) struct Deferred<'a> {
    /// The call of the callback.
    pub call: &'a CallExpression<'a>,
    /// What starts the work.
    pub work: NodeId,
}

impl<'a> Code<'_, 'a> {
    /// Whether, once `from` has run, `to` in the same function runs too: nothing between them decides or leaves.
    pub fn goes_on_to(&self, from: NodeId, to: NodeId) -> bool {
        let nodes = self.names.nodes();
        let (start, goal) = (self.kind(from).span(), self.kind(to).span());
        // Up from `from` to the list of statements that holds both, and nothing leaves on the way.
        let mut below = start;
        for ancestor in nodes.ancestor_ids(from) {
            let kind = nodes.kind(ancestor);
            let span = kind.span();
            if let Some(list) = statements(kind) {
                let rest = Span::new(below.end, span.end);
                if let Some(next) = list
                    .iter()
                    .find(|statement| statement.span().contains_inclusive(goal))
                {
                    let between = Span::new(below.end, goal.start);
                    return next.span().start >= below.end
                        && !self.leaves_within(between, from)
                        && self.is_unconditional(to, ancestor);
                }
                if self.leaves_within(rest, from) {
                    return false;
                }
            }
            match kind {
                AstKind::ReturnStatement(_)
                | AstKind::ThrowStatement(_)
                | AstKind::YieldExpression(_)
                | AstKind::Function(_)
                | AstKind::ArrowFunctionExpression(_)
                | AstKind::Program(_) => return false,
                AstKind::TryStatement(attempt) => {
                    if let Some(last) = &attempt.finalizer
                        && !last.span.contains_inclusive(below)
                    {
                        if last.span.contains_inclusive(goal) {
                            return !self
                                .leaves_within(Span::new(last.span.start, goal.start), from)
                                && self.is_unconditional(to, ancestor);
                        }
                        if self.leaves_within(last.span, from) {
                            return false;
                        }
                    }
                }
                _ => {}
            }
            below = span;
        }
        false
    }

    /// Whether a return, throw, break or continue of the same function stands in a stretch of code.
    fn leaves_within(&self, stretch: Span, beside: NodeId) -> bool {
        let function = self.function_around(beside);
        self.leaves
            .iter()
            .any(|(span, of)| *of == function && stretch.contains_inclusive(*span))
    }

    /// Whether `node` runs whenever the node `within` around it does.
    pub fn is_unconditional(&self, node: NodeId, within: NodeId) -> bool {
        let nodes = self.names.nodes();
        let mut below = self.kind(node).span();
        for ancestor in nodes.ancestor_ids(node) {
            if ancestor == within {
                return true;
            }
            let kind = nodes.kind(ancestor);
            let runs = match kind {
                AstKind::IfStatement(choice) => choice.test.span().contains_inclusive(below),
                AstKind::ConditionalExpression(choice) => {
                    choice.test.span().contains_inclusive(below)
                }
                AstKind::LogicalExpression(pair) => pair.left.span().contains_inclusive(below),
                AstKind::AssignmentExpression(assignment) => !assignment.operator.is_logical(),
                AstKind::CallExpression(call) => !call.optional,
                AstKind::ChainExpression(_)
                | AstKind::WhileStatement(_)
                | AstKind::ForStatement(_)
                | AstKind::ForInStatement(_)
                | AstKind::ForOfStatement(_)
                | AstKind::SwitchStatement(_)
                | AstKind::CatchClause(_)
                | AstKind::LabeledStatement(_)
                | AstKind::AssignmentPattern(_)
                | AstKind::YieldExpression(_)
                | AstKind::Class(_)
                | AstKind::Function(_)
                | AstKind::ArrowFunctionExpression(_) => false,
                _ => true,
            };
            if !runs {
                return false;
            }
            below = kind.span();
        }
        false
    }

    /// The calls of the callback that stand, unconditionally, in a function handed to a timer, to `then`, or as a
    /// Node callback to a call whose result nobody keeps.
    pub fn deferred_calls(&self) -> Vec<Deferred<'a>> {
        self.callback_calls()
            .into_iter()
            .filter_map(|(node, call)| {
                let function = self.function_around(node)?;
                let first = self
                    .leaves
                    .iter()
                    .any(|(span, of)| *of == Some(function) && span.end <= call.span.start);
                if first || !self.is_unconditional(node, function) {
                    return None;
                }
                let work = self.parent(function);
                let AstKind::CallExpression(starter) = self.kind(work) else {
                    return None;
                };
                self.is_later(starter, function)
                    .then(|| self.discarded(work))
                    .flatten()
                    .map(|work| Deferred { call, work })
            })
            .collect()
    }

    /// Whether a call runs the function it is given once, and later.
    fn is_later(&self, starter: &'a CallExpression<'a>, function: NodeId) -> bool {
        let span = self.kind(function).span();
        let at = starter
            .arguments
            .iter()
            .position(|argument| argument.span().contains_inclusive(span));
        let Some(at) = at else { return false };
        if let Some(name) = self.global(&starter.callee) {
            return at == 0 && matches!(name, "setTimeout" | "setImmediate" | "queueMicrotask");
        }
        let Some(member) = starter.callee.get_member_expr() else {
            return false;
        };
        match member.static_property_name() {
            Some("nextTick") => self.global(member.object()) == Some("process"),
            Some("then" | "finally") => at == 0,
            // Called for each event or item, or for failures alone.
            Some(
                "catch" | "on" | "once" | "addListener" | "addEventListener" | "forEach" | "map"
                | "filter" | "some" | "every" | "find" | "findIndex" | "reduce" | "each",
            )
            | None => false,
            Some(_) => {
                let takes_error = HookFunction::at(self.kind(function)).is_some_and(|function| {
                    let names = function.parameter_names();
                    names
                        .first()
                        .is_some_and(|first| matches!(*first, "err" | "error" | "e"))
                });
                at + 1 == starter.arguments.len() && takes_error
            }
        }
    }

    /// The outermost call of `call.then(…).catch(…)`, where nobody keeps its result.
    fn discarded(&self, mut call: NodeId) -> Option<NodeId> {
        loop {
            let parent = self.parent(call);
            match self.kind(parent) {
                AstKind::ExpressionStatement(_) => return Some(call),
                AstKind::StaticMemberExpression(_) => call = self.call_of(parent)?.0,
                _ => return None,
            }
        }
    }

    /// Whether nothing but `return callback(…)` names the callback before a place.
    pub fn is_uncalled_before(&self, place: u32) -> bool {
        self.callback_mentions().into_iter().all(|mention| {
            self.kind(mention).span().start > place
                || self.call_of(mention).is_some_and(|(call, _)| {
                    matches!(self.kind(self.parent(call)), AstKind::ReturnStatement(_))
                })
        })
    }
}

fn statements<'a>(kind: AstKind<'a>) -> Option<&'a [Statement<'a>]> {
    match kind {
        AstKind::BlockStatement(block) => Some(&block.body),
        AstKind::FunctionBody(body) => Some(&body.statements),
        AstKind::Program(program) => Some(&program.body),
        AstKind::SwitchCase(case) => Some(&case.consequent),
        _ => None,
    }
}

/// Whether an expression is null, undefined, or another constant that counts as no error.
pub(super) fn is_nothing(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::NullLiteral(_) => true,
        Expression::Identifier(name) => name.name == "undefined",
        Expression::BooleanLiteral(value) => !value.value,
        Expression::NumericLiteral(value) => value.value == 0.0,
        Expression::StringLiteral(value) => value.value.is_empty(),
        Expression::UnaryExpression(unary) => unary.operator.is_void(),
        _ => false,
    }
}
