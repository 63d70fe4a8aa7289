//! Runs the parser where it cannot harm the program: on a thread of its own with a large stack.

use std::cell::Cell;

use oxc_parser::{ParseOptions, Parser, ParserReturn};
use oxc_semantic::{Semantic, SemanticBuilder};
use oxc_span::SourceType;

use super::nesting;

/// Bytes of stack for a parse; only what is used is ever committed.
const STACK: usize = 256 << 20;

thread_local! {
    /// Whether this thread has as much stack as one of ours would.
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Tells that this thread has at least 256 MiB of stack, so that no other is started from it: the worker of a run may
/// start none.
pub fn stay_on_this_thread() {
    ROOMY.set(true);
}

/// Source that is not given to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Nested too deeply from this byte offset on.
    TooDeep(usize),
    /// The thread could not be started or did not end well.
    NoThread,
}

/// Parses `source` as the sandbox compiles it, a sloppy CommonJS function body, and hands the result to `read`.
pub(super) fn with_program<T: Send>(
    source: &str,
    read: impl for<'a> FnOnce(&'a oxc_allocator::Allocator, ParserReturn<'a>) -> T + Send,
) -> Result<T, Refused> {
    with_program_as(SourceType::cjs(), source, read)
}

/// [`with_program`] for scripts and ES modules alike.
pub(super) fn with_program_as<T: Send>(
    source_type: SourceType,
    source: &str,
    read: impl for<'a> FnOnce(&'a oxc_allocator::Allocator, ParserReturn<'a>) -> T + Send,
) -> Result<T, Refused> {
    if let Some(offset) = nesting::too_deep(source) {
        return Err(Refused::TooDeep(offset));
    }
    let work = || {
        let allocator = oxc_allocator::Allocator::default();
        let options = ParseOptions {
            allow_return_outside_function: !source_type.is_module(),
            ..ParseOptions::default()
        };
        let parsed = Parser::new(&allocator, source, source_type)
            .with_options(options)
            .parse();
        read(&allocator, parsed)
    };
    if ROOMY.get() {
        return Ok(work());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("syntax".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|_| Refused::NoThread)?;
        thread.join().map_err(|_| Refused::NoThread)
    })
}

/// Reads source that compiles, with its names resolved and its nodes linked to their parents, on the parser's own
/// thread. `None` for source that does not compile: [`super::check`] says why.
pub fn with_names<T: Send>(
    source: &str,
    read: impl for<'a> FnOnce(&Semantic<'a>) -> T + Send,
) -> Option<T> {
    with_program(source, |_, parsed| {
        if parsed.panicked || parsed.diagnostics.errors().next().is_some() {
            return None;
        }
        let built = SemanticBuilder::new()
            .with_check_syntax_error(true)
            .with_build_nodes(true)
            .build(&parsed.program);
        let compiles = built.diagnostics.errors().next().is_none();
        compiles.then(|| read(&built.semantic))
    })
    .ok()
    .flatten()
}
