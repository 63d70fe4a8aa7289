//! Packages installed beside the hook, without running any of their scripts: by the user's `npm`, or fetched by
//! ourselves where there is none.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use ureq::Agent;

use super::fetch::{Fetcher, client};

/// The most lines of npm's output that are passed on.
const MOST_LINES: usize = 500;

/// What an installation tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstallEvent {
    /// A line of npm's.
    Line(String),
    /// Last of all: true where everything is installed, else why not, as a sentence.
    Ended(Result<(), String>),
}

/// An installation under way; dropping it lets it go on.
#[derive(Clone)]
pub struct Install {
    child: Arc<Mutex<Option<Child>>>,
    /// Set once the user wants no more of it.
    stopped: Arc<AtomicBool>,
    client: Agent,
}

/// The program: on Windows npm is a script of the shell.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// What is run, as a user would type it.
#[must_use]
pub fn command_line(packages: &[String]) -> String {
    format!("npm {}", arguments(packages).join(" "))
}

fn arguments(packages: &[String]) -> Vec<String> {
    // Nothing is saved: what the hook needs stands in its own file already.
    let fixed = [
        "install",
        "--no-save",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--no-update-notifier",
    ];
    fixed
        .into_iter()
        .map(str::to_owned)
        .chain(packages.iter().cloned())
        .collect()
}

impl Install {
    /// Installs `packages` (`name@version`) into the `node_modules` of `folder`. `tell` hears everything on a thread of
    /// its own.
    pub fn start(
        folder: &Path,
        packages: &[String],
        tell: impl FnMut(InstallEvent) + Send + 'static,
    ) -> Self {
        let itself = (folder.to_owned(), packages.to_vec());
        Self::start_program(NPM, folder, &arguments(packages), Some(itself), tell)
    }

    fn start_program(
        program: &str,
        folder: &Path,
        arguments: &[String],
        without: Option<(PathBuf, Vec<String>)>,
        mut tell: impl FnMut(InstallEvent) + Send + 'static,
    ) -> Self {
        let install = Self {
            child: Arc::default(),
            stopped: Arc::default(),
            client: client(),
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            // The folder itself, even where one above it has a package.json.
            .arg("--prefix")
            .arg(folder)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        crate::runner::platform::set_apart(&mut command);
        let steered = install.clone();
        let program = program.to_owned();
        let spawned = thread::Builder::new()
            .name("install".to_owned())
            .spawn(move || tell_of(&program, command, without, &steered, &mut tell));
        // Without a thread nothing is told; the system is then at its end anyway.
        drop(spawned);
        install
    }

    /// Ends it; the end is told as a failure.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.client.clone().shutdown();
        if let Some(child) = self.lock().as_mut() {
            // It may have ended by itself.
            let _ = child.kill();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell_of(
    program: &str,
    mut command: Command,
    without: Option<(PathBuf, Vec<String>)>,
    install: &Install,
    tell: &mut impl FnMut(InstallEvent),
) {
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let end = match without {
                Some((folder, packages)) if error.kind() == io::ErrorKind::NotFound => {
                    tell(InstallEvent::Line(format!(
                        "{program} was not found, so Hookbench fetches the packages itself."
                    )));
                    Fetcher::new(install.client.clone(), Arc::clone(&install.stopped))
                        .install(&folder, &packages, &mut |line| {
                            tell(InstallEvent::Line(line))
                        })
                        .map_err(|error| error.to_string())
                }
                _ => Err(refused(program, &error)),
            };
            tell(InstallEvent::Ended(end));
            return;
        }
    };
    let errors = child.stderr.take();
    let output = child.stdout.take();
    *install.lock() = Some(child);
    // npm tells what went wrong on its standard error; both pipes are read at once, so that neither blocks it.
    let failures = thread::spawn(move || {
        errors.map_or_else(Vec::new, |errors| {
            BufReader::new(errors)
                .lines()
                .map_while(Result::ok)
                .take(MOST_LINES)
                .collect()
        })
    });
    if let Some(output) = output {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        for line in lines
            .take(MOST_LINES)
            .filter(|line| !line.trim().is_empty())
        {
            tell(InstallEvent::Line(line));
        }
    }
    let failures: Vec<String> = failures.join().unwrap_or_default();
    for line in &failures {
        tell(InstallEvent::Line(line.clone()));
    }
    let child = install.lock().take();
    let status = child.map(|mut child| child.wait());
    let end = match status {
        Some(Ok(status)) if status.success() => Ok(()),
        Some(Ok(status)) if status.code().is_none() => {
            Err("The installation was stopped.".to_owned())
        }
        _ => Err(explain(&failures)),
    };
    tell(InstallEvent::Ended(end));
}

fn refused(program: &str, error: &io::Error) -> String {
    format!("{program} could not be started: {error}. Check that it runs in a terminal.")
}

/// npm's own words, in a sentence.
fn explain(lines: &[String]) -> String {
    let text = lines.join("\n");
    let has = |part: &str| text.contains(part);
    if has("ENOTFOUND")
        || has("EAI_AGAIN")
        || has("ECONNREFUSED")
        || has("ETIMEDOUT")
        || has("ENETUNREACH")
    {
        "npm could not reach its registry. Check the network, or npm's proxy and registry settings, and try again.".to_owned()
    } else if has("E404") {
        "npm's registry has no package of this name. Check how it is written.".to_owned()
    } else if has("ETARGET") {
        "npm's registry has no such version of the package. Choose another one.".to_owned()
    } else if has("EACCES") || has("EROFS") || has("EPERM") {
        "npm may not write beside the hook. Make the folder writable, or keep the hook elsewhere."
            .to_owned()
    } else {
        let first = lines.iter().find_map(|line| {
            line.strip_prefix("npm error ")
                .or_else(|| line.strip_prefix("npm ERR! "))
        });
        format!(
            "npm failed: {}.",
            first.unwrap_or("it said no more").trim_end_matches('.')
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn npms_failures_are_told_in_sentences() {
        let of = |line: &str| explain(&[line.to_owned()]);
        assert!(of("npm error code E404").contains("no package of this name"));
        assert!(of("npm error code ENOTFOUND").contains("registry"));
        assert!(of("npm ERR! code ETARGET").contains("version"));
        assert_eq!(
            of("npm error something else."),
            "npm failed: something else."
        );
    }

    #[cfg(unix)]
    fn ran(script: &str, stop: bool) -> Vec<InstallEvent> {
        let folder = tempfile::tempdir().unwrap();
        let (sender, events) = mpsc::channel();
        let install = Install::start_program(
            "sh",
            folder.path(),
            &["-c".to_owned(), script.to_owned()],
            None,
            move |event| drop(sender.send(event)),
        );
        let mut all = Vec::new();
        while let Ok(event) = events.recv_timeout(Duration::from_secs(30)) {
            if stop && event == InstallEvent::Line("ready".to_owned()) {
                install.stop();
            }
            all.push(event);
        }
        all
    }

    #[cfg(unix)]
    #[test]
    fn lines_come_and_the_end_is_told() {
        let line = |text: &str| InstallEvent::Line(text.to_owned());
        assert_eq!(
            ran("echo added 3 packages; echo; echo warning >&2", false),
            [
                line("added 3 packages"),
                line("warning"),
                InstallEvent::Ended(Ok(()))
            ]
        );
        let failed = ran("echo 'npm error code E404' >&2; exit 1", false);
        assert!(
            matches!(failed.last(), Some(InstallEvent::Ended(Err(why))) if why.contains("no package")),
            "{failed:?}"
        );
        let stopped = ran("echo ready; exec sleep 600", true);
        assert!(
            matches!(stopped.last(), Some(InstallEvent::Ended(Err(why))) if why.contains("stopped")),
            "{stopped:?}"
        );
    }
}
