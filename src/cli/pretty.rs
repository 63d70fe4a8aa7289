//! A report as people read it. The stream drops the colours where it is no terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;

use crate::engine::Level;
use crate::runner::outbox::Answered;
use crate::runner::report::{Kind, ReportError, ReportRequest, RunReport};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const CAUTION: Style = AnsiColor::Yellow.on_default();
const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// Writes the whole report.
///
/// # Errors
/// When the stream cannot be written.
pub fn print(out: &mut impl Write, report: &RunReport, file_name: &str) -> io::Result<()> {
    let point = report
        .point
        .map_or("an unknown point", |point| point.name());
    let (style, verdict) = match &report.error {
        None if report.denies() => (BAD, "denied".to_owned()),
        None => (GOOD, "ok".to_owned()),
        Some(error) => (BAD, kind(error)),
    };
    writeln!(
        out,
        "{style}{verdict}{style:#}  {file_name}  {point}  {QUIET}{:.1} ms, {:.1} MiB{QUIET:#}",
        report.stats.total_ms,
        mebibytes(report.stats.peak_memory_bytes)
    )?;
    if let Some(error) = &report.error {
        print_error(out, error, file_name)?;
    }
    for warning in &report.warnings {
        let place = place(file_name, warning.line, warning.column);
        writeln!(
            out,
            "{CAUTION}warning{CAUTION:#} {}: {}{place}",
            warning.code, warning.message
        )?;
    }
    if !report.logs.is_empty() {
        heading(out, "Console")?;
        for log in &report.logs {
            let style = match log.level {
                Level::Error => BAD,
                Level::Warn => CAUTION,
                Level::Trace | Level::Debug | Level::Log | Level::Info => Style::new(),
            };
            let after = if log.after_response {
                " (after the response)"
            } else {
                ""
            };
            writeln!(
                out,
                "{QUIET}{:>9.1} ms {:<5}{QUIET:#} {style}{}{style:#}{QUIET}{after}{QUIET:#}",
                log.at_ms,
                level(log.level),
                log.text.replace('\n', "\n                   ")
            )?;
        }
    }
    if report.kind == Kind::Action {
        json(out, "Test results", &report.response)?;
    } else if report.wire.is_null() {
        heading(out, "Response")?;
        writeln!(out, "{QUIET}none: nothing was sent{QUIET:#}")?;
    } else {
        json(out, "Response", &report.response)?;
    }
    if !report.commands.is_empty() {
        json(out, "Commands", &Value::from(report.commands.clone()))?;
    }
    if !report.requests.is_empty() {
        heading(out, "Requests")?;
        for request in &report.requests {
            print_request(out, request, file_name)?;
        }
    }
    heading(out, "Outcome")?;
    writeln!(out, "{}", crate::auth0::outcome::tell(&report.outcome).1)?;
    json(out, "Details", &report.outcome)?;
    if report.kind == Kind::Action {
        return Ok(());
    }
    json(out, "Wire 6.x", &report.wire)?;
    json(out, "Wire 5.x", &report.wire5)
}

fn print_error(out: &mut impl Write, error: &ReportError, file_name: &str) -> io::Result<()> {
    writeln!(
        out,
        "{}{}",
        error.message,
        place(file_name, error.line, error.column)
    )?;
    match &error.stack {
        Some(stack) => writeln!(out, "{QUIET}{stack}{QUIET:#}"),
        None => Ok(()),
    }
}

fn print_request(out: &mut impl Write, request: &ReportRequest, file_name: &str) -> io::Result<()> {
    let (style, answer) = match (&request.response, &request.failure) {
        (Some(response), _) if response.status < 400 => (GOOD, response.status.to_string()),
        (Some(response), _) => (BAD, response.status.to_string()),
        (None, Some(failure)) => (BAD, failure.message.clone()),
        (None, None) if request.answered == Some(Answered::Aborted) => {
            (CAUTION, "given up by the code".to_owned())
        }
        (None, None) => (CAUTION, "no answer".to_owned()),
    };
    let by = match request.answered {
        Some(Answered::Mock) => ", by a mock",
        Some(Answered::Fault) => ", by a mock's fault",
        Some(Answered::Replayed) => ", as recorded",
        Some(Answered::Live) => ", live",
        Some(Answered::Tenant) => ", by the built-in tenant",
        Some(Answered::Refused | Answered::Aborted) | None => "",
    };
    let took = request
        .took_ms
        .map_or_else(String::new, |took| format!(" in {took:.1} ms"));
    let after = if request.after_response {
        ", after the response"
    } else {
        ""
    };
    writeln!(
        out,
        "{QUIET}{:>9.1} ms{QUIET:#} {} {}  {style}{answer}{style:#}{QUIET}{by}{took}{after}{}{QUIET:#}",
        request.at_ms,
        request.method,
        request.url,
        place(file_name, request.line, None)
    )
}

fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{HEADING}{text}{HEADING:#}")
}

fn json(out: &mut impl Write, title: &str, value: &Value) -> io::Result<()> {
    heading(out, title)?;
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}

/// ` (hook.js:3:5)`, as far as it is known.
fn place(file_name: &str, line: Option<u32>, column: Option<u32>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(" ({file_name}:{line}:{column})"),
        (Some(line), None) => format!(" ({file_name}:{line})"),
        (None, _) => String::new(),
    }
}

/// The kind of error by its name in the contract.
fn kind(error: &ReportError) -> String {
    match serde_json::to_value(error.kind) {
        Ok(Value::String(kind)) => kind,
        _ => "failed".to_owned(),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Trace => "trace",
        Level::Debug => "debug",
        Level::Log => "log",
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure with one decimal")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}
