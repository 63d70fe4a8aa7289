//! Users of the tenant: list and search, by id and by e-mail, create, change, delete.

use serde_json::{Map, Value, json};

use super::Table;
use super::answer::Answer;
use super::query::Query;
use crate::runner::outbox::pattern;

type User = Map<String, Value>;

/// Kept in the table and never shown.
const HIDDEN: [&str; 2] = ["password", "roles"];
/// Objects whose properties a PATCH changes one by one.
const MERGED: [&str; 2] = ["user_metadata", "app_metadata"];

pub fn list(table: &Table, query: &Query) -> Answer {
    let wanted = query.get("q").unwrap_or_default();
    let terms = match terms_of(wanted) {
        Ok(terms) => terms,
        Err(refused) => return refused,
    };
    let mut found: Vec<&User> = table
        .users
        .iter()
        .filter(|user| terms.iter().all(|term| term.fits(user)))
        .collect();
    if let Some((field, order)) = query.get("sort").and_then(|sort| sort.split_once(':')) {
        found.sort_by_key(|user| text_at(user, field).unwrap_or_default());
        if order == "-1" {
            found.reverse();
        }
    }
    let shown = found
        .into_iter()
        .map(|user| query.fields(shown(user)))
        .collect();
    query.page(shown, "users")
}

pub fn by_email(table: &Table, query: &Query) -> Answer {
    let Some(email) = query.get("email").filter(|email| !email.is_empty()) else {
        return Answer::invalid_query("Missing required property: email");
    };
    let shown: Vec<Value> = table
        .users
        .iter()
        .filter(|user| same_email(user, email))
        .map(|user| query.fields(shown(user)))
        .collect();
    Answer::ok(shown.into())
}

pub fn get(table: &Table, id: &str, query: &Query) -> Answer {
    match find(table, id) {
        Some(user) => Answer::ok(query.fields(shown(user))),
        None => Answer::no_user(),
    }
}

pub fn create(table: &mut Table, body: &Value, number: u32) -> Answer {
    let mut user = body.as_object().cloned().unwrap_or_default();
    let Some(connection) = user
        .get("connection")
        .and_then(Value::as_str)
        .map(str::to_owned)
    else {
        return Answer::invalid_body("Missing required property: connection");
    };
    if let Some(email) = text_at(&user, "email")
        && table.users.iter().any(|known| {
            same_email(known, &email)
                && known.get("connection").and_then(Value::as_str) == Some(&*connection)
        })
    {
        return Answer::error(409, "The user already exists.", "auth0_idp_error");
    }
    let id = match text_at(&user, "user_id") {
        Some(own) => format!("auth0|{own}"),
        None => format!("auth0|{number:024x}"),
    };
    if find(table, &id).is_some() {
        return Answer::error(409, "The user already exists.", "auth0_idp_error");
    }
    user.insert("user_id".to_owned(), id.into());
    if !user.contains_key("email_verified") && user.contains_key("email") {
        user.insert("email_verified".to_owned(), false.into());
    }
    if !user.contains_key("name")
        && let Some(email) = text_at(&user, "email")
    {
        user.insert("name".to_owned(), email.into());
    }
    // Whom it belongs to is the table's own affair.
    user.remove("roles");
    let answer = Answer::created(Value::from(shown(&user)));
    table.users.push(user);
    answer
}

pub fn update(table: &mut Table, id: &str, body: &Value) -> Answer {
    let Some(changes) = body.as_object().filter(|changes| !changes.is_empty()) else {
        return Answer::invalid_body("Too few properties defined (0), minimum 1");
    };
    if let Some(name) = ["user_id", "roles"]
        .into_iter()
        .find(|name| changes.contains_key(*name))
    {
        return Answer::invalid_body(&format!("Additional properties not allowed: {name}"));
    }
    let Some(user) = table.users.iter_mut().find(|user| is(user, id)) else {
        return Answer::no_user();
    };
    for (name, value) in changes {
        match (value, user.get_mut(name)) {
            (Value::Object(new), Some(Value::Object(old))) if MERGED.contains(&name.as_str()) => {
                for (key, value) in new {
                    if value.is_null() {
                        old.shift_remove(key);
                    } else {
                        old.insert(key.clone(), value.clone());
                    }
                }
            }
            _ => {
                user.insert(name.clone(), value.clone());
            }
        }
    }
    Answer::ok(Value::from(shown(user)))
}

pub fn delete(table: &mut Table, id: &str) -> Answer {
    // Auth0 answers so for a user that is not there, too.
    table.users.retain(|user| !is(user, id));
    Answer::no_content()
}

pub fn find<'a>(table: &'a Table, id: &str) -> Option<&'a User> {
    table.users.iter().find(|user| is(user, id))
}

pub fn is(user: &User, id: &str) -> bool {
    user.get("user_id").and_then(Value::as_str) == Some(id)
}

/// What the API shows of a user.
pub fn shown(user: &User) -> User {
    let mut shown = user.clone();
    for name in HIDDEN {
        shown.shift_remove(name);
    }
    shown
}

/// Whether a user of that e-mail or name has that password; one without a password in the table has any.
pub fn knows_password(table: &Table, name: &str, password: &str) -> bool {
    table
        .users
        .iter()
        .filter(|user| same_email(user, name) || text_at(user, "username").as_deref() == Some(name))
        .any(|user| {
            user.get("password")
                .is_none_or(|known| known == &json!(password))
        })
}

fn same_email(user: &User, email: &str) -> bool {
    text_at(user, "email").is_some_and(|known| known.to_lowercase() == email.to_lowercase())
}

fn text_at(user: &User, path: &str) -> Option<String> {
    let mut parts = path.split('.');
    let mut value = user.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    Some(
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    )
}

/// `field:value` of a search, the value perhaps with `*`.
struct Term {
    field: String,
    value: String,
}

impl Term {
    fn fits(&self, user: &User) -> bool {
        text_at(user, &self.field)
            .is_some_and(|text| pattern::matches(&self.value.to_lowercase(), &text.to_lowercase()))
    }
}

/// The terms of a search in Lucene's language, as far as the tenant reads it: `field:value` and `field:"value"`,
/// joined by AND.
fn terms_of(search: &str) -> Result<Vec<Term>, Answer> {
    let mut terms = Vec::new();
    let mut rest = search.trim();
    while !rest.is_empty() {
        let refused = || {
            Answer::error(
                400,
                &format!(
                    "This tenant searches by field:value joined with AND, and cannot read: {rest}"
                ),
                "invalid_query_string",
            )
        };
        let (field, after) = rest.split_once(':').ok_or_else(refused)?;
        let field = field.trim();
        let plain = |c: char| c.is_alphanumeric() || "._-".contains(c);
        if field.is_empty() || !field.chars().all(plain) {
            return Err(refused());
        }
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or_else(refused)?,
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        if value.starts_with(['[', '(', '{', '/']) {
            return Err(refused());
        }
        terms.push(Term {
            field: field.to_owned(),
            value: value.to_owned(),
        });
        let after = after.trim_start();
        rest = match after.strip_prefix("AND ") {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return Err(refused()),
        };
    }
    Ok(terms)
}
