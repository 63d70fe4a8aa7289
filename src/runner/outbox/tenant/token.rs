//! `/oauth/token`: tokens for applications, and for users by their password.

use serde_json::{Value, json};

use super::answer::Answer;
use super::{Tenant, query, users};
use crate::engine::outside::HttpCall;

/// A day, as Auth0 gives by default.
const EXPIRES_IN_S: u32 = 86_400;

pub fn answer(tenant: &mut Tenant, call: &HttpCall) -> Answer {
    let fields = fields_of(call);
    let get = |name: &str| {
        fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    let Some(grant) = get("grant_type") else {
        return missing("grant_type");
    };
    let basic = basic_of(call);
    let client_id = get("client_id").or(basic.as_ref().map(|(id, _)| id.as_str()));
    let secret = get("client_secret").or(basic.as_ref().map(|(_, secret)| secret.as_str()));
    let Some(client_id) = client_id else {
        return missing("client_id");
    };
    let known =
        tenant.table.clients.is_empty()
            || tenant.table.clients.iter().any(|client| {
                client.client_id == client_id && Some(&*client.client_secret) == secret
            });
    if !known {
        return Answer::oauth(401, "access_denied", "Unauthorized");
    }
    match grant {
        "client_credentials" => {
            if get("audience").is_none() {
                return missing("audience");
            }
        }
        "password" | "http://auth0.com/oauth/grant-type/password-realm" => {
            let (Some(name), Some(password)) = (get("username"), get("password")) else {
                return missing(if get("username").is_none() {
                    "username"
                } else {
                    "password"
                });
            };
            if !users::knows_password(&tenant.table, name, password) {
                return Answer::oauth(403, "invalid_grant", "Wrong email or password.");
            }
        }
        other => {
            return Answer::oauth(
                403,
                "unsupported_grant_type",
                &format!("Unsupported grant type: {other}"),
            );
        }
    }
    let token = format!(
        "token-{}-of-{}",
        tenant.tokens.len() + 1,
        tenant.table.domain
    );
    tenant.tokens.push(token.clone());
    let mut body = json!({"access_token": token});
    if let Some(scope) = get("scope") {
        body["scope"] = scope.into();
    }
    body["expires_in"] = EXPIRES_IN_S.into();
    body["token_type"] = "Bearer".into();
    Answer::ok(body)
}

fn missing(name: &str) -> Answer {
    Answer::oauth(
        403,
        "invalid_request",
        &format!("Missing required parameter: {name}"),
    )
}

/// The parameters, from JSON or a form.
fn fields_of(call: &HttpCall) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(&call.body);
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(object)) => object
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
            .collect(),
        _ => query::form(&text),
    }
}

/// Client and secret of HTTP's Basic scheme.
fn basic_of(call: &HttpCall) -> Option<(String, String)> {
    use base64::Engine as _;
    let (_, value) = call
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?;
    let (scheme, pair) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(pair.trim())
        .ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((query::decoded(id), query::decoded(secret)))
}
