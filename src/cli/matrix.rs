//! `hookbench matrix`: one Hook or Action over languages, connections and payload values, as a table.

use std::io::{self, Write};
use std::sync::mpsc;

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::inputs::WrongUse;
use super::run::{self, Format};
use super::{HOOK_FAILED, LIMIT, OWN_FAULT, WRONG_USE};
use crate::auth0::outcome::Tone;
use crate::auth0::{Kind, Point};
use crate::matrix::{self, Axes, Cell, MatrixEvent, Row};
use crate::runner::RunRequest;
use crate::runner::supervisor::Supervisor;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const CAUTION: Style = AnsiColor::Yellow.on_default().bold();
const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

#[derive(Args)]
// Two structs of one name would be two groups of one name.
#[group(skip)]
pub struct Options {
    #[command(flatten)]
    run: run::Options,
    /// Languages of the visitor, such as en,de.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    language: Vec<String>,
    /// Names of connections, such as Users,Partners.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    connection: Vec<String>,
    /// A value of the payload, such as user.email=a@b.c; repeated for the same path, each value is run.
    #[arg(long, value_name = "PATH=VALUE")]
    vary: Vec<String>,
}

/// The JSON document.
#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    point: Point,
    kind: Kind,
    /// Each axis with its values.
    axes: serde_json::Map<String, Value>,
    /// True where it was stopped before the last row.
    stopped: bool,
    rows: &'a [Row],
}

/// Runs the matrix and returns the exit code.
pub fn main(options: &Options) -> u8 {
    let (request, axes, cells) = match prepared(options) {
        Ok(prepared) => prepared,
        Err(wrong) => {
            eprintln!("hookbench: {wrong}");
            return WRONG_USE;
        }
    };
    let supervisor = match Supervisor::of_this_program() {
        Ok(supervisor) => supervisor,
        Err(error) => {
            eprintln!(
                "hookbench: The program's own file was not found, and a run needs it: {error}. Start Hookbench from its file again."
            );
            return OWN_FAULT;
        }
    };
    let (point, kind) = (request.program.point, request.program.kind);
    let (sender, events) = mpsc::channel();
    let started = matrix::start(supervisor, request, axes.clone(), cells, move |event| {
        // The receiver waits below until the last event.
        let _ = sender.send(event);
    });
    let handle = match started {
        Ok(handle) => handle,
        Err(error) => {
            eprintln!("hookbench: The matrix could not be started: {error}.");
            return OWN_FAULT;
        }
    };
    if let Err(error) = ctrlc::set_handler(move || handle.stop()) {
        eprintln!("hookbench: Note that Ctrl-C will end this without a table: {error}.");
    }
    let mut rows = Vec::new();
    let mut stopped = true;
    while let Ok(event) = events.recv() {
        match event {
            MatrixEvent::Row(row) => rows.push(*row),
            MatrixEvent::Finished { stopped: early } => stopped = early,
        }
    }
    let shown = match options.run.format {
        Format::Json => json(&Document {
            schema: 1,
            point,
            kind,
            axes: axes
                .list()
                .iter()
                .map(|axis| (axis.name.clone(), Value::from(axis.values.clone())))
                .collect(),
            stopped,
            rows: &rows,
        }),
        Format::Pretty => table(&mut anstream::stdout().lock(), &axes, &rows),
    };
    match shown {
        // A reader that had enough, such as `head`, is no fault.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("hookbench: The table could not be written: {error}.");
            OWN_FAULT
        }
        _ if stopped => LIMIT,
        _ => rows
            .iter()
            .map(|row| run::exit_code(&row.report))
            .max()
            .unwrap_or(HOOK_FAILED),
    }
}

fn prepared(options: &Options) -> Result<(RunRequest, Axes, Vec<Cell>), WrongUse> {
    let axes = Axes::of(&options.language, &options.connection, &options.vary)?;
    let request = run::request(&options.run)?;
    let program = &request.program;
    let cells = axes.cells(program.point, program.kind, &program.body)?;
    Ok((request, axes, cells))
}

fn json(document: &Document<'_>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    serde_json::to_writer_pretty(&mut stdout, document).map_err(io::Error::from)?;
    writeln!(stdout)
}

fn table(out: &mut impl Write, axes: &Axes, rows: &[Row]) -> io::Result<()> {
    let names: Vec<&str> = axes.list().iter().map(|axis| axis.name.as_str()).collect();
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.values.values().map(plain).collect())
        .collect();
    let widths: Vec<usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let longest = lines
                .iter()
                .filter_map(|line| line.get(at))
                .map(|cell| cell.chars().count());
            longest
                .chain([name.chars().count()])
                .max()
                .unwrap_or_default()
        })
        .collect();
    for (name, width) in names.iter().zip(&widths) {
        write!(out, "{HEADING}{name:<width$}{HEADING:#}  ")?;
    }
    writeln!(
        out,
        "{HEADING}{:<14}  the visitor reads{HEADING:#}",
        "outcome"
    )?;
    for (row, line) in rows.iter().zip(&lines) {
        for (cell, width) in line.iter().zip(&widths) {
            write!(out, "{cell:<width$}  ")?;
        }
        let style = match row.sight.tone {
            Tone::Good => GOOD,
            Tone::Bad => BAD,
            Tone::Caution => CAUTION,
        };
        write!(out, "{style}{:<14}{style:#}  ", row.sight.kind)?;
        match &row.sight.new_universal_login {
            Some(text) => writeln!(out, "{text}")?,
            None if row.sight.general_text => {
                writeln!(out, "{QUIET}Auth0's own general text{QUIET:#}")?;
            }
            None => writeln!(out, "{QUIET}goes on{QUIET:#}")?,
        }
    }
    let denied = rows
        .iter()
        .any(|row| row.sight.new_universal_login.is_some());
    if denied {
        writeln!(
            out,
            "{QUIET}Texts are those of New Universal Login; Classic shows Auth0's own general text.{QUIET:#}"
        )?;
    }
    Ok(())
}

/// A value as a table shows it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
