//! The command line: one file per subcommand, thin over the rooms below.

mod check;
mod flow;
mod inputs;
mod matrix;
mod outbox;
mod pretty;
mod run;
mod window;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::runner::memory::Allocator;
use crate::runner::worker;

/// What went well.
const SUCCESS: u8 = 0;
/// The hook failed or denied.
const HOOK_FAILED: u8 = 1;
/// Hookbench was called wrongly.
const WRONG_USE: u8 = 2;
/// A limit, or the user, ended the run.
const LIMIT: u8 = 3;
/// Hookbench itself failed.
const OWN_FAULT: u8 = 4;

/// Write, run and test Auth0 Hooks on the desktop, offline.
#[derive(Parser)]
#[command(name = "hookbench", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// A folder of hooks or a hook's file to open in the window; nothing opens the start page.
    path: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run a hook once without a window and report everything it did.
    Run(run::Options),
    /// Run a whole sign-up: what runs before a user is registered, the registration, what runs after it. Exit code 0:
    /// the user is registered; 1: denied; 2: wrong use; 3: a limit ended it; 4: Hookbench's own fault.
    Flow(flow::Options),
    /// Run a hook over languages, connections and payload values: a table of what each visitor would see. Exit code 0:
    /// everybody goes on; 1: somebody is denied or a run failed; 2: wrong use; 3: a limit; 4: Hookbench's own fault.
    Matrix(matrix::Options),
    /// Say what does not parse and what is warned about in hooks, without running them. Exit code 0: nothing
    /// found; 1: something found; 2: wrong use.
    Check(check::Options),
    #[command(hide = true, disable_help_flag = true)]
    Test(Reserved),
    #[command(hide = true, disable_help_flag = true)]
    New(Reserved),
    #[command(hide = true, disable_help_flag = true)]
    Convert(Reserved),
    /// Serve one run for the process that started this one.
    #[command(hide = true)]
    Worker,
}

/// What follows a command that this version does not have: its name is kept, so that a script written for a
/// later version is told so and no window opens for it.
#[derive(Args)]
struct Reserved {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    _rest: Vec<OsString>,
}

impl Reserved {
    fn refuse(name: &str) -> u8 {
        eprintln!(
            "hookbench: This version has no command {name}, so nothing was done. `hookbench --help` lists its commands; to open a file or folder of that name, write ./{name}."
        );
        WRONG_USE
    }
}

/// Parses the arguments and does what they say. `allocator` is the process's own, for the worker's limit.
pub fn main(allocator: &'static Allocator) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output; without either nothing can be told.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(WRONG_USE));
        }
    };
    match arguments.command {
        Some(Command::Run(options)) => ExitCode::from(run::main(&options)),
        Some(Command::Flow(options)) => ExitCode::from(flow::main(&options)),
        Some(Command::Matrix(options)) => ExitCode::from(matrix::main(&options)),
        Some(Command::Check(options)) => ExitCode::from(check::main(&options)),
        Some(Command::Test(_)) => ExitCode::from(Reserved::refuse("test")),
        Some(Command::New(_)) => ExitCode::from(Reserved::refuse("new")),
        Some(Command::Convert(_)) => ExitCode::from(Reserved::refuse("convert")),
        Some(Command::Worker) => worker::main(allocator),
        None => ExitCode::from(window::main(arguments.path)),
    }
}
