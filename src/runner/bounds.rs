//! How much a run may say. The worker applies it, so that a flood never crosses the pipe; its parent applies it again,
//! for a worker may have come under the control of what it runs.

use crate::auth0::limits;
use crate::engine::outside::HttpFailure;
use crate::engine::{Answer, Event, LogLine, Thrown, Warning};

/// Log lines of one run.
pub const MAX_LOG_LINES: usize = 100_000;
/// Bytes of all log lines of one run together.
pub const MAX_LOG_BYTES: usize = 8 * 1024 * 1024;
/// Bytes of one log line.
pub const MAX_LINE_BYTES: usize = 64 * 1024;
/// Bytes of the response's JSON text.
pub const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;
/// Calls of an Action's `api` in one run.
pub const MAX_COMMANDS: usize = 10_000;
/// Bytes of all their arguments together, as JSON text.
pub const MAX_COMMAND_BYTES: usize = 8 * 1024 * 1024;
/// HTTP calls of one run.
pub const MAX_CALLS: usize = 1_000;
/// Bytes of all their URLs, headers and bodies together.
pub const MAX_CALL_BYTES: usize = 32 * 1024 * 1024;
/// Warnings of one run.
pub const MAX_WARNINGS: usize = 1_000;
/// Bytes of one warning's message.
pub const MAX_WARNING_BYTES: usize = 16 * 1024;
/// Bytes of one warning's code.
const MAX_CODE_BYTES: usize = 64;
/// Errors of one run that nothing caught: an Action's own rejection and the one that ends the process, and to spare.
const MAX_UNCAUGHT: usize = 4;
/// Views of the transaction in one run: one with the answer, one at the end, and to spare.
const MAX_TRANSACTIONS: usize = 4;
/// Bytes of all documents that one run puts into its storage, one after another.
const MAX_STORED_BYTES: usize = 32 * 1024 * 1024;
/// More warnings that a parent takes, for those that a worker's bounds add: what was cut, and where.
const WARNINGS_OF_BOUNDS: usize = 16;
/// Bytes of one text of an error: its message, its stack.
pub const MAX_ERROR_TEXT_BYTES: usize = 1024 * 1024;

/// Counts what a run has said so far.
#[derive(Debug, Default)]
pub struct Bounds {
    lines: usize,
    bytes: usize,
    dropped_lines: usize,
    cut_lines: usize,
    commands: usize,
    command_bytes: usize,
    dropped_commands: usize,
    warnings: usize,
    more_warnings: usize,
    uncaught: usize,
    transactions: usize,
    stored: usize,
    calls: usize,
    call_bytes: usize,
    refused_calls: usize,
    aborted: usize,
    loaded: bool,
    answered: bool,
    finished: bool,
}

impl Bounds {
    /// The bounds of a worker's parent: what has passed the worker's own passes these too.
    #[must_use]
    pub fn of_parent() -> Self {
        Self {
            more_warnings: WARNINGS_OF_BOUNDS,
            ..Self::default()
        }
    }

    /// Passes on what the run may still say: the event, cut where it must be, preceded by the warnings
    /// that tell what was cut. What a run says once passes once, and nothing passes after the end.
    pub fn pass(&mut self, event: Event, on: &mut dyn FnMut(Event)) {
        if self.finished {
            return;
        }
        match event {
            Event::Log(line) => {
                if let Some(line) = self.line(line) {
                    on(Event::Log(line));
                }
            }
            Event::Command {
                ref api, ref args, ..
            } => {
                let bytes = self.command_bytes + api.len() + args.len();
                if self.commands < MAX_COMMANDS && bytes <= MAX_COMMAND_BYTES {
                    self.commands += 1;
                    self.command_bytes = bytes;
                    on(event);
                } else {
                    self.dropped_commands += 1;
                }
            }
            Event::Warning(mut warning) => {
                self.warnings += 1;
                if self.warnings <= self.most_warnings() {
                    cut(&mut warning.code, MAX_CODE_BYTES);
                    cut(&mut warning.message, MAX_WARNING_BYTES);
                    on(Event::Warning(warning));
                }
            }
            Event::Answer { at_ms, mut answer } => {
                if std::mem::replace(&mut self.answered, true) {
                    return;
                }
                if let Some(warning) = cut_answer(&mut answer) {
                    on(Event::Warning(warning));
                }
                on(Event::Answer { at_ms, answer });
            }
            Event::Uncaught {
                at_ms,
                mut thrown,
                rejected,
                after_response,
            } => {
                self.uncaught += 1;
                if self.uncaught > MAX_UNCAUGHT {
                    return;
                }
                if let Some(warning) = cut_thrown(&mut thrown) {
                    on(Event::Warning(warning));
                }
                on(Event::Uncaught {
                    at_ms,
                    thrown,
                    rejected,
                    after_response,
                });
            }
            Event::Request(ref call) => {
                let headers = call
                    .headers
                    .iter()
                    .map(|(name, value)| name.len() + value.len());
                let bytes = call.url.len() + call.body.len() + headers.sum::<usize>();
                let bytes = self.call_bytes.saturating_add(bytes);
                if self.calls < MAX_CALLS && bytes <= MAX_CALL_BYTES {
                    self.calls += 1;
                    self.call_bytes = bytes;
                    on(event);
                } else {
                    self.refused_calls += 1;
                }
            }
            Event::RequestAborted { .. } => {
                self.aborted += 1;
                if self.aborted <= MAX_CALLS {
                    on(event);
                }
            }
            Event::Finished(_) => {
                self.finished = true;
                self.tell(on);
                on(event);
            }
            Event::Loaded { .. } => {
                if !std::mem::replace(&mut self.loaded, true) {
                    on(event);
                }
            }
            // What is too large for the report is shown by none of its views.
            Event::Storage(text) if text.len() > limits::STORAGE_BYTES => {}
            Event::Storage(ref text) => {
                self.stored += text.len();
                if self.stored <= MAX_STORED_BYTES {
                    on(event);
                }
            }
            Event::Transaction(text) if text.len() > MAX_RESPONSE_BYTES => {}
            Event::Transaction(_) => {
                self.transactions += 1;
                if self.transactions <= MAX_TRANSACTIONS {
                    on(event);
                }
            }
        }
    }

    fn most_warnings(&self) -> usize {
        MAX_WARNINGS + self.more_warnings
    }

    fn line(&mut self, mut line: LogLine) -> Option<LogLine> {
        if self.lines >= MAX_LOG_LINES || self.bytes >= MAX_LOG_BYTES {
            self.dropped_lines += 1;
            return None;
        }
        let room = line_room(self.bytes);
        if cut(&mut line.text, room) {
            self.cut_lines += 1;
        }
        self.lines += 1;
        self.bytes += line.text.len();
        Some(line)
    }

    fn tell(&self, on: &mut dyn FnMut(Event)) {
        if self.dropped_lines > 0 {
            on(Event::Warning(warning(
                "log-truncated",
                format!(
                    "{} log lines are left out: a run keeps {MAX_LOG_LINES} lines and {} MiB. Log less, or in fewer lines.",
                    self.dropped_lines,
                    MAX_LOG_BYTES / 1024 / 1024
                ),
            )));
        }
        if self.cut_lines > 0 {
            on(Event::Warning(warning(
                "log-line-cut",
                format!(
                    "{} log lines are cut: a line keeps {} KiB.",
                    self.cut_lines,
                    MAX_LINE_BYTES / 1024
                ),
            )));
        }
        if self.dropped_commands > 0 {
            on(Event::Warning(warning(
                "commands-truncated",
                format!(
                    "{} calls of api are left out: a run keeps {MAX_COMMANDS} calls and {} MiB of their arguments.",
                    self.dropped_commands,
                    MAX_COMMAND_BYTES / 1024 / 1024
                ),
            )));
        }
        if self.refused_calls > 0 {
            on(Event::Warning(warning(
                "calls-refused",
                format!(
                    "{} HTTP calls were refused: a run makes at most {MAX_CALLS} calls and sends {} MiB. Make fewer, or smaller ones.",
                    self.refused_calls,
                    MAX_CALL_BYTES / 1024 / 1024
                ),
            )));
        }
        if self.warnings > self.most_warnings() {
            on(Event::Warning(warning(
                "warnings-truncated",
                format!(
                    "{} further warnings are left out.",
                    self.warnings - self.most_warnings()
                ),
            )));
        }
    }
}

/// What the code sees of a call past the bounds.
#[must_use]
pub fn too_many_calls() -> HttpFailure {
    HttpFailure::new(
        "EMFILE",
        format!(
            "connect EMFILE: a run makes at most {MAX_CALLS} HTTP calls and sends {} MiB",
            MAX_CALL_BYTES / 1024 / 1024
        ),
    )
}

fn cut_answer(answer: &mut Answer) -> Option<Warning> {
    match answer {
        Answer::Success { data } => {
            let bytes = data.as_ref().map_or(0, String::len);
            (bytes > MAX_RESPONSE_BYTES).then(|| {
                *data = None;
                warning(
                    "response-too-large",
                    format!(
                        "The response of {bytes} bytes is left out of the report, which keeps {} MiB. Return less data.",
                        MAX_RESPONSE_BYTES / 1024 / 1024
                    ),
                )
            })
        }
        Answer::Failure { thrown, .. } | Answer::Unhandled { thrown } => cut_thrown(thrown),
    }
}

fn cut_thrown(thrown: &mut Thrown) -> Option<Warning> {
    let mut any = cut(&mut thrown.display, MAX_ERROR_TEXT_BYTES);
    for text in [
        &mut thrown.name,
        &mut thrown.message,
        &mut thrown.stack,
        &mut thrown.explanation,
    ]
    .into_iter()
    .flatten()
    {
        any |= cut(text, MAX_ERROR_TEXT_BYTES);
    }
    if thrown
        .properties
        .as_ref()
        .is_some_and(|text| text.len() > MAX_RESPONSE_BYTES)
    {
        thrown.properties = None;
        any = true;
    }
    // What it says follows from the properties, but for rare errors.
    thrown.body5.take_if(|text| text.len() > MAX_RESPONSE_BYTES);
    any.then(|| {
        warning(
            "error-truncated",
            format!(
                "The error is cut: its texts keep {} MiB each, its properties {} MiB.",
                MAX_ERROR_TEXT_BYTES / 1024 / 1024,
                MAX_RESPONSE_BYTES / 1024 / 1024
            ),
        )
    })
}

fn warning(code: &str, message: String) -> Warning {
    Warning {
        code: code.to_owned(),
        message,
        line: None,
        column: None,
    }
}

/// Bytes that the next line of a run may have whose lines so far have so many.
#[must_use]
pub fn line_room(bytes: usize) -> usize {
    MAX_LINE_BYTES.min(MAX_LOG_BYTES.saturating_sub(bytes))
}

/// True for a text that may have been cut to `room` bytes: a character's edge lies at most 3 bytes before.
#[must_use]
pub fn fills(text: &str, room: usize) -> bool {
    text.len().saturating_add(3) >= room
}

/// Cuts a text to at most `room` bytes at a character's edge; true if something went.
fn cut(text: &mut String, room: usize) -> bool {
    let cut = text.len() > room;
    if cut {
        text.truncate(text.floor_char_boundary(room));
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Level, Summary};

    fn log(text: String) -> Event {
        Event::Log(LogLine {
            at_ms: 0.0,
            level: Level::Log,
            text,
            after_response: false,
            line: None,
        })
    }

    fn pass_all(events: impl IntoIterator<Item = Event>) -> Vec<Event> {
        let mut bounds = Bounds::default();
        let mut out = Vec::new();
        for event in events {
            bounds.pass(event, &mut |event| out.push(event));
        }
        out
    }

    fn codes(events: &[Event]) -> Vec<&str> {
        events
            .iter()
            .filter_map(|event| match event {
                Event::Warning(warning) => Some(warning.code.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_flood_of_lines_ends_in_a_warning() {
        let mut events: Vec<_> = (0..MAX_LOG_LINES + 5).map(|n| log(n.to_string())).collect();
        events.push(Event::Finished(Summary::default()));
        let out = pass_all(events);
        assert_eq!(out.len(), MAX_LOG_LINES + 2);
        assert_eq!(codes(&out), ["log-truncated"]);
        assert!(matches!(out.last(), Some(Event::Finished(_))));
    }

    #[test]
    fn what_a_worker_passed_passes_its_parent_unchanged() {
        let warned = || Event::Warning(warning("a", "x".repeat(MAX_WARNING_BYTES + 1)));
        let command = || Event::Command {
            at_ms: 1.0,
            api: "user.setAppMetadata".to_owned(),
            args: "[1]".to_owned(),
        };
        let mut events = vec![Event::Loaded { boot_ms: 1.0 }];
        events.extend((0..200).map(|_| log("é".repeat(MAX_LINE_BYTES))));
        events.extend((0..MAX_WARNINGS + 5).map(|_| warned()));
        events.extend((0..MAX_COMMANDS + 5).map(|_| command()));
        events.push(Event::Answer {
            at_ms: 1.0,
            answer: Answer::Success {
                data: Some(" ".repeat(MAX_RESPONSE_BYTES + 1)),
            },
        });
        events.push(Event::Finished(Summary::default()));
        let worker = pass_all(events);
        let told = codes(&worker);
        for code in [
            "response-too-large",
            "log-truncated",
            "log-line-cut",
            "commands-truncated",
            "warnings-truncated",
        ] {
            assert!(told.contains(&code), "{code}");
        }
        let mut parent = Bounds::of_parent();
        let mut out = Vec::new();
        for event in worker.clone() {
            parent.pass(event, &mut |event| out.push(event));
        }
        assert_eq!(format!("{out:?}"), format!("{worker:?}"));
    }

    #[test]
    fn calls_past_the_bounds_are_refused_and_told() {
        use crate::engine::outside::HttpCall;
        let call = |id: u32, bytes: usize| {
            Event::Request(HttpCall {
                id,
                at_ms: 0.0,
                method: "POST".to_owned(),
                url: "https://a.com/".to_owned(),
                headers: Vec::new(),
                body: vec![0; bytes],
                line: None,
                after_response: false,
            })
        };
        let many = u32::try_from(MAX_CALLS).unwrap() + 3;
        let mut events: Vec<_> = (0..many).map(|id| call(id, 0)).collect();
        events.push(Event::Finished(Summary::default()));
        let out = pass_all(events);
        assert_eq!(out.len(), MAX_CALLS + 2);
        assert_eq!(codes(&out), ["calls-refused"]);
        // One that is too large leaves room for others.
        let out = pass_all([call(1, MAX_CALL_BYTES), call(2, 10)]);
        assert!(matches!(&out[..], [Event::Request(call)] if call.id == 2));
    }

    #[test]
    fn what_is_said_once_passes_once() {
        let answer = || Event::Answer {
            at_ms: 1.0,
            answer: Answer::Success { data: None },
        };
        let out = pass_all([
            Event::Loaded { boot_ms: 1.0 },
            Event::Loaded { boot_ms: 2.0 },
            answer(),
            answer(),
            Event::Finished(Summary::default()),
            log("late".to_owned()),
            Event::Finished(Summary::default()),
        ]);
        assert!(matches!(
            out[..],
            [
                Event::Loaded { .. },
                Event::Answer { .. },
                Event::Finished(_)
            ]
        ));
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        let out = pass_all([
            log("é".repeat(MAX_LINE_BYTES)),
            Event::Finished(Summary::default()),
        ]);
        assert_eq!(codes(&out), ["log-line-cut"]);
        assert!(matches!(&out[0], Event::Log(line) if line.text.len() == MAX_LINE_BYTES));
    }

    #[test]
    fn all_lines_together_are_bounded() {
        let line = "x".repeat(MAX_LINE_BYTES);
        let out = pass_all((0..300).map(|_| log(line.clone())));
        let bytes: usize = out
            .iter()
            .map(|event| match event {
                Event::Log(line) => line.text.len(),
                _ => 0,
            })
            .sum();
        assert_eq!(bytes, MAX_LOG_BYTES);
    }

    #[test]
    fn a_response_too_large_is_left_out_and_told() {
        let out = pass_all([Event::Answer {
            at_ms: 1.0,
            answer: Answer::Success {
                data: Some(" ".repeat(MAX_RESPONSE_BYTES + 1)),
            },
        }]);
        assert_eq!(codes(&out), ["response-too-large"]);
        assert!(matches!(
            &out[1],
            Event::Answer {
                answer: Answer::Success { data: None },
                ..
            }
        ));
    }
}
