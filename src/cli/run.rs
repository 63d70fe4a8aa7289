//! `hookbench run`: one run without a window, reported as text for people or JSON for tools.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use bytesize::ByteSize;
use clap::{Args, ValueEnum};

use super::inputs::{self, WrongUse};
use super::{HOOK_FAILED, LIMIT, OWN_FAULT, SUCCESS, WRONG_USE, outbox, pretty};
use crate::engine::Event;
use crate::runner::RunRequest;
use crate::runner::modules::Folders;
use crate::runner::outbox::recording::Recorded;
use crate::runner::report::{ErrorKind, RunReport};
use crate::runner::request::Limits;
use crate::runner::supervisor::{RunEvent, Supervisor};

#[derive(Args)]
pub struct Options {
    /// The file of the Hook or Action.
    pub script: PathBuf,
    /// The extensibility point, such as pre-user-registration; without it the JSON file beside the script
    /// or the hook's parameters tell, and of an Action the handler it exports.
    #[arg(long, value_name = "ID")]
    pub point: Option<String>,
    /// A file with the whole request body as JSON (of an Action its event), or - for standard input; without it
    /// the point's sample body or event.
    #[arg(long, value_name = "FILE|-")]
    pub payload: Option<PathBuf>,
    /// A file of NAME=value lines that become the hook's secrets.
    #[arg(long, value_name = "FILE.env")]
    pub secrets: Option<PathBuf>,
    /// One secret; wins over the file, and may be repeated. A value of fewer than 4 characters is masked
    /// in the report only where it stands alone.
    #[arg(long, value_name = "K=V")]
    pub secret: Vec<String>,
    /// The run's time limit, such as 20s or 500ms.
    #[arg(long, value_name = "DURATION", default_value = "20s", value_parser = duration)]
    pub timeout: Duration,
    /// The run's limit of processor time, such as 20s or 500ms; without it the time limit's.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub cpu: Option<Duration>,
    /// The run's limit of heap, such as 256MiB.
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = memory)]
    pub memory: u64,
    #[command(flatten)]
    pub outbox: outbox::OutboxOptions,
    /// The folder whose node_modules answers require(); without it the script's own.
    #[arg(long, value_name = "DIR")]
    pub modules: Option<PathBuf>,
    /// A JSON file with the document of context.webtask.storage; it need not exist, and what the hook sets is written
    /// there at the end.
    #[arg(long, value_name = "FILE.json")]
    pub storage_file: Option<PathBuf>,
    /// Leave the secrets' values readable in the report.
    #[arg(long)]
    pub reveal_secrets: bool,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Pretty,
    /// One JSON document on standard output.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NetworkOption {
    Offline,
    Live,
}

/// The longest time limit: beyond a day something else is meant.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// The smallest limit of heap: below it not even an empty hook runs.
const LEAST_MEMORY: ByteSize = ByteSize::mib(4);

/// Runs what the options say and returns the exit code.
pub fn main(options: &Options) -> u8 {
    let request = match request(options) {
        Ok(request) => request,
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
    let file_name = request.program.file_name.clone();
    let Some((report, recorded, stored)) = finished(&supervisor, request) else {
        eprintln!(
            "hookbench: The run ended without a report, which is a fault of Hookbench; please report it with the hook."
        );
        return OWN_FAULT;
    };
    if let (Some(path), Some(text)) = (&options.storage_file, stored)
        && let Err(problem) = inputs::keep_storage(path, &text)
    {
        eprintln!("hookbench: {problem}");
    }
    if let Err(problem) = options.outbox.keep(&recorded) {
        eprintln!("hookbench: The recorded answers were not kept. {problem}");
    }
    let shown = match options.format {
        Format::Json => json(&report),
        Format::Pretty => pretty::print(&mut anstream::stdout().lock(), &report, &file_name),
    };
    match shown {
        // A reader that had enough, such as `head`, is no fault.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("hookbench: The report could not be written: {error}.");
            OWN_FAULT
        }
        _ => exit_code(&report),
    }
}

/// Runs to the end, and tells what was recorded and what the hook has put into its storage last; Ctrl-C or a
/// termination stops the run, and its report still comes.
fn finished(
    supervisor: &Supervisor,
    request: RunRequest,
) -> Option<(RunReport, Vec<Recorded>, Option<String>)> {
    let (sender, reports) = mpsc::channel();
    let mut recorded = Vec::new();
    let mut stored = None;
    let run = supervisor.start(request, move |event| match event {
        RunEvent::Recorded(answer) => recorded.push(*answer),
        RunEvent::Event(Event::Storage(text)) => stored = Some(text),
        RunEvent::Finished(report) => {
            // The receiver waits below for exactly this.
            let _ = sender.send((*report, std::mem::take(&mut recorded), stored.take()));
        }
        _ => {}
    });
    if let Err(error) = ctrlc::set_handler(move || run.stop()) {
        eprintln!("hookbench: Note that Ctrl-C will end this run without a report: {error}.");
    }
    reports.recv().ok()
}

pub(super) fn request(options: &Options) -> Result<RunRequest, WrongUse> {
    let (network, mocks, answers) = options.outbox.read()?;
    let limits = Limits {
        wall: options.timeout,
        cpu: options.cpu.unwrap_or(options.timeout),
        memory: options.memory,
    };
    Ok(RunRequest {
        program: inputs::program(options)?,
        limits,
        network,
        mocks,
        answers,
        modules: Folders {
            script: folder_of(&options.script),
            packages: inputs::modules(options.modules.as_deref())?,
        },
        reveal_secrets: options.reveal_secrets,
    })
}

/// The folder that a script lies in; the present one for a bare name.
fn folder_of(script: &Path) -> Option<PathBuf> {
    let folder = script.parent()?;
    Some(if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder.to_owned()
    })
}

fn json(report: &RunReport) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    serde_json::to_writer_pretty(&mut stdout, report).map_err(io::Error::from)?;
    writeln!(stdout)
}

/// The contract's exit code of a report.
pub(super) fn exit_code(report: &RunReport) -> u8 {
    match report.error.as_ref().map(|error| error.kind) {
        None if report.denies() => HOOK_FAILED,
        None => SUCCESS,
        Some(ErrorKind::Timeout | ErrorKind::Memory | ErrorKind::Stopped) => LIMIT,
        Some(ErrorKind::Crash) => OWN_FAULT,
        Some(
            ErrorKind::Compile
            | ErrorKind::Thrown
            | ErrorKind::Rejected
            | ErrorKind::Callback
            | ErrorKind::InvalidPayload
            | ErrorKind::NoCallback
            | ErrorKind::Denied,
        ) => HOOK_FAILED,
    }
}

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let duration = humantime::parse_duration(text)
        .map_err(|error| format!("{error}. Write a number and its unit, such as 20s or 500ms"))?;
    if duration.is_zero() || duration > LONGEST {
        return Err("a time limit lies between 1ms and 24h".to_owned());
    }
    Ok(duration)
}

pub(super) fn memory(text: &str) -> Result<u64, String> {
    let size: ByteSize = text
        .parse()
        .map_err(|error| format!("{error}. Write a number and its unit, such as 256MiB"))?;
    if size < LEAST_MEMORY {
        return Err(format!(
            "a run needs at least {}",
            LEAST_MEMORY.display().iec()
        ));
    }
    Ok(size.as_u64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_with_their_units() {
        assert_eq!(duration("1s 500ms"), Ok(Duration::from_millis(1500)));
        assert_eq!(memory("256MiB"), Ok(256 * 1024 * 1024));
        assert_eq!(memory("16MB"), Ok(16_000_000));
        for wrong in ["", "20", "0s", "2days", "-1s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "lots", "1kB", "-1MiB"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }
}
