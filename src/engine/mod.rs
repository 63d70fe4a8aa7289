//! The embedded JavaScript engine: one fresh context per run, called as Auth0 calls a Hook or an Action.
//!
//! No process, no file, no clock of its own beyond the run's; the worker in `runner/` hosts it.

mod action;
mod builtins;
mod call;
mod compile;
mod console;
mod culprit;
pub mod differences;
mod errors;
mod event_loop;
mod failure;
mod format;
mod guards;
mod host;
mod inspect;
mod inspect_error;
mod inspect_layout;
mod inspect_names;
mod json;
mod lowering;
mod messages;
mod module_text;
mod modules;
mod names;
mod node;
pub mod outside;
mod position;
mod prepared;
mod process;
pub mod program;
mod requires;
mod sink;
mod sort;
mod source_text;
mod state;
mod table;
mod timers;
mod transaction;
mod webtask;

use boa_engine::{Context, JsResult, JsValue};

pub use compile::{lowered, lowered_package};
pub use host::Engine;
pub use node::{
    core_module_named, core_modules, has_stand_in, is_core_module, stand_in_for, stand_ins,
};
pub use program::{Answer, Event, FailureKind, Level, LogLine, Program, Summary, Thrown, Warning};

/// Bytes of stack the thread that runs an [`Engine`] must have: the parser and the built-ins of boa
/// recurse natively, and a hook may go about 10,000 calls deep.
pub const STACK_BYTES: usize = 256 * 1024 * 1024;

/// A native function as boa calls it: `this`, the arguments, the context.
type NativeFn = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;
