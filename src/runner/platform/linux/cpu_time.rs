//! Linux: `/proc/<pid>/stat`.

use std::time::Duration;

/// Ticks in a second of the times in `/proc`: the kernel's `USER_HZ`, which is 100 on every architecture that Rust's
/// standard library supports (proc(5), time(7)).
const TICKS_PER_SECOND: u64 = 100;

/// `utime` and `stime` of a process, together.
pub fn cpu_time(pid: u32) -> Option<Duration> {
    parse(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

fn parse(stat: &str) -> Option<Duration> {
    // The program's name stands in parentheses and may hold anything, parentheses and spaces too.
    let (_, fields) = stat.rsplit_once(')')?;
    // The first field behind the name is the third of all; the two times are the 14th and the 15th.
    let mut times = fields.split_ascii_whitespace().skip(11);
    let mut next = || times.next()?.parse::<u64>().ok();
    let ticks = next()?.checked_add(next()?)?;
    Some(Duration::from_millis(
        ticks.checked_mul(1000 / TICKS_PER_SECOND)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_this_process() {
        let mut sum = 0_u64;
        let mut spent = None;
        // A loop rather than one wait: how much a tick takes is the machine's affair.
        while spent.is_none_or(|spent: Duration| spent.is_zero()) {
            for number in 0..10_000_000_u64 {
                sum = sum.wrapping_add(std::hint::black_box(number));
            }
            spent = cpu_time(std::process::id());
        }
        assert!(sum > 0 && spent < Some(Duration::from_secs(3600)));
    }

    #[test]
    fn a_name_may_hold_parentheses() {
        let fields = "S 1 1 1 0 -1 4194560 1 0 0 0 150 25 0 0 20 0 1 0 1 1 1";
        let told = Some(Duration::from_millis(1750));
        assert_eq!(parse(&format!("7 (a) S 9 (b)) {fields}")), told);
        assert_eq!(parse("7 (a"), None);
        assert_eq!(parse("7 (a) S 1"), None);
    }
}
