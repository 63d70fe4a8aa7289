//! Answers of the tenant, errors in Auth0's shapes.

use serde_json::{Value, json};

use crate::engine::outside::{HttpCall, HttpResponse};
use crate::runner::outbox::mock::reason;

/// Status and JSON body; no body where it is null.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    pub fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    pub fn created(body: Value) -> Self {
        Self { status: 201, body }
    }

    pub fn no_content() -> Self {
        Self {
            status: 204,
            body: Value::Null,
        }
    }

    /// `{"statusCode", "error", "message", "errorCode"}`, as the Management API tells its errors.
    pub fn error(status: u16, message: &str, code: &str) -> Self {
        Self {
            status,
            body: json!({
                "statusCode": status,
                "error": reason(status),
                "message": message,
                "errorCode": code,
            }),
        }
    }

    /// A body that breaks the endpoint's schema.
    pub fn invalid_body(what: &str) -> Self {
        Self::error(
            400,
            &format!("Payload validation error: '{what}'."),
            "invalid_body",
        )
    }

    /// A query that breaks the endpoint's schema.
    pub fn invalid_query(what: &str) -> Self {
        Self::error(
            400,
            &format!("Query validation error: '{what}'."),
            "invalid_query_string",
        )
    }

    pub fn no_user() -> Self {
        Self::error(404, "The user does not exist.", "inexistent_user")
    }

    pub fn no_role(id: &str) -> Self {
        Self::error(
            404,
            &format!("Role {id} does not exist."),
            "inexistent_role",
        )
    }

    /// A path that the tenant does not have.
    pub fn not_found() -> Self {
        Self {
            status: 404,
            body: json!({"statusCode": 404, "error": "Not Found", "message": "Not Found"}),
        }
    }

    pub fn unauthorized(message: &str) -> Self {
        Self {
            status: 401,
            body: json!({
                "statusCode": 401,
                "error": "Unauthorized",
                "message": message,
                "attributes": {"error": message},
            }),
        }
    }

    /// As `/oauth/token` tells its errors (RFC 6749, 5.2).
    pub fn oauth(status: u16, error: &str, description: &str) -> Self {
        Self {
            status,
            body: json!({"error": error, "error_description": description}),
        }
    }

    pub fn into_response(self) -> HttpResponse {
        let (headers, body) = if self.body.is_null() {
            (Vec::new(), Vec::new())
        } else {
            let kind = "application/json; charset=utf-8".to_owned();
            (
                vec![("content-type".to_owned(), kind)],
                self.body.to_string().into_bytes(),
            )
        };
        HttpResponse {
            status: self.status,
            status_text: reason(self.status).to_owned(),
            headers,
            body,
        }
    }
}

/// The call's JSON object, an empty one of no body at all.
///
/// # Errors
/// The tenant's answer to what is no object.
pub fn body_of(call: &HttpCall) -> Result<Value, Answer> {
    if call.body.is_empty() {
        return Ok(json!({}));
    }
    match serde_json::from_slice(&call.body) {
        Ok(body @ Value::Object(_)) => Ok(body),
        Ok(_) => Err(Answer::invalid_body("Expected type object")),
        Err(_) => Err(Answer::error(
            400,
            "Invalid request payload JSON format",
            "invalid_body",
        )),
    }
}
