//! What is varied, and the payload of every combination.

use serde_json::{Value, json};
use thiserror::Error;

use crate::auth0::{Kind, Point};

/// More combinations than these are a mistake.
pub const MOST_CELLS: usize = 1_000;

/// One thing that is varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// `language`, `connection`, or a path such as `user.email`.
    pub name: String,
    pub values: Vec<Value>,
}

/// Everything that is varied, the slowest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axes(Vec<Axis>);

/// One combination.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The value of each axis, in the axes' order.
    pub values: Vec<Value>,
    /// JSON text.
    pub body: String,
}

/// Why there is no table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AxisProblem {
    #[error(
        "Nothing is varied. Name languages, connections, or a value of the payload such as user.email."
    )]
    Nothing,
    #[error("The payload of {0} tells no language, so that there is nothing to vary.")]
    NoLanguage(&'static str),
    #[error("The payload of {0} tells no connection, so that there is nothing to vary.")]
    NoConnection(&'static str),
    #[error("{0} combinations are too many; {MOST_CELLS} are run at most. Vary less at a time.")]
    TooMany(usize),
    #[error(
        "{0:?} is not PATH=VALUE. Write the path of the value in the payload and the value, as in user.email=a@b.c."
    )]
    NoPair(String),
    #[error("The payload is no JSON object, so that nothing in it can be varied.")]
    NoObject,
}

impl Axes {
    /// Axes of languages, connections and single values; each `vary` is `path=value`, where JSON is read as such and all
    /// else as text.
    ///
    /// # Errors
    /// A `vary` is no pair, or nothing is varied.
    pub fn of(
        languages: &[String],
        connections: &[String],
        vary: &[String],
    ) -> Result<Self, AxisProblem> {
        let mut axes: Vec<Axis> = Vec::new();
        for (name, values) in [("language", languages), ("connection", connections)] {
            let values: Vec<Value> = values
                .iter()
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
                .map(|value| json!(value))
                .collect();
            if !values.is_empty() {
                axes.push(Axis {
                    name: name.to_owned(),
                    values,
                });
            }
        }
        for pair in vary {
            let (path, value) = pair
                .split_once('=')
                .map(|(path, value)| (path.trim(), value.trim()))
                .filter(|(path, _)| !path.is_empty() && !path.split('.').any(str::is_empty))
                .ok_or_else(|| AxisProblem::NoPair(pair.clone()))?;
            let value = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
            match axes.iter_mut().find(|axis| axis.name == path) {
                Some(axis) => axis.values.push(value),
                None => axes.push(Axis {
                    name: path.to_owned(),
                    values: vec![value],
                }),
            }
        }
        if axes.is_empty() {
            return Err(AxisProblem::Nothing);
        }
        Ok(Self(axes))
    }

    /// The axes in their order.
    #[must_use]
    pub fn list(&self) -> &[Axis] {
        &self.0
    }

    /// Every combination over this payload, the last axis changing fastest.
    ///
    /// # Errors
    /// The payload is no object, has no such place, or there are too many combinations.
    pub fn cells(&self, point: Point, kind: Kind, body: &str) -> Result<Vec<Cell>, AxisProblem> {
        let base: Value = serde_json::from_str(body).map_err(|_| AxisProblem::NoObject)?;
        if !base.is_object() {
            return Err(AxisProblem::NoObject);
        }
        let count = self.0.iter().fold(1_usize, |count, axis| {
            count.saturating_mul(axis.values.len())
        });
        if count > MOST_CELLS {
            return Err(AxisProblem::TooMany(count));
        }
        let mut cells = vec![(Vec::new(), base)];
        for axis in &self.0 {
            let places = places(&axis.name, point, kind)?;
            cells = cells
                .into_iter()
                .flat_map(|(values, body)| {
                    axis.values.iter().map(move |value| {
                        let (mut values, mut body) = (values.clone(), body.clone());
                        values.push(value.clone());
                        (value.clone(), values, std::mem::take(&mut body))
                    })
                })
                .map(|(value, values, mut body)| {
                    for place in &places {
                        put(&mut body, place, value.clone());
                    }
                    (values, body)
                })
                .collect();
        }
        Ok(cells
            .into_iter()
            .map(|(values, body)| Cell {
                values,
                body: format!("{body:#}"),
            })
            .collect())
    }
}

/// Where an axis stands in the payload. A language stands wherever the documents have had it over the years.
fn places(axis: &str, point: Point, kind: Kind) -> Result<Vec<String>, AxisProblem> {
    let registration = matches!(
        point,
        Point::PreUserRegistration | Point::PostUserRegistration
    );
    let places: &[&str] = match (axis, kind) {
        ("language", Kind::Action) => &["request.language", "transaction.locale"],
        ("language", Kind::Hook) if registration => &[
            "context.renderLanguage",
            "context.requestLanguage",
            "context.request.language",
        ],
        ("language", Kind::Hook) if point == Point::SendPhoneMessage => &["context.language"],
        ("language", Kind::Hook) => return Err(AxisProblem::NoLanguage(point.name())),
        ("connection", Kind::Action) if registration || point == Point::PostChangePassword => {
            &["connection.name"]
        }
        ("connection", Kind::Hook) if registration || point == Point::PostChangePassword => {
            &["context.connection.name"]
        }
        ("connection", _) => return Err(AxisProblem::NoConnection(point.name())),
        (path, _) => return Ok(vec![path.to_owned()]),
    };
    Ok(places.iter().map(|&place| place.to_owned()).collect())
}

/// Writes a value at a path of names with dots between, and the objects on the way where they are missing.
fn put(value: &mut Value, path: &str, to: Value) {
    let mut place = value;
    for name in path.split('.') {
        if !place.is_object() {
            *place = json!({});
        }
        let Some(object) = place.as_object_mut() else {
            return;
        };
        place = object.entry(name).or_insert(Value::Null);
    }
    *place = to;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn every_combination_has_its_payload() {
        let axes = Axes::of(
            &list("en de"),
            &list("Users"),
            &list("user.age=17 user.age=18 user.email=a@b.c"),
        )
        .unwrap();
        let point = Point::PreUserRegistration;
        let cells = axes.cells(point, Kind::Hook, point.default_body()).unwrap();
        assert_eq!(cells.len(), 4);
        assert_eq!(
            cells[1].values,
            [json!("en"), json!("Users"), json!(18), json!("a@b.c")]
        );
        let body: Value = serde_json::from_str(&cells[3].body).unwrap();
        assert_eq!(body["context"]["renderLanguage"], "de");
        assert_eq!(body["context"]["request"]["language"], "de");
        assert_eq!(body["context"]["connection"]["name"], "Users");
        assert_eq!(body["context"]["connection"]["tenant"], "my-tenant");
        assert_eq!(
            (&body["user"]["age"], &body["user"]["email"]),
            (&json!(18), &json!("a@b.c"))
        );
    }

    #[test]
    fn what_cannot_be_varied_is_told() {
        assert_eq!(Axes::of(&[], &[], &[]), Err(AxisProblem::Nothing));
        for wrong in ["user.email", "=1", "a..b=1"] {
            assert!(Axes::of(&[], &[], &[wrong.to_owned()]).is_err(), "{wrong}");
        }
        let axes = Axes::of(&list("en"), &[], &[]).unwrap();
        let point = Point::CredentialsExchange;
        let none = axes.cells(point, Kind::Hook, point.default_body());
        assert!(matches!(none, Err(AxisProblem::NoLanguage(_))));
        let many: Vec<String> = (0..1_001).map(|age| format!("user.age={age}")).collect();
        let axes = Axes::of(&[], &[], &many).unwrap();
        assert_eq!(
            axes.cells(Point::PreUserRegistration, Kind::Hook, "{}"),
            Err(AxisProblem::TooMany(1_001))
        );
        assert_eq!(
            axes.cells(Point::PreUserRegistration, Kind::Hook, "[]"),
            Err(AxisProblem::NoObject)
        );
    }
}
