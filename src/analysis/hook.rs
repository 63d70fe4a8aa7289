//! The function that Auth0 calls.

use oxc_ast::AstKind;
use oxc_ast::ast::{
    ArrowFunctionExpression, BindingPattern, Expression, FormalParameters, Function, Statement,
};
use oxc_semantic::{NodeId, Semantic, SymbolId};
use oxc_span::Span;

/// A function's inside: statements, or the one expression of a short arrow.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body<'a> {
    Statements(&'a [Statement<'a>]),
    Expression(&'a Expression<'a>),
}

/// A function expression, arrow or declaration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HookFunction<'a> {
    pub node: NodeId,
    pub span: Span,
    pub params: &'a FormalParameters<'a>,
    pub body: Body<'a>,
    pub is_async: bool,
    pub is_generator: bool,
}

impl<'a> HookFunction<'a> {
    /// The function a value is, also through a name given once or a declaration.
    pub fn of(names: &Semantic<'a>, value: &'a Expression<'a>) -> Option<Self> {
        match value.get_inner_expression() {
            Expression::FunctionExpression(function) => Self::of_function(function),
            Expression::ArrowFunctionExpression(arrow) => Some(Self::of_arrow(arrow)),
            Expression::AssignmentExpression(inner) => Self::of(names, &inner.right),
            Expression::Identifier(name) => {
                let scoping = names.scoping();
                let symbol = scoping
                    .get_reference(name.reference_id.get()?)
                    .symbol_id()?;
                if scoping.symbol_is_mutated(symbol)
                    || !scoping.symbol_redeclarations(symbol).is_empty()
                {
                    return None;
                }
                match names.symbol_declaration(symbol).kind() {
                    AstKind::Function(function) => Self::of_function(function),
                    AstKind::VariableDeclarator(declarator) => {
                        match declarator.init.as_ref()?.get_inner_expression() {
                            Expression::FunctionExpression(function) => Self::of_function(function),
                            Expression::ArrowFunctionExpression(arrow) => {
                                Some(Self::of_arrow(arrow))
                            }
                            _ => None,
                        }
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The function of a node.
    pub fn at(kind: AstKind<'a>) -> Option<Self> {
        match kind {
            AstKind::Function(function) => Self::of_function(function),
            AstKind::ArrowFunctionExpression(arrow) => Some(Self::of_arrow(arrow)),
            _ => None,
        }
    }

    fn of_function(function: &'a Function<'a>) -> Option<Self> {
        Some(Self {
            node: function.node_id.get(),
            span: function.span,
            params: &function.params,
            body: Body::Statements(&function.body.as_ref()?.statements),
            is_async: function.r#async,
            is_generator: function.generator,
        })
    }

    fn of_arrow(arrow: &'a ArrowFunctionExpression<'a>) -> Self {
        let body = match (arrow.get_function_body(), arrow.get_expression()) {
            (_, Some(value)) => Body::Expression(value),
            (Some(body), None) => Body::Statements(&body.statements),
            (None, None) => Body::Statements(&[]),
        };
        Self {
            node: arrow.node_id.get(),
            span: arrow.span,
            params: &arrow.params,
            body,
            is_async: arrow.r#async,
            is_generator: false,
        }
    }

    /// The parameter in a place, where it is a plain name.
    pub fn parameter(&self, at: usize) -> Option<SymbolId> {
        match &self.params.items.get(at)?.pattern {
            BindingPattern::BindingIdentifier(name) => name.symbol_id.get(),
            _ => None,
        }
    }

    /// The author's names of the parameters; empty for one that is taken apart.
    pub fn parameter_names(&self) -> Vec<&'a str> {
        self.params
            .items
            .iter()
            .map(|item| match &item.pattern {
                BindingPattern::BindingIdentifier(name) => name.name.as_str(),
                _ => "",
            })
            .collect()
    }

    /// From the word `function` to the end of the parameters.
    pub fn head(&self) -> Span {
        Span::new(self.span.start, self.params.span.end)
    }
}
