//! One body, shown as one pane per argument, and put together again without losing what the panes cannot show.

use serde_json::{Map, Value};

use super::super::Point;
use super::problem::{JsonProblem, parse};

/// One argument's JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pane {
    /// The payload's key, such as `user`.
    pub name: &'static str,
    /// JSON, indented by 2 spaces; empty where the body leaves the key out.
    pub text: String,
}

/// Why a body cannot be split or put together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// The text is not JSON.
    #[error("The body is not JSON: {0}.")]
    Body(JsonProblem),
    /// One pane is not JSON.
    #[error("{pane} is not JSON: {problem}.")]
    Pane {
        pane: &'static str,
        problem: JsonProblem,
    },
    /// The body is an array, a text, a number, …
    #[error("The body is not an object, so it has no {}; edit it as a whole.", .0.arguments().join(" or "))]
    NotAnObject(Point),
    /// The point's hook gets the body in one piece.
    #[error("{} hooks get the body in one piece; edit it as a whole.", .0.name())]
    InOnePiece(Point),
}

impl PayloadError {
    /// The pane at fault, `None` where it is the whole body.
    pub fn pane(&self) -> Option<&'static str> {
        match self {
            Self::Pane { pane, .. } => Some(pane),
            _ => None,
        }
    }

    /// The place of the fault in the pane's own text, where there is one.
    pub fn place(&self) -> Option<JsonProblem> {
        match self {
            Self::Body(problem) | Self::Pane { problem, .. } => Some(problem.clone()),
            Self::NotAnObject(_) | Self::InOnePiece(_) => None,
        }
    }
}

/// Splits a body into one pane per argument of `point`, in the arguments' order.
///
/// # Errors
/// Where `body` is not JSON or no object, and for a point without named arguments.
pub fn split(point: Point, body: &str) -> Result<Vec<Pane>, PayloadError> {
    let object = object(point, body)?;
    point
        .arguments()
        .iter()
        .map(|&name| {
            Ok(Pane {
                name,
                text: object.get(name).map_or_else(String::new, pretty),
            })
        })
        .collect()
}

/// Puts a body together from its panes.
///
/// `whole` is the body they were split from: keys that no pane shows stay, and so does the order of keys.
/// A pane without text leaves its key out. Numbers keep their digits; an exponent is written as `e+400`.
///
/// # Errors
/// The first pane that is not JSON; a `whole` that could not have been split.
pub fn join(point: Point, panes: &[Pane], whole: &str) -> Result<String, PayloadError> {
    let mut object = if whole.trim().is_empty() {
        Map::new()
    } else {
        object(point, whole)?
    };
    for pane in panes {
        if pane.text.trim().is_empty() {
            // Not `remove`, which would move the last key into the gap.
            object.shift_remove(pane.name);
            continue;
        }
        let value = parse(&pane.text).map_err(|problem| PayloadError::Pane {
            pane: pane.name,
            problem,
        })?;
        object.insert(pane.name.to_owned(), value);
    }
    Ok(pretty(&Value::Object(object)))
}

fn object(point: Point, body: &str) -> Result<Map<String, Value>, PayloadError> {
    if point.arguments().is_empty() {
        return Err(PayloadError::InOnePiece(point));
    }
    match parse(body).map_err(PayloadError::Body)? {
        Value::Object(object) => Ok(object),
        _ => Err(PayloadError::NotAnObject(point)),
    }
}

fn pretty(value: &Value) -> String {
    // The alternate form of a Value is its JSON, indented by 2 spaces, and cannot fail.
    format!("{value:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_order_and_number_texts_survive() {
        let body = r#"{"extra":[1.50,1e+400],"context":{"n":0.10},"user":{"id":12345678901234567890123},"z":null}"#;
        let panes = split(Point::PreUserRegistration, body).unwrap();
        assert_eq!(
            panes.iter().map(|p| p.name).collect::<Vec<_>>(),
            ["user", "context"]
        );
        assert!(panes[0].text.contains("12345678901234567890123"));
        let joined = join(Point::PreUserRegistration, &panes, body).unwrap();
        let squeezed: String = joined.split_whitespace().collect();
        assert_eq!(squeezed, body);
    }

    #[test]
    fn an_empty_pane_leaves_its_key_out_and_others_in_place() {
        let body = r#"{"audience":"a","client":{},"scope":["x"],"more":1}"#;
        let mut panes = split(Point::CredentialsExchange, body).unwrap();
        assert_eq!(panes[3].text, "");
        panes[1].text = "  \n".to_owned();
        let joined = join(Point::CredentialsExchange, &panes, body).unwrap();
        let squeezed: String = joined.split_whitespace().collect();
        assert_eq!(squeezed, r#"{"audience":"a","client":{},"more":1}"#);
    }

    #[test]
    fn a_faulty_pane_is_named_with_its_place() {
        let panes = [Pane {
            name: "user",
            text: "{\n  a: 1}".to_owned(),
        }];
        let error = join(Point::PreUserRegistration, &panes, "").unwrap_err();
        assert_eq!(error.pane(), Some("user"));
        assert_eq!(error.place().map(|p| (p.line, p.column)), Some((2, 3)));
        assert_eq!(
            error.to_string(),
            "user is not JSON: Property names need double quotes (line 2, column 3)."
        );
    }

    #[test]
    fn what_is_no_object_is_not_split() {
        assert_eq!(
            split(Point::PreUserRegistration, "[]")
                .unwrap_err()
                .to_string(),
            "The body is not an object, so it has no user or context; edit it as a whole."
        );
        assert!(split(Point::Generic, "{}").unwrap_err().pane().is_none());
    }
}
