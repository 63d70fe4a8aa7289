//! What the call around the caret takes.

use oxc_ast::AstKind;
use oxc_ast::ast::Expression;
use oxc_span::{GetSpan, Span};

use super::place::{self, Object};
use super::{Facts, docs, names};
use crate::analysis::code::Code;
use crate::syntax;

/// Ends a call that is still being written, so that the code around it parses.
const BLANK: &str = "$hookbench$";

/// The parameters of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Such as `api.access.deny`.
    pub name: String,
    pub parameters: Vec<String>,
    /// Which of them the caret stands in; past the last for one too many.
    pub current: usize,
    /// A sentence, or empty.
    pub text: String,
    /// Where the call's arguments begin, in bytes.
    pub start: usize,
}

/// The innermost call whose arguments the caret stands in, where its parameters are known.
pub fn signature(source: &str, offset: usize, facts: &Facts) -> Option<Signature> {
    let before = source.get(..offset)?;
    let behind = source.get(offset..)?;
    // With something to stand for the argument that is still to come, and a bracket where there is none yet.
    let closing = place::closing(before);
    [("", ""), (BLANK, ""), (BLANK, closing.as_str())]
        .into_iter()
        .find_map(|(blank, close)| {
            let whole = format!("{before}{blank}{close}{behind}");
            syntax::with_names(&whole, |names| {
                let code = Code::read(facts.point, &whole, facts.body.as_ref(), &|_| false, names);
                of_call(&code, offset, facts)
            })
        })
        .flatten()
}

fn of_call(code: &Code<'_, '_>, offset: usize, facts: &Facts) -> Option<Signature> {
    let within = |callee: Span, whole: Span| {
        let open = code.text(Span::new(callee.end, whole.end)).find('(')?;
        let start = callee.end as usize + open + 1;
        (start <= offset && offset < whole.end as usize).then_some(start)
    };
    let (callee, arguments, start) = code
        .nodes()
        .filter_map(|(_, kind)| match kind {
            AstKind::CallExpression(call) => Some(Some((
                &call.callee,
                &call.arguments,
                within(call.callee.span(), call.span)?,
            ))),
            AstKind::NewExpression(call) => Some(Some((
                &call.callee,
                &call.arguments,
                within(call.callee.span(), call.span)?,
            ))),
            // Within a function that is an argument another text has begun.
            AstKind::FunctionBody(body) => {
                let inside = Span::new(body.span.start + 1, body.span.end);
                (inside.start as usize <= offset && offset < inside.end as usize).then_some(None)
            }
            _ => None,
        })
        .last()??;
    let (name, parameters, text) = described(code, callee, facts)?;
    let current = arguments
        .iter()
        .filter(|argument| {
            let end = argument.span().end as usize;
            // Behind its comma.
            end <= offset
                && code
                    .source
                    .get(end..offset)
                    .is_some_and(|between| between.contains(','))
        })
        .count();
    let rest = parameters
        .iter()
        .position(|one| one.starts_with("..."))
        .unwrap_or(usize::MAX);
    Some(Signature {
        name,
        parameters,
        current: current.min(rest),
        text,
        start,
    })
}

fn described<'a>(
    code: &Code<'_, 'a>,
    callee: &'a Expression<'a>,
    facts: &Facts,
) -> Option<(String, Vec<String>, String)> {
    let shown = code.text(callee.span()).to_owned();
    let list = |kind: &str| -> Vec<String> {
        kind.trim_matches(['(', ')'])
            .split(", ")
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    if let Expression::Identifier(name) = callee.get_inner_expression()
        && let Some(symbol) = code.symbol(name)
    {
        if code.callback() == Some(symbol) {
            let text = docs::of(facts.point, facts.kind, "cb").map_or("", |doc| doc.text);
            return Some((
                shown,
                vec!["error".to_owned(), "response".to_owned()],
                text.to_owned(),
            ));
        }
        let line = names::describe(code, symbol);
        let open = line.strip_prefix("function ")?;
        let (_, parameters) = open.split_once('(')?;
        return Some((shown, list(parameters), String::new()));
    }
    let path = match place::object(code, callee) {
        Object::Path(path) => match path.strip_prefix("module:") {
            Some(module) => module.replacen('.', ":", 1),
            None => path,
        },
        _ => {
            let member = callee.get_member_expr()?;
            let name = member.static_property_name()?;
            match place::object(code, member.object()) {
                Object::Text => format!("string.{name}"),
                Object::List => format!("array.{name}"),
                _ => return None,
            }
        }
    };
    let doc = docs::of(facts.point, facts.kind, &path).or_else(|| {
        // A method of a text of the payload.
        let (object, name) = path.rsplit_once('.')?;
        let kind = docs::of(facts.point, facts.kind, object)?.kind;
        let of = match kind {
            "string" => "string",
            "string[]" => "array",
            _ => return None,
        };
        docs::of(facts.point, facts.kind, &format!("{of}.{name}"))
    })?;
    doc.is_function()
        .then(|| (shown, list(doc.kind), doc.text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth0::{Kind, Point};

    fn shown(body: &str) -> Option<String> {
        let code = format!("module.exports = function (user, context, done) {{\n  {body}\n}};");
        let at = code.find('|').unwrap();
        let facts = Facts {
            point: Point::PreUserRegistration,
            kind: Kind::Hook,
            body: None,
            secrets: Vec::new(),
            modules: Vec::new(),
        };
        signature(&code.replacen('|', "", 1), at, &facts).map(|found| {
            let mut list = found.parameters.clone();
            if let Some(current) = list.get_mut(found.current) {
                *current = format!("[{current}]");
            }
            format!("{}({})", found.name, list.join(", "))
        })
    }

    #[test]
    fn the_parameter_under_the_caret_is_told() {
        for (body, told) in [
            ("done(|)", "done([error], response)"),
            ("done(null, |)", "done(error, [response])"),
            ("done(null, { user: | })", "done(error, [response])"),
            (
                "done(new PreUserRegistrationError('a', |))",
                "PreUserRegistrationError(logMessage, [userMessage?])",
            ),
            (
                "done(new PreUserRegistrationError('a', |",
                "PreUserRegistrationError(logMessage, [userMessage?])",
            ),
            ("console.log(1, 2, |)", "console.log([...values])"),
            ("user.email.endsWith(|)", "user.email.endsWith([text])"),
            (
                "const axios = require('axios'); axios.post('x', |)",
                "axios.post(url, [data?], options?)",
            ),
            ("function check(a, b) {} check(1, |)", "check(a, [b])"),
            (
                "setTimeout(() => { done(|); }, 5)",
                "done([error], response)",
            ),
        ] {
            assert_eq!(shown(body).as_deref(), Some(told), "{body}");
        }
    }

    #[test]
    fn elsewhere_nothing_is() {
        for body in [
            "done()|;",
            "unknown(|)",
            "if (|) {}",
            "setTimeout(() => { | }, 5)",
        ] {
            assert_eq!(shown(body), None, "{body}");
        }
    }
}
