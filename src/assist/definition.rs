//! Where a name comes from: a place in the script, or what a file beside it exports.

use std::ops::Range;

use oxc_ast::AstKind;
use oxc_ast::ast::{AssignmentExpression, BindingPattern, Expression, ObjectPropertyKind};
use oxc_semantic::SymbolId;
use oxc_span::GetSpan;

use super::names::{range, symbol_at, touches, with_code};
use super::place;
use crate::analysis::code::Code;

/// Where a name comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declared {
    /// In the script itself: the name where it is declared, in bytes.
    Here(Range<usize>),
    /// In a file beside the script.
    File {
        /// As `require` names it.
        module: String,
        /// The export that is meant; none for all of it.
        export: Option<String>,
    },
}

/// Where the name that the caret touches is declared.
pub fn declaration(source: &str, offset: usize) -> Option<Declared> {
    with_code(source, |code| {
        if let Some(module) = file_at(code, offset) {
            return Some(Declared::File {
                module,
                export: None,
            });
        }
        if let Some(found) = member_at(code, offset) {
            return Some(found);
        }
        let symbol = symbol_at(code, offset)?;
        let span = code.names.scoping().symbol_span(symbol);
        Some(required(code, symbol, touches(span, offset)).unwrap_or(Declared::Here(range(span))))
    })
    .flatten()
}

/// Where a script exports a name, or where it says what it exports: an offset in bytes.
pub fn exported(source: &str, export: Option<&str>) -> Option<usize> {
    with_code(source, |code| {
        let mut whole = None;
        for (_, kind) in code.nodes() {
            let AstKind::AssignmentExpression(assignment) = kind else {
                continue;
            };
            let left = code.text(assignment.left.span());
            if left == "module.exports" {
                whole.get_or_insert(assignment.span.start as usize);
            }
            let Some(export) = export else { continue };
            let found = if left == "module.exports" {
                property_of(code, assignment, export)
            } else {
                let path = left.strip_prefix("module.").unwrap_or(left);
                let own = path.strip_prefix("exports.") == Some(export);
                own.then(|| {
                    declared_as(code, &assignment.right).unwrap_or(assignment.span.start as usize)
                })
            };
            if found.is_some() {
                return found;
            }
        }
        whole
    })
    .flatten()
}

/// A property of the object that becomes `module.exports`.
fn property_of<'a>(
    code: &Code<'_, 'a>,
    assignment: &'a AssignmentExpression<'a>,
    export: &str,
) -> Option<usize> {
    let Expression::ObjectExpression(object) = assignment.right.get_inner_expression() else {
        return None;
    };
    object
        .properties
        .iter()
        .find_map(|property| match property {
            ObjectPropertyKind::ObjectProperty(property)
                if property.key.static_name().as_deref() == Some(export) =>
            {
                let key = property.key.span().start as usize;
                Some(declared_as(code, &property.value).unwrap_or(key))
            }
            _ => None,
        })
}

/// Where the name is declared that a value is read from.
fn declared_as<'a>(code: &Code<'_, 'a>, value: &'a Expression<'a>) -> Option<usize> {
    let Expression::Identifier(name) = value.get_inner_expression() else {
        return None;
    };
    let span = code.names.scoping().symbol_span(code.symbol(name)?);
    Some(span.start as usize)
}

/// `send` of `lib.send` where `lib` is a file beside the script.
fn member_at(code: &Code<'_, '_>, offset: usize) -> Option<Declared> {
    code.nodes().find_map(|(_, kind)| match kind {
        AstKind::StaticMemberExpression(member) if touches(member.property.span, offset) => {
            Some(Declared::File {
                module: local_module(code, &member.object)?.to_owned(),
                export: Some(member.property.name.to_string()),
            })
        }
        _ => None,
    })
}

/// The file that a variable's value is required from. Its own place leads on only where it is a part of that value.
fn required(code: &Code<'_, '_>, symbol: SymbolId, at_itself: bool) -> Option<Declared> {
    let AstKind::VariableDeclarator(declarator) = code.names.symbol_declaration(symbol).kind()
    else {
        return None;
    };
    let module = local_module(code, declarator.init.as_ref()?)?.to_owned();
    match &declarator.id {
        BindingPattern::BindingIdentifier(_) if at_itself => None,
        BindingPattern::ObjectPattern(pattern) => {
            let span = code.names.scoping().symbol_span(symbol);
            let part = pattern.properties.iter().find(|property| {
                let value = property.value.span();
                value.start <= span.start && span.end <= value.end
            })?;
            Some(Declared::File {
                module,
                export: part.key.static_name().map(|name| name.into_owned()),
            })
        }
        _ => Some(Declared::File {
            module,
            export: None,
        }),
    }
}

fn file_at(code: &Code<'_, '_>, offset: usize) -> Option<String> {
    code.requires()
        .find(|(name, span)| touches(*span, offset) && is_local(name))
        .map(|(name, _)| name.to_owned())
}

fn local_module<'a>(code: &Code<'_, 'a>, value: &'a Expression<'a>) -> Option<&'a str> {
    place::required(code, value).filter(|name| is_local(name))
}

fn is_local(name: &str) -> bool {
    name.starts_with("./") || name.starts_with("../")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks where `|` stands in the code.
    fn asked(code: &str) -> Option<Declared> {
        let at = code.find('|').unwrap();
        declaration(&code.replace('|', ""), at)
    }

    fn file(module: &str, export: Option<&str>) -> Option<Declared> {
        Some(Declared::File {
            module: module.to_owned(),
            export: export.map(str::to_owned),
        })
    }

    #[test]
    fn names_lead_to_where_they_are_declared() {
        assert_eq!(asked("const a = 1; f(a|);"), Some(Declared::Here(6..7)));
        assert_eq!(asked("console.log(|missing);"), None);
        assert_eq!(
            asked("const lib| = require('./lib');"),
            Some(Declared::Here(6..9))
        );
        for (code, export) in [
            ("require('./li|b')", None),
            ("const lib = require('./lib'); lib|();", None),
            ("const lib = require('./lib'); lib.se|nd();", Some("send")),
            ("require('./lib').send|();", Some("send")),
            ("const { send } = require('./lib'); send|();", Some("send")),
            ("const { send: s| } = require('./lib');", Some("send")),
        ] {
            assert_eq!(asked(code), file("./lib", export), "{code}");
        }
        assert_eq!(asked("const lib = require('lodash'); lib.ma|p();"), None);
    }

    #[test]
    fn exports_are_found_however_they_are_written() {
        for (code, export) in [
            ("exports.a = 1;\n|exports.send = () => {};", Some("send")),
            ("|module.exports.send = () => {};", Some("send")),
            (
                "function |send() {}\nmodule.exports = { a: 1, send };",
                Some("send"),
            ),
            ("module.exports = { a: 1, |send() {} };", Some("send")),
            ("const |x = 1;\nexports.send = x;", Some("send")),
            ("var a;\n|module.exports = a;", None),
            ("|module.exports = f();", Some("send")),
        ] {
            let at = code.find('|').unwrap();
            assert_eq!(exported(&code.replace('|', ""), export), Some(at), "{code}");
        }
        assert_eq!(exported("var a = 1;", Some("a")), None);
        assert_eq!(exported("var = ;", None), None);
    }
}
