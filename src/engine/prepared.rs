//! Modules that were compiled before the run that may require them: a worker that stands ready has the time for it.
//! Nothing of them is executed before, and a run that requires none of them does not see that they are there.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::{Context, JsResult, Script};

use super::module_text::{Compiled, Text};
use super::outside::{ModuleFormat, ModuleText, Wanted};
use super::state::State;
use super::{node, requires, sink};

/// What is compiled, each with the bytes of heap it holds.
#[derive(Default)]
pub(super) struct Prepared {
    /// By the path the run knows it by, with the text it was made of.
    modules: RefCell<HashMap<String, (ModuleText, Compiled, usize)>>,
    /// Core modules by name.
    core: RefCell<HashMap<&'static str, (Script, usize)>>,
}

impl Prepared {
    /// Lets go of all.
    pub fn clear(&self) {
        self.modules.take();
        self.core.take();
    }
}

/// Hands a module out, once, if it is still the same text, read the same way.
///
/// # Errors
/// Only if the context belongs to no run.
pub(super) fn take(
    path: &str,
    format: ModuleFormat,
    source: &str,
    context: &Context,
) -> JsResult<Option<Compiled>> {
    let state = State::of(context)?;
    let mut modules = state.prepared.modules.borrow_mut();
    let Some((text, compiled, bytes)) = modules.remove(path) else {
        return Ok(None);
    };
    if text.format != format || text.source != source {
        return Ok(None);
    }
    sink::uses(bytes);
    Ok(Some(compiled))
}

/// Hands a core module out, once.
///
/// # Errors
/// Only if the context belongs to no run.
pub(super) fn take_core(name: &str, context: &Context) -> JsResult<Option<Script>> {
    let state = State::of(context)?;
    let taken = state.prepared.core.borrow_mut().remove(name);
    Ok(taken.map(|(script, bytes)| {
        sink::uses(bytes);
        script
    }))
}

/// Compiles a module, and tells what its text requires by name. One that does not compile says so when it is required.
pub(super) fn prepare(
    module: ModuleText,
    held: &dyn Fn() -> usize,
    context: &mut Context,
) -> Vec<Wanted> {
    let before = held();
    let (path, source) = (module.path.as_str(), module.source.as_str());
    let read = match module.format {
        ModuleFormat::CommonJs => Text::of_script(path, source, requires::of),
        ModuleFormat::Module => Text::of_es_module(path, source, requires::of),
        // Read by the run's own JSON.parse.
        ModuleFormat::Json => return Vec::new(),
    };
    let Ok((text, wanted)) = read else {
        return Vec::new();
    };
    let compiled = text
        .parse(context)
        .and_then(|compiled| compiled.finish(context).map(|()| compiled));
    if let (Ok(compiled), Ok(state)) = (compiled, State::of(context)) {
        let bytes = held().saturating_sub(before);
        let mut modules = state.prepared.modules.borrow_mut();
        modules.insert(module.path.clone(), (module, compiled, bytes));
    }
    wanted
}

/// Compiles a core module and those that it loads at its own top level. A name that none has is passed over.
pub(super) fn prepare_core(name: &str, held: &dyn Fn() -> usize, context: &mut Context) {
    let Ok(state) = State::of(context) else {
        return;
    };
    let mut left: Vec<&str> = vec![name];
    while let Some(name) = left.pop() {
        let Some((name, source)) = node::core(name) else {
            continue;
        };
        if state.prepared.core.borrow().contains_key(name) {
            continue;
        }
        let before = held();
        let compiled = node::parse(name, source, context)
            .and_then(|script| script.codeblock(context).map(|_| script));
        let Ok(script) = compiled else {
            continue;
        };
        let bytes = held().saturating_sub(before);
        state
            .prepared
            .core
            .borrow_mut()
            .insert(name, (script, bytes));
        left.extend(requires::at_top_level(source));
    }
}
