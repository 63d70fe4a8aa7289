//! What differs between systems about processes stays behind this door.

use std::io;
use std::process::{Child, Command};
use std::time::Duration;

use serde::{Deserialize, Serialize};

#[cfg(target_os = "linux")]
mod linux;

/// What holds a worker in, beside its limits: each is true where the system has put it in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protections {
    /// No file can be opened, created or looked at.
    pub files: bool,
    /// No socket can be made.
    pub sockets: bool,
    /// No process can be started, traced or sent a signal.
    pub processes: bool,
    /// Every system call is refused but those for memory, time and its own pipes.
    pub system_calls: bool,
    /// Nothing but its three pipes can be read or written, whatever it inherited.
    pub descriptors: bool,
    /// Its environment is empty.
    pub environment: bool,
    /// It is ended when its parent ends, however that does.
    pub parent: bool,
}

impl Protections {
    /// Each protection with its name, in the order the README lists them.
    #[must_use]
    pub fn list(&self) -> [(&'static str, bool); 7] {
        [
            ("files", self.files),
            ("network", self.sockets),
            ("processes", self.processes),
            ("system calls", self.system_calls),
            ("inherited descriptors", self.descriptors),
            ("environment", self.environment),
            ("ends with its parent", self.parent),
        ]
    }
}

/// Gives up what can be given up while the process has a single thread; the first half of the sandbox.
#[cfg(target_os = "linux")]
#[must_use]
pub fn prepare() -> Protections {
    linux::prepare()
}

/// Nothing is given up on this system: the engine itself has no way to files, sockets or processes.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn prepare() -> Protections {
    Protections {
        environment: std::env::vars_os().next().is_none(),
        ..Protections::default()
    }
}

/// Gives up the rest, for all threads; the second half of the sandbox.
#[cfg(target_os = "linux")]
pub fn contain(protections: &mut Protections) {
    linux::contain(protections);
}

/// Nothing more is given up on this system.
#[cfg(not(target_os = "linux"))]
pub fn contain(_protections: &mut Protections) {}

/// Starts a command whose process ends when this program does.
///
/// # Errors
/// When the command cannot be started.
#[cfg(target_os = "linux")]
pub fn spawn(command: Command) -> io::Result<Child> {
    linux::spawn(command)
}

/// Starts a command; a worker ends by itself when its pipe does.
///
/// # Errors
/// When the command cannot be started.
#[cfg(not(target_os = "linux"))]
pub fn spawn(mut command: Command) -> io::Result<Child> {
    command.spawn()
}

/// Memory a process holds, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resident {
    pub now: u64,
    pub peak: u64,
}

/// Resident memory of a process; `None` where the system does not tell or the process is gone.
#[cfg(target_os = "linux")]
pub fn resident(pid: u32) -> Option<Resident> {
    linux::resident(pid)
}

/// Resident memory of a process: not read on this system, the allocator's limit holds alone.
#[cfg(not(target_os = "linux"))]
pub fn resident(_pid: u32) -> Option<Resident> {
    None
}

/// Processor time that a process has used, all its threads together; `None` where the system does not tell or the
/// process is gone.
#[cfg(target_os = "linux")]
pub fn cpu_time(pid: u32) -> Option<Duration> {
    linux::cpu_time(pid)
}

/// Processor time of a process: not read on this system, the limit of wall-clock time holds alone.
#[cfg(not(target_os = "linux"))]
pub fn cpu_time(_pid: u32) -> Option<Duration> {
    None
}

/// Sets a command apart from its parent's terminal: Ctrl-C reaches the parent alone, which then ends the worker.
#[cfg(unix)]
pub fn set_apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Sets a command apart from its parent's terminal: Ctrl-C reaches the parent alone, and no console window opens.
#[cfg(windows)]
pub fn set_apart(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    /// `CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW`, Windows' process creation flags.
    const FLAGS: u32 = 0x0000_0200 | 0x0800_0000;
    command.creation_flags(FLAGS);
}

/// Nothing is known of other systems' terminals.
#[cfg(not(any(unix, windows)))]
pub fn set_apart(_command: &mut Command) {}
