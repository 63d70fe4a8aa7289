//! Actions: which handler belongs to which trigger, the event a test starts with, what Auth0 allows.
//!
//! Sources: the types and example events of the official `@auth0/actions` package (version 2 of each trigger) and
//! the documentation's page of limits.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Point;

/// Bytes of one Action's console output that a test shows.
pub const LOG_BYTES: usize = 256 * 1024;

/// Characters of console output that a tenant's log keeps of one execution.
pub const STORED_LOG_CHARS: usize = 256;

/// Secrets in one Action.
pub const MAX_SECRETS: usize = 30;

/// Characters of a secret's name.
pub const SECRET_NAME_CHARS: usize = 128;

/// Characters of a secret's value.
pub const SECRET_VALUE_CHARS: usize = 4096;

/// npm packages in one Action.
pub const MAX_DEPENDENCIES: usize = 10;

/// Bytes of a key of `api.cache`.
pub const CACHE_KEY_BYTES: usize = 64;

/// Bytes of a value of `api.cache`.
pub const CACHE_VALUE_BYTES: usize = 4096;

/// Bytes of all keys and values of `api.cache` together, as the package checks it; the documentation says 8 kB.
pub const CACHE_BYTES: usize = 16 * 1024 + 256;

/// How long `api.cache` keeps a value without an expiry of its own (package and newest page; an older one: 24 h).
pub const CACHE_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// Characters of a code or message given to `api.validation.error`.
pub const VALIDATION_CHARS: usize = 100;

/// Characters of one scope given to `api.transaction`.
pub const SCOPE_CHARS: usize = 280;

/// Scopes a token may be asked for.
pub const MAX_SCOPES: usize = 1000;

/// Error codes that `api.access.deny` of Client Credentials Exchange knows.
pub const DENY_CODES: [&str; 3] = ["invalid_scope", "invalid_request", "server_error"];

/// One successful call of a method of `api`, as a report lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// Such as `user.setAppMetadata`.
    pub api: String,
    pub args: Vec<Value>,
}

/// Where the handler that only goes on after a redirect belongs.
const CONTINUE_PRE_USER_REGISTRATION: &str = "onContinuePreUserRegistration";

/// The name under which an Action for `point` exports its handler; `None` where Actions have no such trigger.
pub const fn handler(point: Point) -> Option<&'static str> {
    Some(match point {
        Point::PreUserRegistration => "onExecutePreUserRegistration",
        Point::PostUserRegistration => "onExecutePostUserRegistration",
        Point::CredentialsExchange => "onExecuteCredentialsExchange",
        Point::PostChangePassword => "onExecutePostChangePassword",
        Point::SendPhoneMessage => "onExecuteSendPhoneMessage",
        Point::PasswordExchange | Point::Generic => return None,
    })
}

/// The trigger that a file with these exports is for: that of its first handler of a trigger known here.
pub fn point_of(exports: &[String]) -> Option<Point> {
    exports.iter().find_map(|name| {
        Point::ALL
            .into_iter()
            .find(|point| handler(*point) == Some(name.as_str()))
            .or_else(|| {
                (name == CONTINUE_PRE_USER_REGISTRATION).then_some(Point::PreUserRegistration)
            })
    })
}

/// The trigger whose handler is assigned in `source`, by the text alone: for code that does not parse.
pub fn written_in(source: &str) -> Option<Point> {
    Point::ALL
        .into_iter()
        .filter_map(|point| Some((source.find(&format!("exports.{}", handler(point)?))?, point)))
        .min_by_key(|(place, _)| *place)
        .map(|(_, point)| point)
}

/// Whether a function with these parameters is an Action of the first version:
/// `module.exports = async (event, context) => …`. No hook is called with an event.
pub fn is_first_version(parameters: &[String]) -> bool {
    match parameters {
        [event] => event == "event",
        [event, context] => event == "event" && matches!(context.as_str(), "context" | "_context"),
        _ => false,
    }
}

/// The trigger of an Action: that of its handler; of one of the first version the `known` one, as its JSON or an option
/// has it, else Pre-User Registration, the only one whose result of that version is documented.
pub fn trigger(
    exports: &[String],
    parameters: Option<&[String]>,
    source: &str,
    known: Option<Point>,
) -> Option<Point> {
    point_of(exports)
        .or_else(|| written_in(source))
        .or_else(|| {
            parameters.filter(|names| is_first_version(names))?;
            known
                .filter(|point| handler(*point).is_some())
                .or(Some(Point::PreUserRegistration))
        })
}

/// The commands that the result of an Action of the first version amounts to: its metadata, then its denial
/// (`{command: {type: 'deny', message, reason}, user: {app_metadata, user_metadata}}`).
pub fn commands_of_result(result: &Value) -> Vec<Command> {
    let mut commands = Vec::new();
    for (key, api) in [
        ("user_metadata", "user.setUserMetadata"),
        ("app_metadata", "user.setAppMetadata"),
    ] {
        for (name, value) in result["user"][key].as_object().into_iter().flatten() {
            commands.push(Command {
                api: api.to_owned(),
                args: vec![name.as_str().into(), value.clone()],
            });
        }
    }
    let command = &result["command"];
    if command["type"].as_str() == Some("deny") {
        let message = command["message"].clone();
        let reason = match &command["reason"] {
            Value::Null => message.clone(),
            reason => reason.clone(),
        };
        commands.push(Command {
            api: "access.deny".to_owned(),
            args: vec![reason, message],
        });
    }
    commands
}

/// The names that the first version had for properties of `event.user`, with today's.
pub const FIRST_VERSION_NAMES: [(&str, &str); 4] = [
    ("id", "user_id"),
    ("emailVerified", "email_verified"),
    ("phoneNumber", "phone_number"),
    ("phoneNumberVerified", "phone_verified"),
];

macro_rules! event {
    ($id:literal) => {
        include_str!(concat!("../../sample-payloads/", $id, ".action.json"))
    };
}

/// The event a test of an Action starts with: JSON, indented by 2 spaces. The package's example, with constants in
/// the places it leaves open; an empty object where there is no such trigger.
pub const fn default_event(point: Point) -> &'static str {
    match point {
        Point::PreUserRegistration => event!("pre-user-registration"),
        Point::PostUserRegistration => event!("post-user-registration"),
        Point::CredentialsExchange => event!("credentials-exchange"),
        Point::PostChangePassword => event!("post-change-password"),
        Point::SendPhoneMessage => event!("send-phone-message"),
        Point::PasswordExchange | Point::Generic => "{}\n",
    }
}

/// Claims that Auth0 keeps for itself (documentation of custom claims).
const RESERVED_CLAIMS: &[&str] = &[
    "acr",
    "act",
    "active",
    "amr",
    "at_hash",
    "ath",
    "attest",
    "aud",
    "auth_time",
    "authorization_details",
    "azp",
    "c_hash",
    "client_id",
    "cnf",
    "cty",
    "dest",
    "entitlements",
    "events",
    "exp",
    "groups",
    "gty",
    "htm",
    "htu",
    "iat",
    "internalService",
    "iss",
    "jcard",
    "jku",
    "jti",
    "jwe",
    "jwk",
    "kid",
    "may_act",
    "mky",
    "nbf",
    "nonce",
    "object_id",
    "org_id",
    "org_name",
    "orig",
    "origid",
    "permissions",
    "roles",
    "rph",
    "s_hash",
    "scope",
    "sid",
    "sip_callid",
    "sip_cseq_num",
    "sip_date",
    "sip_from_tag",
    "sip_via_branch",
    "sub",
    "sub_jwk",
    "toe",
    "txn",
    "typ",
    "uuid",
    "vot",
    "vtm",
    "x5t#S256",
];

/// Why Auth0 leaves out a claim that an Action has set; `None` where it gets into the token.
///
/// Unlike a Hook's, an Action's claims need no URL for a name.
pub fn claim_problem(name: &str) -> Option<&'static str> {
    if RESERVED_CLAIMS.contains(&name) {
        Some("Auth0 sets this claim itself")
    } else if name.starts_with("urn:auth0") {
        Some("urn:auth0 is reserved; use a namespace of your own")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_lead_back_to_their_points() {
        for point in Point::ALL {
            let name = handler(point).unwrap();
            assert_eq!(point_of(&[name.to_owned()]), Some(point));
            let source = format!("exports.{name} = async (event, api) => {{ (");
            assert_eq!(written_in(&source), Some(point));
        }
        assert_eq!(point_of(&["onExecutePostLogin".to_owned()]), None);
        assert_eq!(written_in("// onExecutePostLogin"), None);
    }

    #[test]
    fn the_first_version_is_told_by_its_parameters() {
        let of = |text: &str| {
            let names: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            is_first_version(&names)
        };
        assert!(of("event context") && of("event"));
        assert!(!of("user context cb") && !of("event context cb") && !of("event cb") && !of(""));
    }

    #[test]
    fn claims_need_no_namespace() {
        assert_eq!(claim_problem("plan"), None);
        assert_eq!(claim_problem("https://example.com/plan"), None);
        assert!(claim_problem("sub").is_some() && claim_problem("urn:auth0:x").is_some());
    }
}
