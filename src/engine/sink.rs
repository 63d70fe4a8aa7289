//! Where native functions deep inside the engine reach the world around the run.
//!
//! A scoped thread-local, because boa's native functions must be `'static` and what `Engine::run` was given is not.

use std::time::Duration;

use super::Event;
use super::outside::{Incoming, ModuleAnswer, ModuleAsk, Outside};

scoped_tls_hkt::scoped_thread_local!(static mut OUTSIDE: for<'a> &'a mut dyn Outside);

/// Runs `work` while the functions below reach `outside`.
pub(super) fn with<R>(outside: &mut dyn Outside, work: impl FnOnce() -> R) -> R {
    OUTSIDE.set(outside, work)
}

/// Delivers one event at once; events outside a run have no listener and are dropped.
pub(super) fn send(event: Event) {
    if OUTSIDE.is_set() {
        OUTSIDE.with(|outside| outside.tell(event));
    }
}

/// Asks for a module; outside a run there is none.
pub(super) fn module(ask: &ModuleAsk) -> ModuleAnswer {
    if OUTSIDE.is_set() {
        return OUTSIDE.with(|outside| outside.module(ask));
    }
    ModuleAnswer::Missing {
        message: "no run is going on".to_owned(),
    }
}

/// Tells that the run uses something prepared that holds so many bytes.
pub(super) fn uses(bytes: usize) {
    if OUTSIDE.is_set() {
        OUTSIDE.with(|outside| outside.uses(bytes));
    }
}

/// Waits for a message, at most as long as `wait` says.
pub(super) fn receive(wait: Option<Duration>) -> Option<Incoming> {
    if OUTSIDE.is_set() {
        OUTSIDE.with(|outside| outside.receive(wait))
    } else {
        None
    }
}
