//! A run from the button to the report: what is sent, what arrives, what is kept of it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::{Span, Zoned};

use super::app::HookbenchApp;
use super::background::{MOST_RUNS, Message, kind_of};
use super::documents::{Banner, DocId, Document, HistoryRow};
use super::editor::{Marker, Severity};
use super::logs::Kind;
use super::panes::response::duration;
use super::runs::{self, RunView, of_ms, status_of};
use crate::auth0::Kind as CodeKind;
use crate::engine::{Event, LogLine, Program, Warning};
use crate::runner::modules::Folders;
use crate::runner::report::{ErrorKind, RunReport};
use crate::runner::request::{Answers, Limits, Network, RunRequest};
use crate::runner::supervisor::RunEvent;
use crate::workspace::run_history::HistoryEntry;
use crate::workspace::snapshots::Why;

impl HookbenchApp {
    /// Saves the current hook and runs it. A failing save is told and does not keep the hook from running.
    pub(super) fn run(&mut self) {
        let Some(doc) = self.doc() else { return };
        if doc.is_running() {
            self.tell("The hook is still running; Stop ends it.");
            return;
        }
        let code = doc.code.text();
        // The quick look spares the parsing: most hooks never become Actions.
        if code.contains("onExecute") != (doc.kind == CodeKind::Action) {
            let (kind, point) = kind_of(&code);
            if kind != doc.kind {
                doc.set_kind(kind, point);
                self.settings.panes.runner_shown = true;
                self.tell(match kind {
                    CodeKind::Action => "The code is an Action now: its event stands in the Runner. Press Run again.",
                    CodeKind::Hook => "The code is a Hook now: its parameters stand in the Runner. Press Run again.",
                });
                return;
            }
        }
        let body = match doc.body.text() {
            Ok(body) => body,
            Err(problem) => {
                doc.banner = Some(Banner::Body(problem));
                return;
            }
        };
        if matches!(doc.banner, Some(Banner::Body(_))) {
            doc.banner = None;
        }
        if let Some((pane, why)) = doc.body.untaken() {
            self.complain(format!(
                "Not run: what is being typed in {pane} cannot be taken. {why}"
            ));
            return;
        }
        let id = doc.id;
        if doc.is_dirty() {
            let conflict = matches!(doc.banner, Some(Banner::Conflict { .. }));
            self.save(id);
            if conflict {
                self.log(Kind::Notice, "The run uses what stands in the pane; it is not saved, because the file changed on disk.");
            }
        }
        self.settings.panes.runner_shown = true;
        self.start(id, body);
    }

    /// Has the next run of a hook find compiled what the code requires.
    pub(super) fn foresee(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        // What a run loads is known better once it has ended.
        if !doc.is_running() {
            let (source, folders) = (doc.code.text(), folders_of(doc));
            self.supervisor.foresee(source, folders);
        }
    }

    fn start(&mut self, id: DocId, body: String) {
        let limits = self.limits();
        let number = self.next_id;
        self.next_id += 1;
        let (hosts, proxy) = (
            self.settings.allowed_hosts.clone(),
            self.settings.proxy.clone(),
        );
        let Some(doc) = self.document(id) else { return };
        let (network, mocks, answers) = doc.outbox.answers(&hosts, &proxy);
        doc.outbox.selected = None;
        let source = doc.code.text();
        let path = doc.path().clone();
        doc.fault = None;
        doc.mark();
        doc.run_revision = doc.code.revision();
        doc.run = Some(RunView::new(
            number,
            String::new(),
            Zoned::now(),
            body.clone(),
        ));
        let mut request = request_of(doc, body, limits);
        (request.network, request.mocks, request.answers) = (network, mocks, answers);
        let mailbox = self.background.mailbox();
        let handle = self.supervisor.start(request, move |event| {
            mailbox.send(Message::Run {
                doc: id,
                number,
                event,
            });
        });
        if let Some(run) = self.document(id).and_then(|doc| doc.run.as_mut()) {
            run.handle = Some(handle);
        }
        self.keep_version(path, source, Why::Run);
    }

    /// What a run may take, as the settings have it.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            wall: Duration::from_secs(u64::from(self.settings.time_limit_s)),
            cpu: Duration::from_secs(u64::from(self.settings.cpu_limit_s)),
            memory: u64::from(self.settings.memory_mib) * 1024 * 1024,
        }
    }

    /// Ends the running hook.
    pub(super) fn stop(&mut self) {
        if let Some(run) = self.doc().and_then(|doc| doc.run.as_mut())
            && let Some(handle) = &run.handle
        {
            run.stopping = true;
            handle.stop();
        }
    }

    /// Takes in what a run tells; what an older run of the same hook tells goes to the logs alone.
    pub(super) fn run_event(&mut self, id: DocId, number: u64, event: RunEvent) {
        let several = self.documents.len() > 1;
        let name = self.document(id).map(|doc| doc.name().to_owned());
        let Some(run) = self
            .document(id)
            .and_then(|doc| doc.run.as_mut())
            .filter(|run| run.number == number)
        else {
            return;
        };
        match event {
            RunEvent::Started { request_id } => {
                run.request_id.clone_from(&request_id);
                // Its own time, not that of this frame: console lines are counted from it.
                let at = run.started_at.clone();
                let mut text = format!("new webtask request {request_id}");
                // The log is one for all hooks.
                if several && let Some(name) = name {
                    text = format!("{text} ({name})");
                }
                self.logs.push(&at, Kind::Request, &text, None);
            }
            RunEvent::Event(Event::Storage(text)) => run.stored = Some(text),
            RunEvent::Event(event) => {
                let begun = run.started_at.clone();
                self.engine_event(&begun, event);
            }
            RunEvent::Call(call) => run.take_call(*call),
            RunEvent::Recorded(answer) => run.recorded.push(*answer),
            RunEvent::Answered(report) => run.set_report(Arc::from(report), false),
            RunEvent::Finished(report) => self.finished(id, Arc::from(report)),
        }
    }

    fn engine_event(&mut self, begun: &Zoned, event: Event) {
        match event {
            Event::Log(LogLine {
                at_ms,
                level,
                text,
                line,
                ..
            }) => {
                let at = after(begun, at_ms);
                self.logs.push(&at, Kind::Console(level), &text, line);
            }
            Event::Uncaught {
                at_ms,
                thrown,
                rejected,
                ..
            } => {
                let what = if rejected {
                    "Unhandled rejection"
                } else {
                    "Uncaught exception"
                };
                let text = thrown.stack.unwrap_or(thrown.display);
                let at = after(begun, at_ms);
                self.logs.push(
                    &at,
                    Kind::Finished { good: false },
                    &format!("{what}: {text}"),
                    thrown.line,
                );
            }
            Event::Warning(Warning { message, line, .. }) => {
                self.logs.push(&Zoned::now(), Kind::Notice, &message, line);
            }
            Event::Loaded { .. }
            | Event::Command { .. }
            | Event::Request(_)
            | Event::RequestAborted { .. }
            | Event::Transaction(_)
            | Event::Storage(_)
            | Event::Answer { .. }
            | Event::Finished(_) => {}
        }
    }

    fn finished(&mut self, id: DocId, report: Arc<RunReport>) {
        // The next run finds a worker that has paid for its start.
        self.supervisor.warm();
        let Some(doc) = self.document(id) else { return };
        let Some(run) = doc.run.as_mut() else { return };
        run.set_report(report.clone(), true);
        let stored = run.stored.take();
        let mut entry = HistoryEntry {
            id: run.request_id.clone(),
            at: SystemTime::from(run.started_at.timestamp()),
            status: status_of(&report),
            completion: completion(&report).to_owned(),
            duration_ms: report.stats.total_ms,
            body: run.body.clone(),
            report: serde_json::Value::Null,
        };
        let line = finish_line(&run.request_id, &report);
        let good = report.error.is_none() && !report.denies();
        let row = HistoryRow {
            entry: entry.clone(),
            report: Some(report.clone()),
        };
        doc.history.insert(0, row);
        doc.history.truncate(MOST_RUNS);
        doc.fault = report.error.as_ref().and_then(|error| {
            let marker = Marker {
                line: error.line?,
                column: error.column.unwrap_or(1),
                end: None,
                severity: Severity::Error,
                message: error.message.clone(),
                detail: Some("From the last run".to_owned()),
                fixes: Vec::new(),
            };
            Some((doc.run_revision, marker))
        });
        doc.mark();
        // For that run alone: the next one stays here unless it is asked for again.
        doc.outbox.live = false;
        let path = doc.path().clone();
        if stored.is_some() {
            self.keep_storage(id, stored);
        }
        self.log(Kind::Finished { good }, &line);
        self.keep_recorded(id);
        self.background.submit(move |stores| {
            entry.report = serde_json::to_value(&*report).unwrap_or_default();
            stores.history.append(&path, &entry).err().map(|error| {
                Message::Failed(format!("The run could not be kept in the history: {error}"))
            })
        });
    }

    /// Shows an earlier run in the response pane.
    pub(super) fn show_run(&mut self, index: usize) {
        let number = self.next_id;
        self.next_id += 1;
        let Some(doc) = self.doc() else { return };
        if doc.is_running() {
            self.tell("The hook is still running; Stop ends it.");
            return;
        }
        let Some(row) = doc.history.get(index) else {
            return;
        };
        match row.report() {
            Some(report) => {
                let at = zoned(row.entry.at);
                let (id, body) = (row.entry.id.clone(), row.entry.body.clone());
                doc.run = Some(RunView::of_history(number, id, at, body, report));
            }
            None => self.complain(
                "This run was kept by another version of Hookbench; only its row and its payload are left.",
            ),
        }
    }

    /// Puts an earlier run's payload back into the panes.
    pub(super) fn restore_run(&mut self, index: usize) {
        let Some(doc) = self.doc() else { return };
        let Some(body) = doc.history.get(index).map(|row| row.entry.body.clone()) else {
            return;
        };
        doc.body.set_text(&body);
        self.tell("The payload of that run is back in the panes.");
    }

    /// Forgets the finished runs of the current hook.
    pub(super) fn clear_history(&mut self) {
        let Some(doc) = self.doc() else { return };
        doc.history.clear();
        let path = doc.path().clone();
        self.background.submit(move |stores| {
            stores
                .history
                .clear(&path)
                .err()
                .map(|error| Message::Failed(error.to_string()))
        });
    }

    /// Says once, as the dashboard's log panel did, that there is something to talk to.
    pub(super) fn connect(&mut self) {
        if !self.connected {
            self.connected = true;
            self.log(Kind::Connected, "Connected to the embedded engine, offline");
        }
    }
}

/// A run of what stands in the panes, over this body.
pub(super) fn request_of(doc: &Document, body: String, limits: Limits) -> RunRequest {
    RunRequest {
        program: Program {
            point: doc.point,
            kind: doc.kind,
            file_name: doc.file_name(),
            source: doc.code.text(),
            body,
            secrets: doc.secrets.clone(),
            storage: doc.storage.clone(),
        },
        limits,
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: folders_of(doc),
        reveal_secrets: false,
    }
}

/// Where a hook's modules are looked for.
fn folders_of(doc: &Document) -> Folders {
    Folders {
        script: doc.path().parent().map(std::path::Path::to_owned),
        packages: None,
    }
}

fn after(begun: &Zoned, ms: f64) -> Zoned {
    // Microseconds are the clock's own precision. A time no run can have is left out, not believed.
    Span::new()
        .try_microseconds((ms.max(0.0) * 1000.0) as i64)
        .and_then(|span| begun.checked_add(span))
        .unwrap_or_else(|_| begun.clone())
}

/// A moment as the user's clock shows it.
pub(super) fn zoned(at: SystemTime) -> Zoned {
    jiff::Timestamp::try_from(at)
        .unwrap_or_default()
        .to_zoned(jiff::tz::TimeZone::system())
}

/// How the run ended, in the history's one word.
pub(super) fn completion(report: &RunReport) -> &'static str {
    match report.error.as_ref().map(|error| error.kind) {
        None if report.denies() => "denied",
        None if report.kind == CodeKind::Action => runs::ENDED,
        None => "answered",
        Some(kind) => kind.name(),
    }
}

/// The dashboard's last line of a request; without an answer it says what happened instead.
fn finish_line(request_id: &str, report: &RunReport) -> String {
    let took = duration(of_ms(report.stats.total_ms)).replace(' ', "");
    match status_of(report) {
        None if report.kind == CodeKind::Action => {
            format!(
                "finished Action {request_id}: {} in {took}",
                completion(report)
            )
        }
        Some(status) => {
            format!("finished webtask request {request_id} with HTTP {status} in {took}")
        }
        None => format!(
            "finished webtask request {request_id} without an answer ({}) in {took}",
            report
                .error
                .as_ref()
                .map_or("no callback", |error| error.kind.name())
        ),
    }
}

impl ErrorKind {
    /// The contract's name of the kind, in words where it is more than one.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compile => "does not compile",
            Self::Thrown => "threw",
            Self::Rejected => "rejected",
            Self::Callback => "called back with an error",
            Self::InvalidPayload => "invalid payload",
            Self::NoCallback => "no callback",
            Self::Timeout => "timed out",
            Self::Memory => "out of memory",
            Self::Stopped => "stopped",
            Self::Crash => "crashed",
            Self::Denied => "denied by the sandbox",
        }
    }
}
