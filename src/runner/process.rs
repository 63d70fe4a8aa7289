//! One worker process as its parent holds it: started bare, listened to, killed and reaped.

use std::io::{self, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::bounds::Bounds;
use super::outbox::{Ended, Later};
use super::platform::{self, Resident};
use super::protocol::{FrameError, Order, Word, read_frame, write_frame};

/// Kept of a worker's standard error: enough for a panic or an abort's last words.
const MAX_STDERR_BYTES: usize = 64 * 1024;
/// Words that may wait for the parent; a worker that says more waits itself. Each has passed the bounds before, so
/// that all but a few are lines of at most 64 KiB.
const QUEUED_WORDS: usize = 64;
/// How long a worker whose pipe closed may take to leave by itself, so that its own status is seen.
const LEAVING: Duration = Duration::from_millis(500);

/// A worker process. Dropping it ends and reaps it.
pub struct Worker {
    child: Arc<Mutex<Child>>,
    pid: u32,
    /// Held open until the end: its closing tells the worker that the parent is gone.
    stdin: Option<ChildStdin>,
    words: mpsc::Receiver<Said>,
    /// Where ends of HTTP calls come in between the words.
    ends: mpsc::SyncSender<Said>,
    stderr: Arc<Mutex<Vec<u8>>>,
    stderr_ended: mpsc::Receiver<()>,
    writer: Option<mpsc::Sender<Posted>>,
}

/// An order on its way, and what is done where it cannot be written.
struct Posted {
    order: Arc<Order>,
    on_failure: Option<Box<dyn FnOnce(FrameError) + Send>>,
}

/// Ends a worker from another thread.
#[derive(Clone)]
pub struct Killer(Arc<Mutex<Child>>);

impl Killer {
    /// Kills the process; one that is gone already is left alone.
    pub fn kill(&self) {
        // Refused only for a process that has ended and was reaped.
        let _ = lock(&self.0).kill();
    }
}

impl Worker {
    /// Starts `exe worker` with an empty environment, in a folder that holds nothing of the author's.
    ///
    /// # Errors
    /// When the program cannot be started or its pipes cannot be listened to.
    pub fn spawn(exe: &Path) -> io::Result<Self> {
        let folder = if cfg!(unix) {
            Path::new("/").to_owned()
        } else {
            std::env::temp_dir()
        };
        let mut command = Command::new(exe);
        command
            .arg("worker")
            .env_clear()
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        platform::set_apart(&mut command);
        let mut child = platform::spawn(command)?;
        let pid = child.id();
        let stdin = child.stdin.take();
        let pipes = child.stdout.take().zip(child.stderr.take());
        // From here on the process is ended whatever happens.
        let child = Arc::new(Mutex::new(child));
        let (words_in, words) = mpsc::sync_channel(QUEUED_WORDS);
        let (ended, stderr_ended) = mpsc::channel();
        let worker = Self {
            child,
            pid,
            stdin,
            words,
            ends: words_in.clone(),
            stderr: Arc::default(),
            stderr_ended,
            writer: None,
        };
        let (stdout, stderr) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
        let kept = Arc::clone(&worker.stderr);
        thread::Builder::new()
            .name("worker-words".to_owned())
            .spawn(move || listen(&mut BufReader::new(stdout), &words_in))?;
        thread::Builder::new()
            .name("worker-stderr".to_owned())
            .spawn(move || {
                collect(stderr, &kept);
                drop(ended);
            })?;
        Ok(worker)
    }

    /// The process's id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// What ends this worker from another thread.
    #[must_use]
    pub fn killer(&self) -> Killer {
        Killer(Arc::clone(&self.child))
    }

    /// True while the process has not ended.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        matches!(lock(&self.child).try_wait(), Ok(None))
    }

    /// Sends the order from a thread of its own, for a worker may be slow to take it.
    ///
    /// # Errors
    /// When there is no thread for it. A worker that is gone shows in [`Worker::next`].
    pub fn send(
        &mut self,
        order: Arc<Order>,
        on_failure: impl FnOnce(FrameError) + Send + 'static,
    ) -> io::Result<()> {
        let posted = Posted {
            order,
            on_failure: Some(Box::new(on_failure)),
        };
        // It fails where the writing of an earlier order did: the worker is gone, and shows that.
        let _ = self.writer()?.send(posted);
        Ok(())
    }

    /// Tells a worker more, in order; one that is gone hears nothing.
    pub fn post(&self, order: Order) {
        if let Some(writer) = &self.writer {
            let _ = writer.send(Posted {
                order: Arc::new(order),
                on_failure: None,
            });
        }
    }

    /// Tells a worker that stands ready what to do meanwhile; one that is gone hears nothing.
    ///
    /// # Errors
    /// When there is no thread that could tell it.
    pub fn occupy(&mut self, order: Order) -> io::Result<()> {
        self.writer()?;
        self.post(order);
        Ok(())
    }

    /// Where orders go, to a thread that writes them.
    fn writer(&mut self) -> io::Result<&mpsc::Sender<Posted>> {
        if let Some(mut stdin) = self.stdin.take() {
            let (more, orders) = mpsc::channel::<Posted>();
            thread::Builder::new()
                .name("worker-order".to_owned())
                .spawn(move || {
                    // Holds the pipe open until the run is over.
                    for next in orders {
                        if let Err(error) = write_frame(&mut stdin, &*next.order) {
                            if let Some(on_failure) = next.on_failure {
                                on_failure(error);
                            }
                            return;
                        }
                    }
                })?;
            self.writer = Some(more);
        }
        self.writer
            .as_ref()
            .ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }

    /// Hears of HTTP calls that end later, and hands them out among the worker's words.
    #[must_use]
    pub fn later(&self) -> Later {
        let ends = self.ends.clone();
        Arc::new(move |ended| {
            // Nobody listens any more once the run is over.
            let _ = ends.send(Said::Ended(ended));
        })
    }

    /// The worker's next word, waiting at most until `patience` is over.
    pub fn next(&self, patience: Duration) -> Heard {
        match self.words.recv_timeout(patience) {
            Ok(Said::Word(Ok(word))) => Heard::Word(word),
            Ok(Said::Ended(ended)) => Heard::Ended(ended),
            Ok(Said::Word(Err(FrameError::Closed | FrameError::Cut)))
            | Err(mpsc::RecvTimeoutError::Disconnected) => Heard::Gone,
            Ok(Said::Word(Err(error))) => Heard::Garbage(error),
            Err(mpsc::RecvTimeoutError::Timeout) => Heard::Nothing,
        }
    }

    /// The worker's resident memory, where the system tells.
    #[must_use]
    pub fn resident(&self) -> Option<Resident> {
        platform::resident(self.pid)
    }

    /// Processor time the worker has used since it was started, where the system tells.
    #[must_use]
    pub fn cpu_time(&self) -> Option<Duration> {
        platform::cpu_time(self.pid)
    }

    /// Waits for a worker whose pipe closed, and tells how it ended: its status, and what it left on
    /// standard error.
    pub fn ended(&mut self) -> (Option<ExitStatus>, String) {
        let until = Instant::now() + LEAVING;
        let mut status = None;
        while Instant::now() < until {
            match lock(&self.child).try_wait() {
                Ok(None) => {}
                Ok(left) => {
                    status = left;
                    break;
                }
                Err(_) => break,
            }
            thread::sleep(Duration::from_millis(2));
        }
        if status.is_none() {
            status = self.end();
        }
        // Its last words may still be on their way through the other thread.
        let _ = self.stderr_ended.recv_timeout(LEAVING);
        let text = String::from_utf8_lossy(&lock(&self.stderr))
            .trim()
            .to_owned();
        (status, text)
    }

    /// Kills and reaps the process.
    fn end(&mut self) -> Option<ExitStatus> {
        let mut child = lock(&self.child);
        let _ = child.kill();
        child.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.writer = None;
        self.end();
    }
}

/// What comes in while a worker runs.
enum Said {
    /// Its last one is an error.
    Word(Result<Word, FrameError>),
    Ended(Ended),
}

/// What [`Worker::next`] heard.
#[derive(Debug)]
pub enum Heard {
    Word(Word),
    /// An HTTP call ended that took its time.
    Ended(Ended),
    /// Nothing in the given time.
    Nothing,
    /// The worker closed its pipe, perhaps inside a word: it has ended or is about to.
    Gone,
    /// Something that is no word.
    Garbage(FrameError),
}

/// Passes on a worker's words until the pipe ends or nobody listens, within the bounds of a run.
fn listen(stdout: &mut impl Read, words: &mpsc::SyncSender<Said>) {
    let mut bounds = Bounds::of_parent();
    loop {
        let mut heard = true;
        match read_frame(stdout) {
            Ok(Word::Event(event)) => bounds.pass(event, &mut |event| {
                heard &= words.send(Said::Word(Ok(Word::Event(event)))).is_ok();
            }),
            word => {
                let last = word.is_err();
                heard = words.send(Said::Word(word)).is_ok() && !last;
            }
        }
        if !heard {
            return;
        }
    }
}

/// Keeps the first bytes and reads on, so that the worker never waits for a reader.
fn collect(mut stderr: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut chunk = [0; 4096];
    loop {
        match stderr.read(&mut chunk) {
            Ok(0) => return,
            Ok(read) => {
                let mut kept = lock(kept);
                let room = MAX_STDERR_BYTES.saturating_sub(kept.len());
                kept.extend_from_slice(&chunk[..read.min(room)]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// A lock whose holder panicked is taken all the same: a process handle and bytes cannot be half written.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
