//! Linux: `/proc/<pid>/status`.

use super::super::Resident;

/// `VmRSS` and `VmHWM` of a process.
pub fn resident(pid: u32) -> Option<Resident> {
    parse(&std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?)
}

fn parse(status: &str) -> Option<Resident> {
    let bytes = |key: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(key))?
            .trim()
            .strip_suffix(" kB")?
            .trim()
            .parse::<u64>()
            .ok()
            .map(|kib| kib * 1024)
    };
    Some(Resident {
        now: bytes("VmRSS:")?,
        peak: bytes("VmHWM:")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_this_process() {
        let resident = resident(std::process::id()).unwrap();
        assert!(resident.now > 100_000 && resident.peak >= resident.now / 2);
    }

    #[test]
    fn a_process_without_memory_tells_nothing() {
        // A zombie's status has no Vm lines.
        assert_eq!(parse("Name:\tx\nState:\tZ (zombie)\n"), None);
        assert_eq!(
            parse("VmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n"),
            Some(Resident {
                now: 1 << 20,
                peak: 2 << 20
            })
        );
    }
}
