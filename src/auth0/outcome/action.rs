//! Outcomes of Actions: what Auth0 does with the commands an Action gave through `api`, and with its failures.

use serde_json::{Map, Value, json};

use super::registration::{self, merge, nonempty, stands};
use super::token;
use super::{
    Change, Dropped, End, Error, Failure, Invalid, Log, Metadata, NothingSent, OAuthError, Outcome,
    Tone, Visitor, consequence, phone,
};
use crate::auth0::action::{Command, DENY_CODES, claim_problem};
use crate::auth0::{Point, limits};

/// What Auth0 does at `point` when an Action over `event` gave these commands and ended so.
///
/// Commands of an Action that fails are not carried out.
pub fn of_action(point: Point, event: &Value, commands: &[Command], end: &End) -> Outcome {
    match end {
        End::Answered { .. } => done(point, event, commands),
        End::Failed { why, message, .. } => match why {
            Failure::InvalidPayload => Outcome::new(
                "invalid-payload",
                Tone::Bad,
                format!("The Action was not called, because its event is refused: {message}"),
            ),
            Failure::Compile => {
                let outcome = failed(point, event, message);
                Outcome {
                    kind: "not-compiled",
                    tone: Tone::Bad,
                    summary: format!("The Action does not load. {}", outcome.summary),
                    ..outcome
                }
            }
            Failure::Callback | Failure::Serialization => failed(point, event, message),
        },
        End::Unhandled { display } => failed(point, event, display),
        End::NothingSent { reason } => nothing_sent(point, *reason),
    }
}

fn done(point: Point, event: &Value, commands: &[Command]) -> Outcome {
    match point {
        Point::PreUserRegistration => registered(event, commands),
        Point::PostUserRegistration | Point::PostChangePassword => Outcome::new(
            "ignored",
            Tone::Good,
            format!("{}, and the Action is done.", stands(point)),
        ),
        Point::CredentialsExchange => issued(event, commands),
        Point::SendPhoneMessage => phone::sent(&as_hook_body(event), None),
        Point::PasswordExchange | Point::Generic => Outcome::new(
            "ignored",
            Tone::Caution,
            "Actions have no trigger of this name, so that Auth0 never calls this code.",
        ),
    }
}

/// The commands of this name with their arguments, in the order of the calls.
fn calls<'a>(commands: &'a [Command], api: &'a str) -> impl Iterator<Item = &'a [Value]> {
    commands
        .iter()
        .filter(move |command| command.api == api)
        .map(|command| command.args.as_slice())
}

/// An argument as text; what is no string as JSON writes it.
fn text(args: &[Value], at: usize) -> Option<String> {
    match args.get(at)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn language(event: &Value) -> Option<String> {
    let of = |object: &str, key: &str| {
        let text = event.get(object)?.get(key)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    of("transaction", "locale").or_else(|| of("request", "language"))
}

fn registered(event: &Value, commands: &[Command]) -> Outcome {
    if let Some(args) = calls(commands, "access.deny").next() {
        return denied(event, args);
    }
    let validation: Vec<Invalid> = calls(commands, "validation.error")
        .map(|args| Invalid {
            code: text(args, 0).unwrap_or_default(),
            message: text(args, 1).unwrap_or_default(),
        })
        .collect();
    if let Some(first) = validation.first() {
        let mut outcome = Outcome::new(
            "denied",
            Tone::Bad,
            match validation.len() {
                1 => format!(
                    "The signup form comes back, and the visitor reads: {}",
                    first.message
                ),
                count => format!(
                    "The signup form comes back with {count} errors, and the visitor reads first: {}",
                    first.message
                ),
            },
        );
        outcome.details.visitor = Some(Visitor {
            new_universal_login: Some(first.message.clone()),
            classic_universal_login: None,
            language: language(event),
        });
        outcome.details.validation = validation;
        return outcome;
    }
    let mut outcome = Outcome::new("registered", Tone::Good, String::new());
    let details = &mut outcome.details;
    let user = event.get("user");
    let mut count = 0;
    for (key, api, app) in [
        ("user_metadata", "user.setUserMetadata", false),
        ("app_metadata", "user.setAppMetadata", true),
    ] {
        let before = user
            .and_then(|user| user.get(key))
            .and_then(Value::as_object);
        let metadata = metadata(before, calls(commands, api));
        count += metadata.changes.len();
        registration::warn(key, app, &metadata, &mut details.notes);
        if app {
            details.app_metadata = Some(metadata);
        } else {
            details.user_metadata = Some(metadata);
        }
    }
    if let Some(id) = calls(commands, "user.setUserId")
        .last()
        .and_then(|args| text(args, 0))
    {
        details.notes.push(format!(
            "The new user's id ends in {id}. The documentation does not know api.user.setUserId."
        ));
    }
    let refused = [&details.user_metadata, &details.app_metadata]
        .into_iter()
        .flatten()
        .any(|metadata| !metadata.refused.is_empty());
    outcome.summary = match count {
        0 => "The person is registered, with the metadata of the event unchanged.".to_owned(),
        1 => "The person is registered, with 1 property of metadata set.".to_owned(),
        _ => format!("The person is registered, with {count} properties of metadata set."),
    };
    if refused {
        outcome
            .summary
            .push_str(" Some names are not allowed in metadata.");
    }
    if refused || !outcome.details.notes.is_empty() {
        outcome.tone = Tone::Caution;
    }
    outcome
}

/// Carries the calls out one after another; null removes.
fn metadata<'a>(
    before: Option<&Map<String, Value>>,
    calls: impl Iterator<Item = &'a [Value]>,
) -> Metadata {
    let mut last: Map<String, Value> = Map::new();
    for args in calls {
        let name = text(args, 0).unwrap_or_else(|| "undefined".to_owned());
        last.insert(name, args.get(1).cloned().unwrap_or_default());
    }
    let removed: Vec<String> = last
        .iter()
        .filter(|(_, value)| value.is_null())
        .map(|(name, _)| name.clone())
        .collect();
    last.retain(|_, value| !value.is_null());
    let mut metadata = merge(before, Some(&last));
    for name in removed {
        if let Some(from) = metadata.merged.shift_remove(&name) {
            metadata.changes.push(Change {
                name,
                change: "removed",
                from: Some(from),
                to: Value::Null,
            });
        }
    }
    metadata
}

fn denied(event: &Value, args: &[Value]) -> Outcome {
    let reason = text(args, 0).unwrap_or_default();
    let shown = text(args, 1).filter(|text| !text.is_empty());
    let error = Error {
        name: None,
        message: &reason,
        friendly: shown.as_deref(),
    };
    let mut outcome = registration::denied(event, &error);
    if let Some(visitor) = &mut outcome.details.visitor {
        visitor.language = language(event);
    }
    outcome
}

fn issued(event: &Value, commands: &[Command]) -> Outcome {
    if let Some(args) = calls(commands, "access.deny").next() {
        return refused(args);
    }
    let token = event.get("accessToken");
    let asked = token::scopes(token.and_then(|token| token.get("scope")));
    let granted = scopes(&asked, commands);
    let mut outcome = Outcome::new("token-issued", Tone::Good, String::new());
    let details = &mut outcome.details;
    let mut claims = token
        .and_then(|token| token.get("customClaims"))
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    for args in calls(commands, "accessToken.setCustomClaim") {
        let name = text(args, 0).unwrap_or_else(|| "undefined".to_owned());
        match claim_problem(&name) {
            None => {
                claims.insert(name, args.get(1).cloned().unwrap_or_default());
            }
            Some(reason) => details.dropped.push(Dropped {
                name,
                reason: reason.to_owned(),
            }),
        }
    }
    let private = claims.keys().any(|name| !name.contains("://"));
    let auth0_api = event
        .get("resource_server")
        .and_then(|server| server.get("identifier"))
        .and_then(Value::as_str)
        .is_some_and(|identifier| identifier.contains(".auth0.com/"));
    if private && auth0_api {
        details.notes.push(
            "Tokens for Auth0's own APIs, as this event asks for one, get no claims without a namespace such as https://example.com/plan."
                .to_owned(),
        );
    }
    if granted.iter().any(|name| !asked.contains(name)) {
        details.notes.push(
            "Auth0 leaves out an added scope that the application's grant does not have."
                .to_owned(),
        );
    }
    token::tell(outcome, &asked, granted, claims)
}

/// The token's scopes after the calls of `api.transaction`, in their order.
fn scopes(asked: &[String], commands: &[Command]) -> Vec<String> {
    let mut scopes = asked.to_vec();
    for command in commands {
        let one = text(&command.args, 0).unwrap_or_default();
        match command.api.as_str() {
            "transaction.addTargetScope" if !scopes.contains(&one) => scopes.push(one),
            "transaction.removeTargetScope" => scopes.retain(|name| *name != one),
            "transaction.setTargetScopes" => scopes = token::scopes(command.args.first()),
            "transaction.clearTargetScopes" => scopes.clear(),
            _ => {}
        }
    }
    scopes
}

fn refused(args: &[Value]) -> Outcome {
    let given = text(args, 0).unwrap_or_default();
    let reason = text(args, 1).unwrap_or_default();
    let known = DENY_CODES.into_iter().find(|code| *code == given);
    let error = known.unwrap_or("server_error");
    let status = if error == "server_error" { 500 } else { 400 };
    let mut outcome = Outcome::new(
        "oauth-error",
        Tone::Bad,
        format!(
            "The application gets no token but {error}, HTTP {status}: {}",
            nonempty(&reason)
        ),
    );
    outcome.details.oauth = Some(OAuthError {
        error,
        error_description: reason.clone(),
        status,
    });
    outcome.details.log = super::log(Point::CredentialsExchange, reason);
    if known.is_none() {
        outcome.details.notes.push(format!(
            "The first argument of api.access.deny has to be one of {}, not {given}; what Auth0 makes of another is not documented.",
            DENY_CODES.join(", ")
        ));
    }
    outcome
}

/// The parts of a phone message's event that its outcome quotes, where a Hook's body has them.
fn as_hook_body(event: &Value) -> Value {
    let options = event.get("message_options");
    let of = |key: &str| options.and_then(|options| options.get(key)).cloned();
    json!({
        "recipient": of("recipient"),
        "context": { "message_type": of("message_type"), "language": language(event) },
    })
}

/// The entry that a failing Action leaves in the tenant's log.
fn log(message: &str) -> Log {
    Log {
        code: "actions_execution_failed",
        name: "Actions Execution Failed",
        text: message.to_owned(),
    }
}

fn failed(point: Point, event: &Value, message: &str) -> Outcome {
    let error = Error {
        name: None,
        message,
        friendly: None,
    };
    let mut outcome = match point {
        Point::PreUserRegistration => Outcome::new(
            "denied",
            Tone::Bad,
            format!(
                "The registration fails, because the Action does. The tenant's log says: {}",
                nonempty(message)
            ),
        ),
        Point::CredentialsExchange => token::refused(point, &error),
        Point::SendPhoneMessage => phone::not_sent(&as_hook_body(event), &error),
        Point::PostUserRegistration | Point::PostChangePassword => {
            registration::logged(point, message)
        }
        Point::PasswordExchange | Point::Generic => done(point, event, &[]),
    };
    outcome.details.log = Some(log(message));
    outcome
}

fn nothing_sent(point: Point, reason: NothingSent) -> Outcome {
    let limit = limits::TIME_LIMIT.as_secs();
    let (kind, what) = match reason {
        NothingSent::Timeout => (
            "timed-out",
            format!("The Action did not end within {limit} seconds"),
        ),
        NothingSent::NoCallback => (
            "never-settled",
            format!(
                "The Action waits for something that never comes, so Auth0 waits until its {limit} seconds are over"
            ),
        ),
        NothingSent::Stopped => (
            "stopped",
            "You stopped the run before the Action ended".to_owned(),
        ),
        NothingSent::Memory => ("out-of-memory", "The Action ran out of memory".to_owned()),
        NothingSent::Crash => (
            "crashed",
            "The sandbox crashed before the Action ended".to_owned(),
        ),
        NothingSent::Uncaught => (
            "uncaught",
            "An error that nobody caught ended the sandbox before the Action did".to_owned(),
        ),
    };
    let tone = if reason == NothingSent::Stopped || !point.blocking() {
        Tone::Caution
    } else {
        Tone::Bad
    };
    let mut outcome = Outcome::new(
        kind,
        tone,
        format!("{what}. {}.", consequence(point, "Action")),
    );
    if reason != NothingSent::Stopped {
        outcome.details.log = Some(log(&what));
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(api: &str, args: impl Into<Value>) -> Command {
        Command {
            api: api.to_owned(),
            args: args.into().as_array().unwrap().clone(),
        }
    }

    fn of(point: Point, commands: &[Command]) -> Outcome {
        let event = serde_json::from_str(crate::auth0::action::default_event(point)).unwrap();
        of_action(point, &event, commands, &End::Answered { data: None })
    }

    #[test]
    fn metadata_is_set_changed_and_removed() {
        let event = json!({"user": {"app_metadata": {"plan": "free", "score": 1, "same": 2.0}}});
        let commands = [
            command("user.setAppMetadata", json!(["plan", "full"])),
            command("user.setAppMetadata", json!(["score", null])),
            command("user.setAppMetadata", json!(["same", 2])),
            command("user.setUserMetadata", json!(["a", 1])),
            command("user.setUserMetadata", json!(["a", null])),
            command("user.setUserMetadata", json!(["$b", 1])),
        ];
        let outcome = of_action(
            Point::PreUserRegistration,
            &event,
            &commands,
            &End::Answered { data: None },
        );
        let app = outcome.details.app_metadata.unwrap();
        assert_eq!(json!(app.merged), json!({"plan": "full", "same": 2}));
        let words: Vec<_> = app
            .changes
            .iter()
            .map(|change| (change.name.as_str(), change.change))
            .collect();
        assert_eq!(words, [("plan", "changed"), ("score", "removed")]);
        let user = outcome.details.user_metadata.unwrap();
        assert!(user.merged.is_empty() && user.changes.is_empty());
        assert_eq!(user.refused[0].name, "$b");
    }

    #[test]
    fn denials_and_form_errors_go_before_metadata() {
        let deny = command("access.deny", json!(["bad domain", "Use another address."]));
        let form = command(
            "validation.error",
            json!(["invalid_email", "No such address."]),
        );
        let set = command("user.setUserMetadata", json!(["a", 1]));
        let outcome = of(
            Point::PreUserRegistration,
            &[set.clone(), form.clone(), deny],
        );
        assert_eq!(outcome.kind, "denied");
        assert_eq!(outcome.details.log.unwrap().text, "bad domain");
        let visitor = outcome.details.visitor.unwrap();
        assert_eq!(
            visitor.new_universal_login.as_deref(),
            Some("Use another address.")
        );
        assert_eq!(visitor.language.as_deref(), Some("en"));
        let outcome = of(Point::PreUserRegistration, &[set, form]);
        assert_eq!(
            (outcome.kind, outcome.details.validation.len()),
            ("denied", 1)
        );
    }

    #[test]
    fn tokens_follow_the_calls() {
        let outcome = of(
            Point::CredentialsExchange,
            &[
                command(
                    "accessToken.setCustomClaim",
                    json!(["https://a.b/plan", "full"]),
                ),
                command("accessToken.setCustomClaim", json!(["sub", "me"])),
                command("transaction.addTargetScope", json!(["write:x"])),
                command("transaction.removeTargetScope", json!(["read:entity"])),
            ],
        );
        let scope = outcome.details.scope.unwrap();
        assert_eq!(
            (scope.granted.join(" "), scope.removed.join(" ")),
            ("write:x".to_owned(), "read:entity".to_owned())
        );
        assert_eq!(
            json!(outcome.details.claims),
            json!({"https://a.b/plan": "full"})
        );
        assert_eq!(outcome.details.dropped[0].name, "sub");
        let outcome = of(
            Point::CredentialsExchange,
            &[command("access.deny", json!(["invalid_scope", "no"]))],
        );
        let oauth = outcome.details.oauth.unwrap();
        assert_eq!((oauth.error, oauth.status), ("invalid_scope", 400));
    }

    #[test]
    fn failures_after_the_fact_change_nothing() {
        let end = End::Failed {
            why: Failure::Callback,
            name: None,
            message: "boom".to_owned(),
            friendly: None,
        };
        for (point, kind) in [
            (Point::PreUserRegistration, "denied"),
            (Point::PostUserRegistration, "logged"),
            (Point::PostChangePassword, "logged"),
            (Point::CredentialsExchange, "oauth-error"),
            (Point::SendPhoneMessage, "not-sent"),
        ] {
            let outcome = of_action(point, &Value::Null, &[], &end);
            assert_eq!(outcome.kind, kind);
            assert_eq!(
                outcome.details.log.unwrap().code,
                "actions_execution_failed"
            );
        }
    }
}
