//! The worker that stands ready for the next run: started ahead, and given to compile what that run is likely to
//! require. It is for the script that it prepared for and no other's: what a package can do to the engine, it can do to
//! its own script alone.

use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::foresee::{Foreseen, Owner};
use super::platform::Protections;
use super::process::{Heard, Worker, lock};
use super::protocol::Word;

/// How long a new worker may take to say that it is ready before nobody waits for that word any more.
const WORKER_GREETS: Duration = Duration::from_secs(2);
/// How often it is looked for.
const GREETING_LOOK: Duration = Duration::from_millis(5);
/// How long a run waits for a worker that is still preparing for it; a fresh one begins with nothing.
const PREPARING_PATIENCE: Duration = Duration::from_millis(400);

pub struct Standby {
    pub exe: PathBuf,
    ready: Mutex<Option<Ready>>,
    /// What held the last worker in that told.
    pub protections: Mutex<Option<Protections>>,
    /// Once asked for, a new worker is made ready after every run.
    keep_warm: AtomicBool,
    /// What the next run is likely to require.
    foreseen: Mutex<Option<Foreseen>>,
}

/// A worker that has no order yet.
struct Ready {
    worker: Worker,
    /// Whose modules it was given to prepare.
    owner: Option<Owner>,
}

impl Standby {
    pub fn new(exe: PathBuf) -> Self {
        Self {
            exe,
            ready: Mutex::new(None),
            protections: Mutex::new(None),
            keep_warm: AtomicBool::new(false),
            foreseen: Mutex::new(None),
        }
    }

    /// From now on a worker stands ready.
    pub fn keep_warm(&self) {
        self.keep_warm.store(true, Ordering::Relaxed);
    }

    pub fn is_kept_warm(&self) -> bool {
        self.keep_warm.load(Ordering::Relaxed)
    }

    /// The process id of the worker that stands ready, if one does.
    pub fn pid(&self) -> Option<u32> {
        lock(&self.ready).as_ref().map(|ready| ready.worker.pid())
    }

    /// Notes what the next run is likely to require; the next worker made ready prepares it.
    pub fn foresee(&self, foreseen: Option<Foreseen>) {
        *lock(&self.foreseen) = foreseen;
    }

    /// Makes one worker ready where none is, and has it prepare what is foreseen.
    pub fn make_ready(&self) {
        let foreseen = lock(&self.foreseen).clone();
        let owner = foreseen.as_ref().map(|foreseen| &foreseen.owner);
        let mut ready = lock(&self.ready);
        let usable = ready.as_ref().is_some_and(|ready| {
            ready.worker.is_alive() && (ready.owner.is_none() || ready.owner.as_ref() == owner)
        });
        if !usable {
            // A failure shows again, and is told, when a run needs its worker.
            *ready = Worker::spawn(&self.exe).ok().map(|worker| Ready {
                worker,
                owner: None,
            });
        }
        if let Some(ready) = ready.as_mut().filter(|ready| ready.owner.is_none())
            && let Some(foreseen) = foreseen
            && ready.worker.prepare(foreseen.modules).is_ok()
        {
            ready.owner = Some(foreseen.owner);
        }
        drop(ready);
        self.hear_protections();
    }

    /// Hears what holds the ready worker in, for the window to show before the first run.
    fn hear_protections(&self) {
        let until = Instant::now() + WORKER_GREETS;
        while Instant::now() < until {
            // Held for a look alone: a run may take the worker at any time.
            match lock(&self.ready).as_mut() {
                Some(ready) => match self.hear(&mut ready.worker, Duration::ZERO) {
                    Some(_) => return,
                    None if !ready.worker.is_alive() => return,
                    None => {}
                },
                None => return,
            }
            thread::sleep(GREETING_LOOK);
        }
    }

    /// A word of a worker that has no order yet.
    fn hear(&self, worker: &mut Worker, patience: Duration) -> Option<Word> {
        let Heard::Word(word) = worker.next(patience) else {
            return None;
        };
        match &word {
            Word::Ready(protections) => *lock(&self.protections) = Some(*protections),
            Word::Prepared => worker.preparing = false,
            _ => {}
        }
        Some(word)
    }

    /// Whether the worker that stands ready has prepared all that it was given, and was given something.
    pub fn is_prepared(&self) -> bool {
        let mut ready = lock(&self.ready);
        let Some(ready) = ready.as_mut().filter(|ready| ready.owner.is_some()) else {
            return false;
        };
        // One word greets, one tells of the end; a worker that says more is none to listen to.
        for _ in 0..2 {
            if ready.worker.preparing {
                self.hear(&mut ready.worker, Duration::ZERO);
            }
        }
        !ready.worker.preparing
    }

    /// The worker that stands ready for such a script, or a new one; true if it stood ready.
    ///
    /// # Errors
    /// When none stands ready and none can be started.
    pub fn take(&self, owner: &Owner) -> io::Result<(Worker, bool)> {
        let ready = lock(&self.ready).take();
        if let Some(Ready {
            mut worker,
            owner: prepared_for,
        }) = ready
        {
            let usable = match prepared_for {
                None => worker.is_alive(),
                Some(other) if other != *owner => false,
                Some(_) => {
                    let usable = self.settle(&mut worker);
                    if !usable {
                        // Whatever it is that takes so long or so much: the next run does without.
                        self.foresee(None);
                    }
                    usable
                }
            };
            if usable {
                return Ok((worker, true));
            }
        }
        Worker::spawn(&self.exe).map(|worker| (worker, false))
    }

    /// Waits a little for a worker that is preparing. False for one that does not come to an end with it, or has died.
    fn settle(&self, worker: &mut Worker) -> bool {
        let until = Instant::now() + PREPARING_PATIENCE;
        while worker.preparing {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.hear(worker, left).is_none() {
                return false;
            }
        }
        worker.is_alive()
    }
}
