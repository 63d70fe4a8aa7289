//! Who answers the HTTP calls of a run: a mock, a recorded answer, the small tenant, the network where it is open, or
//! nobody, which the code sees as a refused connection.

mod failure;
mod live;
pub mod mock;
mod pattern;
pub mod recording;
pub mod target;
pub mod tenant;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

pub use self::live::tls as system_tls;
use self::live::{Job, Live, LiveEnd};
use self::mock::{Mock, Reply};
use self::recording::{Recorded, Replay};
use self::target::Target;
use self::tenant::{Table, Tenant};
use super::assemble::secrets_of;
use super::mask::Masker;
use super::request::{Network, RunRequest};
use crate::engine::outside::{HttpCall, HttpFailure, HttpResponse};

/// Bytes of all answers' bodies in one run: the report keeps them.
pub const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// What answers a run's calls besides its mocks.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Recorded answers that are given again, asked after the mocks.
    pub replay: Vec<Recorded>,
    /// The table of the small tenant, asked after the recorded answers.
    pub tenant: Option<Table>,
    /// Hosts that are reached live in a run that is offline, and though their addresses are private.
    pub allowed_hosts: Vec<String>,
    /// Whether live answers are told as [`Recorded`].
    pub record: bool,
    /// The proxy's URL for live calls; without one the environment's.
    pub proxy: Option<String>,
}

/// How a call was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answered {
    Mock,
    /// A recorded answer was given again.
    Replayed,
    /// A server was asked; its answer or the connection's failure.
    Live,
    Tenant,
    /// Nothing answers it, and it may not leave this machine.
    Refused,
    /// A mock with a fault.
    Fault,
    /// The code gave the call up.
    Aborted,
}

/// How a call ended, and who ended it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    pub id: u32,
    pub answered: Answered,
    pub end: Result<HttpResponse, HttpFailure>,
}

/// Hears of calls that end later, on any thread.
pub type Later = Arc<dyn Fn(Ended) + Send + Sync>;

/// The calls of one run.
pub struct Outbox {
    /// Each with the calls it has answered.
    mocks: Vec<(Mock, u32)>,
    replay: Replay,
    tenant: Option<Tenant>,
    network: Network,
    answers: Answers,
    /// Masks secrets in what is recorded, whether the report shows them or not.
    masker: Masker,
    live: Live,
    /// Answers that wait for their moment.
    delayed: Vec<(Instant, Ended)>,
    /// Calls without an end so far; a live one that is recorded stands here with what it asks.
    open: HashMap<u32, Open>,
    bytes: usize,
}

struct Open {
    since: Instant,
    recorded: Option<HttpCall>,
}

impl Outbox {
    /// For the run of this request, whose secrets these are.
    #[must_use]
    pub fn new(request: &mut RunRequest) -> Self {
        let mut answers = std::mem::take(&mut request.answers);
        let secrets = secrets_of(request);
        let needed = answers.record || !answers.replay.is_empty();
        Self {
            mocks: std::mem::take(&mut request.mocks)
                .into_iter()
                .map(|mock| (mock, 0))
                .collect(),
            masker: Masker::new(&secrets, !needed),
            replay: Replay::new(std::mem::take(&mut answers.replay), secrets),
            tenant: answers.tenant.take().map(Tenant::new),
            network: request.network,
            answers,
            live: Live::default(),
            delayed: Vec::new(),
            open: HashMap::new(),
            bytes: 0,
        }
    }

    /// Takes a call in; returns its end where that is known at once. `until` is the run's latest end.
    pub fn take(
        &mut self,
        call: &HttpCall,
        until: Option<Instant>,
        later: &Later,
    ) -> Option<Ended> {
        let now = Instant::now();
        self.open.insert(
            call.id,
            Open {
                since: now,
                recorded: None,
            },
        );
        if let Some((answered, reply)) = self.known(call) {
            let Reply::End { end, delay_ms } = reply else {
                return None;
            };
            let ended = Ended {
                id: call.id,
                answered,
                end,
            };
            // A wait longer than the clock reaches is one without end.
            return match (delay_ms, now.checked_add(Duration::from_millis(delay_ms))) {
                (0, _) => Some(ended),
                (_, Some(due)) => {
                    self.delayed.push((due, ended));
                    None
                }
                (_, None) => None,
            };
        }
        let target = Target::of(&call.url);
        if target.is_none() {
            let why = format!(
                "{} is no URL that begins with http:// or https://, so nothing was sent; put the address in, or answer it with a mock",
                call.url
            );
            return Some(Ended {
                id: call.id,
                answered: Answered::Refused,
                end: Err(failure::plain("ERR_INVALID_URL", "Invalid URL", &why)),
            });
        }
        let allowed = target
            .as_ref()
            .is_some_and(|target| target.is_among(&self.answers.allowed_hosts));
        if !allowed && self.network == Network::Offline {
            let why = format!(
                "the run is offline, and no mock answers {} {}; answer it with a mock, allow its host, or run with the network",
                call.method, call.url
            );
            return Some(Ended {
                id: call.id,
                answered: Answered::Refused,
                end: Err(failure::refused(target.as_ref(), &why)),
            });
        }
        if self.answers.record
            && let Some(open) = self.open.get_mut(&call.id)
        {
            open.recorded = Some(call.clone());
        }
        let later = Arc::clone(later);
        self.live.ask(
            Job {
                call: call.clone(),
                allowed,
                until,
                proxy: self.answers.proxy.clone(),
            },
            Arc::new(move |id, end| {
                let (answered, end) = match end {
                    LiveEnd::Answer(response) => (Answered::Live, Ok(response)),
                    LiveEnd::Failure(failure) => (Answered::Live, Err(failure)),
                    LiveEnd::Closed(failure) => (Answered::Refused, Err(failure)),
                };
                later(Ended { id, answered, end });
            }),
        );
        None
    }

    /// What answers a call without a network.
    fn known(&mut self, call: &HttpCall) -> Option<(Answered, Reply)> {
        if let Some((mock, given)) = self
            .mocks
            .iter_mut()
            .find(|(mock, given)| mock.fits(call, *given))
            && let Some(answer) = mock.respond_at(*given)
        {
            *given = given.saturating_add(1);
            let answered = match answer.fault {
                Some(_) => Answered::Fault,
                None => Answered::Mock,
            };
            return Some((answered, answer.reply(&call.url)));
        }
        if !self.replay.is_empty()
            && let Some(reply) = self.replay.answer(call, &self.masker)
        {
            return Some((Answered::Replayed, reply));
        }
        let response = self.tenant.as_mut()?.answer(call)?;
        let reply = Reply::End {
            end: Ok(response),
            delay_ms: 0,
        };
        Some((Answered::Tenant, reply))
    }

    /// Forgets a call that the code has given up.
    pub fn abort(&mut self, id: u32) {
        if self.open.remove(&id).is_some() {
            self.delayed.retain(|(_, ended)| ended.id != id);
            self.live.abort(id);
        }
    }

    /// The calls whose moment has come.
    pub fn due(&mut self, now: Instant) -> Vec<Ended> {
        let mut due: Vec<_> = self
            .delayed
            .extract_if(.., |(due, _)| *due <= now)
            .collect();
        due.sort_by_key(|(due, _)| *due);
        due.into_iter().map(|(_, ended)| ended).collect()
    }

    /// When the next call's moment comes.
    #[must_use]
    pub fn next_due(&self) -> Option<Instant> {
        self.delayed.iter().map(|(due, _)| *due).min()
    }

    /// Closes a call that has ended: how long it took, and what is recorded of it. None for one that was given up.
    /// An answer that is too much for the run becomes a failure.
    pub fn close(&mut self, ended: &mut Ended) -> Option<(Duration, Option<Recorded>)> {
        let open = self.open.remove(&ended.id)?;
        if let Ok(response) = &ended.end {
            self.bytes = self.bytes.saturating_add(response.body.len());
            if self.bytes > MAX_ANSWER_BYTES {
                let why = format!(
                    "all answers of a run together may have {} MiB",
                    MAX_ANSWER_BYTES / 1024 / 1024
                );
                ended.end = Err(failure::plain("ECONNRESET", "aborted", &why));
            }
        }
        let recorded = match (&open.recorded, &ended.end, ended.answered) {
            (Some(call), Ok(response), Answered::Live) => {
                Some(Recorded::of(call, response, &self.masker))
            }
            _ => None,
        };
        Some((open.since.elapsed(), recorded))
    }
}
