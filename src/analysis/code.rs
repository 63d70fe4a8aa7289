//! One script as the rules see it: its names resolved, its hook found, and which expression is which part of the payload.

use std::borrow::Cow;
use std::collections::HashMap;

use oxc_ast::AstKind;
use oxc_ast::ast::{BindingPattern, CallExpression, Expression, IdentifierReference};
use oxc_semantic::{NodeId, Semantic, SymbolId};
use oxc_span::{GetSpan, Span};
use serde_json::Value;

use super::exports::{Exports, is_handler};
use super::hook::HookFunction;
use super::shown::Shown;
use crate::auth0::{Point, action};
use crate::syntax::{Fix, Lines, Place};

/// The longest chain of names that is followed; the payload's deepest has four.
const LONGEST_PATH: usize = 8;

/// The first parameter of an Action's handler.
const EVENT: &str = "event";
/// What an Action's handlers are called with.
const ACTION_ROLES: [&str; 2] = [EVENT, "api"];

/// What a rule looks at.
pub(crate) struct Code<'s, 'a> {
    pub point: Point,
    pub source: &'s str,
    pub names: &'s Semantic<'a>,
    pub exports: Exports<'a>,
    /// The function Auth0 calls, where the script shows it.
    pub hook: Option<HookFunction<'a>>,
    body: Option<&'s Value>,
    /// Whether a run would find a module that is no part of Node.
    pub has_module: &'s (dyn Fn(&str) -> bool + Sync),
    lines: Lines<'s>,
    origins: HashMap<SymbolId, Origin<'a>>,
    /// Each return, throw, break and continue with the function it stands in.
    pub leaves: Vec<(Span, Option<NodeId>)>,
}

/// Where a name's value comes from.
struct Origin<'a> {
    base: Base<'a>,
    /// What of it, for `const { key } = base`.
    key: Option<Cow<'a, str>>,
}

enum Base<'a> {
    /// One of the hook's parameters, by the name the platform gives it.
    Parameter(&'static str),
    Value(&'a Expression<'a>),
}

/// A part of the payload: `context.webtask.secrets`, whatever the author called it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path<'a> {
    /// The parameter by the platform's name, such as `context`.
    pub parameter: &'static str,
    pub names: Vec<Cow<'a, str>>,
}

impl Path<'_> {
    /// Whether it is this path, written with full stops.
    pub fn is(&self, dotted: &str) -> bool {
        let mut parts = dotted.split('.');
        parts.next() == Some(self.parameter) && parts.eq(self.names.iter().map(Cow::as_ref))
    }
}

impl<'s, 'a> Code<'s, 'a> {
    /// Reads what every rule needs.
    pub fn read(
        point: Point,
        source: &'s str,
        body: Option<&'s Value>,
        has_module: &'s (dyn Fn(&str) -> bool + Sync),
        names: &'s Semantic<'a>,
    ) -> Self {
        let exports = Exports::read(names);
        let hook = exports
            .value
            .and_then(|value| HookFunction::of(names, value));
        let mut code = Self {
            point,
            source,
            names,
            exports,
            hook,
            body,
            has_module,
            lines: Lines::new(source),
            origins: HashMap::new(),
            leaves: Vec::new(),
        };
        code.read_origins();
        code.leaves = code
            .nodes()
            .filter(|(_, kind)| {
                matches!(
                    kind,
                    AstKind::ReturnStatement(_)
                        | AstKind::ThrowStatement(_)
                        | AstKind::BreakStatement(_)
                        | AstKind::ContinueStatement(_)
                )
            })
            .map(|(node, kind)| (kind.span(), code.function_around(node)))
            .collect();
        code
    }

    /// Whether the script exports an Action's handler, or is an Action of the first version.
    pub fn is_action(&self) -> bool {
        self.exports.names.iter().any(|(name, _)| is_handler(name)) || self.is_first_version()
    }

    /// Whether it is an Action of the first version.
    fn is_first_version(&self) -> bool {
        self.hook.as_ref().is_some_and(|hook| {
            let names: Vec<_> = hook
                .parameter_names()
                .iter()
                .map(ToString::to_string)
                .collect();
            action::is_first_version(&names)
        })
    }

    /// First and one past the last place of a span.
    pub fn places(&self, span: Span) -> (Place, Place) {
        (
            self.lines.place(span.start as usize),
            self.lines.place(span.end as usize),
        )
    }

    /// A repair that writes other text in some places.
    pub fn fix(&self, title: String, edits: Vec<(Span, String)>) -> Fix {
        let edits = edits
            .into_iter()
            .map(|(span, text)| (span.start as usize..span.end as usize, text))
            .collect();
        Fix::of_bytes(&self.lines, title, edits)
    }

    /// The code of a span.
    pub fn text(&self, span: Span) -> &'s str {
        self.source
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// The line of an offset up to it.
    pub fn line_before(&self, offset: u32) -> &'s str {
        let before = self.source.get(..offset as usize).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// The byte offset of a line's start; 1-based.
    pub fn line_start(&self, line: u32) -> u32 {
        let offset = self.lines.offset(Place { line, column: 1 });
        u32::try_from(offset).unwrap_or(u32::MAX)
    }

    /// The comments: text without delimiters, first and last line.
    pub fn comments(&self) -> impl Iterator<Item = (&'s str, u32, u32)> {
        self.names.comments().iter().map(|comment| {
            let text = comment.content_span();
            let (start, end) = self.places(comment.span);
            let text = self.source.get(text.start as usize..text.end as usize);
            (text.unwrap_or_default(), start.line, end.line)
        })
    }

    /// What the hook's parameters are, in order, by the platform's names.
    pub fn roles(&self) -> Vec<&'static str> {
        match self.point {
            Point::Generic => vec!["context", "cb"],
            point => [point.arguments(), &["cb"]].concat(),
        }
    }

    /// The hook's callback, where it is a parameter in its place.
    pub fn callback(&self) -> Option<SymbolId> {
        let at = self.roles().len() - 1;
        self.hook.as_ref()?.parameter(at)
    }

    /// The author's name for the callback.
    pub fn callback_name(&self) -> &str {
        self.callback()
            .map_or("cb", |symbol| self.names.scoping().symbol_name(symbol))
    }

    /// Each place where the callback is named.
    pub fn callback_mentions(&self) -> Vec<NodeId> {
        self.callback()
            .map(|symbol| self.mentions(symbol))
            .unwrap_or_default()
    }

    /// Each place where a name is read or written.
    pub fn mentions(&self, symbol: SymbolId) -> Vec<NodeId> {
        self.names
            .symbol_references(symbol)
            .map(|reference| reference.node_id())
            .collect()
    }

    /// The direct calls of the callback, in the order of the text.
    pub fn callback_calls(&self) -> Vec<(NodeId, &'a CallExpression<'a>)> {
        let mut calls: Vec<_> = self
            .callback_mentions()
            .into_iter()
            .filter_map(|mention| self.call_of(mention))
            .collect();
        calls.sort_by_key(|(_, call)| call.span.start);
        calls
    }

    /// The call whose callee this node is.
    pub fn call_of(&self, node: NodeId) -> Option<(NodeId, &'a CallExpression<'a>)> {
        let parent = self.parent(node);
        match self.kind(parent) {
            AstKind::CallExpression(call)
                if call
                    .callee
                    .span()
                    .contains_inclusive(self.kind(node).span()) =>
            {
                Some((parent, call))
            }
            _ => None,
        }
    }

    /// Whether the callback is ever given another value.
    pub fn callback_changes(&self) -> bool {
        self.callback()
            .is_some_and(|symbol| self.names.scoping().symbol_is_mutated(symbol))
    }

    /// Whether the hook reads its arguments by number.
    pub fn uses_arguments(&self) -> bool {
        self.globals().any(|(_, name)| name.name == "arguments")
    }

    /// What is given away by showing a value: a sentence's object.
    pub fn secrets_in(&self, shown: &Shown<'a>) -> Option<&'static str> {
        let path = self.path(shown.value)?;
        let (secrets, whole) = if path.parameter == EVENT {
            ("event.secrets", ["event", "event.secrets", ""])
        } else if self.point == Point::Generic {
            ("context.secrets", ["context", "context.secrets", ""])
        } else {
            (
                "context.webtask.secrets",
                ["context", "context.webtask", "context.webtask.secrets"],
            )
        };
        let depth = secrets.split('.').count();
        if path.names.len() == depth {
            let mut parent = path.clone();
            parent.names.pop();
            return parent.is(secrets).then_some("a secret");
        }
        let shows = !shown.as_text && whole.iter().any(|part| path.is(part));
        shows.then_some(if path.names.is_empty() && path.parameter == EVENT {
            "the whole event with the secrets in it"
        } else if path.names.is_empty() {
            "the whole context with the secrets in it"
        } else {
            "the hook's secrets"
        })
    }

    /// Where the code reads a part of the payload.
    pub fn reads_of(&self, dotted: &str) -> Vec<Span> {
        let Some((object, property)) = dotted.rsplit_once('.') else {
            return Vec::new();
        };
        self.nodes()
            .filter_map(|(_, kind)| {
                let member = kind.as_member_expression_kind()?;
                let (span, name) = member.static_property_info()?;
                let found = name == property && self.path(member.object())?.is(object);
                found.then_some(span)
            })
            .collect()
    }

    /// Whether any property of this name is read, from whatever object.
    pub fn names_property(&self, property: &str) -> bool {
        self.nodes().any(|(_, kind)| match kind {
            AstKind::BindingProperty(taken) => taken.key.static_name().as_deref() == Some(property),
            kind => kind
                .as_member_expression_kind()
                .and_then(|member| member.static_property_name())
                .is_some_and(|name| name == property),
        })
    }

    /// The node of an id.
    pub fn kind(&self, node: NodeId) -> AstKind<'a> {
        self.names.nodes().kind(node)
    }

    /// The parent, through parentheses.
    pub fn parent(&self, node: NodeId) -> NodeId {
        let nodes = self.names.nodes();
        let mut parent = nodes.parent_id(node);
        while matches!(nodes.kind(parent), AstKind::ParenthesizedExpression(_)) {
            parent = nodes.parent_id(parent);
        }
        parent
    }

    /// Each node of the script, parents before their children.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, AstKind<'a>)> {
        self.names
            .nodes()
            .iter()
            .map(|node| (node.id(), node.kind()))
    }

    /// The function a node stands in; `None` at the top level.
    pub fn function_around(&self, node: NodeId) -> Option<NodeId> {
        let nodes = self.names.nodes();
        nodes.ancestor_ids(node).find(|ancestor| {
            matches!(
                nodes.kind(*ancestor),
                AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)
            )
        })
    }

    /// What an identifier names, if the script declares it.
    pub fn symbol(&self, name: &IdentifierReference<'_>) -> Option<SymbolId> {
        let reference = name.reference_id.get()?;
        self.names.scoping().get_reference(reference).symbol_id()
    }

    /// The name of an identifier that the script does not declare.
    pub fn global(&self, expression: &'a Expression<'a>) -> Option<&'a str> {
        match expression.get_inner_expression() {
            Expression::Identifier(name) if self.symbol(name).is_none() => Some(name.name.as_str()),
            _ => None,
        }
    }

    /// Each identifier that the script does not declare.
    pub fn globals(&self) -> impl Iterator<Item = (NodeId, &'a IdentifierReference<'a>)> {
        self.nodes().filter_map(|(node, kind)| match kind {
            AstKind::IdentifierReference(name) if self.symbol(name).is_none() => Some((node, name)),
            _ => None,
        })
    }

    /// `require('name')` with a text in it: the text and its place.
    pub fn requires(&self) -> impl Iterator<Item = (&'a str, Span)> {
        self.nodes().filter_map(|(_, kind)| match kind {
            AstKind::CallExpression(call) if self.global(&call.callee) == Some("require") => {
                let [only] = call.arguments.as_slice() else {
                    return None;
                };
                match only.as_expression()?.get_inner_expression() {
                    Expression::StringLiteral(text) => Some((text.value.as_str(), text.span)),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    /// `console.log(…)` and its kin: the call.
    pub fn console_calls(&self) -> impl Iterator<Item = &'a CallExpression<'a>> {
        self.nodes().filter_map(|(_, kind)| match kind {
            AstKind::CallExpression(call) => {
                let member = call.callee.get_member_expr()?;
                let method = member.static_property_name()?;
                let logs = matches!(
                    method,
                    "log" | "info" | "warn" | "error" | "debug" | "trace" | "dir" | "table"
                );
                (logs && self.global(member.object()) == Some("console")).then_some(call)
            }
            _ => None,
        })
    }

    /// Which part of the payload an expression is, through names given to it and `|| {}`.
    pub fn path(&self, expression: &'a Expression<'a>) -> Option<Path<'a>> {
        self.path_within(expression, LONGEST_PATH)
    }

    fn path_within(&self, expression: &'a Expression<'a>, left: usize) -> Option<Path<'a>> {
        let left = left.checked_sub(1)?;
        let expression = expression.get_inner_expression();
        if let Some(member) = expression.get_member_expr() {
            let mut path = self.path_within(member.object(), left)?;
            path.names.push(member.static_property_name()?.into());
            return Some(path);
        }
        match expression {
            Expression::Identifier(name) => self.path_of_symbol(self.symbol(name)?, left),
            Expression::LogicalExpression(either) => self.path_within(&either.left, left),
            _ => None,
        }
    }

    /// The author's names of what the platform hands over, by the platform's own.
    pub fn parameter_names(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.origins
            .iter()
            .filter_map(|(symbol, origin)| match (&origin.base, &origin.key) {
                (Base::Parameter(parameter), None) => {
                    Some((*parameter, self.names.scoping().symbol_name(*symbol)))
                }
                _ => None,
            })
    }

    /// Which part of the payload a name is.
    pub fn path_of(&self, symbol: SymbolId) -> Option<Path<'a>> {
        self.path_of_symbol(symbol, LONGEST_PATH)
    }

    fn path_of_symbol(&self, symbol: SymbolId, left: usize) -> Option<Path<'a>> {
        let origin = self.origins.get(&symbol)?;
        let mut path = match &origin.base {
            Base::Parameter(parameter) => Path {
                parameter,
                names: Vec::new(),
            },
            Base::Value(value) => self.path_within(value, left)?,
        };
        path.names.extend(origin.key.clone());
        Some(path)
    }

    /// What a name was first given, where it is never given anything else.
    pub fn value_of(&self, symbol: SymbolId) -> Option<&'a Expression<'a>> {
        match self.origins.get(&symbol)? {
            Origin {
                base: Base::Value(value),
                key: None,
            } => Some(value),
            _ => None,
        }
    }

    /// Whether the payload holds something at a path such as `context.request.language`.
    pub fn body_holds(&self, dotted: &str) -> bool {
        let default = || serde_json::from_str(self.point.default_body()).unwrap_or_default();
        let body = match self.body {
            Some(body) => Cow::Borrowed(body),
            None => Cow::Owned(default()),
        };
        let mut at: &Value = &body;
        for name in dotted.split('.') {
            match at.get(name) {
                Some(inner) => at = inner,
                None => return false,
            }
        }
        true
    }

    fn read_origins(&mut self) {
        let roles = self.roles();
        let mut origins = HashMap::new();
        let mut add = |pattern: &'a BindingPattern<'a>, base: &dyn Fn() -> Base<'a>| match pattern {
            BindingPattern::BindingIdentifier(name) => {
                if let Some(symbol) = name.symbol_id.get() {
                    let (base, key) = (base(), None);
                    origins.insert(symbol, Origin { base, key });
                }
            }
            BindingPattern::ObjectPattern(object) => {
                for property in &object.properties {
                    let name = match &property.value {
                        BindingPattern::AssignmentPattern(default) => &default.left,
                        plain => plain,
                    };
                    if let BindingPattern::BindingIdentifier(name) = name
                        && let Some(symbol) = name.symbol_id.get()
                        && let Some(key) = property.key.static_name()
                    {
                        let (base, key) = (base(), Some(key));
                        origins.insert(symbol, Origin { base, key });
                    }
                }
            }
            BindingPattern::ArrayPattern(_) | BindingPattern::AssignmentPattern(_) => {}
        };
        for (_, kind) in self.nodes() {
            if let AstKind::VariableDeclarator(declarator) = kind
                && let Some(value) = &declarator.init
            {
                add(&declarator.id, &|| Base::Value(value));
            }
        }
        let roles = if self.is_first_version() {
            vec![EVENT, "context"]
        } else {
            roles
        };
        if let Some(hook) = &self.hook {
            for (item, role) in hook.params.items.iter().zip(roles) {
                add(&item.pattern, &|| Base::Parameter(role));
            }
        }
        for handler in &self.exports.handlers {
            if let Some(handler) = HookFunction::of(self.names, handler) {
                for (item, role) in handler.params.items.iter().zip(ACTION_ROLES) {
                    add(&item.pattern, &|| Base::Parameter(role));
                }
            }
        }
        // What is given another value later is not followed.
        let scoping = self.names.scoping();
        origins.retain(|symbol, _| {
            !scoping.symbol_is_mutated(*symbol) && scoping.symbol_redeclarations(*symbol).is_empty()
        });
        self.origins = origins;
    }
}
