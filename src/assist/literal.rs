//! A JavaScript object literal as JSON, for what is pasted from code into a payload.

use oxc_ast::ast::{
    ArrayExpressionElement, Expression, ObjectPropertyKind, PropertyKey, Statement, UnaryOperator,
};
use serde_json::{Map, Number, Value};

use crate::syntax;

/// How deep literals may be nested.
const DEPTH: usize = 64;

/// The JSON of a text that is an object or list in JavaScript, indented by 2 spaces; `None` where it is neither, or
/// has more in it than values, or is JSON already.
pub fn json_of_literal(text: &str) -> Option<String> {
    let trimmed = text.trim().trim_end_matches(';').trim_end();
    if !trimmed.starts_with(['{', '[']) || serde_json::from_str::<Value>(trimmed).is_ok() {
        return None;
    }
    let value = syntax::with_names(&format!("({trimmed})"), |names| {
        let program = names.nodes().program();
        let [Statement::ExpressionStatement(only)] = program.body.as_slice() else {
            return None;
        };
        value_of(&only.expression, DEPTH)
    })??;
    serde_json::to_string_pretty(&value).ok()
}

fn value_of(expression: &Expression<'_>, left: usize) -> Option<Value> {
    let left = left.checked_sub(1)?;
    Some(match expression.get_inner_expression() {
        Expression::NullLiteral(_) => Value::Null,
        Expression::Identifier(name) if name.name == "undefined" => Value::Null,
        Expression::BooleanLiteral(value) => Value::Bool(value.value),
        Expression::StringLiteral(text) => Value::from(text.value.as_str()),
        Expression::NumericLiteral(number) => number_of(number.value)?,
        Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
            match unary.argument.get_inner_expression() {
                Expression::NumericLiteral(number) => number_of(-number.value)?,
                _ => return None,
            }
        }
        Expression::TemplateLiteral(template) if template.expressions.is_empty() => {
            let part = template.quasis.first()?;
            Value::from(part.value.cooked.as_ref()?.as_str())
        }
        Expression::ArrayExpression(list) => list
            .elements
            .iter()
            .map(|item| match item {
                ArrayExpressionElement::Elision(_) => Some(Value::Null),
                ArrayExpressionElement::SpreadElement(_) => None,
                other => value_of(other.as_expression()?, left),
            })
            .collect::<Option<Vec<_>>>()?
            .into(),
        Expression::ObjectExpression(object) => {
            let mut map = Map::new();
            for property in &object.properties {
                let ObjectPropertyKind::ObjectProperty(property) = property else {
                    return None;
                };
                if property.method || property.shorthand || property.computed {
                    return None;
                }
                // As JSON.stringify leaves them out.
                if property.value.is_specific_id("undefined") {
                    continue;
                }
                let name = match &property.key {
                    PropertyKey::StaticIdentifier(name) => name.name.to_string(),
                    key => key.static_name()?.into_owned(),
                };
                map.insert(name, value_of(&property.value, left)?);
            }
            Value::Object(map)
        }
        _ => return None,
    })
}

fn number_of(number: f64) -> Option<Value> {
    #[allow(clippy::cast_possible_truncation)] // whole and small enough
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return Some(Value::from(number as i64));
    }
    Number::from_f64(number).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_become_json() {
        for (literal, json) in [
            (
                "{ email: 'a@b.c', n: -1.5, ok: true, }",
                r#"{"email":"a@b.c","n":-1.5,"ok":true}"#,
            ),
            (
                "{\n // new\n 'a-b': [1, , null], c: { d: `x` } };",
                r#"{"a-b":[1,null,null],"c":{"d":"x"}}"#,
            ),
            ("[{ a: undefined, 1: \"x\" }]", r#"[{"1":"x"}]"#),
            (
                "{ n: 0x10, m: 1e3, s: '\\u00e9\\'' }",
                "{\"n\":16,\"m\":1000,\"s\":\"é'\"}",
            ),
        ] {
            let expected: Value = serde_json::from_str(json).unwrap();
            let found: Value = serde_json::from_str(&json_of_literal(literal).unwrap()).unwrap();
            assert_eq!(found, expected, "{literal}");
        }
    }

    #[test]
    fn everything_else_is_left_alone() {
        for other in [
            r#"{"a": 1}"#,
            "user",
            "{ email }",
            "{ a: f() }",
            "{ ...user }",
            "{ a() {} }",
            "{ [a]: 1 }",
            "{ a: 1",
            "{ a: `${x}` }",
            "",
        ] {
            assert_eq!(json_of_literal(other), None, "{other}");
        }
    }
}
