//! Roles of the tenant, and who has them.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::query::Query;
use super::{Table, users};

pub fn list(table: &Table, query: &Query) -> Answer {
    let filter = query.get("name_filter").unwrap_or_default().to_lowercase();
    let found = table
        .roles
        .iter()
        .filter(|role| {
            role.get("name")
                .and_then(Value::as_str)
                .is_some_and(|name| name.to_lowercase().contains(&filter))
        })
        .map(|role| Value::from(role.clone()))
        .collect();
    query.page(found, "roles")
}

pub fn get(table: &Table, id: &str) -> Answer {
    match find(table, id) {
        Some(role) => Answer::ok(Value::from(role.clone())),
        None => Answer::no_role(id),
    }
}

pub fn create(table: &mut Table, body: &Value, number: u32) -> Answer {
    let Some(name) = body
        .get("name")
        .and_then(Value::as_str)
        .filter(|name| !name.is_empty())
    else {
        return Answer::invalid_body("Missing required property: name");
    };
    if table
        .roles
        .iter()
        .any(|role| role.get("name") == Some(&json!(name)))
    {
        return Answer::error(409, "The role already exists.", "role_conflict");
    }
    let mut role = Map::new();
    role.insert("id".to_owned(), format!("rol_new{number}").into());
    role.insert("name".to_owned(), name.into());
    let description = body
        .get("description")
        .cloned()
        .unwrap_or_else(|| json!(""));
    role.insert("description".to_owned(), description);
    table.roles.push(role.clone());
    Answer::ok(Value::from(role))
}

pub fn update(table: &mut Table, id: &str, body: &Value) -> Answer {
    let Some(role) = table.roles.iter_mut().find(|role| is(role, id)) else {
        return Answer::no_role(id);
    };
    for name in ["name", "description"] {
        if let Some(value) = body.get(name).filter(|value| value.is_string()) {
            role.insert(name.to_owned(), value.clone());
        }
    }
    Answer::ok(Value::from(role.clone()))
}

pub fn delete(table: &mut Table, id: &str) -> Answer {
    table.roles.retain(|role| !is(role, id));
    for user in &mut table.users {
        if let Some(Value::Array(roles)) = user.get_mut("roles") {
            roles.retain(|role| role != id);
        }
    }
    Answer::no_content()
}

pub fn of_user(table: &Table, id: &str, query: &Query) -> Answer {
    let Some(user) = users::find(table, id) else {
        return Answer::no_user();
    };
    let has =
        |role: &Map<String, Value>| role.get("id").is_some_and(|id| ids_of(user).contains(id));
    let found = table
        .roles
        .iter()
        .filter(|role| has(role))
        .map(|role| Value::from(role.clone()))
        .collect();
    query.page(found, "roles")
}

pub fn users(table: &Table, id: &str, query: &Query) -> Answer {
    if find(table, id).is_none() {
        return Answer::no_role(id);
    }
    let found = table
        .users
        .iter()
        .filter(|user| ids_of(user).contains(&json!(id)))
        .map(|user| users::shown(user).into())
        .collect();
    query.page(found, "users")
}

pub fn assign(table: &mut Table, id: &str, body: &Value) -> Answer {
    change(table, id, body, |mut roles, named| {
        for role in named {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    })
}

pub fn remove(table: &mut Table, id: &str, body: &Value) -> Answer {
    change(table, id, body, |mut roles, named| {
        roles.retain(|role| !named.contains(role));
        roles
    })
}

fn change(
    table: &mut Table,
    id: &str,
    body: &Value,
    change: impl FnOnce(Vec<Value>, Vec<Value>) -> Vec<Value>,
) -> Answer {
    let Some(named) = body.get("roles").and_then(Value::as_array).cloned() else {
        return Answer::invalid_body("Missing required property: roles");
    };
    if named.is_empty() {
        return Answer::invalid_body("Array is too short (0), minimum 1 on property roles");
    }
    for role in &named {
        let Some(id) = role.as_str() else {
            return Answer::invalid_body("Expected type string on property roles");
        };
        if find(table, id).is_none() {
            return Answer::no_role(id);
        }
    }
    let Some(user) = table.users.iter_mut().find(|user| users::is(user, id)) else {
        return Answer::no_user();
    };
    let roles = change(ids_of(user), named);
    user.insert("roles".to_owned(), roles.into());
    Answer::no_content()
}

fn ids_of(user: &Map<String, Value>) -> Vec<Value> {
    user.get("roles")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

fn find<'a>(table: &'a Table, id: &str) -> Option<&'a Map<String, Value>> {
    table.roles.iter().find(|role| is(role, id))
}

fn is(role: &Map<String, Value>, id: &str) -> bool {
    role.get("id").and_then(Value::as_str) == Some(id)
}
