//! The way of a request through Auth0's pipeline, and how far a run's outcome lets it come.

use serde_json::Value;

use super::Point;
use super::outcome::{Tone, tell};

/// One station of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Station {
    pub label: &'static str,
    pub passage: Passage,
}

/// Whether the request comes to a station, and how it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// Went well before the hook had its say.
    Before,
    /// The hook's own station: what its outcome is like.
    Own(Tone),
    /// Reached because the hook let the request pass.
    Behind(Tone),
    NotReached,
}

/// Outcomes that let the request go on behind the hook.
const GOES_ON: [&str; 4] = ["registered", "token-issued", "sent", "answered"];

/// The stations of `point`, as the outcome of a report leaves them. `own` is what the window calls the code.
pub fn of(point: Point, own: &'static str, outcome: &Value) -> Vec<Station> {
    let (before, behind): (&[_], &[_]) = match point {
        Point::PreUserRegistration => (&["Sign-up"], &["Database", "Post hook"]),
        Point::PostUserRegistration => (&["Sign-up", "Database"], &[]),
        Point::PostChangePassword => (&["New password", "Database"], &[]),
        Point::CredentialsExchange | Point::PasswordExchange => (&["Token request"], &["Token"]),
        Point::SendPhoneMessage => (&["Phone message"], &["Sent"]),
        Point::Generic => (&["Request"], &["Response"]),
    };
    let (tone, _) = tell(outcome);
    let goes_on = outcome["kind"]
        .as_str()
        .is_some_and(|kind| GOES_ON.contains(&kind));
    let station = |passage| move |label: &&'static str| Station { label, passage };
    let passage = if goes_on {
        Passage::Behind(tone)
    } else {
        Passage::NotReached
    };
    before
        .iter()
        .map(station(Passage::Before))
        .chain([Station {
            label: own,
            passage: Passage::Own(tone),
        }])
        .chain(behind.iter().map(station(passage)))
        .collect()
}

/// The whole picture as one sentence.
pub fn sentence(stations: &[Station]) -> String {
    let names = |wanted: &dyn Fn(Passage) -> bool| {
        stations
            .iter()
            .filter(|station| wanted(station.passage))
            .map(|station| station.label)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let reached = names(&|passage| passage != Passage::NotReached);
    let missed = names(&|passage| passage == Passage::NotReached);
    if missed.is_empty() {
        format!("Pipeline: {reached}; all reached.")
    } else {
        format!("Pipeline: {reached}; not reached: {missed}.")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(point: Point, outcome: &Value) -> String {
        sentence(&of(point, "This hook", outcome))
    }

    #[test]
    fn a_registration_goes_to_the_end_and_a_denial_does_not() {
        let point = Point::PreUserRegistration;
        assert_eq!(
            said(point, &json!({"kind": "registered", "tone": "good"})),
            "Pipeline: Sign-up, This hook, Database, Post hook; all reached."
        );
        let denied = json!({"kind": "denied", "tone": "bad"});
        assert_eq!(
            said(point, &denied),
            "Pipeline: Sign-up, This hook; not reached: Database, Post hook."
        );
        assert_eq!(
            of(point, "This hook", &denied)[1].passage,
            Passage::Own(Tone::Bad)
        );
        let stopped = json!({"kind": "stopped", "tone": "caution"});
        assert!(said(point, &stopped).contains("not reached: Database"));
    }

    #[test]
    fn what_runs_afterwards_stops_nothing() {
        let failed = json!({"kind": "logged", "tone": "caution"});
        for point in [Point::PostUserRegistration, Point::PostChangePassword] {
            assert!(said(point, &failed).ends_with("Database, This hook; all reached."));
        }
    }
}
