//! The options that say who answers a run's HTTP calls, and the files behind them.

use std::path::{Path, PathBuf};

use clap::Args;

use super::inputs::{self, WrongUse};
use super::run::NetworkOption;
use crate::runner::outbox::mock::Mock;
use crate::runner::outbox::recording::{self, Recorded};
use crate::runner::outbox::tenant::Table;
use crate::runner::outbox::{Answers, target};
use crate::runner::request::Network;
use crate::workspace::text_file::{self, LineEnding, SaveAs};

#[derive(Args)]
pub struct OutboxOptions {
    /// Whether HTTP requests that nothing else answers may leave this machine. Addresses of this machine and its own
    /// network stay closed.
    #[arg(long, value_enum, default_value_t = NetworkOption::Offline)]
    pub network: NetworkOption,
    /// A host that is reached live though the run is offline or its address private, such as api.example.com,
    /// *.example.com or localhost:8080; may be repeated.
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// A JSON file with canned answers: [{"method","url","respond":{"status","headers","body"}}]. Besides, an entry
    /// may have "when":{"headers","body"}, "times", and in its answer "delay_ms" and "fault" (timeout, reset, refused,
    /// not-found, certificate, broken-json); a list under "respond" is answered in turn.
    #[arg(long, value_name = "FILE.json")]
    pub mock: Option<PathBuf>,
    /// Keep live answers in this file, secrets masked; what it holds of other calls stays.
    #[arg(long, value_name = "FILE.json")]
    pub record: Option<PathBuf>,
    /// Answer calls from a file that --record wrote.
    #[arg(long, value_name = "FILE.json")]
    pub replay: Option<PathBuf>,
    /// A JSON file with a small tenant's domain, users and roles, which answers calls of /oauth/token and /api/v2
    /// there.
    #[arg(long, value_name = "FILE.json")]
    pub tenant: Option<PathBuf>,
}

impl OutboxOptions {
    /// What answers the run's calls.
    ///
    /// # Errors
    /// Each file that cannot be read or is not what it should be, and a host that is none.
    pub fn read(&self) -> Result<(Network, Vec<Mock>, Answers), WrongUse> {
        let mocks = match &self.mock {
            Some(path) => inputs::mocks(path)?,
            None => Vec::new(),
        };
        for host in &self.allow_host {
            if let Some(problem) = target::host_problem(host) {
                return Err(WrongUse::Host {
                    host: host.clone(),
                    problem,
                });
            }
        }
        let replay = match &self.replay {
            Some(path) => recorded(path)?,
            None => Vec::new(),
        };
        let tenant = match &self.tenant {
            Some(path) => Some(
                Table::read(&text_file::load(path)?.text).map_err(|problem| WrongUse::Tenant {
                    path: path.clone(),
                    problem,
                })?,
            ),
            None => None,
        };
        if let Some(path) = &self.record
            && path.exists()
        {
            // Better told before the run than after it.
            recorded(path)?;
        }
        let network = match self.network {
            NetworkOption::Offline => Network::Offline,
            NetworkOption::Live => Network::Live,
        };
        let answers = Answers {
            replay,
            tenant,
            allowed_hosts: self.allow_host.clone(),
            record: self.record.is_some(),
            proxy: None,
        };
        Ok((network, mocks, answers))
    }

    /// Says that nothing will be recorded where no call can be live.
    pub fn note(&self) {
        if self.record.is_some()
            && self.network == NetworkOption::Offline
            && self.allow_host.is_empty()
        {
            eprintln!(
                "hookbench: Note that --record keeps live answers alone, and this run is offline: add --network live or --allow-host HOST."
            );
        }
    }

    /// Writes what was recorded into its file.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn keep(&self, recorded_now: &[Recorded]) -> Result<(), WrongUse> {
        let Some(path) = &self.record else {
            return Ok(());
        };
        if recorded_now.is_empty() {
            return Ok(());
        }
        let before = if path.exists() {
            recorded(path)?
        } else {
            Vec::new()
        };
        let text = recording::write(&recording::merged(before, recorded_now));
        let how = SaveAs {
            line_ending: LineEnding::Lf,
            bom: false,
            expected: None,
        };
        text_file::save(path, &text, &how)?;
        Ok(())
    }
}

fn recorded(path: &Path) -> Result<Vec<Recorded>, WrongUse> {
    recording::read(&text_file::load(path)?.text).map_err(|problem| WrongUse::Recording {
        path: path.to_owned(),
        problem,
    })
}
