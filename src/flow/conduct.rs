//! Runs a flow step by step in workers, on a thread of its own; streams what happens and can be stopped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Instant, SystemTime};

use serde_json::Value;

use super::chain::{Born, Chain, Next};
use super::plan::Step;
use super::report::FlowReport;
use crate::engine::Program;
use crate::runner::mask::Masker;
use crate::runner::modules::Folders;
use crate::runner::request::{Answers, Limits, Mock, Network};
use crate::runner::supervisor::{RunEvent, RunHandle, Supervisor};
use crate::runner::{RunReport, RunRequest};

/// On which terms a flow runs.
pub struct Terms {
    /// Of each step by itself.
    pub limits: Limits,
    /// The folder whose `node_modules` answers `require`; without it each script's own.
    pub modules: Option<PathBuf>,
    pub reveal_secrets: bool,
    /// In the flow's order.
    pub steps: Vec<StepTerms>,
    /// The workspace's folder.
    pub root: PathBuf,
}

/// What one step is given besides its payload. Mocks begin anew with each step: `times` counts within one.
#[derive(Clone, Debug, Default)]
pub struct StepTerms {
    pub secrets: BTreeMap<String, String>,
    pub network: Network,
    pub mocks: Vec<Mock>,
    pub answers: Answers,
}

/// Something that happened during a flow.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "each is made once, handed on once and gone"
)]
pub enum FlowEvent {
    /// What the step of this index tells.
    Step { index: usize, event: RunEvent },
    /// A step has begun or ended: the flow as it stands.
    Progress(Box<FlowReport>),
    /// Last of all, in every case.
    Finished(Box<FlowReport>),
}

/// Stops its flow. Dropping it lets the flow go on.
pub struct FlowHandle {
    control: Arc<Control>,
}

#[derive(Default)]
struct Control {
    stopped: AtomicBool,
    running: Mutex<Option<RunHandle>>,
}

impl FlowHandle {
    /// Ends the running step at once and begins no other; the report follows.
    pub fn stop(&self) {
        self.control.stopped.store(true, Ordering::SeqCst);
        if let Some(run) = lock(&self.control.running).as_ref() {
            run.stop();
        }
    }
}

/// Starts a flow and returns at once. `sink` hears everything, one event after another.
///
/// # Errors
/// The system gives no thread for it; then nothing has begun.
pub fn start(
    supervisor: Supervisor,
    chain: Chain,
    terms: Terms,
    sink: impl FnMut(FlowEvent) + Send + 'static,
) -> std::io::Result<FlowHandle> {
    let control = Arc::new(Control::default());
    let steered = Arc::clone(&control);
    thread::Builder::new()
        .name("flow".to_owned())
        .spawn(move || conduct(&supervisor, chain, &terms, &steered, sink))?;
    Ok(FlowHandle { control })
}

fn conduct(
    supervisor: &Supervisor,
    mut chain: Chain,
    terms: &Terms,
    control: &Control,
    sink: impl FnMut(FlowEvent) + Send + 'static,
) {
    let began = Instant::now();
    // The runs tell on threads of their own; one after another, as the steps run.
    let sink = Arc::new(Mutex::new(sink));
    let tell = |event| lock(&sink)(event);
    while let Some(next) = chain.next() {
        tell(FlowEvent::Progress(Box::new(chain.report(
            &terms.root,
            began.elapsed(),
            true,
        ))));
        let request = request(&next, terms);
        let shown = shown(&request);
        let index = next.index;
        let told = Arc::clone(&sink);
        let (reports, report) = mpsc::channel::<Box<RunReport>>();
        let run = supervisor.start(request, move |event| {
            let finished = match &event {
                RunEvent::Finished(report) => Some(report.clone()),
                _ => None,
            };
            lock(&told)(FlowEvent::Step { index, event });
            if let Some(report) = finished {
                // The receiver waits below for exactly this.
                let _ = reports.send(report);
            }
        });
        *lock(&control.running) = Some(run);
        // Stop may have come between the steps, when there was nothing to end.
        if control.stopped.load(Ordering::SeqCst)
            && let Some(run) = lock(&control.running).as_ref()
        {
            run.stop();
        }
        let Ok(report) = report.recv() else { break };
        chain.take(shown, Arc::from(report));
    }
    *lock(&control.running) = None;
    tell(FlowEvent::Finished(Box::new(chain.report(
        &terms.root,
        began.elapsed(),
        false,
    ))));
}

fn request(next: &Next, terms: &Terms) -> RunRequest {
    let StepTerms {
        secrets,
        network,
        mocks,
        answers,
    } = terms.steps.get(next.index).cloned().unwrap_or_default();
    let Step {
        script,
        source,
        kind,
        point,
        ..
    } = &next.step;
    RunRequest {
        program: Program {
            point: *point,
            kind: *kind,
            file_name: script.file_name().map_or_else(
                || kind.default_file().to_owned(),
                |name| name.to_string_lossy().into_owned(),
            ),
            source: source.clone(),
            body: next.payload.clone(),
            secrets,
            storage: None,
        },
        limits: terms.limits,
        network,
        mocks,
        answers,
        modules: Folders {
            script: script.parent().map(PathBuf::from),
            packages: terms.modules.clone(),
        },
        reveal_secrets: terms.reveal_secrets,
    }
}

/// The payload as a report may show it.
fn shown(request: &RunRequest) -> Value {
    let mut payload = serde_json::from_str(&request.program.body).unwrap_or_default();
    Masker::new(&request.program.secrets, request.reveal_secrets).value(&mut payload);
    payload
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Born {
    /// A new user of this moment, with an id as the database makes them: 24 hexadecimal digits.
    pub fn now() -> Self {
        let mut bytes = [0; 12];
        // A system without randomness gives an id of zeros.
        let _ = getrandom::fill(&mut bytes);
        let at = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or_default();
        Self {
            id: bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            at: at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        }
    }
}
