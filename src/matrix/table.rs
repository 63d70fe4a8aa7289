//! One line of the table: what a visitor would see.

use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::auth0::outcome::{Tone, tell};
use crate::runner::RunReport;

/// One combination and what came of it. Field order is the document's order.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The value of each axis by its name.
    pub values: Map<String, Value>,
    pub sight: Sight,
    #[serde(serialize_with = "whole")]
    pub report: Arc<RunReport>,
}

/// What a visitor sees, and what the author should know of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sight {
    /// The outcome's kind, such as `registered`.
    pub kind: String,
    pub tone: Tone,
    /// The text under New Universal Login; null where the visitor goes on, or reads Auth0's own general text.
    pub new_universal_login: Option<String>,
    /// The same under Classic Universal Login.
    pub classic_universal_login: Option<String>,
    /// Whether a text of Auth0's own stands where the code gives none.
    pub general_text: bool,
    pub summary: String,
}

/// What the visitor of a run sees.
#[must_use]
pub fn sight(report: &RunReport) -> Sight {
    let outcome = &report.outcome;
    let (tone, summary) = tell(outcome);
    let text = |key: &str| outcome["visitor"][key].as_str().map(str::to_owned);
    let through = matches!(
        outcome["kind"].as_str(),
        Some("registered" | "token-issued" | "sent" | "answered" | "ignored" | "logged")
    );
    Sight {
        kind: outcome["kind"].as_str().unwrap_or_default().to_owned(),
        tone,
        new_universal_login: text("new_universal_login"),
        classic_universal_login: text("classic_universal_login"),
        general_text: !through && text("new_universal_login").is_none(),
        summary,
    }
}

fn whole<S: Serializer>(report: &Arc<RunReport>, serializer: S) -> Result<S::Ok, S::Error> {
    report.serialize(serializer)
}
