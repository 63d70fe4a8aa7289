//! The sign-up as a whole: from the command over the scripts of the open folder to the report of every step.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Zoned;

use super::app::HookbenchApp;
use super::background::{Message, Stores};
use super::editor::{EditorState, Language};
use super::outbox::HookOutbox;
use super::runs::{RunView, pretty};
use crate::flow::{
    self, Born, Chain, FlowEvent, FlowHandle, FlowReport, Payload, State, StepTerms, Terms, Which,
};
use crate::runner::RunReport;
use crate::runner::request::Network;
use crate::workspace::{HookEntry, Workspace};

/// A flow that is ready to run.
pub struct Ready {
    pub number: u64,
    pub chain: Chain,
    /// The secrets of each step, and what answers its calls.
    pub steps: Vec<StepTerms>,
    pub root: PathBuf,
}

/// The sign-up as the window shows it.
pub struct FlowView {
    /// Messages of an older flow are recognised by it.
    pub number: u64,
    /// False while something else fills the middle of the window.
    pub shown: bool,
    pub report: Option<Box<FlowReport>>,
    /// Why it could not be run.
    pub problem: Option<String>,
    /// Present while it runs.
    pub handle: Option<FlowHandle>,
    /// True from Run until the end.
    pub running: bool,
    /// The step whose report is shown; `None` for the whole.
    pub selected: Option<usize>,
    /// The report of the selected step.
    pub run: Option<RunView>,
    /// The new user as JSON.
    pub user: EditorState,
}

impl FlowView {
    fn new(number: u64) -> Self {
        Self {
            number,
            shown: true,
            report: None,
            problem: None,
            handle: None,
            running: true,
            selected: None,
            run: None,
            user: EditorState::new("", Language::Json),
        }
    }

    /// Takes the flow in as it stands.
    fn set(&mut self, report: Box<FlowReport>) {
        let text = pretty(&report.user);
        if self.user.text() != text {
            self.user.reset(&text);
        }
        self.report = Some(report);
        self.select(self.selected);
    }

    /// Shows the report of a step, or the whole.
    pub fn select(&mut self, selected: Option<usize>) {
        self.selected = selected;
        let step = self
            .report
            .as_ref()
            .zip(selected)
            .and_then(|(report, index)| report.steps.get(index));
        let Some((step, report)) = step.and_then(|step| Some((step, step.report.clone()?))) else {
            self.run = None;
            return;
        };
        // The report of a step does not change any more.
        if self
            .run
            .as_ref()
            .and_then(|run| run.report.as_ref())
            .is_some_and(|shown| Arc::ptr_eq(shown, &report))
        {
            return;
        }
        let mut run = RunView::of_history(
            self.number,
            String::new(),
            Zoned::now(),
            pretty(&step.payload),
            report,
        );
        run.reveal = false;
        self.run = Some(run);
    }
}

impl HookbenchApp {
    /// Saves the open hooks and runs the sign-up of the open folder.
    pub(super) fn run_sign_up(&mut self) {
        let Some(root) = self
            .workspace
            .as_ref()
            .map(|workspace| workspace.root.clone())
        else {
            self.complain("A sign-up is run over a folder of hooks. Open one first.");
            return;
        };
        if self.flow.as_ref().is_some_and(|flow| flow.running) {
            self.show_flow();
            self.tell("The sign-up is still running; Stop ends it.");
            return;
        }
        let dirty: Vec<_> = self
            .documents
            .iter_mut()
            .filter_map(|doc| doc.is_dirty().then_some(doc.id))
            .collect();
        for id in dirty {
            self.save(id);
        }
        // What stands in the panes counts, whether it has been kept already or not.
        let bodies: BTreeMap<PathBuf, String> = self
            .documents
            .iter_mut()
            .filter_map(|doc| Some((doc.path().clone(), doc.body.text().ok()?)))
            .collect();
        let outboxes = Outboxes {
            open: self
                .documents
                .iter()
                .map(|doc| (doc.path().clone(), doc.outbox.clone()))
                .collect(),
            hosts: self.settings.allowed_hosts.clone(),
            proxy: self.settings.proxy.clone(),
        };
        let number = self.next_id;
        self.next_id += 1;
        self.flow = Some(FlowView::new(number));
        // Behind the saves, so that it reads what they wrote.
        self.background.submit(move |stores| {
            Some(Message::FlowReady {
                number,
                result: prepare(stores, number, &root, &bodies, &outboxes).map(Box::new),
            })
        });
    }

    /// Starts what was prepared.
    pub(super) fn flow_ready(&mut self, number: u64, result: Result<Box<Ready>, String>) {
        let limits = self.limits();
        let supervisor = (*self.supervisor).clone();
        let mailbox = self.background.mailbox();
        let Some(flow) = self.flow.as_mut().filter(|flow| flow.number == number) else {
            return;
        };
        let ready = match result {
            Ok(ready) => ready,
            Err(problem) => {
                flow.running = false;
                flow.problem = Some(problem);
                return;
            }
        };
        flow.set(Box::new(ready.chain.report(
            &ready.root,
            Duration::ZERO,
            true,
        )));
        let terms = Terms {
            limits,
            modules: None,
            reveal_secrets: false,
            steps: ready.steps,
            root: ready.root,
        };
        let started = flow::start(supervisor, ready.chain, terms, move |event| {
            mailbox.send(Message::Flow { number, event });
        });
        match started {
            Ok(handle) => flow.handle = Some(handle),
            Err(error) => {
                flow.running = false;
                flow.problem = Some(format!("The sign-up could not be started: {error}."));
            }
        }
    }

    /// Takes in what a flow tells.
    pub(super) fn flow_event(&mut self, number: u64, event: FlowEvent) {
        let Some(flow) = self.flow.as_mut().filter(|flow| flow.number == number) else {
            return;
        };
        match event {
            // What a step tells on its way stands in its report at the end.
            FlowEvent::Step { .. } => {}
            FlowEvent::Progress(report) => flow.set(report),
            FlowEvent::Finished(report) => {
                flow.running = false;
                flow.handle = None;
                flow.set(report);
                self.supervisor.warm();
            }
        }
    }

    /// Ends the running sign-up.
    pub(super) fn stop_flow(&mut self) {
        if let Some(handle) = self.flow.as_ref().and_then(|flow| flow.handle.as_ref()) {
            handle.stop();
        }
    }

    /// Brings the sign-up back into the middle of the window.
    pub(super) fn show_flow(&mut self) {
        if let Some(flow) = &mut self.flow {
            flow.shown = true;
        }
    }

    /// Whether the sign-up fills the middle of the window.
    pub(super) fn flow_shown(&self) -> bool {
        self.flow.as_ref().is_some_and(|flow| flow.shown)
    }

    /// Lets the hooks back into the middle of the window.
    pub(super) fn hide_flow(&mut self) {
        if let Some(flow) = &mut self.flow {
            flow.shown = false;
        }
    }

    /// Opens a step's script, with the step's run in the Runner.
    pub(super) fn open_step(&mut self, index: usize) {
        let Some(flow) = &self.flow else { return };
        let Some(report) = flow.report.as_ref() else {
            return;
        };
        let Some(step) = report.steps.get(index) else {
            return;
        };
        let root = self
            .workspace
            .as_ref()
            .map(|workspace| workspace.root.clone())
            .unwrap_or_default();
        let script = root.join(&step.file);
        let waiting = step
            .report
            .clone()
            .map(|report| (script.clone(), pretty(&step.payload), report));
        self.hide_flow();
        self.step_to_show = waiting;
        self.open_entry(HookEntry::of_file(&script));
    }

    /// Puts the run of a step into the Runner of the hook that was opened for it.
    pub(super) fn show_step(&mut self) {
        let Some((script, ..)) = &self.step_to_show else {
            return;
        };
        let opened = self.documents.iter().position(|doc| doc.path() == script);
        let Some(at) = opened else { return };
        let Some((_, body, report)) = self.step_to_show.take() else {
            return;
        };
        let number = self.next_id;
        self.next_id += 1;
        if let Some(doc) = self.documents.get_mut(at)
            && !doc.is_running()
        {
            doc.run = Some(RunView::of_history(
                number,
                String::new(),
                Zoned::now(),
                body,
                report,
            ));
            self.settings.panes.runner_shown = true;
        }
    }
}

/// A step's run that waits for its hook to be opened: script, payload, report.
pub type StepToShow = Option<(PathBuf, String, Arc<RunReport>)>;

/// How far a step has come, in a word.
pub fn progress(report: &FlowReport, index: usize) -> &'static str {
    match report.steps.get(index) {
        None => "",
        Some(step) => match step.state {
            State::Waiting => "waiting",
            State::Running => "running…",
            State::NotReached => "not reached",
            State::Ran if step.went_well() => "ok",
            State::Ran => match &step.report {
                Some(report) if report.denies() => "denied",
                _ => "failed",
            },
        },
    }
}

/// What answers the calls of a sign-up's steps: each its own hook's mocks, recordings and tenant.
struct Outboxes {
    /// As they stand in the window.
    open: BTreeMap<PathBuf, HookOutbox>,
    hosts: Vec<String>,
    proxy: String,
}

impl Outboxes {
    fn of(
        &self,
        stores: &Stores,
        script: &Path,
        secrets: BTreeMap<String, String>,
    ) -> Result<StepTerms, String> {
        let mut problems = Vec::new();
        let kept = match self.open.get(script) {
            Some(outbox) => outbox.clone(),
            None => HookOutbox::load(stores, script, &mut problems),
        };
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem);
        }
        let (_, mocks, mut answers) = kept.answers(&self.hosts, &self.proxy);
        // What is recorded lands in the hook's own pane, with the hook's own runs.
        answers.record = false;
        Ok(StepTerms {
            secrets,
            // Live is allowed to one run of one hook, not to all that a sign-up calls.
            network: Network::Offline,
            mocks,
            answers,
        })
    }
}

fn prepare(
    stores: &mut Stores,
    number: u64,
    root: &Path,
    bodies: &BTreeMap<PathBuf, String>,
    outboxes: &Outboxes,
) -> Result<Ready, String> {
    let workspace = Workspace::open(root).map_err(|error| error.to_string())?;
    let gathered = flow::gather(&workspace).map_err(|error| error.to_string())?;
    let plan = flow::plan(&gathered, Which::SignUp).map_err(|problem| problem.to_string())?;
    let first = plan.steps().next();
    let point = Which::SignUp.points()[0];
    // The payload of the first step; a post step's own would be no sign-up's.
    let kept = first.filter(|step| step.point == point).and_then(|step| {
        let kept = || stores.payloads.get(&step.script).ok().flatten();
        bodies.get(&step.script).cloned().or_else(kept)
    });
    let payload = match (kept, first) {
        (Some(text), Some(step)) => Payload::given(point, &text)
            .map_err(|problem| format!("{}: {problem} It stands in the Runner.", step.name))?,
        _ => Payload::sample(point, first.map(|step| step.kind).unwrap_or_default()),
    };
    let mut steps = Vec::new();
    for step in plan.steps() {
        let secrets = stores
            .secrets
            .get(&step.script)
            .map_err(|error| error.to_string())?;
        steps.push(outboxes.of(stores, &step.script, secrets)?);
    }
    Ok(Ready {
        number,
        chain: Chain::new(plan, payload, Born::now()),
        steps,
        root: workspace.root,
    })
}
