//! The tenant through its calls.

use serde_json::{Value, json};

use super::*;

const DOMAIN: &str = "acme.auth0.com";

fn tenant() -> Tenant {
    let table = json!({
        "domain": DOMAIN,
        "clients": [{"client_id": "app", "client_secret": "hush"}],
        "users": [
            {"user_id": "auth0|1", "email": "Ann@a.com", "connection": "db", "password": "p", "user_metadata": {"a": 1, "b": 2}, "roles": ["r1"]},
            {"user_id": "auth0|2", "email": "bob@a.com", "connection": "db"},
            {"user_id": "auth0|3", "email": "cat@b.com", "connection": "db"}
        ],
        "roles": [{"id": "r1", "name": "admin", "description": ""}, {"id": "r2", "name": "member", "description": ""}]
    });
    Tenant::new(Table::read(&table.to_string()).unwrap())
}

fn raw(
    tenant: &mut Tenant,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, Value) {
    let call = HttpCall {
        id: 1,
        at_ms: 0.0,
        method: method.to_owned(),
        url: format!("https://{DOMAIN}{path}"),
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
        line: None,
        after_response: false,
    };
    let response = tenant.answer(&call).unwrap();
    (
        response.status,
        serde_json::from_slice(&response.body).unwrap_or_default(),
    )
}

/// A call with a token of the tenant's own.
#[allow(clippy::needless_pass_by_value)] // a literal at nearly every call
fn api(tenant: &mut Tenant, method: &str, path: &str, body: Value) -> (u16, Value) {
    let form = "grant_type=client_credentials&client_id=app&client_secret=hush&audience=x";
    let (_, token) = raw(tenant, "POST", "/oauth/token", &[], form);
    let header = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    raw(
        tenant,
        method,
        &format!("/api/v2{path}"),
        &[("Authorization", &header)],
        &body,
    )
}

#[test]
fn tokens_are_given_to_who_is_known() {
    let mut tenant = tenant();
    let mut token = |body: Value| raw(&mut tenant, "POST", "/oauth/token", &[], &body.to_string());
    let (status, given) = token(
        json!({"grant_type": "client_credentials", "client_id": "app", "client_secret": "hush", "audience": "x", "scope": "read:users"}),
    );
    assert_eq!(
        (status, &given["token_type"], &given["scope"]),
        (200, &json!("Bearer"), &json!("read:users"))
    );
    assert_eq!(
        token(
            json!({"grant_type": "client_credentials", "client_id": "app", "client_secret": "no", "audience": "x"})
        ),
        (
            401,
            json!({"error": "access_denied", "error_description": "Unauthorized"})
        )
    );
    assert_eq!(
        token(json!({"client_id": "app"})).1["error"],
        "invalid_request"
    );
    let user = |password: &str| json!({"grant_type": "password", "client_id": "app", "client_secret": "hush", "username": "ann@a.com", "password": password});
    assert_eq!(token(user("p")).0, 200);
    assert_eq!(
        token(user("q")),
        (
            403,
            json!({"error": "invalid_grant", "error_description": "Wrong email or password."})
        )
    );
    assert_eq!(
        token(json!({"grant_type": "magic", "client_id": "app", "client_secret": "hush"})).1["error"],
        "unsupported_grant_type"
    );
    let basic = [("authorization", "Basic YXBwOmh1c2g=")];
    assert_eq!(
        raw(
            &mut tenant,
            "POST",
            "/oauth/token",
            &basic,
            "grant_type=client_credentials&audience=x"
        )
        .0,
        200
    );
}

#[test]
fn the_api_wants_a_token_it_gave_out() {
    let mut tenant = tenant();
    let (status, body) = raw(&mut tenant, "GET", "/api/v2/users", &[], "");
    assert_eq!(
        (status, &body["message"]),
        (401, &json!("Missing authentication"))
    );
    let (status, body) = raw(
        &mut tenant,
        "GET",
        "/api/v2/users",
        &[("authorization", "Bearer x")],
        "",
    );
    assert_eq!((status, &body["message"]), (401, &json!("Invalid token")));
    assert_eq!(api(&mut tenant, "GET", "/clients", Value::Null).0, 404);
    let other = HttpCall {
        url: "https://other.com/oauth/token".to_owned(),
        ..call_of("POST")
    };
    assert_eq!(tenant.answer(&other), None);
}

fn call_of(method: &str) -> HttpCall {
    HttpCall {
        id: 1,
        at_ms: 0.0,
        method: method.to_owned(),
        url: String::new(),
        headers: Vec::new(),
        body: Vec::new(),
        line: None,
        after_response: false,
    }
}

#[test]
fn users_are_listed_in_pages_with_fields_and_found_by_their_properties() {
    let mut tenant = tenant();
    let (_, page) = api(
        &mut tenant,
        "GET",
        "/users?page=1&per_page=2&include_totals=true&fields=email",
        Value::Null,
    );
    assert_eq!(
        page,
        json!({"start": 2, "limit": 2, "length": 1, "total": 3, "users": [{"email": "cat@b.com"}]})
    );
    let (_, found) = api(
        &mut tenant,
        "GET",
        "/users?q=email:%22*@a.com%22%20AND%20connection:db&sort=email:-1",
        Value::Null,
    );
    assert_eq!(found[0]["email"], "bob@a.com");
    assert!(found[1].get("password").is_none() && found[1].get("roles").is_none());
    let (status, error) = api(&mut tenant, "GET", "/users?per_page=101", Value::Null);
    assert_eq!(
        (status, &error["errorCode"]),
        (400, &json!("invalid_query_string"))
    );
    assert_eq!(api(&mut tenant, "GET", "/users?page=x", Value::Null).0, 400);
    assert_eq!(
        api(
            &mut tenant,
            "GET",
            "/users?q=logins:[1%20TO%202]",
            Value::Null
        )
        .0,
        400
    );
    let (_, found) = api(
        &mut tenant,
        "GET",
        "/users-by-email?email=ANN%40a.com",
        Value::Null,
    );
    assert_eq!(found[0]["user_id"], "auth0|1");
    assert_eq!(
        api(&mut tenant, "GET", "/users-by-email", Value::Null).0,
        400
    );
}

#[test]
fn users_are_created_changed_and_deleted() {
    let mut tenant = tenant();
    assert_eq!(
        api(&mut tenant, "POST", "/users", json!({})).1["errorCode"],
        "invalid_body"
    );
    let new = json!({"email": "ann@a.com", "connection": "db"});
    assert_eq!(api(&mut tenant, "POST", "/users", new).0, 409);
    let (status, user) = api(
        &mut tenant,
        "POST",
        "/users",
        json!({"email": "new@a.com", "connection": "db", "password": "x"}),
    );
    assert_eq!(
        (status, &user["email_verified"], user.get("password")),
        (201, &json!(false), None)
    );
    let path = format!(
        "/users/{}",
        user["user_id"].as_str().unwrap().replace('|', "%7C")
    );
    assert_eq!(
        api(&mut tenant, "GET", &path, Value::Null).1["email"],
        "new@a.com"
    );
    assert_eq!(api(&mut tenant, "DELETE", &path, Value::Null).0, 204);
    assert_eq!(
        api(&mut tenant, "GET", &path, Value::Null),
        (
            404,
            json!({"statusCode": 404, "error": "Not Found", "message": "The user does not exist.", "errorCode": "inexistent_user"})
        )
    );
    let (_, user) = api(
        &mut tenant,
        "PATCH",
        "/users/auth0|1",
        json!({"user_metadata": {"a": null, "c": 3}, "blocked": true}),
    );
    assert_eq!(
        (&user["user_metadata"], &user["blocked"]),
        (&json!({"b": 2, "c": 3}), &json!(true))
    );
    assert_eq!(
        api(&mut tenant, "PATCH", "/users/auth0|1", json!({})).0,
        400
    );
    assert_eq!(
        api(
            &mut tenant,
            "PATCH",
            "/users/auth0|9",
            json!({"blocked": true})
        )
        .0,
        404
    );
    let (_, token) = raw(
        &mut tenant,
        "POST",
        "/oauth/token",
        &[("authorization", "Basic YXBwOmh1c2g=")],
        "grant_type=client_credentials&audience=x",
    );
    let header = format!("Bearer {}", token["access_token"].as_str().unwrap());
    assert_eq!(
        raw(
            &mut tenant,
            "POST",
            "/api/v2/users",
            &[("authorization", &header)],
            "{"
        )
        .0,
        400
    );
}

#[test]
fn roles_are_given_and_taken() {
    let mut tenant = tenant();
    let names = |answer: (u16, Value)| -> Vec<String> {
        answer
            .1
            .as_array()
            .unwrap()
            .iter()
            .map(|role| role["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        api(
            &mut tenant,
            "POST",
            "/users/auth0|1/roles",
            json!({"roles": ["r2", "r1"]})
        )
        .0,
        204
    );
    assert_eq!(
        names(api(&mut tenant, "GET", "/users/auth0|1/roles", Value::Null)),
        ["admin", "member"]
    );
    assert_eq!(
        api(
            &mut tenant,
            "DELETE",
            "/users/auth0|1/roles",
            json!({"roles": ["r1"]})
        )
        .0,
        204
    );
    assert_eq!(
        names(api(&mut tenant, "GET", "/users/auth0|1/roles", Value::Null)),
        ["member"]
    );
    assert_eq!(
        api(
            &mut tenant,
            "POST",
            "/users/auth0|1/roles",
            json!({"roles": ["none"]})
        )
        .1["errorCode"],
        "inexistent_role"
    );
    assert_eq!(
        api(
            &mut tenant,
            "POST",
            "/users/none/roles",
            json!({"roles": ["r1"]})
        )
        .0,
        404
    );
    assert_eq!(
        names(api(
            &mut tenant,
            "GET",
            "/roles?name_filter=ADM",
            Value::Null
        )),
        ["admin"]
    );
    let (_, role) = api(&mut tenant, "POST", "/roles", json!({"name": "new"}));
    let path = format!("/roles/{}", role["id"].as_str().unwrap());
    assert_eq!(
        api(&mut tenant, "PATCH", &path, json!({"description": "d"})).1["description"],
        "d"
    );
    assert_eq!(
        api(&mut tenant, "GET", "/roles/r2/users", Value::Null).1[0]["email"],
        "Ann@a.com"
    );
    assert_eq!(api(&mut tenant, "DELETE", "/roles/r2", Value::Null).0, 204);
    assert_eq!(
        names(api(&mut tenant, "GET", "/users/auth0|1/roles", Value::Null)),
        [""; 0]
    );
}

#[test]
fn a_table_with_a_fault_names_its_place() {
    for (table, says) in [
        (json!({"domain": "a b"}).to_string(), "domain"),
        (json!({"domain": "https://a.com"}).to_string(), "domain"),
        (
            json!({"domain": "a.com", "users": [{"user_id": "1"}, {"email": "x"}]}).to_string(),
            "users entry 2",
        ),
        (
            json!({"domain": "a.com", "users": [{"user_id": "1"}, {"user_id": "1"}]}).to_string(),
            "twice",
        ),
        (
            json!({"domain": "a.com", "users": [{"user_id": "1", "roles": ["r"]}]}).to_string(),
            "role",
        ),
        (json!({"domain": "a.com", "usrs": []}).to_string(), "usrs"),
        ("{\n]".to_owned(), "line 2"),
    ] {
        let error = Table::read(&table).unwrap_err().to_string();
        assert!(error.contains(says), "{table}: {error}");
    }
    assert!(Table::read(&Table::example("acme.auth0.com")).is_ok());
}
