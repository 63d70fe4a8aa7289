//! Makes the report of a run out of what the worker told and how it ended. No process, no clock.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::action_report;
use super::bounds;
use super::end::End;
use super::findings::Found;
use super::mask::Masker;
use super::outbox::{Answered, Ended};
use super::report::{
    ErrorKind, Kind, ReportError, ReportLog, ReportRequest, ReportResponse, RunReport, Stats,
};
use super::request::{Limits, RunRequest};
use super::run_warnings;
use super::sent::{Sent, own_text};
use crate::analysis::Silences;
use crate::auth0::Point;
use crate::auth0::action::Command;
use crate::auth0::limits::TIME_LIMIT;
use crate::engine::outside::HttpFailure;
use crate::engine::{Answer, Event, FailureKind, Summary, Thrown, Warning};

/// A report in the making.
pub struct Assembly {
    point: Point,
    kind: Kind,
    /// The payload with the secrets masked, which the outcome quotes; null where it is no JSON.
    body: Value,
    limits: Limits,
    masker: Masker,
    boot_ms: f64,
    logs: Vec<ReportLog>,
    /// Bytes of all lines as they came, before the mask.
    log_bytes: usize,
    commands: Vec<Command>,
    warnings: Vec<Warning>,
    /// Known when the findings are.
    silences: Silences,
    answer: Option<Answer>,
    uncaught: Option<(Thrown, bool)>,
    requests: Vec<ReportRequest>,
    transaction: Value,
    summary: Option<Summary>,
}

impl Assembly {
    /// For the run of this request.
    #[must_use]
    pub fn new(request: &RunRequest) -> Self {
        let mut body: Value = serde_json::from_str(&request.program.body).unwrap_or_default();
        let masker = Masker::new(&secrets_of(request), request.reveal_secrets);
        masker.value(&mut body);
        Self {
            point: request.program.point,
            kind: request.program.kind,
            body,
            limits: request.limits,
            masker,
            boot_ms: 0.0,
            logs: Vec::new(),
            log_bytes: 0,
            commands: Vec::new(),
            warnings: run_warnings::of_secrets(
                request.program.kind,
                request.program.secrets.iter(),
            ),
            silences: Silences::default(),
            answer: None,
            uncaught: None,
            requests: Vec::new(),
            transaction: Value::Null,
            summary: None,
        }
    }

    /// Takes in what the worker told, and returns it with the secrets masked.
    pub fn take(&mut self, mut event: Event) -> Event {
        let room = bounds::line_room(self.log_bytes);
        if let Event::Log(line) = &event {
            self.log_bytes += line.text.len();
            if let Some(warning) = run_warnings::of_line(self.kind, line)
                && !self.warnings.contains(&warning)
            {
                self.warnings.push(warning);
            }
        }
        self.masker.event(&mut event, room);
        match &event {
            Event::Loaded { boot_ms } => self.boot_ms = *boot_ms,
            Event::Log(line) => self.logs.push(ReportLog {
                at_ms: line.at_ms,
                level: line.level,
                text: line.text.clone(),
                after_response: line.after_response,
            }),
            Event::Command { api, args, .. } => self.commands.push(Command {
                api: api.clone(),
                // Deeper than serde_json reads: shown as one text.
                args: serde_json::from_str(args)
                    .unwrap_or_else(|_| vec![Value::from(args.as_str())]),
            }),
            Event::Answer { answer, .. } => {
                if let Answer::Success { data: Some(data) } = answer
                    && serde_json::from_str::<Value>(data).is_err()
                {
                    self.warnings.push(response_too_deep());
                }
                if self.answer.is_none() {
                    self.answer = Some(answer.clone());
                }
            }
            Event::Uncaught {
                thrown,
                rejected,
                after_response,
                ..
            } => {
                if *after_response || self.answer.is_some() {
                    self.warnings
                        .push(uncaught_after_response(thrown, *rejected, self.kind));
                } else if self.uncaught.is_none() {
                    self.uncaught = Some((thrown.clone(), *rejected));
                }
            }
            Event::Warning(warning) => self.warnings.push(warning.clone()),
            Event::Request(call) => self.requests.push(ReportRequest {
                id: call.id,
                at_ms: call.at_ms,
                method: call.method.clone(),
                url: call.url.clone(),
                headers: headers(&call.headers),
                body: String::from_utf8_lossy(&call.body).into_owned(),
                answered: None,
                response: None,
                failure: None,
                took_ms: None,
                line: call.line,
                after_response: call.after_response,
            }),
            Event::RequestAborted { id, at_ms } => {
                if let Some(request) = self.requests.iter_mut().find(|known| known.id == *id)
                    && request.answered.is_none()
                {
                    request.answered = Some(Answered::Aborted);
                    request.took_ms = Some(to_microsecond((at_ms - request.at_ms).max(0.0)));
                }
            }
            Event::Transaction(text) => {
                // Data nested too deeply to be read is left out, as nothing could show it.
                self.transaction = serde_json::from_str(text).unwrap_or_default();
            }
            Event::Storage(_) => {}
            Event::Finished(summary) => self.summary = Some(*summary),
        }
        event
    }

    /// Takes in how a call ended and how long that took.
    pub fn take_answer(&mut self, ended: &Ended, took: Duration) {
        let (response, failure) = match &ended.end {
            Ok(response) => {
                let mut masked = response.headers.clone();
                for (name, value) in &mut masked {
                    self.masker.text(name);
                    self.masker.text(value);
                }
                let body = String::from_utf8_lossy(&response.body).into_owned();
                let response = ReportResponse {
                    status: response.status,
                    headers: headers(&masked),
                    body: self.masked(body),
                };
                (Some(response), None)
            }
            Err(failure) => (
                None,
                Some(HttpFailure {
                    message: self.masked(failure.message.clone()),
                    hostname: failure.hostname.clone().map(|host| self.masked(host)),
                    ..failure.clone()
                }),
            ),
        };
        if let Some(request) = self.requests.iter_mut().find(|known| known.id == ended.id)
            && request.answered.is_none()
        {
            request.answered = Some(ended.answered);
            request.response = response;
            request.failure = failure;
            request.took_ms = Some(millis(took));
        }
    }

    /// A call as it stands now.
    #[must_use]
    pub fn call(&self, id: u32) -> Option<&ReportRequest> {
        self.requests.iter().find(|known| known.id == id)
    }

    /// Takes in what was found in the code without running it, but for what the run has told of the same line.
    pub fn take_findings(&mut self, found: Found) {
        self.silences = found.silences;
        for finding in found.findings {
            let (code, line) = (finding.code, Some(finding.line));
            if self
                .warnings
                .iter()
                .any(|known| known.code == code && known.line == line)
            {
                continue;
            }
            let message = self.masked(finding.message);
            self.warnings.push(Warning {
                code: code.to_owned(),
                message,
                line,
                column: Some(finding.column),
            });
        }
    }

    /// The report as it stands while the run goes on.
    #[must_use]
    pub fn provisional(&self, total: Duration, peak_memory_bytes: u64) -> RunReport {
        self.report(self.own_error(), total, peak_memory_bytes)
    }

    /// The report that remains.
    #[must_use]
    pub fn finish(self, end: End, total: Duration, peak_memory_bytes: u64) -> RunReport {
        let error = match end {
            End::Finished => self.own_error().or_else(|| {
                self.answer
                    .is_none()
                    .then(|| plain(ErrorKind::NoCallback, self.no_callback()))
            }),
            End::TimedOut => Some(plain(
                ErrorKind::Timeout,
                format!(
                    "The run was ended at its time limit of {}.{} Look for {} or a loop that never ends, or give it more time.",
                    humantime::format_duration(self.limits.wall),
                    self.standing(),
                    match self.kind {
                        Kind::Hook => "a callback that is never called",
                        Kind::Action => "work that is awaited and never ends",
                    }
                ),
            )),
            End::CpuTime => Some(plain(
                ErrorKind::Timeout,
                format!(
                    "The run was ended at its limit of {} of processor time.{} Look for a loop that never ends, or give it more.",
                    humantime::format_duration(self.limits.cpu),
                    self.standing()
                ),
            )),
            End::OutOfMemory => Some(plain(
                ErrorKind::Memory,
                format!(
                    "The run was ended at its memory limit of {}.{} Look for a list or a string that grows without end, or give it more memory.",
                    bytesize::ByteSize::b(self.limits.memory).display().iec(),
                    self.standing()
                ),
            )),
            End::Stopped => Some(plain(
                ErrorKind::Stopped,
                format!("The run was stopped.{}", self.standing()),
            )),
            // A panic's text may quote anything.
            End::Crashed(detail) => Some(plain(
                ErrorKind::Crash,
                format!(
                    "The engine's process crashed: {}.{} This is a fault of Hookbench, not of the platform; please report it with the {}.",
                    self.masked(detail),
                    self.standing(),
                    self.kind.noun()
                ),
            )),
            End::Unstarted(why) => Some(plain(
                ErrorKind::Crash,
                format!("The run could not be started: {why}."),
            )),
        };
        self.report(error, total, peak_memory_bytes)
    }

    fn masked(&self, mut text: String) -> String {
        self.masker.text(&mut text);
        text
    }

    /// Said where a run was ended that had already called back.
    fn standing(&self) -> &'static str {
        match (&self.answer, self.kind) {
            (None, _) => "",
            (Some(_), Kind::Hook) => " The hook had called back before: its response stands.",
            (Some(_), Kind::Action) => {
                " The Action had ended before: what it did stands, and Auth0 does not wait for the rest."
            }
        }
    }

    fn no_callback(&self) -> String {
        if self.kind == Kind::Action {
            return format!(
                "The Action awaits something that never comes: nothing is left to run, and its promise is not settled. Auth0 would wait {} s and give up. Look at the promise it awaits.",
                TIME_LIMIT.as_secs()
            );
        }
        format!(
            "The hook came to its end without calling its callback: Auth0 would wait {} s and give up. Call cb() on every path; what a hook returns is ignored.",
            TIME_LIMIT.as_secs()
        )
    }

    /// The error that the hook's own doing amounts to so far.
    fn own_error(&self) -> Option<ReportError> {
        let (kind, thrown) = match (&self.answer, &self.uncaught) {
            (Some(Answer::Success { .. }), _) | (None, None) => return None,
            (Some(Answer::Failure { kind, thrown }), _) => {
                let kind = match kind {
                    FailureKind::Compile => ErrorKind::Compile,
                    FailureKind::InvalidPayload => ErrorKind::InvalidPayload,
                    FailureKind::Callback | FailureKind::Serialization => ErrorKind::Callback,
                };
                (kind, thrown)
            }
            (Some(Answer::Unhandled { thrown }), _) | (None, Some((thrown, false))) => {
                (ErrorKind::Thrown, thrown)
            }
            (None, Some((thrown, true))) => (ErrorKind::Rejected, thrown),
        };
        Some(ReportError {
            kind,
            message: message_of(kind, thrown),
            stack: thrown.stack.clone(),
            line: thrown.line,
            column: thrown.column,
        })
    }

    fn report(
        &self,
        error: Option<ReportError>,
        total: Duration,
        peak_memory_bytes: u64,
    ) -> RunReport {
        let total_ms = millis(total);
        let summary = self.summary.unwrap_or(Summary {
            boot_ms: self.boot_ms,
            run_ms: if self.boot_ms > 0.0 {
                (total_ms - self.boot_ms).max(0.0)
            } else {
                0.0
            },
        });
        // Made of masked parts, so nothing in it needs a mask any more.
        let sent = match &self.answer {
            answer if self.kind == Kind::Action => action_report::sent(
                self.point,
                &self.body,
                &self.commands,
                matches!(answer, Some(Answer::Success { .. })),
                error.as_ref(),
                action_report::panel(error.as_ref(), &self.logs, &summary, total),
            ),
            Some(answer) => Sent::answer(self.point, &self.body, answer),
            None => Sent::nothing(
                self.point,
                &self.body,
                error.as_ref().map(|error| error.kind),
            ),
        };
        let mut warnings = self.warnings.clone();
        warnings.extend(run_warnings::of_outcome(&sent.outcome));
        warnings.retain(|warning| !self.silences.cover(&warning.code, warning.line));
        RunReport {
            schema: 1,
            point: Some(self.point),
            kind: self.kind,
            wire: sent.wire,
            wire5: sent.wire5,
            response: sent.response,
            transaction: self.transaction.clone(),
            outcome: sent.outcome,
            commands: self
                .commands
                .iter()
                .filter_map(|command| serde_json::to_value(command).ok())
                .collect(),
            logs: self.logs.clone(),
            requests: self.requests.clone(),
            warnings,
            error,
            stats: Stats {
                boot_ms: to_microsecond(summary.boot_ms),
                run_ms: to_microsecond(summary.run_ms),
                total_ms,
                peak_memory_bytes,
            },
        }
    }
}

/// Headers as one object; those that stand twice are joined, as HTTP has it.
fn headers(list: &[(String, String)]) -> serde_json::Map<String, Value> {
    let mut map = serde_json::Map::new();
    for (name, value) in list {
        let joined = match map.get(name).and_then(Value::as_str) {
            Some(known) => format!("{known}, {value}"),
            None => value.clone(),
        };
        map.insert(name.clone(), joined.into());
    }
    map
}

/// The run's secrets; an event's own are as secret as those it is given.
pub(super) fn secrets_of(request: &RunRequest) -> BTreeMap<String, String> {
    let mut secrets = request.program.secrets.clone();
    if request.program.kind == Kind::Action
        && let Ok(body) = serde_json::from_str::<Value>(&request.program.body)
        && let Some(own) = body.get("secrets").and_then(Value::as_object)
    {
        for (name, value) in own {
            if let Some(value) = value.as_str() {
                secrets.insert(name.clone(), value.to_owned());
            }
        }
    }
    secrets
}

/// The contract's milliseconds.
fn millis(duration: Duration) -> f64 {
    to_microsecond(duration.as_secs_f64() * 1e3)
}

/// Milliseconds without the digits that nobody measured.
fn to_microsecond(millis: f64) -> f64 {
    (millis * 1e3).round() / 1e3
}

fn plain(kind: ErrorKind, message: String) -> ReportError {
    ReportError {
        kind,
        message,
        stack: None,
        line: None,
        column: None,
    }
}

/// The text an author looks for: for code that does not compile, the engine's own words stand in
/// `error_description`, behind the compiler's one sentence for all of them.
fn message_of(kind: ErrorKind, thrown: &Thrown) -> String {
    let described = (kind == ErrorKind::Compile)
        .then(|| own_text(thrown)("error_description"))
        .flatten();
    let explained = (kind == ErrorKind::Compile)
        .then(|| thrown.explanation.clone())
        .flatten();
    explained
        .or(described)
        .or_else(|| thrown.message.clone())
        .unwrap_or_else(|| thrown.display.clone())
}

/// Objects and lists inside each other beyond what serde_json reads (128 levels).
fn response_too_deep() -> Warning {
    Warning {
        code: "response-too-deep".to_owned(),
        message: "The response is nested more than 127 levels deep, so it is shown as one text. Return flatter data."
            .to_owned(),
        line: None,
        column: None,
    }
}

fn uncaught_after_response(thrown: &Thrown, rejected: bool, kind: Kind) -> Warning {
    let what = if rejected {
        "A promise was rejected"
    } else {
        "An exception was thrown"
    };
    let when = match kind {
        Kind::Hook => "the hook had called back",
        Kind::Action => "the Action had ended",
    };
    Warning {
        code: "uncaught-after-response".to_owned(),
        message: format!(
            "{what} after {when}, and nothing caught it: {}. The response stands, but the sandbox's process ends here.",
            thrown.display
        ),
        line: thrown.line,
        column: thrown.column,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::analysis::Finding;
    use crate::engine::Program;
    use crate::runner::request::{Answers, Network};

    fn request() -> RunRequest {
        RunRequest {
            program: Program {
                point: Point::PreUserRegistration,
                kind: Kind::Hook,
                file_name: "hook.js".to_owned(),
                source: String::new(),
                body: Point::PreUserRegistration.default_body().to_owned(),
                secrets: [("KEY".to_owned(), "surfing".to_owned())].into(),
                storage: None,
            },
            limits: Limits::default(),
            network: Network::Offline,
            mocks: Vec::new(),
            answers: Answers::default(),
            modules: crate::runner::modules::Folders::default(),
            reveal_secrets: false,
        }
    }

    fn report(events: impl IntoIterator<Item = Event>, end: End) -> RunReport {
        let mut assembly = Assembly::new(&request());
        for event in events {
            assembly.take(event);
        }
        assembly.finish(end, Duration::from_millis(5), 7)
    }

    fn success(data: &str) -> Event {
        Event::Answer {
            at_ms: 1.0,
            answer: Answer::Success {
                data: Some(data.to_owned()),
            },
        }
    }

    fn uncaught(rejected: bool, after_response: bool) -> Event {
        Event::Uncaught {
            at_ms: 2.0,
            thrown: Thrown {
                display: "Error: late".to_owned(),
                message: Some("late".to_owned()),
                line: Some(3),
                column: Some(9),
                ..Thrown::default()
            },
            rejected,
            after_response,
        }
    }

    fn kind(report: &RunReport) -> Option<ErrorKind> {
        report.error.as_ref().map(|error| error.kind)
    }

    #[test]
    fn findings_follow_the_runs_own_warnings_and_repeat_none() {
        let finding = |code, line| Finding {
            code,
            message: "surfing is called a second time.".to_owned(),
            source: "docs",
            line,
            column: 3,
            end_line: line,
            end_column: 5,
            severity: crate::analysis::Severity::Warning,
            fixes: Vec::new(),
        };
        let mut assembly = Assembly::new(&request());
        assembly.take(Event::Warning(Warning {
            code: "callback-twice".to_owned(),
            message: "Told by the run.".to_owned(),
            line: Some(4),
            column: Some(9),
        }));
        assembly.take_findings(Found {
            findings: vec![
                finding("callback-twice", 4),
                finding("callback-twice", 6),
                finding("code-size", 4),
            ],
            silences: Silences::default(),
        });
        let report = assembly.finish(End::Finished, Duration::ZERO, 0);
        let told: Vec<_> = report
            .warnings
            .iter()
            .map(|warning| (warning.code.as_str(), warning.line, warning.column))
            .collect();
        assert_eq!(
            told,
            [
                ("callback-twice", Some(4), Some(9)),
                ("callback-twice", Some(6), Some(3)),
                ("code-size", Some(4), Some(3)),
            ]
        );
        assert!(!report.warnings[1].message.contains("surfing"), "masked");
    }

    #[test]
    fn every_end_without_an_answer_has_its_kind() {
        for (end, expected) in [
            (End::Finished, ErrorKind::NoCallback),
            (End::TimedOut, ErrorKind::Timeout),
            (End::CpuTime, ErrorKind::Timeout),
            (End::OutOfMemory, ErrorKind::Memory),
            (End::Stopped, ErrorKind::Stopped),
            (End::Crashed("signal: 9".to_owned()), ErrorKind::Crash),
            (End::Unstarted("no file".to_owned()), ErrorKind::Crash),
        ] {
            let report = report([], end);
            assert_eq!(kind(&report), Some(expected));
            assert!(report.wire.is_null() && report.wire5.is_null() && report.response.is_null());
            assert!(report.outcome["kind"].is_string());
            assert_eq!(report.stats.peak_memory_bytes, 7);
        }
    }

    #[test]
    fn a_longer_limit_of_the_run_is_not_told_as_auth0s() {
        let mut request = request();
        request.limits.wall = Duration::from_secs(60);
        let report = Assembly::new(&request).finish(End::Finished, Duration::from_millis(5), 7);
        let message = report.error.unwrap().message;
        assert!(message.contains("Auth0 would wait 20 s"), "{message}");
    }

    #[test]
    fn uncaught_errors_before_the_answer_are_the_runs_error() {
        assert_eq!(
            kind(&report([uncaught(false, false)], End::Finished)),
            Some(ErrorKind::Thrown)
        );
        assert_eq!(
            kind(&report([uncaught(true, false)], End::Finished)),
            Some(ErrorKind::Rejected)
        );
    }

    #[test]
    fn the_answer_stands_whatever_comes_after() {
        let report_ = report([success("{}"), uncaught(true, true)], End::Finished);
        assert_eq!(kind(&report_), None);
        assert_eq!(report_.warnings[0].code, "uncaught-after-response");
        assert_eq!(
            (report_.warnings[0].line, report_.warnings[0].column),
            (Some(3), Some(9))
        );
        let report_ = report([success("{\"a\":1}")], End::TimedOut);
        assert_eq!(kind(&report_), Some(ErrorKind::Timeout));
        assert_eq!(report_.response, json!({"a": 1}));
    }

    #[test]
    fn secrets_are_masked_in_the_outcome_too() {
        let report = report(
            [success(r#"{"user":{"user_metadata":{"a":"surfing"}}}"#)],
            End::Finished,
        );
        let text = serde_json::to_string(&report).unwrap();
        assert!(
            !text.contains("surfing") && text.contains("[secret KEY]"),
            "{text}"
        );
    }

    #[test]
    fn a_secret_that_a_bound_cut_is_masked_as_far_as_it_is_left() {
        use crate::engine::{Level, LogLine};
        use crate::runner::bounds::{Bounds, MAX_LINE_BYTES, MAX_LOG_BYTES};
        let line = |text: String| {
            Event::Log(LogLine {
                at_ms: 0.0,
                level: Level::Log,
                text,
                after_response: false,
                line: None,
            })
        };
        let mut events = vec![line(format!("{}surfing", "x".repeat(MAX_LINE_BYTES - 5)))];
        let whole = MAX_LOG_BYTES / MAX_LINE_BYTES - 2;
        events.extend((0..whole).map(|_| line("y".repeat(MAX_LINE_BYTES))));
        events.push(line("surf".to_owned()));
        // Then the bound of all lines together cuts a short one.
        events.push(line("y".repeat(MAX_LINE_BYTES - 8)));
        events.push(line("surfing".to_owned()));
        let (mut bounds, mut assembly) = (Bounds::default(), Assembly::new(&request()));
        for event in events {
            bounds.pass(event, &mut |event| drop(assembly.take(event)));
        }
        let report = assembly.finish(End::Finished, Duration::ZERO, 0);
        let texts: Vec<_> = report.logs.iter().map(|log| log.text.as_str()).collect();
        assert!(texts[0].ends_with("x[secret KEY]"));
        let [.., short, _, last] = texts[..] else {
            panic!("{}", texts.len());
        };
        assert_eq!((short, last), ("surf", "[secret KEY]"));
    }

    #[test]
    fn a_response_too_deep_is_shown_as_text() {
        let deep = format!("{}\"surfing\"{}", "[".repeat(200), "]".repeat(200));
        let report = report([success(&deep)], End::Finished);
        assert_eq!(report.warnings[0].code, "response-too-deep");
        assert_eq!(report.response, deep.replace("surfing", "[secret KEY]"));
    }

    #[test]
    fn a_crash_tells_no_secret() {
        let report = report([], End::Crashed("panicked at surfing".to_owned()));
        assert!(
            report
                .error
                .unwrap()
                .message
                .contains("panicked at [secret KEY]")
        );
    }
}
