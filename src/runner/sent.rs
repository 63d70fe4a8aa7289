//! What left the sandbox, in every shape a report shows it: on the wire, as documented, and what Auth0 does with it.

use serde_json::Value;

use super::report::ErrorKind;
use crate::auth0::outcome::{self, End, Failure, NothingSent};
use crate::auth0::{Point, wire};
use crate::engine::{Answer, FailureKind, Thrown};

/// The answer's four shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub wire: Value,
    pub wire5: Value,
    pub response: Value,
    pub outcome: Value,
}

impl Sent {
    /// What an answer to `body` becomes.
    #[must_use]
    pub fn answer(point: Point, body: &Value, answer: &Answer) -> Self {
        let on_wire = wire_answer(answer);
        Self {
            wire: wire::wire6(&on_wire),
            wire5: wire::wire5(&on_wire),
            response: wire::response(&on_wire),
            outcome: outcome::of(point, body, &outcome_end(answer)).to_value(),
        }
    }

    /// What the caller sees when nothing was sent; `why` is the run's error.
    #[must_use]
    pub fn nothing(point: Point, body: &Value, why: Option<ErrorKind>) -> Self {
        let reason = match why {
            Some(ErrorKind::Timeout) => NothingSent::Timeout,
            Some(ErrorKind::Memory) => NothingSent::Memory,
            Some(ErrorKind::Stopped) => NothingSent::Stopped,
            Some(ErrorKind::Crash) => NothingSent::Crash,
            Some(ErrorKind::Thrown | ErrorKind::Rejected) => NothingSent::Uncaught,
            // The others send something; without an error nothing has been sent so far.
            _ => NothingSent::NoCallback,
        };
        Self {
            wire: Value::Null,
            wire5: Value::Null,
            response: Value::Null,
            outcome: outcome::of(point, body, &End::NothingSent { reason }).to_value(),
        }
    }
}

fn wire_answer(answer: &Answer) -> wire::Answer<'_> {
    match answer {
        Answer::Success { data } => wire::Answer::Success {
            data: data.as_deref(),
        },
        Answer::Failure { thrown, .. } => wire::Answer::Failure {
            properties: thrown.properties.as_deref(),
            body5: thrown.body5.as_deref(),
            class: thrown.class_of_6.as_deref(),
            message: thrown.message.as_deref(),
            stack: thrown.stack.as_deref(),
        },
        Answer::Unhandled { thrown } => wire::Answer::Unhandled {
            display: &thrown.display,
            name: thrown.name.as_deref(),
            message: thrown.message.as_deref(),
            read: thrown
                .properties
                .as_deref()
                .filter(|_| thrown.name.is_none()),
            class: thrown.class_of_6.as_deref(),
        },
    }
}

fn outcome_end(answer: &Answer) -> End {
    match answer {
        Answer::Success { data } => End::Answered {
            data: data
                .as_deref()
                .map(|data| serde_json::from_str(data).unwrap_or_else(|_| Value::from(data))),
        },
        Answer::Failure { kind, thrown } => {
            let own = own_text(thrown);
            End::Failed {
                why: match kind {
                    FailureKind::Compile => Failure::Compile,
                    FailureKind::InvalidPayload => Failure::InvalidPayload,
                    FailureKind::Callback => Failure::Callback,
                    FailureKind::Serialization => Failure::Serialization,
                },
                name: own("name"),
                message: thrown
                    .message
                    .clone()
                    .unwrap_or_else(|| thrown.display.clone()),
                friendly: own("friendlyMessage"),
            }
        }
        Answer::Unhandled { thrown } => End::Unhandled {
            display: thrown.display.clone(),
        },
    }
}

/// Reads texts among an error's own properties.
pub(super) fn own_text(thrown: &Thrown) -> impl Fn(&str) -> Option<String> {
    let own: Value = thrown
        .properties
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    move |key| own.get(key)?.as_str().map(str::to_owned)
}
