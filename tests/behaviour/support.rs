//! Cases, and the runs of them through the supervisor and its worker.

use std::collections::BTreeMap;
use std::time::Duration;

use hookbench::auth0::Point;
use hookbench::engine::Program;
use hookbench::runner::modules::Folders;
use hookbench::runner::report::ErrorKind;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;
use hookbench::runner::{RunReport, RunRequest};
use serde_json::Value;

/// The points of one and the same compiler.
pub const USER: [Point; 3] = [
    Point::PreUserRegistration,
    Point::PostUserRegistration,
    Point::PostChangePassword,
];

/// A hook, where it runs and with what, and what the compilers answer.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub title: String,
    pub points: Vec<Point>,
    /// The body of the point's function, or nothing where `script` is the whole file.
    pub hook: Option<String>,
    pub script: String,
    /// The point's default body where there is none.
    pub body: Option<String>,
    pub secrets: BTreeMap<String, String>,
    /// What 6.x answers, at each point (`None`: at all of them).
    pub six: Vec<(Option<Point>, String)>,
    /// The same of 5.x.
    pub five: Vec<(Option<Point>, String)>,
}

/// What `answers` say for `point`.
pub fn said(answers: &[(Option<Point>, String)], point: Point) -> Option<&str> {
    answers
        .iter()
        .find(|(at, _)| at.is_none_or(|at| at == point))
        .map(|(_, text)| text.as_str())
}

impl Case {
    /// A pre-user-registration hook with this body.
    pub fn of_hook(hook: &str) -> Self {
        Self {
            points: vec![Point::PreUserRegistration],
            hook: Some(hook.to_owned()),
            ..Self::default()
        }
    }

    pub fn source(&self, point: Point) -> String {
        match &self.hook {
            Some(hook) => format!("module.exports = {} {{\n{hook}\n}};\n", point.signature()),
            None => self.script.clone(),
        }
    }

    pub fn body(&self, point: Point) -> String {
        self.body
            .clone()
            .unwrap_or_else(|| point.default_body().to_owned())
    }
}

/// The rows of `table.txt`.
pub fn table() -> Vec<Case> {
    let rows = include_str!("table.txt").split("\n\n## ").skip(1);
    rows.map(|row| {
        let mut lines = row.lines();
        let mut case = Case {
            title: lines.next().unwrap_or_default().to_owned(),
            ..Case::default()
        };
        for line in lines {
            let (key, value) = line
                .split_once(':')
                .unwrap_or_else(|| panic!("{}: {line}", case.title));
            let value = value.trim_start().to_owned();
            match key {
                "points" => case.points = value.split(' ').flat_map(points).collect(),
                "hook" => case.hook = Some(value),
                "script" => case.script = value.replace("\\u{feff}", "\u{feff}"),
                "body" => case.body = Some(value),
                "secrets" => case.secrets = serde_json::from_str(&value).unwrap(),
                "6" => case.six.push((None, value)),
                "5" => case.five.push((None, value)),
                // Where the answer depends on the point, there is a line for each.
                _ => match key.split_once(' ').map(|(of, id)| (of, Point::from_id(id))) {
                    Some(("6", at @ Some(_))) => case.six.push((at, value)),
                    Some(("5", at @ Some(_))) => case.five.push((at, value)),
                    _ => panic!("{}: {line}", case.title),
                },
            }
        }
        case
    })
    .collect()
}

fn points(word: &str) -> Vec<Point> {
    match word {
        "user" => USER.to_vec(),
        id => vec![Point::from_id(id).unwrap_or_else(|| panic!("no point {id}"))],
    }
}

/// One run through the real worker, with every secret readable.
pub fn run(case: &Case, point: Point) -> RunReport {
    Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into()).run(RunRequest {
        program: Program {
            kind: hookbench::auth0::Kind::Hook,
            point,
            file_name: "hook.js".to_owned(),
            source: case.source(point),
            body: case.body(point),
            secrets: case.secrets.clone(),
            storage: None,
        },
        limits: Limits {
            wall: Duration::from_secs(15),
            ..Limits::default()
        },
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: Folders::default(),
        reveal_secrets: true,
    })
}

/// The answer on the wire of 6.x, its stack cut after the first line; `nothing` where none was sent.
pub fn six(report: &RunReport) -> String {
    let mut wire = report.wire.clone();
    if wire.is_null() {
        return "nothing".to_owned();
    }
    if let Some(stack) = wire.get_mut("data").and_then(|data| data.get_mut("stack")) {
        without_frames(stack);
    }
    wire.to_string()
}

/// The status and the body on the wire of 5.x, likewise.
pub fn five(report: &RunReport) -> String {
    let mut wire = report.wire5.clone();
    if wire.is_null() {
        return "nothing".to_owned();
    }
    let status = wire["statusCode"].to_string();
    match wire.get_mut("body") {
        Some(body) => {
            if let Some(stack) = body.get_mut("stack") {
                without_frames(stack);
            }
            format!("{status} {body}")
        }
        None => status,
    }
}

/// Takes the frames off a stack; what stands before them is compared.
pub fn without_frames(stack: &mut Value) {
    if let Some(text) = stack.as_str() {
        let header: Vec<_> = text
            .lines()
            .take_while(|line| !line.starts_with("    at "))
            .collect();
        *stack = Value::from(header.join("\n"));
    }
}

/// What nobody caught, before the answer or after it.
pub fn uncaught(report: &RunReport) -> Option<String> {
    let after = report
        .warnings
        .iter()
        .find(|warning| warning.code == "uncaught-after-response")
        .and_then(|warning| warning.message.split_once("nothing caught it: "))
        .and_then(|(_, rest)| rest.split_once(". The response stands"))
        .map(|(text, _)| text.to_owned());
    let before = report
        .error
        .as_ref()
        .filter(|error| matches!(error.kind, ErrorKind::Thrown | ErrorKind::Rejected))
        .filter(|_| report.wire.is_null())
        .map(|error| match error.stack.as_deref() {
            Some(stack) => stack.lines().next().unwrap_or_default().to_owned(),
            None => error.message.clone(),
        });
    before.or(after)
}
