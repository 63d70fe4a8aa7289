//! One run as the window shows it: live while it goes on, then its report.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Zoned;
use serde_json::Value;

use super::editor::{EditorState, Language};
use crate::auth0::{Kind, Point};
use crate::runner::outbox::recording::Recorded;
use crate::runner::report::{ErrorKind, ReportError, ReportRequest, RunReport};
use crate::runner::supervisor::RunHandle;

/// Which form of the answer the response pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseView {
    #[default]
    Response,
    Tree,
    Wire6,
    Wire5,
    Transaction,
}

impl ResponseView {
    /// In the order of the tabs; an Action goes over no wire of the compilers.
    pub const fn tabs(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Hook => &[
                Self::Response,
                Self::Tree,
                Self::Wire6,
                Self::Wire5,
                Self::Transaction,
            ],
            Kind::Action => &[Self::Response, Self::Tree],
        }
    }

    /// The tab's text.
    pub fn label(self) -> &'static str {
        match self {
            Self::Response => "Response",
            Self::Tree => "Tree",
            Self::Wire6 => "Wire 6.x",
            Self::Wire5 => "Wire 5.x",
            Self::Transaction => "Transaction",
        }
    }

    /// The part of a report the tab shows.
    pub fn of(self, report: &RunReport) -> &Value {
        match self {
            Self::Response | Self::Tree => &report.response,
            Self::Wire6 => &report.wire,
            Self::Wire5 => &report.wire5,
            Self::Transaction => &report.transaction,
        }
    }
}

/// The run whose answer stands in the response pane.
pub struct RunView {
    /// Counts the runs of this window; messages of an older run are recognised by it.
    pub number: u64,
    /// The dashboard's kind of id, such as `1492623971620.804433`.
    pub request_id: String,
    pub started_at: Zoned,
    pub started: Instant,
    /// Present while the worker lives.
    pub handle: Option<RunHandle>,
    /// True from Stop until the worker is gone.
    pub stopping: bool,
    /// The body that was sent.
    pub body: String,
    /// The final report, or the provisional one between the hook's answer and the end of its work.
    pub report: Option<Arc<RunReport>>,
    pub finished: bool,
    /// Its HTTP calls so far, in the order of their ids.
    pub calls: Vec<ReportRequest>,
    /// Live answers to be kept when the run is over.
    pub recorded: Vec<Recorded>,
    /// The pretty JSON under the current tab, selectable and coloured.
    pub shown: EditorState,
    shown_view: Option<ResponseView>,
    pub headers_open: bool,
    /// What the hook has put into its storage, until the end of the run.
    pub stored: Option<String>,
    /// True until the answer was brought into view.
    pub reveal: bool,
}

impl RunView {
    /// A run that has just been asked for.
    pub fn new(number: u64, request_id: String, started_at: Zoned, body: String) -> Self {
        Self {
            number,
            request_id,
            started_at,
            started: Instant::now(),
            handle: None,
            stopping: false,
            body,
            report: None,
            finished: false,
            calls: Vec::new(),
            recorded: Vec::new(),
            shown: EditorState::new("", Language::Json),
            shown_view: None,
            headers_open: false,
            stored: None,
            reveal: true,
        }
    }

    /// A finished run out of the history.
    pub fn of_history(
        number: u64,
        request_id: String,
        at: Zoned,
        body: String,
        report: Arc<RunReport>,
    ) -> Self {
        let mut run = Self::new(number, request_id, at, body);
        run.set_report(report, true);
        run
    }

    /// Takes a report in; `finished` is false for the provisional one.
    pub fn set_report(&mut self, report: Arc<RunReport>, finished: bool) {
        if finished {
            self.calls.clone_from(&report.requests);
        }
        self.report = Some(report);
        self.finished = finished;
        self.shown_view = None;
        if finished {
            self.handle = None;
        }
    }

    /// Takes in a call as it stands now.
    pub fn take_call(&mut self, call: ReportRequest) {
        match self.calls.iter_mut().find(|known| known.id == call.id) {
            Some(known) => *known = call,
            None => self.calls.push(call),
        }
    }

    /// Puts the JSON of `view` into the read-only pane, once per view and report.
    pub fn show(&mut self, view: ResponseView) {
        if self.shown_view == Some(view) {
            return;
        }
        if let Some(report) = &self.report {
            self.shown.reset(&pretty(view.of(report)));
            self.shown_view = Some(view);
        }
    }

    /// Time from the start to the end, or until now.
    pub fn duration(&self) -> Duration {
        match &self.report {
            Some(report) if self.finished => of_ms(report.stats.total_ms),
            _ => self.started.elapsed(),
        }
    }

    /// The HTTP status the Runner's badge shows; none where nothing was sent.
    pub fn status(&self) -> Option<u16> {
        self.report.as_deref().and_then(status_of)
    }
}

/// Milliseconds as a duration; what no clock can show counts as none.
pub fn of_ms(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}

/// The HTTP status of the documented (5.x) answer; the 6.x compilers always say 200.
pub fn status_of(report: &RunReport) -> Option<u16> {
    report
        .wire5
        .get("statusCode")
        .and_then(Value::as_u64)
        .and_then(|status| u16::try_from(status).ok())
}

/// JSON as people read it: two spaces, one property a line.
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

/// The headers an answer carries; the sandbox's HTTP layer adds no others that a hook could see.
pub fn headers(status: Option<u16>) -> Vec<(&'static str, &'static str)> {
    match status {
        Some(_) => vec![("content-type", "application/json")],
        None => Vec::new(),
    }
}

/// How a run of an Action ended that went well, in the history's one word.
pub const ENDED: &str = "ended";

fn explain_action(error: &ReportError, point: Point) -> (&'static str, Option<&'static str>) {
    let failed = Some(if point.blocking() {
        "That stops the transaction; this text is what the tenant's log gets."
    } else {
        "This point does not block: the transaction went on, the error is logged."
    });
    match error.kind {
        ErrorKind::Compile => ("The Action does not load", Some("Repair it and run again.")),
        ErrorKind::Thrown => ("The Action threw an exception", failed),
        ErrorKind::Rejected | ErrorKind::Callback => ("The Action failed", failed),
        ErrorKind::InvalidPayload => (
            "The event is not what an Action receives",
            Some("Repair it in the pane above, or press Reset test data."),
        ),
        ErrorKind::NoCallback => ("The Action never ended", None),
        ErrorKind::Timeout => ("The time limit struck", None),
        ErrorKind::Memory => ("The Action used too much memory", None),
        ErrorKind::Stopped => ("Stopped", None),
        ErrorKind::Crash => ("The engine crashed", None),
        ErrorKind::Denied => ("The sandbox refused something the Action needs", None),
    }
}

/// What to tell about a failed run: a heading, and what to do next where the error's own text does not say it.
pub fn explain(
    error: &ReportError,
    point: Point,
    kind: Kind,
) -> (&'static str, Option<&'static str>) {
    if kind == Kind::Action {
        return explain_action(error, point);
    }
    match error.kind {
        ErrorKind::Compile => (
            "The hook does not compile",
            Some("Repair the marked line and run again."),
        ),
        ErrorKind::Thrown => (
            "The hook threw an exception",
            Some("Catch it and pass it to the callback, as in cb(error)."),
        ),
        ErrorKind::Rejected => (
            "A promise was rejected and nobody caught it",
            Some("Add a catch that calls cb(error); Auth0 ignores what the hook's promise does."),
        ),
        ErrorKind::Callback => (
            "The hook passed an error to the callback",
            Some(if point.blocking() {
                "That stops the transaction; this text is what Auth0 gets."
            } else {
                "This point does not block: the transaction went on, the error is logged."
            }),
        ),
        ErrorKind::InvalidPayload => (
            "The payload is not what this point receives",
            Some("Repair it in the panes above, or press Reset test data."),
        ),
        ErrorKind::NoCallback => ("The hook never called back", None),
        ErrorKind::Timeout => ("The time limit struck", None),
        ErrorKind::Memory => ("The hook used too much memory", None),
        ErrorKind::Stopped => ("Stopped", None),
        ErrorKind::Crash => ("The engine crashed", None),
        ErrorKind::Denied => ("The sandbox refused something the hook needs", None),
    }
}
