//! Starts workers from one thread that never ends: the kernel's signal at a parent's death is at that of its thread.

use std::io;
use std::process::{Child, Command};
use std::sync::{OnceLock, mpsc};
use std::thread;

struct Wish {
    command: Command,
    started: mpsc::Sender<io::Result<Child>>,
}

/// Starts a command whose process ends when this program does.
///
/// # Errors
/// When the command cannot be started.
pub fn spawn(command: Command) -> io::Result<Child> {
    static SPAWNER: OnceLock<Option<mpsc::Sender<Wish>>> = OnceLock::new();
    let spawner = SPAWNER.get_or_init(|| {
        let (wishes, wished) = mpsc::channel::<Wish>();
        let thread = thread::Builder::new()
            .name("worker-spawner".to_owned())
            .spawn(move || {
                for mut wish in wished {
                    // Whoever asked may have gone; its process ends with its pipes.
                    let _ = wish.started.send(wish.command.spawn());
                }
            });
        thread.is_ok().then_some(wishes)
    });
    let (started, answer) = mpsc::channel();
    spawner
        .as_ref()
        .and_then(|spawner| spawner.send(Wish { command, started }).ok())
        .ok_or(io::ErrorKind::WouldBlock)?;
    answer
        .recv()
        .unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()))
}
