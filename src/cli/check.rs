//! `hookbench check`: what does not parse and what is warned about, for files and folders of hooks, without running them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde::Serialize;

use super::inputs::{WrongUse, point_named};
use super::run::Format;
use super::{HOOK_FAILED, OWN_FAULT, SUCCESS, WRONG_USE};
use crate::analysis::{self, Severity};
use crate::auth0::{Kind, Point, action, detect};
use crate::runner::modules::{self, Folders};
use crate::syntax;
use crate::workspace::{HookEntry, Workspace, text_file};

const BAD: Style = AnsiColor::Red.on_default().bold();
const CAUTION: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const QUIET: Style = Style::new().dimmed();

#[derive(Args)]
pub struct Options {
    /// Hooks' files, or folders of hooks.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The extensibility point of all hooks among them, such as pre-user-registration; without it the JSON file beside
    /// each script or the hook's parameters tell.
    #[arg(long, value_name = "ID")]
    point: Option<String>,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    format: Format,
}

/// The JSON document.
#[derive(Serialize)]
struct Checked {
    schema: u32,
    files: Vec<CheckedFile>,
}

#[derive(Serialize)]
struct CheckedFile {
    path: PathBuf,
    kind: Kind,
    /// Null for an Action of a trigger that Hookbench does not have.
    point: Option<Point>,
    findings: Vec<Told>,
}

/// A syntax problem or a warning, as it is reported.
#[derive(Serialize)]
struct Told {
    /// `syntax` for what does not parse, else the rule's code.
    code: &'static str,
    /// `error`, `warning` or `info`.
    severity: &'static str,
    message: String,
    /// Where the fact is documented; null for what does not parse.
    source: Option<&'static str>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// Checks what the options say and returns the exit code.
pub fn main(options: &Options) -> u8 {
    let point = match options.point.as_deref().map(point_named).transpose() {
        Ok(point) => point,
        Err(wrong) => {
            eprintln!("hookbench: {wrong}");
            return WRONG_USE;
        }
    };
    let (mut files, mut unread) = (Vec::new(), false);
    for path in &options.paths {
        match hooks_at(path) {
            Ok(hooks) => {
                for hook in hooks {
                    match check(&hook, point) {
                        Ok(checked) => files.push(checked),
                        Err(wrong) => {
                            eprintln!("hookbench: {wrong}");
                            unread = true;
                        }
                    }
                }
            }
            Err(wrong) => {
                eprintln!("hookbench: {wrong}");
                unread = true;
            }
        }
    }
    let found = files.iter().any(|file| !file.findings.is_empty());
    let shown = match options.format {
        Format::Json => json(&Checked { schema: 1, files }),
        Format::Pretty => pretty(&mut anstream::stdout().lock(), &files),
    };
    match shown {
        // A reader that had enough, such as `head`, is no fault.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("hookbench: The findings could not be written: {error}.");
            OWN_FAULT
        }
        _ if unread => WRONG_USE,
        _ if found => HOOK_FAILED,
        _ => SUCCESS,
    }
}

/// The hooks of a folder, or the one of a file.
fn hooks_at(path: &Path) -> Result<Vec<HookEntry>, WrongUse> {
    if !path.is_dir() {
        return Ok(vec![HookEntry::of_file(path)]);
    }
    let workspace = Workspace::open(path)?;
    for problem in &workspace.problems {
        eprintln!("hookbench: Note that {problem}");
    }
    let mut hooks = workspace.hooks;
    hooks.extend(workspace.actions.into_iter().map(|action| action.file));
    if hooks.is_empty() {
        return Err(WrongUse::NoHooks {
            folder: path.to_owned(),
        });
    }
    Ok(hooks)
}

fn check(hook: &HookEntry, point: Option<Point>) -> Result<CheckedFile, WrongUse> {
    let source = text_file::load(&hook.script)?.text;
    let outline = syntax::outline(&source);
    let parameters = outline.hook_parameters.as_deref();
    let kind = detect::kind_of(&outline.exports, parameters, &source);
    let shown = match kind {
        Kind::Hook => point.or(hook.point).or_else(|| {
            let looks = detect::point_of(parameters.unwrap_or_default(), &source);
            Some(looks.unwrap_or(Point::PreUserRegistration))
        }),
        Kind::Action => action::trigger(&outline.exports, parameters, &source, hook.point),
    };
    // The rules for any script, which are those for Actions, do not ask for the point.
    let point = shown.unwrap_or(Point::PreUserRegistration);
    let problems = syntax::check(&source).into_iter().map(|problem| Told {
        code: "syntax",
        severity: "error",
        message: match problem.help {
            Some(help) => format!("{}. {help}", problem.message),
            None => format!("{}.", problem.message),
        },
        source: None,
        line: problem.line,
        column: problem.column,
        end_line: problem.end_line,
        end_column: problem.end_column,
    });
    let folders = Folders {
        script: hook.script.parent().map(Path::to_owned),
        packages: None,
    };
    let has_module = |name: &str| modules::has(&folders, name);
    let warnings = analysis::warnings_among(point, &source, None, &has_module)
        .into_iter()
        .map(|finding| Told {
            code: finding.code,
            severity: match finding.severity {
                Severity::Warning => "warning",
                Severity::Info => "info",
            },
            message: finding.message,
            source: Some(finding.source),
            line: finding.line,
            column: finding.column,
            end_line: finding.end_line,
            end_column: finding.end_column,
        });
    Ok(CheckedFile {
        path: hook.script.clone(),
        kind,
        point: shown,
        findings: problems.chain(warnings).collect(),
    })
}

fn json(checked: &Checked) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    serde_json::to_writer_pretty(&mut stdout, checked).map_err(io::Error::from)?;
    writeln!(stdout)
}

fn pretty(out: &mut impl Write, files: &[CheckedFile]) -> io::Result<()> {
    let mut count = 0;
    for file in files {
        for told in &file.findings {
            count += 1;
            let style = match told.severity {
                "error" => BAD,
                "warning" => CAUTION,
                _ => NOTE,
            };
            writeln!(
                out,
                "{}:{}:{}: {style}{}{style:#} {}: {}",
                file.path.display(),
                told.line,
                told.column,
                told.severity,
                told.code,
                told.message
            )?;
            if let Some(source) = told.source {
                writeln!(out, "    {QUIET}{source}{QUIET:#}")?;
            }
        }
    }
    let plural = |count: usize, one: &'static str, more: &'static str| {
        format!("{count} {}", if count == 1 { one } else { more })
    };
    writeln!(
        out,
        "{} checked, {}.",
        plural(files.len(), "script", "scripts"),
        plural(count, "finding", "findings")
    )
}
