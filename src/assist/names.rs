//! The names a script declares: where, what they are, where they are used, and how one gets another name.

use std::ops::Range;

use oxc_ast::AstKind;
use oxc_ast::ast::{BindingPattern, Expression};
use oxc_semantic::{NodeId, SymbolId};
use oxc_span::{GetSpan, Span};

use super::place;
use crate::analysis::code::Code;
use crate::analysis::exports::is_handler;
use crate::auth0::Point;
use crate::syntax;

/// Why a name cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenameProblem {
    #[error("The code has a syntax error; once that is mended, names can be changed.")]
    Syntax,
    #[error("There is no variable, parameter or function of this script here.")]
    NoName,
    #[error("{0} is no name: write letters, digits, _ and $, a letter first.")]
    NotAName(String),
    #[error("{0} is a word of JavaScript; choose another name.")]
    Reserved(String),
    #[error("{0} is another name here already, so the code would mean something else.")]
    Taken(String),
}

/// What stands in a list of a script's symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// The hook or an Action's handler.
    Hook,
    Function,
    Class,
    Variable,
}

/// A function, class or top-level variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    pub kind: SymbolKind,
    /// The name, in bytes.
    pub range: Range<usize>,
    /// All of it, in bytes.
    pub whole: Range<usize>,
    /// How many functions it stands in.
    pub depth: usize,
}

/// Each place of the name that the caret touches, its declaration first.
fn uses(source: &str, offset: usize) -> Vec<Range<usize>> {
    with_code(source, |code| {
        let symbol = symbol_at(code, offset)?;
        Some(
            places(code, symbol)
                .into_iter()
                .map(|place| range(place.span))
                .collect(),
        )
    })
    .flatten()
    .unwrap_or_default()
}

/// The edits that give the name at the caret another, in the order of the text.
///
/// # Errors
/// There is no name of the script's own, or the code would mean something else afterwards.
pub fn rename(
    source: &str,
    offset: usize,
    name: &str,
) -> Result<Vec<(Range<usize>, String)>, RenameProblem> {
    check_name(name)?;
    let edits = with_code(source, |code| {
        let symbol = symbol_at(code, offset).ok_or(RenameProblem::NoName)?;
        Ok(places(code, symbol)
            .into_iter()
            .map(|place| {
                let text = match place.shorthand {
                    Shorthand::None => name.to_owned(),
                    // `{ user }` goes on being called so outside.
                    Shorthand::Property => {
                        format!("{}: {name}", code.names.scoping().symbol_name(symbol))
                    }
                };
                (range(place.span), text)
            })
            .collect::<Vec<_>>())
    })
    .ok_or(RenameProblem::Syntax)??;
    let mut edits = edits;
    edits.sort_by_key(|(range, _)| range.start);
    edits.dedup();
    let changed = apply(source, &edits);
    // The same number of places must belong together afterwards, or the new name was another's.
    let first = edits.first().map_or(0, |(range, _)| range.start);
    let offset = if edits.first().is_some_and(|(_, text)| text != name) {
        first + edits.first().map_or(0, |(_, text)| text.len() - name.len())
    } else {
        first
    };
    let after = uses(&changed, offset).len();
    if after != edits.len() {
        return Err(RenameProblem::Taken(name.to_owned()));
    }
    Ok(edits)
}

/// The functions, classes and top-level variables, in the order of the text; empty for code that does not parse.
pub fn symbols(source: &str) -> Vec<Symbol> {
    with_code(source, |code| {
        let mut found = Vec::new();
        for (node, kind) in code.nodes() {
            let depth = depth(code, node);
            let mut add = |name: &str, kind: SymbolKind, at: Span, whole: Span| {
                found.push(Symbol {
                    name: name.to_owned(),
                    kind,
                    range: range(at),
                    whole: range(whole),
                    depth,
                });
            };
            match kind {
                AstKind::Function(function) => {
                    if let Some(id) = function.id.as_ref().filter(|_| function.is_declaration()) {
                        add(&id.name, SymbolKind::Function, id.span, function.span);
                    }
                }
                AstKind::Class(class) => {
                    if let Some(id) = &class.id {
                        add(&id.name, SymbolKind::Class, id.span, class.span);
                    }
                }
                AstKind::VariableDeclarator(declarator) => {
                    let BindingPattern::BindingIdentifier(id) = &declarator.id else {
                        continue;
                    };
                    let function = declarator.init.as_ref().is_some_and(is_function);
                    if function {
                        add(&id.name, SymbolKind::Function, id.span, declarator.span);
                    } else if depth == 0 {
                        add(&id.name, SymbolKind::Variable, id.span, declarator.span);
                    }
                }
                AstKind::AssignmentExpression(assignment) => {
                    let Some(member) = assignment.left.as_member_expression() else {
                        continue;
                    };
                    let (Some((at, name)), true) = (
                        member.static_property_info(),
                        is_function(&assignment.right),
                    ) else {
                        continue;
                    };
                    let text = code.text(assignment.left.span());
                    let kind = if text == "module.exports" || is_handler(name) {
                        SymbolKind::Hook
                    } else {
                        SymbolKind::Function
                    };
                    add(text, kind, at, assignment.span);
                }
                AstKind::ObjectProperty(property) if is_function(&property.value) => {
                    if let Some(name) = property.key.static_name() {
                        let kind = if is_handler(&name) {
                            SymbolKind::Hook
                        } else {
                            SymbolKind::Function
                        };
                        add(&name, kind, property.key.span(), property.span);
                    }
                }
                _ => {}
            }
        }
        found.sort_by_key(|symbol| symbol.range.start);
        found
    })
    .unwrap_or_default()
}

/// What a name is, as one line of code.
pub(super) fn describe(code: &Code<'_, '_>, symbol: SymbolId) -> String {
    let name = code.names.scoping().symbol_name(symbol);
    match code.names.symbol_declaration(symbol).kind() {
        AstKind::Function(function) => {
            format!("function {name}{}", code.text(function.params.span))
        }
        AstKind::Class(_) => format!("class {name}"),
        AstKind::VariableDeclarator(declarator) => {
            let before = code.line_before(declarator.id.span().start);
            let word = ["var", "let", "const"]
                .into_iter()
                .filter_map(|word| Some((before.rfind(word)?, word)))
                .max()
                .map_or("const", |(_, word)| word);
            let value = declarator
                .init
                .as_ref()
                .map(|value| {
                    let text = code.text(value.span());
                    let line = text.lines().next().unwrap_or_default();
                    let short: String = line.chars().take(60).collect();
                    let more = if short.len() < text.len() { " …" } else { "" };
                    format!(" = {short}{more}")
                })
                .unwrap_or_default();
            format!("{word} {}{value}", code.text(declarator.id.span()))
        }
        AstKind::CatchClause(_) | AstKind::CatchParameter(_) => format!("catch ({name})"),
        _ => format!("parameter {name}"),
    }
}

/// The symbol whose name the caret touches.
pub(super) fn symbol_at(code: &Code<'_, '_>, offset: usize) -> Option<SymbolId> {
    code.nodes().find_map(|(_, kind)| match kind {
        AstKind::BindingIdentifier(name) if touches(name.span, offset) => name.symbol_id.get(),
        kind => {
            let name = place::reference(kind).filter(|name| touches(name.span, offset))?;
            code.symbol(name)
        }
    })
}

pub(super) fn with_code<T: Send>(
    source: &str,
    read: impl FnOnce(&Code<'_, '_>) -> T + Send,
) -> Option<T> {
    // Names alone are asked for, which are the same at every point.
    syntax::with_names(source, |names| {
        read(&Code::read(Point::Generic, source, None, &|_| false, names))
    })
}

enum Shorthand {
    None,
    Property,
}

struct NamePlace {
    span: Span,
    shorthand: Shorthand,
}

fn places(code: &Code<'_, '_>, symbol: SymbolId) -> Vec<NamePlace> {
    let scoping = code.names.scoping();
    let mut spans = vec![scoping.symbol_span(symbol)];
    spans.extend(
        scoping
            .symbol_redeclarations(symbol)
            .iter()
            .map(|again| again.span),
    );
    spans.extend(
        code.mentions(symbol)
            .into_iter()
            .map(|mention| code.kind(mention).span()),
    );
    let mut seen = std::collections::HashSet::new();
    spans.retain(|span| seen.insert(span.start));
    spans
        .into_iter()
        .map(|span| NamePlace {
            span,
            shorthand: shorthand(code, span),
        })
        .collect()
}

/// Whether a name stands for key and value at once.
fn shorthand(code: &Code<'_, '_>, span: Span) -> Shorthand {
    let short = code.nodes().any(|(_, kind)| match kind {
        AstKind::ObjectProperty(property) => property.shorthand && property.value.span() == span,
        AstKind::BindingProperty(property) => {
            property.shorthand
                && match &property.value {
                    BindingPattern::AssignmentPattern(default) => default.left.span() == span,
                    plain => plain.span() == span,
                }
        }
        AstKind::AssignmentTargetPropertyIdentifier(property) => property.binding.span == span,
        _ => false,
    });
    if short {
        Shorthand::Property
    } else {
        Shorthand::None
    }
}

fn is_function(value: &Expression<'_>) -> bool {
    matches!(
        value.get_inner_expression(),
        Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_)
    )
}

fn depth(code: &Code<'_, '_>, node: NodeId) -> usize {
    let mut depth = 0;
    let mut at = code.function_around(node);
    while let Some(function) = at {
        depth += 1;
        at = code.function_around(function);
    }
    depth
}

pub(super) fn touches(span: Span, offset: usize) -> bool {
    range(span).contains(&offset) || span.end as usize == offset
}

pub(super) fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

fn apply(source: &str, edits: &[(Range<usize>, String)]) -> String {
    let edits = edits
        .iter()
        .map(|(range, text)| (range.clone(), text.as_str()));
    syntax::splice(source, edits)
}

fn check_name(name: &str) -> Result<(), RenameProblem> {
    if !oxc_syntax::identifier::is_identifier_name(name) {
        return Err(RenameProblem::NotAName(name.to_owned()));
    }
    let declared = format!("let {name};");
    if !syntax::check(&declared).is_empty() || matches!(name, "arguments" | "eval" | "undefined") {
        return Err(RenameProblem::Reserved(name.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `|` stands in the code, and the code without it.
    fn caret(code: &str) -> (String, usize) {
        let at = code.find('|').unwrap();
        (code.replace('|', ""), at)
    }

    fn renamed(code: &str, name: &str) -> Result<String, RenameProblem> {
        let (source, at) = caret(code);
        rename(&source, at, name).map(|edits| apply(&source, &edits))
    }

    #[test]
    fn every_place_of_a_name_is_changed_and_no_other() {
        for (code, changed) in [
            (
                "const |a = 1; f(a, o.a, { a: a }, 'a');",
                "const b = 1; f(b, o.a, { a: b }, 'a');",
            ),
            (
                "const a = 1; { const a = 2; f(a|); } f(a);",
                "const a = 1; { const b = 2; f(b); } f(a);",
            ),
            (
                "function |a(x) { return a(x - 1); } a(3);",
                "function b(x) { return b(x - 1); } b(3);",
            ),
            (
                "module.exports = function (|a, c) { c(null, { a }); };",
                "module.exports = function (b, c) { c(null, { a: b }); };",
            ),
            ("const { |a, c } = x; f(a);", "const { a: b, c } = x; f(b);"),
            (
                "const { a = 1 } = x; f(a|);",
                "const { a: b = 1 } = x; f(b);",
            ),
            ("let a; ({ a } = x); f(|a);", "let b; ({ a: b } = x); f(b);"),
            (
                "var a = 1; var |a = 2; f(`${a}`);",
                "var b = 1; var b = 2; f(`${b}`);",
            ),
            (
                "try { f(); } catch (|a) { log(a); }",
                "try { f(); } catch (b) { log(b); }",
            ),
            ("class |a {} new a();", "class b {} new b();"),
        ] {
            assert_eq!(renamed(code, "b").as_deref(), Ok(changed), "{code}");
        }
    }

    #[test]
    fn what_would_change_the_meaning_is_refused() {
        for (code, name, problem) in [
            (
                "const |a = 1, b = 2; f(a, b);",
                "b",
                RenameProblem::Taken("b".to_owned()),
            ),
            (
                "const |a = 1; { const b = 2; f(a, b); }",
                "b",
                RenameProblem::Taken("b".to_owned()),
            ),
            ("let |a;", "1a", RenameProblem::NotAName("1a".to_owned())),
            ("let |a;", "a b", RenameProblem::NotAName("a b".to_owned())),
            (
                "let |a;",
                "class",
                RenameProblem::Reserved("class".to_owned()),
            ),
            ("cons|ole.log(1);", "b", RenameProblem::NoName),
            ("f('te|xt');", "b", RenameProblem::NoName),
            ("let |a = (;", "b", RenameProblem::Syntax),
        ] {
            assert_eq!(renamed(code, name), Err(problem), "{code} {name}");
        }
    }

    #[test]
    fn a_global_that_is_used_is_a_name_too() {
        let taken = Err(RenameProblem::Taken("console".to_owned()));
        assert_eq!(renamed("const |a = 1; console.log(a);", "console"), taken);
    }

    #[test]
    fn symbols_are_listed_with_their_depth() {
        let source = "const axios = require('axios');
module.exports = function (user, context, cb) {
  const inner = 1;
  function check() {}
  const later = () => {};
};
exports.onExecutePostLogin = async (event, api) => {};
class A {}";
        let listed: Vec<_> = symbols(source)
            .into_iter()
            .map(|symbol| (symbol.name, symbol.kind, symbol.depth))
            .collect();
        assert_eq!(
            listed,
            [
                ("axios".to_owned(), SymbolKind::Variable, 0),
                ("module.exports".to_owned(), SymbolKind::Hook, 0),
                ("check".to_owned(), SymbolKind::Function, 1),
                ("later".to_owned(), SymbolKind::Function, 1),
                ("exports.onExecutePostLogin".to_owned(), SymbolKind::Hook, 0),
                ("A".to_owned(), SymbolKind::Class, 0),
            ]
        );
    }
}
