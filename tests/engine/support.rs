//! Runs a hook on a thread with the engine's stack and gathers what it said.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends by panicking"
)]

use std::collections::BTreeMap;

use hookbench::auth0::{Kind, Point};
use hookbench::engine::{Answer, Engine, Event, LogLine, Program, STACK_BYTES, Thrown, Warning};

/// Everything one run said.
#[derive(Debug, Default)]
pub struct Run {
    pub events: Vec<Event>,
}

impl Run {
    pub fn answer(&self) -> Option<&Answer> {
        self.events.iter().find_map(|event| match event {
            Event::Answer { answer, .. } => Some(answer),
            _ => None,
        })
    }

    /// The data of a success as JSON text, or what there was instead.
    pub fn data(&self) -> String {
        match self.answer() {
            Some(Answer::Success { data: Some(data) }) => data.clone(),
            Some(Answer::Success { data: None }) => "no data".to_owned(),
            other => format!("{other:?}"),
        }
    }

    /// What `cb(error)` or a refusal handed over.
    pub fn failure(&self) -> &Thrown {
        match self.answer() {
            Some(Answer::Failure { thrown, .. }) => thrown,
            other => panic!("not a failure: {other:?}"),
        }
    }

    pub fn unhandled(&self) -> &Thrown {
        match self.answer() {
            Some(Answer::Unhandled { thrown }) => thrown,
            other => panic!("not unhandled: {other:?}"),
        }
    }

    pub fn uncaught(&self) -> Option<(&Thrown, bool)> {
        self.events.iter().find_map(|event| match event {
            Event::Uncaught {
                thrown, rejected, ..
            } => Some((thrown, *rejected)),
            _ => None,
        })
    }

    pub fn logs(&self) -> Vec<&LogLine> {
        self.events
            .iter()
            .filter_map(|event| match event {
                Event::Log(line) => Some(line),
                _ => None,
            })
            .collect()
    }

    /// All console text, one call after another.
    pub fn text(&self) -> String {
        self.logs()
            .iter()
            .map(|line| line.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    pub fn warnings(&self) -> Vec<&Warning> {
        self.events
            .iter()
            .filter_map(|event| match event {
                Event::Warning(warning) => Some(warning),
                _ => None,
            })
            .collect()
    }
}

pub fn program(point: Point, source: &str, body: &str) -> Program {
    Program {
        point,
        kind: Kind::Hook,
        file_name: "hook.js".to_owned(),
        source: source.to_owned(),
        body: body.to_owned(),
        secrets: BTreeMap::from([("KEY".to_owned(), "s3cret".to_owned())]),
        storage: None,
    }
}

pub fn run(program: Program) -> Run {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let mut events = Vec::new();
            Engine::new().run(&program, &mut |event: Event| events.push(event));
            Run { events }
        })
        .unwrap()
        .join()
        .unwrap()
}

/// A pre-user-registration hook with the point's default body.
pub fn hook(source: &str) -> Run {
    let point = Point::PreUserRegistration;
    run(program(point, source, point.default_body()))
}

/// The statements as the body of a hook.
pub fn body(statements: &str) -> Run {
    hook(&format!(
        "module.exports = function (user, context, cb) {{\n{statements}\n}};"
    ))
}
