//! What a test of an Action shows: the parts of the dashboard's Test Results in their order, and what Auth0 does.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::report::{ErrorKind, ReportError, ReportLog};
use super::sent::Sent;
use crate::auth0::Point;
use crate::auth0::action::{self, Command};
use crate::auth0::outcome::{self, End, Failure, NothingSent};
use crate::engine::Summary;

/// The report's parts that an Action has in place of a Hook's answer; nothing of it goes over a wire of the compilers.
///
/// `ended` tells whether the handler's promise was fulfilled.
#[must_use]
pub fn sent(
    point: Point,
    event: &Value,
    commands: &[Command],
    ended: bool,
    error: Option<&ReportError>,
    panel: Value,
) -> Sent {
    let end = if ended {
        End::Answered { data: None }
    } else {
        end_of(error)
    };
    Sent {
        wire: Value::Null,
        wire5: Value::Null,
        response: panel,
        outcome: outcome::of_action(point, event, commands, &end).to_value(),
    }
}

fn end_of(error: Option<&ReportError>) -> End {
    let failed = |why, error: &ReportError| End::Failed {
        why,
        name: None,
        message: error.message.clone(),
        friendly: None,
    };
    let reason = match error {
        Some(error) => match error.kind {
            ErrorKind::Compile => return failed(Failure::Compile, error),
            ErrorKind::InvalidPayload => return failed(Failure::InvalidPayload, error),
            ErrorKind::Thrown | ErrorKind::Rejected | ErrorKind::Callback | ErrorKind::Denied => {
                return failed(Failure::Callback, error);
            }
            ErrorKind::Timeout => NothingSent::Timeout,
            ErrorKind::Memory => NothingSent::Memory,
            ErrorKind::Stopped => NothingSent::Stopped,
            ErrorKind::Crash => NothingSent::Crash,
            ErrorKind::NoCallback => NothingSent::NoCallback,
        },
        None => NothingSent::NoCallback,
    };
    End::NothingSent { reason }
}

/// `{"error", "logs", "stats"}`, as the Actions editor shows Error, Logs and Stats.
///
/// `error` is `{}` when there is none, else its message and stack. `logs` is the console text up to the end of the
/// Action, cut at 256 KiB. `stats` has the editor's six figures in milliseconds: `runtime_processing` is what of the
/// whole lies outside the Action, that is the sandbox's process and pipes; no network lies between.
#[must_use]
pub fn panel(
    error: Option<&ReportError>,
    logs: &[ReportLog],
    summary: &Summary,
    total: Duration,
) -> Value {
    let mut shown = Map::new();
    if let Some(error) = error {
        shown.insert("message".to_owned(), json!(error.message));
        if let Some(stack) = &error.stack {
            shown.insert("stack".to_owned(), json!(stack));
        }
    }
    let total = total.as_secs_f64() * 1e3;
    let engine = summary.boot_ms + summary.run_ms;
    let figure = |ms: f64| json!((ms.max(0.0) * 1e3).round() / 1e3);
    json!({
        "error": shown,
        "logs": console_text(logs),
        "stats": {
            "total_request_duration_ms": figure(total),
            "total_runtime_execution_duration_ms": figure(total),
            "runtime_processing_duration_ms": figure(total - engine),
            "action_duration_ms": figure(summary.run_ms),
            "boot_duration_ms": figure(summary.boot_ms),
            "network_duration_ms": figure(0.0),
        },
    })
}

fn console_text(logs: &[ReportLog]) -> String {
    let mut text = String::new();
    for line in logs.iter().filter(|line| !line.after_response) {
        text.push_str(&line.text);
        text.push('\n');
        if text.len() > action::LOG_BYTES {
            text.truncate(text.floor_char_boundary(action::LOG_BYTES));
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Level;

    #[test]
    fn the_console_text_ends_with_the_action_and_at_its_limit() {
        let line = |text: &str, after_response| ReportLog {
            at_ms: 0.0,
            level: Level::Log,
            text: text.to_owned(),
            after_response,
        };
        assert_eq!(console_text(&[line("a", false), line("b", true)]), "a\n");
        let long = "ä".repeat(action::LOG_BYTES);
        let cut = console_text(&[line("a", false), line(&long, false)]);
        assert!(cut.len() <= action::LOG_BYTES && cut.len() > action::LOG_BYTES - 2);
    }

    #[test]
    fn the_panel_keeps_the_editors_order() {
        let summary = Summary {
            boot_ms: 1.0,
            run_ms: 2.0,
        };
        let panel = panel(None, &[], &summary, Duration::from_millis(5));
        assert_eq!(
            panel.to_string(),
            r#"{"error":{},"logs":"","stats":{"total_request_duration_ms":5.0,"total_runtime_execution_duration_ms":5.0,"runtime_processing_duration_ms":2.0,"action_duration_ms":2.0,"boot_duration_ms":1.0,"network_duration_ms":0.0}}"#
        );
    }
}
