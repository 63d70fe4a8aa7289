//! What one run knows beside the engine itself: clock, flags, queues, and the built-ins as they were at the start.
//!
//! Lives in the context's host data; native functions fetch it with [`State::of`].

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::time::Instant;

use boa_engine::job::PromiseJob;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string,
};

use super::position::{ModuleScript, ScriptMap};
use super::prepared::Prepared;
use super::timers::Timers;
use super::{Event, Level, LogLine, Warning, sink};

/// Built-ins captured before any of the author's code runs, so that overwriting them changes nothing for us.
pub(super) struct Primordials {
    pub stringify: JsFunction,
    /// boa's own getter of `Error.prototype.stack`.
    pub raw_stack: JsFunction,
    /// `Error` as hooks see it, with its stack in V8's shape.
    pub shaped_error: JsObject,
    /// boa's own `Error` constructor.
    pub error: JsObject,
    pub set_immediate: JsFunction,
    pub regexp_to_string: JsFunction,
    pub date_to_iso: JsFunction,
}

/// The state of one run.
pub(super) struct State {
    began: Cell<Instant>,
    /// True once the hook has called back.
    pub answered: Cell<bool>,
    /// Set when an uncaught error ended the run: nothing further is executed.
    pub ended: Cell<bool>,
    pub boot_ms: Cell<f64>,
    pub script: RefCell<Rc<ScriptMap>>,
    /// Every script that was lowered, by its number.
    pub sources: RefCell<Vec<Rc<ScriptMap>>>,
    /// A `WeakMap` from classes to their places in the source.
    pub classes: RefCell<Option<JsObject>>,
    /// The address of the stack where the run began.
    stack_base: Cell<usize>,
    pub primordials: RefCell<Option<Rc<Primordials>>>,
    pub timers: RefCell<Timers>,
    pub ticks: RefCell<VecDeque<(JsObject, Vec<JsValue>)>>,
    pub microtasks: RefCell<VecDeque<PromiseJob>>,
    /// Rejected promises nobody has handled yet, with their reasons.
    pub rejections: RefCell<Vec<(JsObject, JsValue)>>,
    /// HTTP calls that wait for their answer, with their callbacks.
    pub calls: RefCell<HashMap<u32, JsObject>>,
    pub next_call: Cell<u32>,
    pub console_indent: Cell<usize>,
    /// True while `Error.prepareStackTrace` is at work.
    pub preparing: Cell<bool>,
    pub counts: RefCell<HashMap<String, u64>>,
    pub clocks: RefCell<HashMap<String, Instant>>,
    pub modules: RefCell<HashMap<String, JsValue>>,
    /// Modules that are not the engine's, by the path stacks show.
    pub module_scripts: RefCell<HashMap<Rc<str>, Rc<ModuleScript>>>,
    /// Modules that were compiled before they are required.
    pub prepared: Prepared,
    /// The script's own module object, and its `require.cache`.
    pub main_module: RefCell<Option<(JsObject, JsObject)>>,
    pub storage: RefCell<super::webtask::Storage>,
    /// Our own words for why the script does not compile.
    pub explanation: RefCell<Option<String>>,
    /// The error classes in front of the script, with their prototypes.
    pub classes_of_6: RefCell<Vec<(&'static str, JsObject)>>,
    /// The payload and the context the hook was called with.
    pub transaction: RefCell<Option<(JsObject, JsObject)>>,
    /// Getter and setter of an error's own `stack`.
    pub stack_accessor: RefCell<Option<(JsFunction, JsFunction)>>,
    /// `Symbol.for('nodejs.util.inspect.custom')`.
    pub inspect_symbol: RefCell<Option<JsSymbol>>,
    /// `Buffer.prototype`, once the module is loaded.
    pub buffer_prototype: RefCell<Option<JsObject>>,
    /// Lazy globals that were read or set, by their place in the list.
    pub lazy_globals: RefCell<HashMap<usize, JsValue>>,
    /// What `AsyncLocalStorage` carries along: undefined where nobody does.
    pub async_frame: RefCell<JsValue>,
}

impl State {
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            began: Cell::new(Instant::now()),
            answered: Cell::new(false),
            ended: Cell::new(false),
            boot_ms: Cell::new(0.0),
            script: RefCell::default(),
            sources: RefCell::default(),
            classes: RefCell::default(),
            stack_base: Cell::new(0),
            primordials: RefCell::new(None),
            timers: RefCell::default(),
            ticks: RefCell::default(),
            microtasks: RefCell::default(),
            rejections: RefCell::default(),
            calls: RefCell::default(),
            next_call: Cell::new(0),
            console_indent: Cell::new(0),
            preparing: Cell::new(false),
            counts: RefCell::default(),
            clocks: RefCell::default(),
            modules: RefCell::default(),
            module_scripts: RefCell::default(),
            prepared: Prepared::default(),
            main_module: RefCell::default(),
            storage: RefCell::default(),
            explanation: RefCell::default(),
            classes_of_6: RefCell::default(),
            transaction: RefCell::default(),
            stack_accessor: RefCell::default(),
            inspect_symbol: RefCell::default(),
            buffer_prototype: RefCell::default(),
            lazy_globals: RefCell::default(),
            async_frame: RefCell::default(),
        })
    }

    /// The state of the run that `context` belongs to.
    ///
    /// # Errors
    /// Only if the context was not made by `Engine::new`.
    pub fn of(context: &Context) -> JsResult<Rc<Self>> {
        context.get_data::<Rc<Self>>().cloned().ok_or_else(|| {
            JsNativeError::error()
                .with_message("this context belongs to no run")
                .into()
        })
    }

    /// Restarts the clock: a warm engine may have waited long for its program.
    pub fn start_clock(&self) {
        self.began.set(Instant::now());
        self.stack_base.set(stack_here());
    }

    /// Whether native recursion has used three quarters of the thread's stack.
    pub fn stack_is_full(&self) -> bool {
        stack_here().abs_diff(self.stack_base.get()) > super::STACK_BYTES / 4 * 3
    }

    /// Milliseconds since the run began.
    pub fn now_ms(&self) -> f64 {
        self.began.get().elapsed().as_secs_f64() * 1000.0
    }

    pub fn primordials(&self) -> JsResult<Rc<Primordials>> {
        self.primordials.borrow().clone().ok_or_else(|| {
            JsNativeError::error()
                .with_message("the engine is not prepared")
                .into()
        })
    }

    /// Lets go of every value, so that the context can be freed.
    pub fn release(&self) {
        self.timers.take();
        self.ticks.take();
        self.microtasks.take();
        self.rejections.take();
        self.calls.take();
        self.modules.take();
        self.module_scripts.take();
        self.prepared.clear();
        self.main_module.take();
        self.classes.take();
        self.sources.take();
        self.primordials.take();
        self.classes_of_6.take();
        self.transaction.take();
        self.stack_accessor.take();
        self.inspect_symbol.take();
        self.buffer_prototype.take();
        self.lazy_globals.take();
        self.async_frame.take();
    }

    /// Sends one console line, each line of it indented by the open groups.
    pub fn log(&self, level: Level, text: String, line: Option<u32>) {
        let indent = " ".repeat(self.console_indent.get());
        let text = if indent.is_empty() {
            text
        } else {
            text.split('\n')
                .map(|part| format!("{indent}{part}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        sink::send(Event::Log(LogLine {
            at_ms: self.now_ms(),
            level,
            text,
            after_response: self.answered.get(),
            line,
        }));
    }

    pub fn warn(&self, code: &str, message: String, place: Option<(u32, u32)>) {
        sink::send(Event::Warning(Warning {
            code: code.to_owned(),
            message,
            line: place.map(|p| p.0),
            column: place.map(|p| p.1),
        }));
    }
}

/// About where the stack is now.
fn stack_here() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&here)).addr()
}

/// The text of a string value, with U+FFFD for lone surrogates.
pub(super) fn text_of(string: &JsString) -> String {
    string.to_std_string_lossy()
}

/// Reads a property as text; `None` where it is not a string.
pub(super) fn string_property(
    object: &JsObject,
    key: &str,
    context: &mut Context,
) -> Option<String> {
    let value = object.get(js_string!(key), context).ok()?;
    value.as_string().map(|text| text_of(&text))
}
