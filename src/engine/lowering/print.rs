//! Expressions as V8 prints them in its messages: `user.name`, `f(...)`, `(intermediate value)`.

use oxc_ast::ast::{ArrayExpressionElement, Expression, PropertyKey};
use oxc_span::GetSpan;

/// An expression as V8 prints it in "… is not a function".
pub(in super::super) fn print(expression: &Expression<'_>) -> String {
    match expression {
        Expression::Identifier(name) => name.name.to_string(),
        Expression::ThisExpression(_) => "this".to_owned(),
        Expression::NullLiteral(_) => "null".to_owned(),
        Expression::BooleanLiteral(flag) => flag.value.to_string(),
        Expression::StaticMemberExpression(member) => {
            let optional = if member.optional { "?." } else { "." };
            format!(
                "{}{optional}{}",
                print(&member.object),
                member.property.name
            )
        }
        Expression::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(text) => format!("{}.{}", print(&member.object), text.value),
            Expression::NumericLiteral(number) => {
                format!("{}[{}]", print(&member.object), number.value)
            }
            Expression::Identifier(name) => format!("{}[{}]", print(&member.object), name.name),
            _ => format!("{}[...]", print(&member.object)),
        },
        Expression::PrivateFieldExpression(member) => {
            format!("{}.#{}", print(&member.object), member.field.name)
        }
        Expression::CallExpression(call) => format!("{}(...)", print(&call.callee)),
        Expression::ParenthesizedExpression(inner) => print(&inner.expression),
        Expression::StringLiteral(text) => format!("\"{}\"", text.value),
        Expression::NumericLiteral(number) => number.value.to_string(),
        Expression::ObjectExpression(object) => {
            let inner: Vec<&str> = object
                .properties
                .iter()
                .map(|_| "(intermediate value)")
                .collect();
            format!("{{{}}}", inner.concat())
        }
        Expression::ArrayExpression(array) => {
            let inner: Vec<String> = array
                .elements
                .iter()
                .map(|element| match element {
                    ArrayExpressionElement::SpreadElement(_)
                    | ArrayExpressionElement::Elision(_) => String::new(),
                    element => element.as_expression().map(print).unwrap_or_default(),
                })
                .collect();
            format!("[{}]", inner.join(","))
        }
        _ => "(intermediate value)".to_owned(),
    }
}

/// Text inside a JavaScript string literal.
pub(super) fn quoted(text: &str) -> String {
    // JSON's escapes are JavaScript's.
    serde_json::Value::String(text.to_owned()).to_string()
}

/// The name of a property where the source tells it.
pub(super) fn key_name(key: &PropertyKey<'_>, computed: bool) -> Option<String> {
    if computed {
        return None;
    }
    key.static_name().map(|name| name.to_string())
}

/// The expression's text where evaluating it a second time is harmless: names, members of names, literal keys.
pub(super) fn repeatable(expression: &Expression<'_>, source: &str) -> Option<String> {
    fn pure(expression: &Expression<'_>) -> bool {
        match expression {
            Expression::Identifier(_)
            | Expression::ThisExpression(_)
            | Expression::NullLiteral(_)
            | Expression::StringLiteral(_)
            | Expression::NumericLiteral(_) => true,
            Expression::StaticMemberExpression(member) => !member.optional && pure(&member.object),
            Expression::ComputedMemberExpression(member) => {
                !member.optional && pure(&member.object) && pure(&member.expression)
            }
            _ => false,
        }
    }
    let span = expression.span();
    let text = source.get(span.start as usize..span.end as usize)?;
    (pure(expression) && text.len() <= 60 && !text.contains(['\n', '/'])).then(|| text.to_owned())
}

/// Whether evaluating an expression can neither fail nor be noticed.
pub(super) fn quiet(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(_)
        | Expression::ThisExpression(_)
        | Expression::NullLiteral(_)
        | Expression::BooleanLiteral(_)
        | Expression::StringLiteral(_)
        | Expression::NumericLiteral(_)
        | Expression::RegExpLiteral(_)
        | Expression::FunctionExpression(_)
        | Expression::ArrowFunctionExpression(_) => true,
        Expression::ParenthesizedExpression(inner) => quiet(&inner.expression),
        Expression::ArrayExpression(array) => array
            .elements
            .iter()
            .all(|element| element.as_expression().is_some_and(quiet)),
        Expression::ObjectExpression(object) => object.properties.is_empty(),
        _ => false,
    }
}
