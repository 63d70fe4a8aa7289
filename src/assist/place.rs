//! Where the caret stands in a script: the word, what it is a part of, and what can be seen from there.

use std::collections::BTreeMap;
use std::ops::Range;

use oxc_ast::AstKind;
use oxc_ast::ast::{Argument, Expression, IdentifierReference};
use oxc_semantic::NodeId;
use oxc_span::{GetSpan, Span};

use super::Facts;
use crate::analysis::code::Code;
use crate::syntax;

/// Stands for the name that is still to be typed, so that the code around it parses.
const BLANK: &str = "$hookbench$";

/// What the object in front of a `.` is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// A documented path, such as `context.webtask`, `console` or `module:axios.`; the separator comes behind.
    Path(String),
    Text,
    List,
    /// Whatever it is, nothing is known of it.
    Unknown,
}

/// A place in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A name by itself.
    Name {
        /// What is declared around it, with what each name is.
        seen: BTreeMap<String, String>,
        /// The author's names of the hook's parameters that are seen from there, by the platform's names.
        parameters: BTreeMap<&'static str, String>,
    },
    /// A property of something.
    Member { of: Object },
    /// The text in `require('…')`.
    Module,
    /// A key of an object literal that is handed to the callback: the path of the object in the response.
    ResponseKey { path: Vec<String> },
    /// Within a text or comment.
    Nothing,
}

/// The word a caret touches: letters before it, and behind it.
pub(super) fn word(source: &str, offset: usize) -> Range<usize> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let before = source.get(..offset).unwrap_or_default();
    let behind = source.get(offset..).unwrap_or_default();
    let start = before.trim_end_matches(is_name).len();
    let end = behind.find(|c| !is_name(c)).unwrap_or(behind.len());
    start..offset + end
}

/// Reads the place of `word`, which may be empty.
pub(super) fn read(source: &str, word: &Range<usize>, facts: &Facts) -> Place {
    let before = source.get(..word.start).unwrap_or_default();
    let behind = source.get(word.end..).unwrap_or_default();
    let name = source.get(word.clone()).unwrap_or_default();
    let name = if name.is_empty() { BLANK } else { name };
    let start = word.start;
    let with = |name: &str, more: &str| format!("{before}{name}{more}{behind}");
    // As it stands; with what a statement or a property that was just begun still lacks; else by the text alone.
    let close = closing(before);
    for (name, more) in [(name, ""), (name, ": 0,"), (BLANK, ";"), (BLANK, &close)] {
        let whole = with(name, more);
        let span = Span::new(index(start), index(start + name.len()));
        let found = syntax::with_names(&whole, |names| {
            let code = Code::read(facts.point, &whole, facts.body.as_ref(), &|_| false, names);
            of_span(&code, span)
        });
        if let Some(place) = found {
            return place;
        }
    }
    by_text(before)
}

/// The brackets that the line up to here leaves open, closed.
pub(super) fn closing(before: &str) -> String {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut open = Vec::new();
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(c),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ')' | ']' | '}') => {
                open.pop();
            }
            (None, _) => {}
        }
    }
    open.into_iter().rev().chain([';']).collect()
}

fn index(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn of_span(code: &Code<'_, '_>, span: Span) -> Place {
    let inside_comment = code
        .names
        .comments()
        .iter()
        .any(|comment| comment.span.start < span.start && span.start < comment.span.end);
    if inside_comment {
        return Place::Nothing;
    }
    // Parents come before their children: the last that holds the word is the innermost.
    let Some((node, kind)) = code
        .nodes()
        .filter(|(_, kind)| kind.span().contains_inclusive(span))
        .last()
    else {
        return Place::Name {
            seen: BTreeMap::new(),
            parameters: BTreeMap::new(),
        };
    };
    match kind {
        AstKind::StringLiteral(text) => {
            let call = code.parent(node);
            match code.kind(call) {
                AstKind::CallExpression(call)
                    if text.span.start < span.start
                        && code.global(&call.callee) == Some("require") =>
                {
                    Place::Module
                }
                kind => match kind.as_member_expression_kind() {
                    Some(member) if text.span.start < span.start => Place::Member {
                        of: object(code, member.object()),
                    },
                    _ => Place::Nothing,
                },
            }
        }
        AstKind::TemplateElement(_) | AstKind::TemplateLiteral(_) | AstKind::RegExpLiteral(_) => {
            Place::Nothing
        }
        AstKind::IdentifierName(_) => {
            let parent = code.parent(node);
            let kind = code.kind(parent);
            if let Some(member) = kind.as_member_expression_kind() {
                return Place::Member {
                    of: object(code, member.object()),
                };
            }
            key(code, parent).unwrap_or(Place::Nothing)
        }
        // `{ user| }` is a key as much as a value.
        AstKind::IdentifierReference(_) if matches!(code.kind(code.parent(node)), AstKind::ObjectProperty(property) if property.shorthand) => {
            key(code, code.parent(node)).unwrap_or_else(|| seen_from(code, node))
        }
        AstKind::ObjectExpression(_) => key_of(code, node).unwrap_or(Place::Nothing),
        AstKind::NumericLiteral(_) | AstKind::BindingIdentifier(_) => Place::Nothing,
        _ => seen_from(code, node),
    }
}

/// What an expression is, as far as it is documented.
pub(super) fn object<'a>(code: &Code<'_, 'a>, expression: &'a Expression<'a>) -> Object {
    let expression = expression.get_inner_expression();
    match expression {
        Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => return Object::Text,
        Expression::ArrayExpression(_) => return Object::List,
        _ => {}
    }
    if let Some(path) = code.path(expression) {
        let mut names = vec![path.parameter.to_owned()];
        names.extend(path.names.iter().map(ToString::to_string));
        return Object::Path(names.join("."));
    }
    if let Some(module) = required(code, expression) {
        return Object::Path(format!("module:{module}"));
    }
    match expression {
        Expression::Identifier(name) => match code.symbol(name) {
            None => Object::Path(name.name.to_string()),
            Some(symbol) => code
                .value_of(symbol)
                .filter(|value| !value.is_specific_id(&name.name))
                .map_or(Object::Unknown, |value| match object(code, value) {
                    Object::Path(path) if path.starts_with("module:") => Object::Path(path),
                    Object::Path(_) => Object::Unknown,
                    known => known,
                }),
        },
        Expression::CallExpression(call) => result(code, &call.callee),
        other => match other.get_member_expr() {
            Some(member) => match (object(code, member.object()), member.static_property_name()) {
                (Object::Path(path), Some(name)) => Object::Path(format!("{path}.{name}")),
                _ => Object::Unknown,
            },
            None => Object::Unknown,
        },
    }
}

/// What everyday methods hand back.
fn result<'a>(code: &Code<'_, 'a>, callee: &'a Expression<'a>) -> Object {
    if let Some(name) = code.global(callee) {
        return if name == "String" {
            Object::Text
        } else {
            Object::Unknown
        };
    }
    let Some(member) = callee.get_member_expr() else {
        return Object::Unknown;
    };
    match member.static_property_name() {
        Some(
            "toLowerCase" | "toUpperCase" | "trim" | "trimStart" | "trimEnd" | "join" | "padStart"
            | "padEnd" | "substring" | "substr" | "replace" | "replaceAll" | "repeat" | "charAt"
            | "toISOString" | "toFixed",
        ) => Object::Text,
        Some("split" | "map" | "filter" | "keys" | "values" | "entries" | "flat" | "flatMap") => {
            Object::List
        }
        Some("slice" | "concat") => object(code, member.object()),
        Some("stringify") if code.global(member.object()) == Some("JSON") => Object::Text,
        _ => Object::Unknown,
    }
}

/// The module that `require('…')` names, through a name given to it.
pub(super) fn required<'a>(code: &Code<'_, 'a>, expression: &'a Expression<'a>) -> Option<&'a str> {
    match expression.get_inner_expression() {
        Expression::CallExpression(call) if code.global(&call.callee) == Some("require") => {
            match call
                .arguments
                .first()?
                .as_expression()?
                .get_inner_expression()
            {
                Expression::StringLiteral(name) => {
                    let name = name.value.as_str();
                    Some(name.strip_prefix("node:").unwrap_or(name))
                }
                _ => None,
            }
        }
        Expression::Identifier(name) => {
            let value = code.value_of(code.symbol(name)?)?;
            matches!(value.get_inner_expression(), Expression::CallExpression(_))
                .then(|| required(code, value))
                .flatten()
        }
        _ => None,
    }
}

fn seen_from(code: &Code<'_, '_>, node: NodeId) -> Place {
    let scoping = code.names.scoping();
    let mut seen = BTreeMap::new();
    let scope = code.names.nodes().get_node(node).scope_id();
    for scope in scoping.scope_ancestors(scope) {
        for symbol in scoping.iter_bindings_in(scope) {
            let name = scoping.symbol_name(symbol);
            if name == BLANK {
                continue;
            }
            seen.entry(name.to_owned())
                .or_insert_with(|| super::names::describe(code, symbol));
        }
    }
    let parameters = code
        .parameter_names()
        .filter(|(_, name)| seen.contains_key(*name))
        .map(|(parameter, name)| (parameter, name.to_owned()))
        .collect();
    Place::Name { seen, parameters }
}

fn key(code: &Code<'_, '_>, property: NodeId) -> Option<Place> {
    let AstKind::ObjectProperty(_) = code.kind(property) else {
        return None;
    };
    key_of(code, code.parent(property))
}

/// The place of a key in an object literal, where that is part of a response.
fn key_of(code: &Code<'_, '_>, object: NodeId) -> Option<Place> {
    let mut path = Vec::new();
    let mut at = object;
    loop {
        let AstKind::ObjectExpression(literal) = code.kind(at) else {
            return None;
        };
        let parent = code.parent(at);
        match code.kind(parent) {
            AstKind::ObjectProperty(property) => {
                path.insert(0, property.key.static_name()?.into_owned());
                at = code.parent(parent);
            }
            AstKind::CallExpression(call) => {
                let second = call.arguments.get(1).and_then(Argument::as_expression)?;
                let calls_back = code
                    .callback_calls()
                    .iter()
                    .any(|(node, _)| *node == parent);
                let is_response = calls_back && second.span() == literal.span;
                return is_response.then_some(Place::ResponseKey { path });
            }
            _ => return None,
        }
    }
}

/// The name a node refers to.
pub(super) fn reference<'a>(kind: AstKind<'a>) -> Option<&'a IdentifierReference<'a>> {
    match kind {
        AstKind::IdentifierReference(name) => Some(name),
        _ => None,
    }
}

/// Code that does not parse, whatever stands at the caret: names with full stops between them, read backwards.
fn by_text(before: &str) -> Place {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let odd = |quote: char| line.matches(quote).count() % 2 == 1;
    if odd('\'') || odd('"') || line.trim_start().starts_with("//") {
        return Place::Nothing;
    }
    let Some(mut rest) = before.strip_suffix('.') else {
        return Place::Name {
            seen: BTreeMap::new(),
            parameters: BTreeMap::new(),
        };
    };
    let mut names = Vec::new();
    loop {
        rest = rest.strip_suffix('?').unwrap_or(rest);
        let found = word(rest, rest.len());
        if found.is_empty() {
            return Place::Member {
                of: Object::Unknown,
            };
        }
        names.insert(0, &rest[found.clone()]);
        rest = &rest[..found.start];
        match rest.strip_suffix('.') {
            Some(more) => rest = more,
            None => break,
        }
    }
    Place::Member {
        of: Object::Path(names.join(".")),
    }
}
