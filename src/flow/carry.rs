//! The payload as it goes from step to step: the Hook's body and the Action's event of the same transaction, side by
//! side, changed by what each step has done.
//!
//! Sources: the migration guide from Hooks to Actions (which name is which), the documented bodies and events.

use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::auth0::{Kind, Point, action};

/// Which name of a Hook's body is which of an Action's event. Where two names of the body lead to one of the event, the
/// first that is there counts.
const REGISTRATION: &[(&str, &str)] = &[
    ("user.username", "user.username"),
    ("user.email", "user.email"),
    ("user.phoneNumber", "user.phone_number"),
    ("user.user_metadata", "user.user_metadata"),
    ("user.app_metadata", "user.app_metadata"),
    ("user.tenant", "tenant.id"),
    ("context.connection.tenant", "tenant.id"),
    ("context.connection.id", "connection.id"),
    ("context.connection.name", "connection.name"),
    ("context.request.ip", "request.ip"),
    ("context.request.language", "request.language"),
    ("context.requestLanguage", "request.language"),
    ("context.renderLanguage", "transaction.locale"),
];
const AFTERWARDS: &[(&str, &str)] = &[
    ("user.emailVerified", "user.email_verified"),
    ("user.phoneNumberVerified", "user.phone_verified"),
];
const PASSWORD: &[(&str, &str)] = &[
    ("user.username", "user.username"),
    ("user.email", "user.email"),
    ("user.last_password_reset", "user.last_password_reset"),
    ("context.connection.tenant", "tenant.id"),
    ("context.connection.id", "connection.id"),
    ("context.connection.name", "connection.name"),
];
const TOKEN: &[(&str, &str)] = &[
    ("client.name", "client.name"),
    ("client.id", "client.client_id"),
    ("client.metadata", "client.metadata"),
    ("client.tenant", "tenant.id"),
    ("scope", "accessToken.scope"),
    ("scope", "transaction.requested_scopes"),
    ("audience", "resource_server.identifier"),
    ("context.ip", "request.ip"),
    ("context.userAgent", "request.user_agent"),
];
const PHONE: &[(&str, &str)] = &[
    ("recipient", "message_options.recipient"),
    ("text", "message_options.text"),
    ("context.message_type", "message_options.message_type"),
    ("context.action", "message_options.action"),
    ("context.code", "message_options.code"),
    ("context.language", "request.language"),
    ("context.ip", "request.ip"),
    ("context.user_agent", "request.user_agent"),
    ("context.client.client_id", "client.client_id"),
    ("context.client.name", "client.name"),
    ("context.client.client_metadata", "client.metadata"),
    ("context.user.user_id", "user.user_id"),
    ("context.user.name", "user.name"),
    ("context.user.email", "user.email"),
    ("context.user.app_metadata", "user.app_metadata"),
    ("context.user.user_metadata", "user.user_metadata"),
];

/// One transaction's payload in both shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// What a Hook gets.
    pub body: Value,
    /// What an Action gets.
    pub event: Value,
}

/// Why a payload cannot begin a flow.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PayloadProblem {
    #[error("The payload is not JSON: {0}.")]
    NotJson(String),
    #[error(
        "The payload is no JSON object. A flow begins with the body of a Hook ({{\"user\", \"context\"}}) or with the event of an Action."
    )]
    NoObject,
}

impl Payload {
    /// The samples of the point: the body as the Runner has it, or the event as the Actions editor has it, whichever the
    /// first step gets; the other is made of it.
    #[must_use]
    pub fn sample(point: Point, first: Kind) -> Self {
        let text = match first {
            Kind::Hook => point.default_body(),
            Kind::Action => action::default_event(point),
        };
        let value = serde_json::from_str(text).unwrap_or_default();
        match first {
            Kind::Hook => Self::of_body(point, value),
            Kind::Action => Self::of_event(point, value),
        }
    }

    /// What the user gave, in either shape.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn given(point: Point, text: &str) -> Result<Self, PayloadProblem> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| PayloadProblem::NotJson(error.to_string()))?;
        if !value.is_object() {
            return Err(PayloadProblem::NoObject);
        }
        Ok(if is_event(point, &value) {
            Self::of_event(point, value)
        } else {
            Self::of_body(point, value)
        })
    }

    fn of_body(point: Point, body: Value) -> Self {
        let event = event_of(point, &body);
        Self { body, event }
    }

    fn of_event(point: Point, event: Value) -> Self {
        let body = body_of(point, &event);
        Self { body, event }
    }

    /// The text a step of this kind is given.
    #[must_use]
    pub fn text(&self, kind: Kind) -> String {
        let value = match kind {
            Kind::Hook => &self.body,
            Kind::Action => &self.event,
        };
        format!("{value:#}")
    }

    /// The metadata that the steps so far have left, written into both shapes.
    pub fn set_metadata(&mut self, key: &str, merged: &Map<String, Value>) {
        for value in [&mut self.body, &mut self.event] {
            if value.get("user").is_some_and(Value::is_object) {
                put(value, &format!("user.{key}"), json!(merged));
            }
        }
    }

    /// Scopes and claims of a token in the making, which the next Action finds in its event.
    pub fn set_token(&mut self, scope: Value, claims: Value) {
        put(&mut self.body, "scope", scope.clone());
        put(&mut self.event, "accessToken.scope", scope);
        put(&mut self.event, "accessToken.customClaims", claims);
    }

    /// The payload of Post-User Registration for the user that was created of this one. `id` has no prefix; `now` is an
    /// ISO date.
    #[must_use]
    pub fn registered(&self, id: &str, now: &str) -> Self {
        Self {
            body: self.body_afterwards(id),
            event: self.event_afterwards(id, now),
        }
    }

    fn body_afterwards(&self, id: &str) -> Value {
        let mut user = Map::new();
        user.insert("id".to_owned(), json!(id));
        for (name, value) in self
            .body
            .get("user")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if name != "password" && name != "id" {
                user.insert(name.clone(), value.clone());
            }
        }
        let language = ["context.requestLanguage", "context.request.language"]
            .into_iter()
            .find_map(|path| get(&self.body, path).cloned());
        let mut context = Map::new();
        context.extend(language.map(|language| ("requestLanguage".to_owned(), language)));
        context.extend(
            get(&self.body, "context.connection")
                .map(|connection| ("connection".to_owned(), connection.clone())),
        );
        json!({ "user": user, "context": context })
    }

    fn event_afterwards(&self, id: &str, now: &str) -> Value {
        let mut event: Value =
            serde_json::from_str(action::default_event(Point::PostUserRegistration))
                .unwrap_or_default();
        for key in [
            "authentication",
            "connection",
            "custom_domain",
            "request",
            "security_context",
            "tenant",
            "transaction",
        ] {
            if let Some(value) = self.event.get(key) {
                put(&mut event, key, value.clone());
            }
        }
        // This trigger's requests have no body.
        if let Some(request) = event.get_mut("request").and_then(Value::as_object_mut) {
            request.shift_remove("body");
        }
        let mut user = self
            .event
            .get("user")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        user.insert("user_id".to_owned(), json!(self.user_id(id)));
        let verified = |path| get(&self.body, path).cloned().unwrap_or(json!(false));
        user.insert("email_verified".to_owned(), verified("user.emailVerified"));
        if user.contains_key("phone_number") {
            user.insert(
                "phone_verified".to_owned(),
                verified("user.phoneNumberVerified"),
            );
        }
        for key in ["created_at", "updated_at"] {
            user.insert(key.to_owned(), json!(now));
        }
        for key in ["user_metadata", "app_metadata"] {
            user.entry(key).or_insert_with(|| json!({}));
        }
        put(&mut event, "user", Value::Object(user));
        event
    }

    /// The id with the prefix of the connection's strategy.
    #[must_use]
    pub fn user_id(&self, id: &str) -> String {
        let passwordless = get(&self.event, "connection.strategy")
            .and_then(Value::as_str)
            .filter(|strategy| matches!(*strategy, "sms" | "email"));
        let prefix = passwordless.unwrap_or("auth0");
        format!("{prefix}|{id}")
    }
}

/// Whether a payload looks like an Action's event, not like a Hook's body.
fn is_event(point: Point, value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some();
    match point {
        Point::SendPhoneMessage => has("message_options"),
        Point::CredentialsExchange => has("accessToken") || has("transaction") || has("request"),
        _ => !has("context") && (has("request") || has("connection") || has("transaction")),
    }
}

const fn tables(point: Point) -> [&'static [(&'static str, &'static str)]; 2] {
    match point {
        Point::PreUserRegistration => [REGISTRATION, &[]],
        Point::PostUserRegistration => [REGISTRATION, AFTERWARDS],
        Point::PostChangePassword => [PASSWORD, &[]],
        Point::CredentialsExchange => [TOKEN, &[]],
        Point::SendPhoneMessage => [PHONE, &[]],
        Point::PasswordExchange | Point::Generic => [&[], &[]],
    }
}

/// The event that goes with a Hook's body: the sample event with everything the body tells.
fn event_of(point: Point, body: &Value) -> Value {
    let mut event: Value = serde_json::from_str(action::default_event(point)).unwrap_or_default();
    // The sample's own person must not show through.
    if body.get("user").is_some() && event.get("user").is_some() {
        put(&mut event, "user", json!({}));
    }
    let mut written = Vec::new();
    for (from, to) in tables(point).into_iter().flatten() {
        if let Some(value) = get(body, from).filter(|value| !value.is_null())
            && !written.contains(to)
        {
            put(&mut event, to, value.clone());
            written.push(to);
        }
    }
    if let Some(user) = event.get_mut("user").and_then(Value::as_object_mut) {
        for key in ["user_metadata", "app_metadata"] {
            user.entry(key).or_insert_with(|| json!({}));
        }
    }
    if let Some(id) = get(body, "user.id").and_then(Value::as_str)
        && matches!(
            point,
            Point::PostUserRegistration | Point::PostChangePassword
        )
    {
        put(&mut event, "user.user_id", json!(format!("auth0|{id}")));
    }
    event
}

/// The body that goes with an Action's event: the sample body with everything the event tells.
fn body_of(point: Point, event: &Value) -> Value {
    let mut body: Value = serde_json::from_str(point.default_body()).unwrap_or_default();
    let password = get(&body, "user.password").cloned();
    if event.get("user").is_some() && body.get("user").is_some() {
        put(&mut body, "user", json!({}));
    }
    for (to, from) in tables(point).into_iter().flatten() {
        let value = get(event, from).filter(|value| !value.is_null());
        // Older names of the body stay away where the sample does not have them.
        let older = matches!(*to, "context.requestLanguage" | "context.request.language")
            && get(&body, to).is_none();
        if let Some(value) = value.filter(|_| !older) {
            put(&mut body, to, value.clone());
        }
    }
    if point == Point::PreUserRegistration {
        // No event tells the password.
        if let Some(password) = password {
            put(&mut body, "user.password", password);
        }
        for key in ["emailVerified", "phoneNumberVerified"] {
            put(&mut body, &format!("user.{key}"), json!(false));
        }
    }
    if let Some(id) = get(event, "user.user_id").and_then(Value::as_str)
        && matches!(
            point,
            Point::PostUserRegistration | Point::PostChangePassword
        )
    {
        let bare = id.split_once('|').map_or(id, |(_, bare)| bare);
        put(&mut body, "user.id", json!(bare));
    }
    body
}

/// The value at a path of names with dots between.
fn get<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.')
        .try_fold(value, |value, name| value.get(name))
}

/// Writes a value at a path, and the objects on the way where they are missing.
fn put(value: &mut Value, path: &str, to: Value) {
    let mut place = value;
    for name in path.split('.') {
        if !place.is_object() {
            *place = json!({});
        }
        let Some(object) = place.as_object_mut() else {
            return;
        };
        place = object.entry(name).or_insert(Value::Null);
    }
    *place = to;
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRE: Point = Point::PreUserRegistration;

    #[test]
    fn a_body_becomes_an_event_and_comes_back() {
        for point in Point::ALL {
            let sample = Payload::sample(point, Kind::Hook);
            let back = body_of(point, &sample.event);
            let told = tables(point)
                .into_iter()
                .flatten()
                .filter(|(path, _)| get(&sample.body, path).is_some());
            for (path, _) in told {
                assert_eq!(
                    get(&back, path),
                    get(&sample.body, path),
                    "{path} of {point:?}"
                );
            }
        }
    }

    #[test]
    fn the_shape_is_recognised() {
        for point in Point::ALL {
            for (kind, text) in [
                (Kind::Hook, point.default_body()),
                (Kind::Action, action::default_event(point)),
            ] {
                let given = Payload::given(point, text).unwrap();
                let value: Value = serde_json::from_str(text).unwrap();
                let same = match kind {
                    Kind::Hook => given.body == value,
                    Kind::Action => given.event == value,
                };
                assert!(same, "{kind:?} of {point:?}");
            }
        }
        assert!(Payload::given(PRE, "[]").is_err() && Payload::given(PRE, "{").is_err());
    }

    #[test]
    fn the_person_of_the_sample_does_not_show_through() {
        let text = r#"{"user": {"email": "a@b.c"}, "context": {"renderLanguage": "de", "connection": {}}}"#;
        let payload = Payload::given(PRE, text).unwrap();
        assert_eq!(
            payload.event["user"],
            json!({"user_metadata": {}, "app_metadata": {}, "email": "a@b.c"})
        );
        assert_eq!(payload.event["transaction"]["locale"], "de");
    }

    #[test]
    fn the_new_user_has_an_id_and_no_password() {
        let mut payload = Payload::sample(PRE, Kind::Hook);
        let plan = json!({"plan": "full"});
        payload.set_metadata("app_metadata", plan.as_object().unwrap());
        let after = payload.registered("abc", "2026-01-02T03:04:05.000Z");
        assert_eq!(after.body["user"]["id"], "abc");
        assert_eq!(after.body["user"]["password"], Value::Null);
        assert_eq!(after.body["user"]["app_metadata"], plan);
        assert_eq!(after.body["context"]["requestLanguage"], "en-us");
        assert_eq!(after.event["user"]["user_id"], "auth0|abc");
        assert_eq!(after.event["user"]["app_metadata"], plan);
        assert_eq!(after.event["user"]["email_verified"], false);
        assert_eq!(after.event["request"].get("body"), None);
        assert_eq!(after.event.get("client"), None);
    }
}
