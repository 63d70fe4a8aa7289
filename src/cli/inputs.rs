//! Reads what `hookbench run` was pointed at: the Hook or Action, its point, its payload, its secrets, its mocks.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::run::Options;
use crate::auth0::{Kind, Point, action, detect};
use crate::engine::Program;
use crate::flow::{GatherError, PayloadProblem, PlanProblem};
use crate::matrix::AxisProblem;
use crate::runner::outbox::mock::{self, Mock, MockFileError};
use crate::runner::outbox::tenant::TableError;
use crate::syntax::{Outline, outline};
use crate::workspace::secrets::{EnvError, parse_env};
use crate::workspace::text_file::{self, FileError, LineEnding, SaveAs};
use crate::workspace::{HookEntry, WorkspaceError};

/// Why a run cannot begin: what is wrong, where, and what to do. Exit code 2.
#[derive(Debug, Error)]
pub enum WrongUse {
    #[error("{0}")]
    File(#[from] FileError),
    #[error(
        "{path} is an Action of a trigger that Hookbench does not run (it exports {exports}). It runs {known}."
    )]
    Trigger {
        path: PathBuf,
        exports: String,
        known: String,
    },
    #[error(
        "Actions have no trigger called {point}, and {path} is an Action. Leave --point out, or name one of {known}."
    )]
    NoTrigger {
        path: PathBuf,
        point: &'static str,
        known: String,
    },
    #[error("There is no extensibility point called {given:?}. Use one of {known}.")]
    NoSuchPoint { given: String, known: String },
    #[error(
        "{path} does not tell which extensibility point it is for. Name it with --point, one of {known}."
    )]
    PointUnknown { path: PathBuf, known: String },
    #[error("{problem} Or name the point with --point.")]
    Sidecar { problem: String },
    #[error("{path}: {problem}")]
    Secrets { path: PathBuf, problem: EnvError },
    #[error(
        "--secret {number} is not NAME=value. Write the secret's name, an equals sign and its value."
    )]
    Secret { number: usize },
    #[error(
        "{path}, {problem}. A mock file holds a list of {{\"method\", \"url\", \"respond\": {{\"status\", \"headers\", \"body\"}}}}."
    )]
    Mocks {
        path: PathBuf,
        problem: MockFileError,
    },
    #[error("{path}, {problem}. --record writes such a file.")]
    Recording {
        path: PathBuf,
        problem: MockFileError,
    },
    #[error(
        "{path}, {problem}. A tenant's file holds \"domain\", \"users\", \"roles\" and \"clients\"."
    )]
    Tenant { path: PathBuf, problem: TableError },
    #[error("--allow-host {host:?} {problem}.")]
    Host { host: String, problem: &'static str },
    #[error("{folder} is not a folder. Give --modules the folder that holds node_modules.")]
    NoModules { folder: PathBuf },
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    #[error(
        "There are no hooks in {folder}. Give the folder that holds the .js files, or its parent with a folder hooks."
    )]
    NoHooks { folder: PathBuf },
    #[error(
        "{path} is not JSON: {problem}. Correct it, or move it away to begin with an empty storage."
    )]
    Storage { path: PathBuf, problem: String },
    #[error("{problem}")]
    Payload { problem: PayloadProblem },
    #[error(transparent)]
    Plan(#[from] PlanProblem),
    #[error(transparent)]
    Axes(#[from] AxisProblem),
    #[error(transparent)]
    Gather(#[from] GatherError),
    #[error("The payload could not be read from standard input: {0}.")]
    Stdin(io::Error),
    #[error("The payload on standard input is larger than {} MB. Send a smaller one.", text_file::MAX_BYTES / 1024 / 1024)]
    StdinTooLarge,
}

/// The program that the options describe.
///
/// # Errors
/// Each file that cannot be read or is not what it should be.
pub fn program(options: &Options) -> Result<Program, WrongUse> {
    let path = &options.script;
    let source = text_file::load(path)?.text;
    let outline = outline(&source);
    let kind = detect::kind_of(
        &outline.exports,
        outline.hook_parameters.as_deref(),
        &source,
    );
    let point = match kind {
        Kind::Hook => point(options, &source, outline)?,
        Kind::Action => trigger(options, &source, &outline)?,
    };
    let body = match &options.payload {
        None => match kind {
            Kind::Hook => point.default_body().to_owned(),
            Kind::Action => action::default_event(point).to_owned(),
        },
        Some(file) if file == Path::new("-") => stdin()?,
        Some(file) => text_file::load(file)?.text,
    };
    Ok(Program {
        point,
        kind,
        file_name: path.file_name().map_or_else(
            || kind.default_file().to_owned(),
            |name| name.to_string_lossy().into_owned(),
        ),
        source,
        body,
        secrets: secrets(options.secrets.as_deref(), &options.secret)?,
        storage: storage(options.storage_file.as_deref())?,
    })
}

/// The point of `--point`.
fn given_point(options: &Options) -> Result<Option<Point>, WrongUse> {
    options.point.as_deref().map(point_named).transpose()
}

/// The trigger of an Action: as given, else that of the handler it exports.
fn trigger(options: &Options, source: &str, outline: &Outline) -> Result<Point, WrongUse> {
    let known = || Point::ALL.map(Point::id).join(", ");
    if let Some(point) = given_point(options)? {
        return match action::handler(point) {
            Some(_) => Ok(point),
            None => Err(WrongUse::NoTrigger {
                path: options.script.clone(),
                point: point.id(),
                known: known(),
            }),
        };
    }
    let sidecar = HookEntry::of_file(&options.script).point;
    let parameters = outline.hook_parameters.as_deref();
    action::trigger(&outline.exports, parameters, source, sidecar).ok_or_else(|| {
        WrongUse::Trigger {
            path: options.script.clone(),
            exports: outline.exports.join(", "),
            known: known(),
        }
    })
}

fn point(options: &Options, source: &str, outline: Outline) -> Result<Point, WrongUse> {
    if let Some(point) = given_point(options)? {
        return Ok(point);
    }
    let entry = HookEntry::of_file(&options.script);
    if let Some(point) = entry.point {
        return Ok(point);
    }
    if let Some(problem) = entry.problem {
        return Err(WrongUse::Sidecar { problem });
    }
    // Code that does not compile is run too, for its report; its parameters are read as text then.
    let parameters = outline
        .hook_parameters
        .or_else(|| written_parameters(source))
        .unwrap_or_default();
    detect::point_of(&parameters, source).ok_or_else(|| WrongUse::PointUnknown {
        path: options.script.clone(),
        known: known_points(),
    })
}

/// The point that an option names.
///
/// # Errors
/// There is none of that name.
pub fn point_named(id: &str) -> Result<Point, WrongUse> {
    Point::from_id(id).ok_or_else(|| WrongUse::NoSuchPoint {
        given: id.to_owned(),
        known: known_points(),
    })
}

fn known_points() -> String {
    let mut ids: Vec<_> = Point::ALL.map(Point::id).to_vec();
    ids.extend([Point::PasswordExchange.id(), Point::Generic.id()]);
    ids.join(", ")
}

/// The parameters of the first `function` with two or more, by its text.
fn written_parameters(source: &str) -> Option<Vec<String>> {
    source.match_indices("function").find_map(|(at, keyword)| {
        let rest = &source[at + keyword.len()..];
        let (name, rest) = rest.split_once('(')?;
        let (list, _) = rest.split_once(')')?;
        let names: Vec<_> = list.split(',').map(|name| name.trim().to_owned()).collect();
        let plain = |text: &str| {
            text.chars()
                .all(|c| c.is_alphanumeric() || "_$ ".contains(c))
        };
        (names.len() >= 2 && plain(name) && names.iter().all(|name| plain(name))).then_some(names)
    })
}

/// The document of `--storage-file`, if the file exists.
fn storage(file: Option<&Path>) -> Result<Option<String>, WrongUse> {
    let Some(path) = file.filter(|path| path.exists()) else {
        return Ok(None);
    };
    let text = text_file::load(path)?.text;
    if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
        return Err(WrongUse::Storage {
            path: path.to_owned(),
            problem: error.to_string(),
        });
    }
    Ok(Some(text))
}

/// Writes what a hook has put into its storage.
///
/// # Errors
/// The file cannot be written.
pub fn keep_storage(path: &Path, text: &str) -> Result<(), FileError> {
    let how = SaveAs {
        line_ending: LineEnding::Lf,
        bom: false,
        expected: None,
    };
    text_file::save(path, text, &how).map(drop)
}

/// The folder of `--modules`.
///
/// # Errors
/// It is no folder.
pub fn modules(folder: Option<&Path>) -> Result<Option<PathBuf>, WrongUse> {
    match folder {
        Some(folder) if !folder.is_dir() => Err(WrongUse::NoModules {
            folder: folder.to_owned(),
        }),
        other => Ok(other.map(Path::to_owned)),
    }
}

/// All of standard input.
///
/// # Errors
/// It cannot be read, or is too large.
pub fn stdin() -> Result<String, WrongUse> {
    let mut text = String::new();
    let read = io::stdin()
        .lock()
        .take(text_file::MAX_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(WrongUse::Stdin)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > text_file::MAX_BYTES {
        return Err(WrongUse::StdinTooLarge);
    }
    Ok(text)
}

/// The secrets of a file and of single options, which win.
///
/// # Errors
/// The file is not what it should be, or an option is no pair.
pub fn secrets(
    file: Option<&Path>,
    single: &[String],
) -> Result<BTreeMap<String, String>, WrongUse> {
    let mut secrets = match file {
        None => BTreeMap::new(),
        Some(path) => {
            parse_env(&text_file::load(path)?.text).map_err(|problem| WrongUse::Secrets {
                path: path.to_owned(),
                problem,
            })?
        }
    };
    for (given, number) in single.iter().zip(1..) {
        // The text is not repeated in the sentence: it may be the value alone.
        let (name, value) = given
            .split_once('=')
            .filter(|(name, _)| !name.is_empty())
            .ok_or(WrongUse::Secret { number })?;
        secrets.insert(name.to_owned(), value.to_owned());
    }
    Ok(secrets)
}

/// Reads and checks a mock file.
///
/// # Errors
/// The first thing in it that is not a mock, with its place.
pub fn mocks(path: &Path) -> Result<Vec<Mock>, WrongUse> {
    let text = text_file::load(path)?.text;
    mock::read(&text).map_err(|problem| WrongUse::Mocks {
        path: path.to_owned(),
        problem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_broken_code_are_read_as_text() {
        assert_eq!(
            written_parameters(
                "f(1); module.exports = function hook(client, scope, audience, context, cb) { ]"
            ),
            Some(
                ["client", "scope", "audience", "context", "cb"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
        assert_eq!(
            written_parameters("function ({a, b}) function (one) {"),
            None
        );
    }
}
