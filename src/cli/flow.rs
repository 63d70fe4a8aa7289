//! `hookbench flow`: a whole sign-up, or all that runs at one point, without a window.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::Args;

use super::inputs::{self, WrongUse};
use super::run::{Format, duration, memory};
use super::{HOOK_FAILED, LIMIT, OWN_FAULT, SUCCESS, WRONG_USE, outbox, pretty};
use crate::auth0::outcome::{Tone, tell};
use crate::flow::{
    self, Born, Chain, FlowEvent, FlowReport, Payload, Plan, State, StepTerms, Terms, Verdict,
    Which,
};
use crate::runner::outbox::recording::Recorded;
use crate::runner::request::Limits;
use crate::runner::supervisor::{RunEvent, Supervisor};
use crate::workspace::{Workspace, text_file};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const CAUTION: Style = AnsiColor::Yellow.on_default().bold();
const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

#[derive(Args)]
pub struct Options {
    /// The folder of hooks and Actions, as the Deploy CLI exports it.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Run only what is bound to this extensibility point, such as credentials-exchange; without it a whole sign-up.
    #[arg(long, value_name = "ID")]
    point: Option<String>,
    /// A file with the first step's body (user and context) or event as JSON, or - for standard input; without it the
    /// sample.
    #[arg(long, value_name = "FILE|-")]
    payload: Option<PathBuf>,
    /// A file of NAME=value lines that become every step's secrets.
    #[arg(long, value_name = "FILE.env")]
    secrets: Option<PathBuf>,
    /// One secret; wins over the file, and may be repeated.
    #[arg(long, value_name = "K=V")]
    secret: Vec<String>,
    /// The time limit of each step, such as 20s or 500ms.
    #[arg(long, value_name = "DURATION", default_value = "20s", value_parser = duration)]
    timeout: Duration,
    /// Each step's limit of processor time, such as 20s or 500ms; without it the time limit's.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    cpu: Option<Duration>,
    /// Each step's limit of heap, such as 256MiB.
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = memory)]
    memory: u64,
    #[command(flatten)]
    outbox: outbox::OutboxOptions,
    /// The folder whose node_modules answers require(); without it each script's own.
    #[arg(long, value_name = "DIR")]
    modules: Option<PathBuf>,
    /// Leave the secrets' values readable in the report.
    #[arg(long)]
    reveal_secrets: bool,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    format: Format,
}

/// Runs the flow and returns the exit code.
pub fn main(options: &Options) -> u8 {
    let (chain, terms) = match prepared(options) {
        Ok(prepared) => prepared,
        Err(wrong) => {
            eprintln!("hookbench: {wrong}");
            return WRONG_USE;
        }
    };
    options.outbox.note();
    let supervisor = match Supervisor::of_this_program() {
        Ok(supervisor) => supervisor,
        Err(error) => {
            eprintln!(
                "hookbench: The program's own file was not found, and a run needs it: {error}. Start Hookbench from its file again."
            );
            return OWN_FAULT;
        }
    };
    let Some((report, recorded)) = finished(supervisor, chain, terms) else {
        eprintln!(
            "hookbench: The flow ended without a report, which is a fault of Hookbench; please report it."
        );
        return OWN_FAULT;
    };
    if let Err(problem) = options.outbox.keep(&recorded) {
        eprintln!("hookbench: The recorded answers were not kept. {problem}");
    }
    let shown = match options.format {
        Format::Json => json(&report),
        Format::Pretty => print(&mut anstream::stdout().lock(), &report),
    };
    match shown {
        // A reader that had enough, such as `head`, is no fault.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("hookbench: The report could not be written: {error}.");
            OWN_FAULT
        }
        _ => match report.verdict {
            Verdict::Through => SUCCESS,
            Verdict::Refused => HOOK_FAILED,
            Verdict::Ended => LIMIT,
            Verdict::Fault => OWN_FAULT,
        },
    }
}

fn prepared(options: &Options) -> Result<(Chain, Terms), WrongUse> {
    let which = match options.point.as_deref() {
        None => Which::SignUp,
        Some(id) => Which::Point(inputs::point_named(id)?),
    };
    let workspace = Workspace::open(&options.workspace)?;
    for problem in &workspace.problems {
        eprintln!("hookbench: Note that {problem}");
    }
    let plan = flow::plan(&flow::gather(&workspace)?, which)?;
    let payload = payload(options.payload.as_deref(), &plan)?;
    let secrets = inputs::secrets(options.secrets.as_deref(), &options.secret)?;
    let (network, mocks, answers) = options.outbox.read()?;
    let step = StepTerms {
        secrets,
        network,
        mocks,
        answers,
    };
    let terms = Terms {
        limits: Limits {
            wall: options.timeout,
            cpu: options.cpu.unwrap_or(options.timeout),
            memory: options.memory,
        },
        modules: inputs::modules(options.modules.as_deref())?,
        reveal_secrets: options.reveal_secrets,
        steps: plan.steps().map(|_| step.clone()).collect(),
        root: workspace.root,
    };
    Ok((Chain::new(plan, payload, Born::now()), terms))
}

fn payload(file: Option<&Path>, plan: &Plan) -> Result<Payload, WrongUse> {
    let point = plan.which.points()[0];
    let text = match file {
        None => {
            let first = plan
                .steps()
                .next()
                .map(|step| step.kind)
                .unwrap_or_default();
            return Ok(Payload::sample(point, first));
        }
        Some(file) if file == Path::new("-") => inputs::stdin()?,
        Some(file) => text_file::load(file)?.text,
    };
    Payload::given(point, &text).map_err(|problem| WrongUse::Payload { problem })
}

/// Runs to the end, and tells what was recorded; Ctrl-C or a termination stops the flow, and its report still comes.
fn finished(
    supervisor: Supervisor,
    chain: Chain,
    terms: Terms,
) -> Option<(FlowReport, Vec<Recorded>)> {
    let (sender, reports) = mpsc::channel();
    let mut recorded = Vec::new();
    let handle = flow::start(supervisor, chain, terms, move |event| match event {
        FlowEvent::Step {
            event: RunEvent::Recorded(answer),
            ..
        } => recorded.push(*answer),
        FlowEvent::Finished(report) => {
            // The receiver waits below for exactly this.
            let _ = sender.send((*report, std::mem::take(&mut recorded)));
        }
        _ => {}
    });
    let handle = match handle {
        Ok(handle) => handle,
        Err(error) => {
            eprintln!("hookbench: The flow could not be started: {error}.");
            return None;
        }
    };
    if let Err(error) = ctrlc::set_handler(move || handle.stop()) {
        eprintln!("hookbench: Note that Ctrl-C will end this flow without a report: {error}.");
    }
    reports.recv().ok()
}

fn json(report: &FlowReport) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    serde_json::to_writer_pretty(&mut stdout, report).map_err(io::Error::from)?;
    writeln!(stdout)
}

/// The flow as people read it: the picture, what came of it, then each step's own report.
fn print(out: &mut impl Write, report: &FlowReport) -> io::Result<()> {
    let (tone, summary) = tell(&report.outcome);
    let style = match tone {
        Tone::Good => GOOD,
        Tone::Bad => BAD,
        Tone::Caution => CAUTION,
    };
    writeln!(
        out,
        "{style}{}{style:#}  {}  {QUIET}{:.1} ms{QUIET:#}",
        report.outcome["kind"].as_str().unwrap_or("ended"),
        report.flow,
        report.stats.total_ms
    )?;
    writeln!(out, "{summary}")?;
    for note in &report.notes {
        writeln!(out, "{CAUTION}note{CAUTION:#} {note}")?;
    }
    writeln!(out, "\n{HEADING}Steps{HEADING:#}")?;
    for (step, number) in report.steps.iter().zip(1..) {
        let (style, word) = match (&step.state, step.went_well()) {
            (State::Ran, true) => (GOOD, "ok"),
            (State::Ran, false) => (BAD, "failed"),
            _ => (QUIET, "not reached"),
        };
        let took = step
            .report
            .as_ref()
            .map(|report| format!("{:.1} ms", report.stats.total_ms));
        writeln!(
            out,
            "{number}. {style}{word:<11}{style:#} {}  {QUIET}{} ({}) {}{QUIET:#}",
            step.name,
            step.point.name(),
            step.kind.noun(),
            took.unwrap_or_default()
        )?;
    }
    if !report.user.is_null() {
        writeln!(out, "\n{HEADING}User{HEADING:#}\n{:#}", report.user)?;
    }
    for (step, number) in report.steps.iter().zip(1..) {
        if let Some(run) = &step.report {
            writeln!(out, "\n{HEADING}── {number}. {} ──{HEADING:#}", step.name)?;
            pretty::print(out, run, &step.file.display().to_string())?;
        }
    }
    Ok(())
}
