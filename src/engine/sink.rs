//! Where native functions deep inside the engine hand their events to the caller of `Engine::run`.
//!
//! A scoped thread-local, because boa's native functions must be `'static` and the caller's closure is not.

use super::Event;

scoped_tls_hkt::scoped_thread_local!(static mut SINK: for<'a> &'a mut dyn FnMut(Event));

/// Runs `work` while [`send`] delivers to `emit`.
pub(super) fn with<R>(emit: &mut dyn FnMut(Event), work: impl FnOnce() -> R) -> R {
    SINK.set(emit, work)
}

/// Delivers one event at once; events outside a run have no listener and are dropped.
pub(super) fn send(event: Event) {
    if SINK.is_set() {
        SINK.with(|emit| emit(event));
    }
}
