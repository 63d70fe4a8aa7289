//! Keeps one worker ready for the next run: who makes it, who takes it, and what it is prepared for meanwhile.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::forecast::Forecast;
use super::modules::Folders;
use super::platform::Protections;
use super::process::{Heard, Worker, lock};
use super::protocol::Word;
use super::standby::{Shunned, Spoiled, Standby};

/// How long a new worker may take to say that it is ready before nobody waits for that word any more.
const WORKER_GREETS: Duration = Duration::from_secs(2);
/// How often it is looked for.
const GREETING_LOOK: Duration = Duration::from_millis(5);

/// The worker that stands ready, or is being made so.
pub struct Ready {
    exe: PathBuf,
    standby: Mutex<Option<Standby>>,
    /// Taken before `standby` where both are.
    foresight: Mutex<Foresight>,
    /// What held the last worker in that told.
    protections: Mutex<Option<Protections>>,
    /// Once asked for, a new worker is made ready after every run.
    keep: AtomicBool,
}

/// What is known of the run to come.
#[derive(Default)]
struct Foresight {
    /// `None` until something is known, empty where it is that nothing will be loaded.
    forecast: Option<Arc<Forecast>>,
    /// Whether a thread has taken the ready worker out and is having it prepared; runs start their own meanwhile.
    at_work: bool,
    shunned: Shunned,
}

/// Lets another thread begin where this one panics: a run may do without a ready worker, but not for good.
struct AtWork<'a>(&'a Ready);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.foresight).at_work = false;
        }
    }
}

impl Ready {
    /// None at first; workers will be `exe worker`.
    pub fn new(exe: PathBuf) -> Self {
        Self {
            exe,
            standby: Mutex::default(),
            foresight: Mutex::default(),
            protections: Mutex::default(),
            keep: AtomicBool::new(false),
        }
    }

    /// The program that workers are.
    pub fn exe(&self) -> &Path {
        &self.exe
    }

    /// What held the last worker in that told; `None` before one has.
    pub fn protections(&self) -> Option<Protections> {
        *lock(&self.protections)
    }

    /// Where a worker's word of what holds it in is kept.
    pub fn told(&self) -> &Mutex<Option<Protections>> {
        &self.protections
    }

    /// From now on a worker is made ready after every run.
    pub fn keep(&self) {
        self.keep.store(true, Ordering::Relaxed);
    }

    /// Whether that was asked for.
    pub fn is_kept(&self) -> bool {
        self.keep.load(Ordering::Relaxed)
    }

    /// The process id of the worker that stands ready, if one does.
    pub fn pid(&self) -> Option<u32> {
        lock(&self.standby)
            .as_ref()
            .map(|standby| standby.worker().pid())
    }

    /// The modules that the worker that stands ready was given to compile, by the paths a run knows them by, in the
    /// order of their names; `None` where none stands ready.
    pub fn modules(&self) -> Option<Vec<String>> {
        lock(&self.standby).as_ref().map(Standby::modules)
    }

    /// Sets what the next run will likely load.
    pub fn expect(&self, forecast: Forecast) {
        lock(&self.foresight).forecast = Some(Arc::new(forecast));
    }

    /// The worker that stands ready, or a new one; true if it stood ready.
    ///
    /// # Errors
    /// When none stands ready and none can be started.
    pub fn take(&self, folders: &Folders) -> io::Result<(Worker, bool)> {
        let ready = lock(&self.standby).take_if(|standby| standby.serves(folders));
        match ready.map(Standby::into_worker).filter(Worker::is_alive) {
            Some(worker) => Ok((worker, true)),
            None => Worker::spawn(&self.exe).map(|worker| (worker, false)),
        }
    }

    /// Makes a worker ready where none is, and begins to have it prepared for what is expected.
    pub fn make(self: &Arc<Self>) {
        let mut foresight = lock(&self.foresight);
        if foresight.at_work {
            // That thread looks for a newer forecast before it hands its worker back.
            return;
        }
        let mut standby = lock(&self.standby);
        let folders = foresight.forecast.as_ref().map(|known| &known.folders);
        let stands = standby.as_ref().is_some_and(|standby| {
            standby.worker().is_alive() && folders.is_none_or(|folders| standby.serves(folders))
        });
        if !stands {
            // A failure shows again, and is told, when a run needs its worker.
            *standby = Standby::spawn(&self.exe).ok();
        }
        if let Some(forecast) = &foresight.forecast
            && !forecast.is_empty()
            && let Some(taken) = standby.take_if(|standby| !standby.is_done(forecast))
        {
            let (forecast, ready) = (Arc::clone(forecast), Arc::clone(self));
            let thread = thread::Builder::new()
                .name("worker-prepare".to_owned())
                .spawn(move || ready.prepare(taken, forecast));
            // Without it the next run starts its worker itself.
            foresight.at_work = thread.is_ok();
        }
        drop(standby);
        drop(foresight);
        self.hear_protections();
    }

    /// Has a worker prepared, then puts it where a run finds it. Until then it is this thread's alone, so that no run
    /// waits for what it does.
    fn prepare(&self, standby: Standby, mut forecast: Arc<Forecast>) {
        let mut standby = Some(standby);
        let _at_work = AtWork(self);
        loop {
            let shunned = lock(&self.foresight).shunned.clone();
            if standby
                .take_if(|standby| standby.is_used_up(&forecast))
                .is_some()
            {
                standby = Standby::spawn(&self.exe).ok();
            }
            let spoiled = standby.as_mut().and_then(|standby| {
                standby
                    .prepare(&forecast, &shunned, &self.protections)
                    .err()
            });
            if spoiled.is_some() {
                // Ends the process before the plain one that takes its place is started.
                drop(standby.take());
                standby = Standby::spawn(&self.exe).ok();
                if let Some(standby) = &mut standby {
                    standby.set_done(&forecast);
                }
            }
            let mut foresight = lock(&self.foresight);
            if let Some(Spoiled(Some((path, text)))) = spoiled {
                foresight.shunned.insert(path, text);
            }
            match &foresight.forecast {
                Some(newer) if standby.is_some() && !Arc::ptr_eq(newer, &forecast) => {
                    forecast = Arc::clone(newer);
                }
                _ => {
                    foresight.at_work = false;
                    *lock(&self.standby) = standby;
                    return;
                }
            }
        }
    }

    /// Hears what holds the ready worker in, for the window to show before the first run.
    fn hear_protections(&self) {
        let until = Instant::now() + WORKER_GREETS;
        while Instant::now() < until {
            // Held for a look alone: a run may take the worker at any time.
            match lock(&self.standby).as_ref() {
                Some(standby) => match standby.worker().next(Duration::ZERO) {
                    Heard::Word(Word::Ready(protections)) => {
                        *lock(&self.protections) = Some(protections);
                        return;
                    }
                    Heard::Nothing => {}
                    Heard::Word(_) | Heard::Ended(_) | Heard::Gone | Heard::Garbage(_) => return,
                },
                None => return,
            }
            thread::sleep(GREETING_LOOK);
        }
    }
}
