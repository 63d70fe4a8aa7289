//! Outcomes of the points that give out access tokens: scopes and claims, or an OAuth error.

use serde_json::{Map, Value};

use super::{Dropped, Error, OAuthError, Outcome, Scope, Tone, log};
use crate::auth0::Point;

/// Hosts, with their subdomains, that a claim's name must not have.
const FORBIDDEN_HOSTS: [&str; 3] = ["auth0.com", "webtask.io", "webtask.run"];

/// `cb(null, accessTokenClaims)`.
pub(super) fn issued(body: &Value, data: Option<&Value>) -> Outcome {
    let mut outcome = Outcome::new("token-issued", Tone::Good, String::new());
    let details = &mut outcome.details;
    let asked = scopes(body.get("scope"));
    let given = data.and_then(|data| data.get("scope"));
    let granted = scopes(given);
    let mut claims = Map::new();
    match data {
        Some(Value::Object(object)) => {
            for (name, value) in object.iter().filter(|(name, _)| *name != "scope") {
                match claim_problem(name) {
                    None => {
                        claims.insert(name.clone(), value.clone());
                    }
                    Some(reason) => details.dropped.push(Dropped {
                        name: name.clone(),
                        reason,
                    }),
                }
            }
        }
        None | Some(Value::Null) => {}
        Some(_) => details
            .notes
            .push("The response is no object, so nothing of it gets into the token.".to_owned()),
    }
    match given {
        None | Some(Value::Null) if !asked.is_empty() => details.notes.push(
            "The response has no scope, so the token loses all its scopes. Set access_token.scope = scope."
                .to_owned(),
        ),
        None | Some(Value::Null | Value::Array(_)) => {}
        Some(_) => details.notes.push("scope has to be an array of texts.".to_owned()),
    }
    tell(outcome, &asked, granted, claims)
}

/// Completes the outcome of an issued token, whether a Hook or an Action shaped it: sentence, scopes, claims, tone.
pub(super) fn tell(
    mut outcome: Outcome,
    asked: &[String],
    granted: Vec<String>,
    claims: Map<String, Value>,
) -> Outcome {
    let details = &mut outcome.details;
    let mut summary = match granted.as_slice() {
        [] => "The application gets a token without scopes".to_owned(),
        names => format!("The application gets a token for {}", names.join(" ")),
    };
    match claims.len() {
        0 => {}
        1 => summary.push_str(" with 1 claim"),
        count => summary.push_str(&format!(" with {count} claims")),
    }
    summary.push('.');
    if !details.dropped.is_empty() {
        let names: Vec<&str> = details
            .dropped
            .iter()
            .map(|claim| claim.name.as_str())
            .collect();
        summary.push_str(&format!(" Auth0 leaves out {}.", names.join(", ")));
    }
    details.scope = Some(Scope {
        added: granted
            .iter()
            .filter(|name| !asked.contains(name))
            .cloned()
            .collect(),
        removed: asked
            .iter()
            .filter(|name| !granted.contains(name))
            .cloned()
            .collect(),
        granted,
    });
    details.claims = Some(claims);
    if !details.notes.is_empty() || !details.dropped.is_empty() {
        outcome.tone = Tone::Caution;
    }
    outcome.summary = summary;
    outcome
}

/// A list of texts; what is no list has none.
pub(super) fn scopes(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

/// Why a claim of this name is left out; `None` where it gets into the token.
fn claim_problem(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let Some(rest) = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
    else {
        return Some("a claim's name has to be an http or https URL of your own".to_owned());
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    if host.is_empty() || host.contains(char::is_whitespace) {
        return Some("the URL in its name has no host".to_owned());
    }
    FORBIDDEN_HOSTS
        .into_iter()
        .find(|forbidden| host == *forbidden || host.ends_with(&format!(".{forbidden}")))
        .map(|forbidden| format!("{forbidden} is reserved; use a host of your own"))
}

/// An error instead of a token.
pub(super) fn refused(point: Point, error: &Error<'_>) -> Outcome {
    let (code, status) = match error.name {
        Some("InvalidScopeError") => ("invalid_scope", 400),
        Some("InvalidRequestError") => ("invalid_request", 400),
        _ => ("server_error", 500),
    };
    let mut outcome = Outcome::new(
        "oauth-error",
        Tone::Bad,
        format!(
            "The application gets no token but {code}, HTTP {status}: {}",
            if error.message.is_empty() {
                "(no text)"
            } else {
                error.message
            }
        ),
    );
    outcome.details.oauth = Some(OAuthError {
        error: code,
        error_description: error.message.to_owned(),
        status,
    });
    outcome.details.log = log(point, error.message);
    if error.name == Some("ServerError") {
        outcome.details.notes.push(
            "The documentation gives both HTTP 500 and HTTP 400 for a ServerError.".to_owned(),
        );
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urls_of_ones_own_become_claims() {
        for name in [
            "https://example.com/plan",
            "http://a.b:80/c",
            "https://notauth0.com",
            "HTTPS://X.ORG",
        ] {
            assert_eq!(claim_problem(name), None, "{name}");
        }
        for name in [
            "plan",
            "urn:plan",
            "https://",
            "https://auth0.com/a",
            "https://my-tenant.AUTH0.com/a",
            "http://user@webtask.io:443/a",
            "http://x.webtask.run?a",
        ] {
            assert!(claim_problem(name).is_some(), "{name}");
        }
    }
}
