//! What is said of the code without running it, worked out beside the run: on a thread of its own, so that neither the
//! answer nor Stop waits for it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::modules::{self, Folders};
use crate::analysis::{self, Finding, Silences};
use crate::engine::Program;

/// How long a run that is over waits for findings that are not: only scripts far past Auth0's limit take that long.
const PATIENCE: Duration = Duration::from_secs(2);

/// Findings under way.
pub struct Findings(mpsc::Receiver<Found>);

/// What was found in a program's code, and what its comments silence.
#[derive(Debug, Default)]
pub struct Found {
    pub findings: Vec<Finding>,
    pub silences: Silences,
}

impl Findings {
    /// Begins to look at a program's code.
    #[must_use]
    pub fn start(program: &Program, folders: &Folders) -> Self {
        let (sender, findings) = mpsc::channel();
        let (point, source) = (program.point, program.source.clone());
        let (body, folders) = (program.body.clone(), folders.clone());
        // Without a thread there are no findings, and the run is none the worse.
        let _ = thread::Builder::new()
            .name("findings".to_owned())
            .spawn(move || {
                let body = serde_json::from_str(&body).ok();
                let has_module = |name: &str| modules::has(&folders, name);
                let findings = analysis::warnings_among(point, &source, body.as_ref(), &has_module);
                // Nobody waits any more where a run took little time and its code much.
                let _ = sender.send(Found {
                    findings,
                    silences: Silences::of(&source),
                });
            });
        Self(findings)
    }

    /// What was found; nothing where it takes too long.
    #[must_use]
    pub fn finish(self) -> Found {
        self.0.recv_timeout(PATIENCE).unwrap_or_default()
    }
}
