//! Live calls: a client without cookies and redirects, on a few threads of its own, that reaches this machine and its
//! network only where a host is allowed by name.

use std::collections::{HashMap, VecDeque};
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::ToSocketAddrs;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderName, HeaderValue, Request, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, Proxy};

use super::failure;
use super::mock::reason;
use super::target::{Target, is_public};
use crate::engine::outside::{HttpCall, HttpFailure, HttpResponse};
use crate::runner::process::lock;

/// Calls of one run that are under way at the same time; further ones wait.
const MAX_THREADS: usize = 16;
/// Bytes of one answer's body.
pub const MAX_BODY_BYTES: u64 = 16 * 1024 * 1024;
/// How long a connection may take to come about, as Linux gives up.
const CONNECT: Duration = Duration::from_secs(127);
/// What the client itself says of the connection, and what would make an answer unreadable.
const NOT_PASSED_ON: [&str; 10] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// A call that is to be made.
pub struct Job {
    pub call: HttpCall,
    /// Whether its host is allowed by name.
    pub allowed: bool,
    /// When the run ends at the latest.
    pub until: Option<Instant>,
    /// The proxy's URL; without one the environment's.
    pub proxy: Option<String>,
}

/// How a live call ended.
pub enum LiveEnd {
    Answer(HttpResponse),
    Failure(HttpFailure),
    /// Its address is not open to the run: nothing was sent.
    Closed(HttpFailure),
}

/// Hears how a call ended, by its id.
pub type Tell = Arc<dyn Fn(u32, LiveEnd) + Send + Sync>;

/// The live calls of one run. Dropping it breaks them all off.
#[derive(Default)]
pub struct Live {
    calls: Arc<Mutex<Calls>>,
}

#[derive(Default)]
struct Calls {
    waiting: VecDeque<(Job, Tell)>,
    threads: usize,
    under_way: HashMap<u32, Agent>,
    ended: bool,
}

impl Live {
    /// Makes a call; `tell` hears how it ended, on another thread.
    pub fn ask(&self, job: Job, tell: Tell) {
        let mut calls = lock(&self.calls);
        calls.waiting.push_back((job, tell));
        if calls.threads == MAX_THREADS {
            return;
        }
        let shared = Arc::clone(&self.calls);
        let thread = thread::Builder::new()
            .name("http".to_owned())
            .spawn(move || serve(&shared));
        match thread {
            Ok(_) => calls.threads += 1,
            // The threads that are there serve it in their turn.
            Err(_) if calls.threads > 0 => {}
            Err(error) => {
                if let Some((job, tell)) = calls.waiting.pop_back() {
                    let why = format!("no thread could be started for it: {error}");
                    let failure = failure::plain("EAGAIN", "the call could not be made", &why);
                    drop(calls);
                    tell(job.call.id, LiveEnd::Failure(failure));
                }
            }
        }
    }

    /// Breaks a call off; nobody hears of its end.
    pub fn abort(&self, id: u32) {
        let mut calls = lock(&self.calls);
        calls.waiting.retain(|(job, _)| job.call.id != id);
        if let Some(agent) = calls.under_way.remove(&id) {
            agent.shutdown();
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let mut calls = lock(&self.calls);
        calls.ended = true;
        calls.waiting.clear();
        for (_, agent) in calls.under_way.drain() {
            agent.shutdown();
        }
    }
}

/// Certificates are checked against those that the system trusts.
pub fn tls() -> TlsConfig {
    TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build()
}

fn serve(calls: &Mutex<Calls>) {
    loop {
        let (job, tell) = {
            let mut calls = lock(calls);
            match calls.waiting.pop_front() {
                Some(next) => next,
                None => {
                    calls.threads = calls.threads.saturating_sub(1);
                    return;
                }
            }
        };
        let id = job.call.id;
        let end = match client(&job) {
            Err(failure) => LiveEnd::Failure(failure),
            Ok(agent) => {
                {
                    let mut calls = lock(calls);
                    if calls.ended {
                        return;
                    }
                    calls.under_way.insert(id, agent.clone());
                }
                let end = make(&job, &agent);
                if lock(calls).under_way.remove(&id).is_none() {
                    // Given up, or the run is over.
                    continue;
                }
                end
            }
        };
        tell(id, end);
    }
}

fn client(job: &Job) -> Result<Agent, HttpFailure> {
    let target = Target::of(&job.call.url).ok_or_else(|| {
        failure::plain(
            "ERR_INVALID_URL",
            "Invalid URL",
            "only http and https reach a server",
        )
    })?;
    let proxy = proxy_for(job, &target)?;
    let left = job
        .until
        .map(|until| until.saturating_duration_since(Instant::now()));
    let config = Agent::config_builder()
        .http_status_as_error(false)
        // The JavaScript side follows them, for each is a call of its own.
        .max_redirects(0)
        .user_agent(AutoHeaderValue::None)
        .accept(AutoHeaderValue::None)
        .accept_encoding(AutoHeaderValue::None)
        .allow_non_standard_methods(true)
        .max_idle_connections(0)
        .timeout_global(left)
        .timeout_connect(Some(CONNECT))
        .proxy(proxy)
        .tls_config(tls())
        .build();
    let guard = Guard {
        host: target.host,
        allowed: job.allowed,
        inner: DefaultResolver::default(),
    };
    Ok(Agent::with_parts(
        config,
        DefaultConnector::default(),
        guard,
    ))
}

/// The proxy that a call goes through; what lies on this machine is reached without.
fn proxy_for(job: &Job, target: &Target) -> Result<Option<Proxy>, HttpFailure> {
    let local = target.host == "localhost"
        || target.host.ends_with(".localhost")
        || target.address().is_some_and(|address| !is_public(address));
    if local {
        return Ok(None);
    }
    match job.proxy.as_deref().filter(|proxy| !proxy.is_empty()) {
        None => Ok(Proxy::try_from_env()),
        Some(proxy) => Proxy::new(proxy).map(Some).map_err(|error| {
            let why = format!("{proxy:?} cannot be read: {error}; mend it in Settings");
            failure::plain("ERR_INVALID_URL", "the proxy's address is wrong", &why)
        }),
    }
}

fn make(job: &Job, agent: &Agent) -> LiveEnd {
    let target = Target::of(&job.call.url);
    let through_proxy = agent.config().proxy().is_some_and(|proxy| {
        job.call
            .url
            .parse::<Uri>()
            .is_ok_and(|uri| !proxy.is_no_proxy(&uri))
    });
    // A proxy looks the name up itself, so that the guard below never sees its addresses.
    if through_proxy
        && !job.allowed
        && let Some(target) = &target
        && let Ok(mut addresses) = (target.host.as_str(), target.port).to_socket_addrs()
        && addresses.any(|address| !is_public(address.ip()))
    {
        return LiveEnd::Closed(closed(target));
    }
    let request = match request_of(&job.call) {
        Ok(request) => request,
        Err(failure) => return LiveEnd::Failure(failure),
    };
    let read = |mut response: ureq::http::Response<ureq::Body>| {
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_BODY_BYTES)
            .read_to_vec()?;
        Ok((response, body))
    };
    let answered = if job.call.body.is_empty() && !sends_length(&job.call.method) {
        agent.run(request.map(|_| ()))
    } else {
        agent.run(request)
    };
    match answered.and_then(read) {
        Ok((response, body)) => LiveEnd::Answer(HttpResponse {
            status: response.status().as_u16(),
            status_text: reason(response.status().as_u16()).to_owned(),
            headers: response
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), latin1(value)))
                .collect(),
            body,
        }),
        Err(Error::Other(error)) if error.is::<Closed>() => match &target {
            Some(target) => LiveEnd::Closed(closed(target)),
            None => LiveEnd::Failure(told(&Error::Other(error), None)),
        },
        Err(error) => LiveEnd::Failure(told(&error, target.as_ref())),
    }
}

/// Methods whose empty body is told as `content-length: 0`.
fn sends_length(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "PATCH")
}

/// Header bytes as Node reads them.
fn latin1(value: &HeaderValue) -> String {
    value
        .as_bytes()
        .iter()
        .map(|byte| char::from(*byte))
        .collect()
}

fn request_of(call: &HttpCall) -> Result<Request<Vec<u8>>, HttpFailure> {
    let wrong = |what: &str, error: &dyn fmt::Display| {
        failure::plain("ERR_INVALID_ARG_VALUE", what, &error.to_string())
    };
    let mut request = Request::builder()
        .method(call.method.as_str())
        .uri(call.url.as_str())
        .body(call.body.clone())
        .map_err(|error| wrong("the request cannot be sent", &error))?;
    for (name, value) in &call.headers {
        if NOT_PASSED_ON
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own))
        {
            continue;
        }
        let what = format!("the header {name:?} cannot be sent");
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| wrong(&what, &error))?;
        let value =
            HeaderValue::from_bytes(value.as_bytes()).map_err(|error| wrong(&what, &error))?;
        request.headers_mut().append(name, value);
    }
    Ok(request)
}

fn closed(target: &Target) -> HttpFailure {
    let why = format!(
        "{} is an address of this machine or its own network, and those are closed to a run; allow the host by its name, with --allow-host {} or in the window's network menu",
        target.host, target.host
    );
    failure::refused(Some(target), &why)
}

/// A client's error in Node's shape.
fn told(error: &Error, target: Option<&Target>) -> HttpFailure {
    match error {
        Error::HostNotFound => failure::not_found(target, ""),
        Error::Timeout(_) => failure::timed_out(target, "the server did not answer in time"),
        Error::BodyExceedsLimit(_) => failure::plain(
            "ECONNRESET",
            "aborted",
            &format!(
                "the answer is larger than the {} MiB that are taken",
                MAX_BODY_BYTES / 1024 / 1024
            ),
        ),
        Error::Io(error) => of_io(error, target),
        Error::Protocol(error) => {
            failure::plain("HPE_INVALID_CONSTANT", "Parse Error", &error.to_string())
        }
        Error::Rustls(error) => of_tls(&error.to_string()),
        Error::ConnectionFailed => failure::refused(target, ""),
        Error::ConnectProxyFailed(why) => {
            failure::plain("ECONNREFUSED", "the proxy refused the connection", why)
        }
        error => failure::plain("EPROTO", "the call failed", &error.to_string()),
    }
}

fn of_io(error: &io::Error, target: Option<&Target>) -> HttpFailure {
    let inner = error.get_ref().map(ToString::to_string).unwrap_or_default();
    // What rustls refuses comes as data that is none.
    if error.kind() == io::ErrorKind::InvalidData {
        return of_tls(&inner);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => failure::refused(target, ""),
        io::ErrorKind::TimedOut => failure::timed_out(target, ""),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::NotConnected => {
            failure::plain("ECONNRESET", "socket hang up", "")
        }
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => failure::reset(""),
        io::ErrorKind::HostUnreachable => {
            failure::plain("EHOSTUNREACH", "connect EHOSTUNREACH", "")
        }
        io::ErrorKind::NetworkUnreachable => {
            failure::plain("ENETUNREACH", "connect ENETUNREACH", "")
        }
        _ => failure::plain("EIO", "the connection failed", &error.to_string()),
    }
}

fn of_tls(text: &str) -> HttpFailure {
    let (code, what) = if text.contains("Expired") {
        ("CERT_HAS_EXPIRED", "certificate has expired")
    } else if text.contains("UnknownIssuer") {
        (
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "unable to get local issuer certificate",
        )
    } else if text.contains("not valid for name") || text.contains("NotValidForName") {
        (
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "Hostname/IP does not match certificate's altnames",
        )
    } else {
        ("EPROTO", "the encrypted connection failed")
    };
    failure::plain(code, what, text)
}

/// Looks names up, and lets through what the run may reach: what is checked here is what the client connects to.
#[derive(Debug)]
struct Guard {
    host: String,
    allowed: bool,
    inner: DefaultResolver,
}

/// An address that is not open to the run.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address is closed to the run")
    }
}

impl StdError for Closed {}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = match self.inner.resolve(uri, config, timeout) {
            Err(Error::Io(_)) => return Err(Error::HostNotFound),
            other => other?,
        };
        // A proxy may lie in the own network; it is the user's choice, not the hook's.
        let own = uri.host().is_some_and(|host| {
            let host = host
                .trim_start_matches('[')
                .trim_end_matches(']')
                .trim_end_matches('.');
            host.eq_ignore_ascii_case(&self.host)
        });
        if self.allowed || !own {
            return Ok(found);
        }
        // One closed address is enough: a name that leads to both kinds is a trick or a fault.
        if found.iter().any(|address| !is_public(address.ip())) {
            return Err(Error::Other(Box::new(Closed)));
        }
        Ok(found)
    }
}
