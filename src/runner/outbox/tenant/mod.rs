//! A small tenant that answers for Auth0's own API: tokens, users, roles, from a table that the user edits.
//!
//! What a run changes in it lasts for that run. Error shapes are those of the Management API v2 and of `/oauth/token`.

mod answer;
mod query;
mod roles;
mod token;
mod users;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use self::answer::Answer;
use self::query::Query;
use super::target::Target;
use crate::engine::outside::{HttpCall, HttpResponse};

/// The table as its file holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The tenant's host, such as `my-tenant.auth0.com`.
    pub domain: String,
    /// Applications that get tokens; without any, every application does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<Client>,
    /// Users as the Management API shows them; `roles` holds ids of roles, `password` is never shown.
    #[serde(default)]
    pub users: Vec<Map<String, Value>>,
    /// Roles: `id`, `name`, `description`.
    #[serde(default)]
    pub roles: Vec<Map<String, Value>>,
}

/// An application of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub client_id: String,
    pub client_secret: String,
}

/// Why a text is no tenant's table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    #[error("line {line}, column {column}: {problem}")]
    Json {
        line: usize,
        column: usize,
        problem: String,
    },
    #[error("the domain {0:?} is no host; write one such as my-tenant.auth0.com")]
    Domain(String),
    #[error("{list} entry {number}: {problem}")]
    Entry {
        list: &'static str,
        /// Counts from 1.
        number: usize,
        problem: String,
    },
}

impl Table {
    /// Reads a table and checks it.
    ///
    /// # Errors
    /// What is wrong with it first, and where.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let table: Self = serde_json::from_str(text).map_err(|error| {
            let mut problem = error.to_string();
            if let Some(at) = problem.rfind(" at line ") {
                problem.truncate(at);
            }
            TableError::Json {
                line: error.line(),
                column: error.column(),
                problem,
            }
        })?;
        let url = format!("https://{}/", table.domain);
        if Target::of(&url).is_none_or(|target| target.host != table.domain.to_ascii_lowercase()) {
            return Err(TableError::Domain(table.domain));
        }
        unique("roles", &table.roles, "id")?;
        unique("users", &table.users, "user_id")?;
        for (user, number) in table.users.iter().zip(1..) {
            let roles = user.get("roles").and_then(Value::as_array);
            for role in roles.into_iter().flatten() {
                if !table
                    .roles
                    .iter()
                    .any(|known| known.get("id") == Some(role))
                {
                    return Err(TableError::Entry {
                        list: "users",
                        number,
                        problem: format!("there is no role with the id {role}"),
                    });
                }
            }
        }
        Ok(table)
    }

    /// A table to begin with, as text.
    #[must_use]
    pub fn example(domain: &str) -> String {
        let table = serde_json::json!({
            "domain": domain,
            "users": [{
                "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
                "email": "user1@foo.com",
                "email_verified": true,
                "connection": "Username-Password-Authentication",
                "name": "user1@foo.com",
                "user_metadata": {"hobby": "surfing"},
                "app_metadata": {"plan": "full"},
                "roles": ["rol_1"]
            }],
            "roles": [{"id": "rol_1", "name": "member", "description": "Everybody who has signed up"}]
        });
        format!("{table:#}\n")
    }
}

fn unique(list: &'static str, entries: &[Map<String, Value>], key: &str) -> Result<(), TableError> {
    for (index, entry) in entries.iter().enumerate() {
        let problem = match entry.get(key) {
            Some(Value::String(id)) if !id.is_empty() => {
                let same = |other: &Map<String, Value>| other.get(key) == Some(&Value::from(&**id));
                match entries
                    .get(..index)
                    .is_some_and(|before| before.iter().any(same))
                {
                    true => format!("{key} {id:?} stands there twice"),
                    false => continue,
                }
            }
            _ => format!("it has no {key}; write a text"),
        };
        return Err(TableError::Entry {
            list,
            number: index + 1,
            problem,
        });
    }
    Ok(())
}

/// The tenant of one run.
pub struct Tenant {
    table: Table,
    /// Tokens it has given out.
    tokens: Vec<String>,
    /// Counts what was created, for ids.
    created: u32,
}

impl Tenant {
    /// The tenant that a table describes.
    #[must_use]
    pub fn new(table: Table) -> Self {
        Self {
            table,
            tokens: Vec::new(),
            created: 0,
        }
    }

    /// The answer to a call of its domain; none to any other.
    pub fn answer(&mut self, call: &HttpCall) -> Option<HttpResponse> {
        let target = Target::of(&call.url)?;
        if target.host != self.table.domain.to_ascii_lowercase() {
            return None;
        }
        let uri: ureq::http::Uri = call.url.parse().ok()?;
        Some(
            self.route(call, uri.path(), &Query::of(uri.query()))
                .into_response(),
        )
    }

    fn route(&mut self, call: &HttpCall, path: &str, query: &Query) -> Answer {
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(query::decoded)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if parts == ["oauth", "token"] {
            return match call.method.as_str() {
                "POST" => token::answer(self, call),
                _ => Answer::not_found(),
            };
        }
        let ["api", "v2", rest @ ..] = parts.as_slice() else {
            return Answer::not_found();
        };
        if let Some(refused) = self.unauthorized(call) {
            return refused;
        }
        let body = match answer::body_of(call) {
            Ok(body) => body,
            Err(refused) => return refused,
        };
        let table = &mut self.table;
        match (call.method.as_str(), rest) {
            ("GET", ["users"]) => users::list(table, query),
            ("POST", ["users"]) => {
                self.created += 1;
                users::create(table, &body, self.created)
            }
            ("GET", ["users", id]) => users::get(table, id, query),
            ("PATCH", ["users", id]) => users::update(table, id, &body),
            ("DELETE", ["users", id]) => users::delete(table, id),
            ("GET", ["users", id, "roles"]) => roles::of_user(table, id, query),
            ("POST", ["users", id, "roles"]) => roles::assign(table, id, &body),
            ("DELETE", ["users", id, "roles"]) => roles::remove(table, id, &body),
            ("GET", ["users-by-email"]) => users::by_email(table, query),
            ("GET", ["roles"]) => roles::list(table, query),
            ("POST", ["roles"]) => {
                self.created += 1;
                roles::create(table, &body, self.created)
            }
            ("GET", ["roles", id]) => roles::get(table, id),
            ("PATCH", ["roles", id]) => roles::update(table, id, &body),
            ("DELETE", ["roles", id]) => roles::delete(table, id),
            ("GET", ["roles", id, "users"]) => roles::users(table, id, query),
            _ => Answer::not_found(),
        }
    }

    /// The Management API without a token, or with one that this tenant has not given out while it knows its clients.
    fn unauthorized(&self, call: &HttpCall) -> Option<Answer> {
        let given = call
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))
            .and_then(|(_, value)| {
                let (scheme, token) = value.split_once(' ')?;
                scheme
                    .eq_ignore_ascii_case("bearer")
                    .then(|| token.trim().to_owned())
            })
            .filter(|token| !token.is_empty());
        match given {
            None => Some(Answer::unauthorized("Missing authentication")),
            Some(token) => (!self.table.clients.is_empty() && !self.tokens.contains(&token))
                .then(|| Answer::unauthorized("Invalid token")),
        }
    }
}

#[cfg(test)]
mod tests;
