//! Modules that were compiled before the run that may require them: a worker that stands ready has the time for it.
//! Nothing of them is executed before.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::Context;

use super::compile::{self, CompiledModule};
use super::state::State;

/// What is compiled, by the path the run knows it by, with the text it was made of.
#[derive(Default)]
pub(super) struct PreparedModules {
    known: RefCell<HashMap<String, (String, CompiledModule)>>,
}

impl PreparedModules {
    /// Hands a module out, once, if it is still the same text.
    pub fn take(&self, path: &str, source: &str) -> Option<CompiledModule> {
        let (text, compiled) = self.known.borrow_mut().remove(path)?;
        (text == source).then_some(compiled)
    }

    /// Lets go of all.
    pub fn clear(&self) {
        self.known.take();
    }
}

/// Compiles a CommonJS module. One that does not compile says so when it is required.
pub(super) fn prepare(path: &str, source: String, context: &mut Context) {
    let Ok(compiled) = compile::compile_module(path, &source, context) else {
        return;
    };
    if compiled.finish(context).is_ok()
        && let Ok(state) = State::of(context)
    {
        let mut known = state.prepared.known.borrow_mut();
        known.insert(path.to_owned(), (source, compiled));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Engine;

    #[test]
    fn a_module_is_handed_out_once_and_only_for_its_own_text() {
        let mut engine = Engine::new();
        for text in ["exports.a = 1;", "exports.a = ;"] {
            engine.prepare_module("/data/io/a.js", text.to_owned());
        }
        let prepared = &engine.state().prepared;
        assert!(prepared.take("/data/io/b.js", "exports.a = 1;").is_none());
        assert!(prepared.take("/data/io/a.js", "exports.a = 1;").is_some());
        assert!(prepared.take("/data/io/a.js", "exports.a = 1;").is_none());
        engine.prepare_module("/data/io/a.js", "exports.a = 1;".to_owned());
        let prepared = &engine.state().prepared;
        assert!(prepared.take("/data/io/a.js", "exports.a = 2;").is_none());
    }
}
