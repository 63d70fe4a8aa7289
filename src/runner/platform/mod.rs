//! What each system tells about a process; everything that differs between systems stays behind this door.

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
