//! What differs between systems about processes stays behind this door.

#[cfg(target_os = "linux")]
mod linux;

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

/// Sets a command apart from its parent's terminal: Ctrl-C reaches the parent alone, which then ends the worker.
#[cfg(unix)]
pub fn set_apart(command: &mut std::process::Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Sets a command apart from its parent's terminal: Ctrl-C reaches the parent alone, and no console window opens.
#[cfg(windows)]
pub fn set_apart(command: &mut std::process::Command) {
    use std::os::windows::process::CommandExt;
    /// `CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW`, Windows' process creation flags.
    const FLAGS: u32 = 0x0000_0200 | 0x0800_0000;
    command.creation_flags(FLAGS);
}

/// Nothing is known of other systems' terminals.
#[cfg(not(any(unix, windows)))]
pub fn set_apart(_command: &mut std::process::Command) {}
