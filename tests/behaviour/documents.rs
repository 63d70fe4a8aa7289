//! The samples of Auth0's documents, in our own words, give the responses the documents print.

use hookbench::auth0::Point;
use serde_json::{Value, json};

use super::support::{self, Case};

fn run(hook: &str) -> hookbench::runner::RunReport {
    let case = Case::of_hook(hook);
    support::run(&case, case.points[0])
}

#[test]
fn starters_leave_the_pair_the_documents_print() {
    for point in [Point::PreUserRegistration, Point::PostUserRegistration] {
        let case = Case {
            points: vec![point],
            script: point.starter_code().to_owned(),
            ..Case::default()
        };
        let report = support::run(&case, point);
        let printed: Value = serde_json::from_str(point.default_body()).unwrap();
        assert_eq!(report.transaction.to_string(), printed.to_string());
        let response = match point {
            Point::PreUserRegistration => json!({"user": printed["user"]}),
            _ => json!({}),
        };
        assert_eq!(report.response, response, "{}", point.id());
    }
}

#[test]
fn pre_user_registration_adds_metadata_to_new_users() {
    let report = run(
        "var answer = { user: { user_metadata: { foo: 'bar' }, app_metadata: { vip: true, score: 7 } } };\ncb(null, answer);",
    );
    assert_eq!(
        report.response.to_string(),
        r#"{"user":{"user_metadata":{"foo":"bar"},"app_metadata":{"vip":true,"score":7}}}"#
    );
}

#[test]
fn pre_user_registration_denies_in_the_visitors_language() {
    let hook = "var texts = { en: 'Not allowed.', es: 'No permitido.' };\n\
                cb(new PreUserRegistrationError('for the log', texts[context.renderLanguage] || texts.en));";
    let mut body: Value = serde_json::from_str(Point::PreUserRegistration.default_body()).unwrap();
    for (language, shown) in [("es", "No permitido."), ("fr", "Not allowed.")] {
        body["context"]["renderLanguage"] = json!(language);
        let case = Case {
            body: Some(body.to_string()),
            ..Case::of_hook(hook)
        };
        let report = support::run(&case, case.points[0]);
        assert_eq!(report.response["message"], "for the log");
        assert_eq!(report.response["friendlyMessage"], shown);
    }
}

#[test]
fn pre_user_registration_2017_allows_listed_email_domains() {
    let report = run(
        "const domain = user.email.split('@').pop().toLowerCase();\n\
         if (!['example.com'].includes(domain)) return cb('Email domain not allowed.');\ncb(null, { user });",
    );
    let keys: Vec<_> = report.response.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["message", "statusCode", "stack"]);
    assert_eq!(report.response["message"], "Email domain not allowed.");
    assert_eq!(report.response["statusCode"], 500);
    let stack = report.response["stack"].as_str().unwrap();
    assert!(
        stack.starts_with("Error: Email domain not allowed.\n    at "),
        "{stack}"
    );
}

#[test]
fn post_user_registration_2017_answers_what_is_ignored() {
    let point = Point::PostUserRegistration;
    let case = Case {
        points: vec![point],
        ..Case::of_hook("cb(null, { slack_notified: true });")
    };
    let report = support::run(&case, point);
    assert_eq!(report.response, json!({"slack_notified": true}));
    assert_eq!(report.outcome["kind"], "ignored");
}

#[test]
fn the_transaction_shows_what_the_hook_changed() {
    let report = run("user.app_metadata.plan = 'gold'; context.seen = true; cb();");
    assert_eq!(report.transaction["user"]["app_metadata"]["plan"], "gold");
    assert_eq!(report.transaction["context"]["seen"], true);
    assert_eq!(report.transaction["context"].get("webtask"), None);
}
