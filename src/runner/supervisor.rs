//! Runs programs in worker processes: starts them, enforces their limits, streams what they say, stops them.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::assemble::Assembly;
use super::end::End;
use super::findings::Findings;
use super::forecast::Forecast;
use super::modules::{Folders, Modules};
use super::outbox::recording::Recorded;
use super::outbox::{Ended, Later, Outbox};
use super::platform::Protections;
use super::process::{Heard, Killer, Worker, lock};
use super::protocol::{FrameError, Order, Word};
use super::ready::Ready;
use super::report::{ErrorKind, ReportRequest, RunReport};
use super::request::{Limits, RunRequest};
use crate::engine::outside::{HttpCall, Incoming};
use crate::engine::{self, Event};

/// How often a running worker's resident memory and processor time are looked at.
const WATCH_EVERY: Duration = Duration::from_millis(50);
/// Resident memory beyond the limit of heap that is still the engine's own: its stack, its code.
const RESIDENT_ALLOWANCE: u64 = engine::STACK_BYTES as u64 + 64 * 1024 * 1024;

/// Something that happened during a run, as its sink hears it.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "each is made once, handed on once and gone"
)]
pub enum RunEvent {
    /// First of all; the id has the dashboard's form, such as `1492623971620.804433`.
    Started { request_id: String },
    /// What the worker tells, secrets masked unless the request reveals them.
    Event(Event),
    /// An HTTP call as it stands now: told when it is made and again when it has ended.
    Call(Box<ReportRequest>),
    /// A live answer of a run that records them; secrets are masked in any case.
    Recorded(Box<Recorded>),
    /// The hook called back: the report as it stands at that moment.
    Answered(Box<RunReport>),
    /// Last of all, in every case.
    Finished(Box<RunReport>),
}

/// Starts runs, each in a process of its own. Clones share the worker that stands ready.
#[derive(Clone)]
pub struct Supervisor {
    shared: Arc<Ready>,
}

/// Stops its run. Dropping it lets the run go on.
pub struct RunHandle {
    control: Arc<Control>,
}

#[derive(Default)]
struct Control {
    stopped: AtomicBool,
    killer: Mutex<Option<Killer>>,
}

impl RunHandle {
    /// Ends the run at once, whatever the engine is doing; its report follows with the kind `stopped`.
    pub fn stop(&self) {
        self.control.stopped.store(true, Ordering::SeqCst);
        if let Some(killer) = lock(&self.control.killer).as_ref() {
            killer.kill();
        }
    }
}

impl Supervisor {
    /// Workers will be `exe worker`.
    #[must_use]
    pub fn new(exe: PathBuf) -> Self {
        Self {
            shared: Arc::new(Ready::new(exe)),
        }
    }

    /// Workers will be this very program.
    ///
    /// # Errors
    /// When the system does not tell where the program lies.
    pub fn of_this_program() -> io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?))
    }

    /// What the system held the last worker in with; `None` before one has told.
    #[must_use]
    pub fn protections(&self) -> Option<Protections> {
        self.shared.protections()
    }

    /// Makes one worker ready, off this thread, and another after every run.
    pub fn warm(&self) {
        self.shared.keep();
        let ready = Arc::clone(&self.shared);
        // Without a thread the next run starts its worker itself.
        let _ = thread::Builder::new()
            .name("worker-warm".to_owned())
            .spawn(move || ready.make());
    }

    /// Starts a run and returns at once. `sink` hears everything on the run's own thread.
    pub fn start(
        &self,
        request: RunRequest,
        sink: impl FnMut(RunEvent) + Send + 'static,
    ) -> RunHandle {
        let began = Instant::now();
        let control = Arc::new(Control::default());
        let supervisor = self.clone();
        let steered = Arc::clone(&control);
        // Shared, so that the sink also hears of a run that never got its thread.
        let sink = Arc::new(Mutex::new(sink));
        let told = Arc::clone(&sink);
        let unstarted = Assembly::new(&request);
        let thread = thread::Builder::new()
            .name("run".to_owned())
            .spawn(move || {
                let mut sink = lock(&told);
                supervisor.conduct(request, began, &steered, &mut *sink);
            });
        if let Err(error) = thread {
            let mut sink = lock(&sink);
            sink(RunEvent::Started {
                request_id: request_id(),
            });
            sink(RunEvent::Finished(Box::new(unstarted.finish(
                End::Unstarted(format!("no thread could be started for it: {error}")),
                began.elapsed(),
                0,
            ))));
        }
        RunHandle { control }
    }

    /// Runs on this thread and returns the report.
    #[must_use]
    pub fn run(&self, request: RunRequest) -> RunReport {
        self.conduct(
            request,
            Instant::now(),
            &Control::default(),
            &mut |_: RunEvent| {},
        )
    }

    /// The process id of the worker that stands ready, if one does.
    #[must_use]
    pub fn ready_pid(&self) -> Option<u32> {
        self.shared.pid()
    }

    /// The modules that the worker that stands ready has compiled for the run to come, by the paths that run knows them
    /// by; `None` where no worker stands ready.
    #[must_use]
    pub fn ready_modules(&self) -> Option<Vec<String>> {
        self.shared.modules()
    }

    /// Has the worker that stands ready compile, off this thread, what a script of these folders requires, so that its
    /// run finds that done. Nothing of it is executed; what changes until then is compiled by the run.
    pub fn foresee(&self, source: String, folders: Folders) {
        let ready = Arc::clone(&self.shared);
        // Without a thread the run compiles all it needs itself.
        let _ = thread::Builder::new()
            .name("worker-foresee".to_owned())
            .spawn(move || {
                ready.expect(Forecast::of_source(&source, folders));
                ready.make();
            });
    }

    fn unstarted(&self, error: &io::Error) -> End {
        End::Unstarted(format!(
            "{} could not be started as a worker: {error}",
            self.shared.exe().display()
        ))
    }

    fn conduct(
        &self,
        mut request: RunRequest,
        began: Instant,
        control: &Control,
        sink: &mut dyn FnMut(RunEvent),
    ) -> RunReport {
        sink(RunEvent::Started {
            request_id: request_id(),
        });
        let assembly = Assembly::new(&request);
        let taken = self.shared.take(&request.modules);
        let outbox = Outbox::new(&mut request);
        let findings = Findings::start(&request.program, &request.modules);
        let mut run = Attended {
            order: Arc::new(Order::Run {
                program: Box::new(request.program),
                memory: request.limits.memory,
            }),
            protections: self.shared.told(),
            outbox,
            modules: Modules::new(&request.modules),
            limits: request.limits,
            began,
            control,
            assembly,
            peak: 0,
            core: Vec::new(),
            told: false,
            sink,
        };
        let (end, worker) = match taken {
            Err(error) => (self.unstarted(&error), None),
            Ok((mut worker, stood_ready)) => {
                let mut end = run.attend(&mut worker);
                // It may have died while it stood ready, unseen until its order came.
                if stood_ready && !run.told && matches!(end, End::Crashed(_)) {
                    end = match Worker::spawn(self.shared.exe()) {
                        Ok(fresh) => {
                            worker = fresh;
                            run.attend(&mut worker)
                        }
                        Err(error) => self.unstarted(&error),
                    };
                }
                (end, Some(worker))
            }
        };
        let Attended {
            mut assembly,
            peak,
            core,
            modules,
            sink,
            ..
        } = run;
        let total = began.elapsed();
        assembly.take_findings(findings.finish());
        let report = assembly.finish(end, total, peak);
        let keep_warm = self.shared.is_kept();
        // A slip of the pen says nothing of what the code will load once it is mended.
        let compiled = !matches!(&report.error, Some(error) if error.kind == ErrorKind::Compile);
        if keep_warm && compiled {
            self.shared.expect(Forecast::of_run(
                request.modules,
                modules.into_asked(),
                core,
            ));
        }
        sink(RunEvent::Finished(Box::new(report.clone())));
        *lock(&control.killer) = None;
        // Reaped after the report is told: nobody waits for that.
        drop(worker);
        if keep_warm {
            self.shared.make();
        }
        report
    }
}

/// A run with everything that attending it takes.
struct Attended<'a> {
    order: Arc<Order>,
    protections: &'a Mutex<Option<Protections>>,
    outbox: Outbox,
    modules: Modules,
    limits: Limits,
    began: Instant,
    control: &'a Control,
    assembly: Assembly,
    /// Most bytes of memory the present worker has held at once.
    peak: u64,
    /// The core modules that the run loaded.
    core: Vec<String>,
    /// True once a worker has told anything of the run.
    told: bool,
    sink: &'a mut dyn FnMut(RunEvent),
}

impl Attended<'_> {
    /// Gives a worker its order and listens until the run is over, one way or another.
    fn attend(&mut self, worker: &mut Worker) -> End {
        self.peak = 0;
        let deadline = self.began.checked_add(self.limits.wall);
        let too_large = Arc::new(Mutex::new(None));
        let refused = Arc::clone(&too_large);
        let killer = worker.killer();
        *lock(&self.control.killer) = Some(killer.clone());
        let sent = worker.send(Arc::clone(&self.order), move |error| {
            if matches!(error, FrameError::TooLarge(_)) {
                *lock(&refused) = Some(error.to_string());
            }
            // Also where the pipe broke: the worker is of no use any more.
            killer.kill();
        });
        if let Err(error) = sent {
            return End::Unstarted(format!("its order could not be sent: {error}"));
        }
        let later = worker.later();
        // What it took to become ready is not the hook's.
        let idle = worker.cpu_time().unwrap_or_default();
        let mut watched = Instant::now();
        loop {
            if self.control.stopped.load(Ordering::SeqCst) {
                return End::Stopped;
            }
            let left = deadline.map_or(WATCH_EVERY, |deadline| {
                deadline.saturating_duration_since(Instant::now())
            });
            if left.is_zero() {
                return End::TimedOut;
            }
            let now = Instant::now();
            for ended in self.outbox.due(now) {
                self.end_call(ended, worker);
            }
            let next = self.outbox.next_due().map_or(WATCH_EVERY, |due| {
                due.saturating_duration_since(Instant::now())
            });
            match worker.next(left.min(next).min(WATCH_EVERY)) {
                Heard::Word(Word::Ready(protections)) => {
                    *lock(self.protections) = Some(protections);
                }
                Heard::Nothing | Heard::Word(Word::Prepared { .. }) => {}
                Heard::Ended(ended) => self.end_call(ended, worker),
                Heard::Word(Word::Ask(ask)) => {
                    worker.post(Order::Module(self.modules.find(&ask)));
                }
                Heard::Word(Word::Event(Event::Request(call))) => {
                    self.told = true;
                    self.make_call(call, deadline, &later, worker);
                }
                Heard::Word(Word::Event(event @ Event::RequestAborted { id, .. })) => {
                    self.outbox.abort(id);
                    let event = self.assembly.take(event);
                    (self.sink)(RunEvent::Event(event));
                    self.tell_call(id);
                }
                Heard::Word(Word::Event(event)) => {
                    self.told = true;
                    let event = self.assembly.take(event);
                    let answered = matches!(event, Event::Answer { .. });
                    (self.sink)(RunEvent::Event(event));
                    if answered {
                        let report = self.assembly.provisional(self.began.elapsed(), self.peak);
                        (self.sink)(RunEvent::Answered(Box::new(report)));
                    }
                }
                Heard::Word(Word::Done {
                    peak_memory_bytes,
                    core,
                }) => {
                    self.peak = peak_memory_bytes;
                    self.core = core;
                    return End::Finished;
                }
                Heard::Garbage(error) => {
                    return if self.control.stopped.load(Ordering::SeqCst) {
                        End::Stopped
                    } else {
                        End::Crashed(error.to_string())
                    };
                }
                Heard::Gone => {
                    let late = deadline.is_some_and(|deadline| deadline <= Instant::now());
                    let (status, stderr) = worker.ended();
                    if self.control.stopped.load(Ordering::SeqCst) {
                        return End::Stopped;
                    }
                    if let Some(error) = lock(&too_large).take() {
                        return End::Unstarted(format!(
                            "the hook and its payload are too much: {error}"
                        ));
                    }
                    return match End::of_death(status, &stderr) {
                        End::Crashed(_) if late => End::TimedOut,
                        death => death,
                    };
                }
            }
            if watched.elapsed() >= WATCH_EVERY {
                watched = Instant::now();
                if let Some(spent) = worker.cpu_time()
                    && spent.saturating_sub(idle) >= self.limits.cpu
                {
                    return End::CpuTime;
                }
                if let Some(resident) = worker.resident() {
                    self.peak = self.peak.max(resident.peak);
                    if resident.now > self.limits.memory.saturating_add(RESIDENT_ALLOWANCE) {
                        return End::OutOfMemory;
                    }
                }
            }
        }
    }
}

impl Attended<'_> {
    /// Takes in a call of the code, and answers it where that is possible at once.
    fn make_call(
        &mut self,
        call: HttpCall,
        deadline: Option<Instant>,
        later: &Later,
        worker: &Worker,
    ) {
        let id = call.id;
        let ended = self.outbox.take(&call, deadline, later);
        let event = self.assembly.take(Event::Request(call));
        (self.sink)(RunEvent::Event(event));
        match ended {
            Some(ended) => self.end_call(ended, worker),
            None => self.tell_call(id),
        }
    }

    /// Tells the worker and the report how a call ended.
    fn end_call(&mut self, mut ended: Ended, worker: &Worker) {
        let Some((took, recorded)) = self.outbox.close(&mut ended) else {
            return;
        };
        self.assembly.take_answer(&ended, took);
        let id = ended.id;
        worker.post(Order::Incoming(Incoming::Http { id, end: ended.end }));
        self.tell_call(id);
        if let Some(recorded) = recorded {
            (self.sink)(RunEvent::Recorded(Box::new(recorded)));
        }
    }

    fn tell_call(&mut self, id: u32) {
        if let Some(call) = self.assembly.call(id) {
            (self.sink)(RunEvent::Call(Box::new(call.clone())));
        }
    }
}

/// Milliseconds since 1970, a dot, and six random digits: what the dashboard's Runner shows.
fn request_id() -> String {
    let millis = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    // A system without randomness still gets an id; it tells runs apart by the time.
    let random = getrandom::u32().unwrap_or_default() % 1_000_000;
    format!("{millis}.{random:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_look_like_the_dashboards() {
        let id = request_id();
        let (millis, random) = id.split_once('.').unwrap();
        assert_eq!((millis.len(), random.len()), (13, 6));
        assert!(id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    }
}
