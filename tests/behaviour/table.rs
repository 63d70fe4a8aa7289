//! Every row of `table.txt` through the real worker.

use serde_json::Value;

use super::support::{self, Case};

/// What a row says a run came to: the answer's text, and what nobody caught.
#[derive(Debug, PartialEq)]
struct Came {
    answer: String,
    uncaught: Option<String>,
}

impl Came {
    fn read(said: &str) -> Self {
        let (answer, uncaught) = match said.rsplit_once(" ; uncaught ") {
            Some((answer, uncaught)) => (answer, Some(uncaught.to_owned())),
            None => (said, None),
        };
        Self {
            answer: answer.to_owned(),
            uncaught,
        }
    }
}

#[test]
fn every_row_is_answered_as_the_compilers_do() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in support::table() {
        for point in &case.points {
            let report = support::run(&case, *point);
            let uncaught = support::uncaught(&report);
            for (format, said, answer) in [
                (
                    "6.x",
                    support::said(&case.six, *point),
                    support::six(&report),
                ),
                (
                    "5.x",
                    support::said(&case.five, *point),
                    support::five(&report),
                ),
            ] {
                let Some(said) = said else { continue };
                compared += 1;
                let said = Came::read(said);
                let came = Came {
                    answer,
                    uncaught: uncaught.clone(),
                };
                if came != said {
                    wrong.push(format!(
                        "{} at {}, {format}\n  said {said:?}\n  came {came:?}",
                        case.title,
                        point.id()
                    ));
                }
            }
        }
    }
    assert!(compared > 400, "only {compared} answers were compared");
    assert!(
        wrong.is_empty(),
        "{} of {compared} answers differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn stacks_name_the_authors_lines() {
    let case = Case::of_hook("\n\n  cb(new Error('here'));");
    let report = support::run(&case, case.points[0]);
    let stack = report.response["stack"].as_str().unwrap_or_default();
    assert!(
        stack.starts_with("Error: here\n    at module.exports (hook.js:4:"),
        "{stack}"
    );
    assert_eq!(report.error.and_then(|error| error.line), Some(4));
    assert_ne!(report.wire, Value::Null);
}

#[test]
fn generic_hooks_take_two_parameters_and_say_so() {
    let point = hookbench::auth0::Point::Generic;
    let of = |script: &str| {
        let case = Case {
            points: vec![point],
            script: script.to_owned(),
            ..Case::default()
        };
        support::run(&case, point)
    };
    let two = of("module.exports = function (ctx, cb) { cb(null, typeof ctx.secrets); };");
    assert_eq!(two.response, "object");
    let three = of("module.exports = function (ctx, req, res) { res.end('x'); };");
    let error = three.error.unwrap();
    assert!(
        error.message.contains("with two: function (ctx, cb)"),
        "{}",
        error.message
    );
}
