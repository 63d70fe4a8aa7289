//! Outcomes of Send Phone Message.

use serde_json::Value;

use super::{Error, Log, Outcome, Tone, Visitor};

fn is_voice(body: &Value) -> bool {
    body.get("context")
        .and_then(|context| context.get("message_type"))
        .and_then(Value::as_str)
        == Some("voice")
}

fn message(body: &Value) -> (&'static str, &str) {
    let what = if is_voice(body) {
        "call"
    } else {
        "text message"
    };
    let recipient = body.get("recipient").and_then(Value::as_str);
    (what, recipient.unwrap_or("the recipient"))
}

/// `cb(null, data)`: Auth0 believes the hook.
pub(super) fn sent(body: &Value, data: Option<&Value>) -> Outcome {
    let (what, recipient) = message(body);
    let mut outcome = Outcome::new(
        "sent",
        Tone::Good,
        format!("Auth0 takes the {what} to {recipient} for sent, and the login goes on."),
    );
    if let Some(Value::Object(object)) = data
        && object.contains_key("error")
    {
        outcome.tone = Tone::Caution;
        outcome.details.notes.push(
            "The response holds an error, but Auth0 does not look into it: pass errors to cb first.".to_owned(),
        );
    }
    outcome
}

/// An error instead of a message.
pub(super) fn not_sent(body: &Value, error: &Error<'_>) -> Outcome {
    let (what, recipient) = message(body);
    let text = if error.message.is_empty() {
        "(no text)"
    } else {
        error.message
    };
    let mut outcome = Outcome::new(
        "not-sent",
        Tone::Bad,
        format!("The {what} to {recipient} is not sent. The tenant's log says: {text}"),
    );
    let (code, name) = if is_voice(body) {
        ("gd_send_voice_failure", "Voice call failure")
    } else {
        ("gd_send_sms_failure", "SMS failure")
    };
    outcome.details.log = Some(Log {
        code,
        name,
        text: error.message.to_owned(),
    });
    let context = body.get("context");
    let language = context
        .and_then(|context| context.get("language"))
        .and_then(Value::as_str);
    outcome.details.visitor = Some(Visitor {
        new_universal_login: error
            .friendly
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        classic_universal_login: None,
        language: language
            .filter(|language| *language != "N/A")
            .map(str::to_owned),
    });
    outcome
}
