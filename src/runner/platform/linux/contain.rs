//! What a worker gives up before it reads its order: files and sockets (landlock), all system calls but those that
//! memory, time and its own pipes need (seccomp), new descriptors and core dumps (limits of resources).

use std::collections::BTreeMap;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
    Scope,
};
use rustix::process::{Resource, Rlimit, Signal};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen as Width, SeccompCmpOp as Is, SeccompCondition,
    SeccompFilter, SeccompRule,
};

use super::super::Protections;

/// The newest rights of landlock that are asked for; a kernel that knows fewer gives those it knows.
const LANDLOCK: ABI = ABI::V6;

/// The first half, while the process has a single thread: threads that are started later inherit it.
///
/// What a system does not offer is missing in the answer, and the worker goes on without it: the window shows what holds.
#[must_use]
pub fn prepare() -> Protections {
    let mut protections = Protections {
        // The parent clears it, see `Worker::spawn`.
        environment: std::env::vars_os().next().is_none(),
        ..Protections::default()
    };
    protections.parent =
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).is_ok();
    let ruled = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(LANDLOCK))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(LANDLOCK)))
        .and_then(|rules| rules.scope(Scope::from_all(LANDLOCK)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    // Also where the kernel knows fewer rights than were asked for: opening a file is among the oldest.
    protections.files = ruled.is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced);
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    for resource in [
        Resource::Core,
        Resource::Fsize,
        Resource::Nofile,
        Resource::Nproc,
    ] {
        // Lowering a limit is always allowed; a kernel without one loses nothing that another protection does not hold.
        let _ = rustix::process::setrlimit(resource, none);
    }
    protections
}

/// The second half, once all threads are there: from here on no thread can do more than compute and use its pipes.
pub fn contain(protections: &mut Protections) {
    let held =
        filter().is_some_and(|program| seccompiler::apply_filter_all_threads(&program).is_ok());
    protections.system_calls = held;
    protections.sockets = held;
    protections.processes = held;
    protections.descriptors = held;
    protections.files |= held;
}

/// The filter as the kernel takes it; `None` on a processor it has no form for.
fn filter() -> Option<BpfProgram> {
    let arch = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(
        rules()?,
        // Refused as by a permission, not killed: Rust's library asks for some things it can do without.
        SeccompAction::Errno(libc::EPERM.unsigned_abs()),
        SeccompAction::Allow,
        arch,
    )
    .ok()?;
    filter.try_into().ok()
}

/// The system calls that are allowed, with what their arguments must be; an empty list allows any.
fn rules() -> Option<BTreeMap<i64, Vec<SeccompRule>>> {
    let fd = |fd: u64| SeccompCondition::new(0, Width::Dword, Is::Eq, fd).ok();
    let one = |condition: SeccompCondition| SeccompRule::new(vec![condition]).ok();
    let own_process = u64::from(std::process::id());
    let not_executable = |argument: u8| {
        let exec = u64::from(libc::PROT_EXEC.unsigned_abs());
        SeccompCondition::new(argument, Width::Dword, Is::MaskedEq(exec), 0).ok()
    };
    let anonymous = u64::from(libc::MAP_ANONYMOUS.unsigned_abs());
    let anonymous =
        SeccompCondition::new(3, Width::Dword, Is::MaskedEq(anonymous), anonymous).ok()?;
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        ANYHOW.iter().map(|call| (*call, Vec::new())).collect();
    // Its own three pipes alone: whatever else it inherited can be neither read nor written, nor mapped.
    rules.insert(libc::SYS_read, vec![one(fd(0)?)?]);
    rules.insert(libc::SYS_write, vec![one(fd(1)?)?, one(fd(2)?)?]);
    rules.insert(libc::SYS_writev, vec![one(fd(1)?)?, one(fd(2)?)?]);
    rules.insert(
        libc::SYS_mmap,
        vec![SeccompRule::new(vec![anonymous, not_executable(2)?]).ok()?],
    );
    rules.insert(libc::SYS_mprotect, vec![one(not_executable(2)?)?]);
    // How an abort ends the process.
    let own = SeccompCondition::new(0, Width::Dword, Is::Eq, own_process).ok()?;
    rules.insert(libc::SYS_tgkill, vec![one(own)?]);
    Some(rules)
}

/// Memory, time, randomness, waiting for another thread, and the end.
const ANYHOW: &[i64] = &[
    libc::SYS_brk,
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_has_a_form_for_this_processor() {
        assert!(filter().is_some_and(|program| !program.is_empty()));
    }
}
