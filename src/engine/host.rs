//! One run from beginning to end: the fresh context, the payload, the hook's call, the event loop, the last event.

use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsNativeError, JsObject, JsResult, JsValue, js_string};

use super::event_loop::{self, Hooks, Queue};
use super::outside::{ModuleText, Outside, Wanted};
use super::state::{Primordials, State};
use super::{
    Answer, Event, FailureKind, Program, Summary, Thrown, action, builtins, call, compile, console,
    errors, failure, json, modules, prepared, process, sink, sort, source_text, timers,
    transaction,
};
use crate::auth0::{Kind, Point, payload};
use crate::syntax;

/// Where boa itself gives up, with an error that no script can catch: a script's functions look for themselves long
/// before that. Calls that go through built-ins count twice.
const RECURSION_LIMIT: usize = 21_000;
/// Values on boa's own stack, enough for that depth with many locals.
const VALUE_STACK_LIMIT: usize = 10_000_000;
/// Why the raw form of `generic` does not run.
const RAW_RESPONSE: &str = "A generic hook with three parameters, (ctx, req, res), writes the HTTP response itself, \
    which Hookbench cannot run. Write it with two: function (ctx, cb).";
/// More than V8's 10, because our own frames are taken out afterwards.
const BACKTRACE_LIMIT: usize = 40;

/// A fresh engine, prepared before its program is known. One per run; not `Send`.
pub struct Engine {
    context: Context,
    state: Rc<State>,
    /// Why the preparation failed; reported when the run starts.
    fault: Option<String>,
}

impl Engine {
    /// Prepares a context with everything a hook finds in its scope.
    #[must_use]
    pub fn new() -> Self {
        let state = State::new();
        let built = Context::builder()
            .host_hooks(Rc::new(Hooks(Rc::clone(&state))))
            .job_executor(Rc::new(Queue(Rc::clone(&state))))
            .build();
        let (mut context, mut fault) = match built {
            Ok(context) => (context, None),
            Err(error) => (Context::default(), Some(error.to_string())),
        };
        context.insert_data(Rc::clone(&state));
        let limits = context.runtime_limits_mut();
        limits.set_recursion_limit(RECURSION_LIMIT);
        limits.set_stack_size_limit(VALUE_STACK_LIMIT);
        limits.set_backtrace_limit(BACKTRACE_LIMIT);
        if let Err(error) = prepare(&state, &mut context) {
            fault = Some(error.to_string());
        }
        Self {
            context,
            state,
            fault,
        }
    }

    /// Compiles a module that the program may require, and tells what that one asks for in turn; nothing of it is
    /// executed. `held` tells the bytes of heap that are held at the moment.
    pub fn prepare(&mut self, module: ModuleText, held: &dyn Fn() -> usize) -> Vec<Wanted> {
        syntax::stay_on_this_thread();
        prepared::prepare(module, held, &mut self.context)
    }

    /// The same for a module of Node's, an internal one or a stand-in, with those it loads at once.
    pub fn prepare_core(&mut self, name: &str, held: &dyn Fn() -> usize) {
        prepared::prepare_core(name, held, &mut self.context);
    }

    /// Runs one program and returns when nothing is left to do. `outside` hears of things as they happen;
    /// the last event is always [`Event::Finished`]. Returns the names of the core modules it loaded.
    pub fn run(mut self, program: &Program, outside: &mut dyn Outside) -> Vec<String> {
        self.state.start_clock();
        syntax::stay_on_this_thread();
        sink::with(outside, || {
            if let Some(fault) = self.fault.take() {
                let message =
                    format!("The engine could not be prepared: {fault}. Please report this.");
                let thrown = failure::plain(&message);
                sink::send(Event::Answer {
                    at_ms: 0.0,
                    answer: Answer::Unhandled { thrown },
                });
            } else {
                match program.kind {
                    Kind::Hook => execute(program, &self.state, &mut self.context),
                    Kind::Action => action::execute(program, &self.state, &mut self.context),
                }
                transaction::tell(&self.state, &mut self.context);
            }
            let boot_ms = self.state.boot_ms.get();
            let run_ms = self.state.now_ms() - boot_ms;
            sink::send(Event::Finished(Summary { boot_ms, run_ms }));
        });
        let mut loaded: Vec<String> = self.state.modules.borrow().keys().cloned().collect();
        loaded.sort();
        self.state.release();
        loaded
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

fn prepare(state: &Rc<State>, context: &mut Context) -> JsResult<()> {
    let error = global_object(context, "Error")?;
    let error_prototype = context.intrinsics().constructors().error().prototype();
    let raw_stack = error_prototype
        .borrow()
        .properties()
        .get(&PropertyKey::from(js_string!("stack")))
        .and_then(|descriptor| descriptor.get().cloned())
        .and_then(|getter| getter.as_object());
    let raw_stack = function(raw_stack)?;
    errors::install(context)?;
    source_text::install(context)?;
    builtins::install(context)?;
    timers::install(context)?;
    sort::install(context)?;
    let json = global_object(context, "JSON")?;
    let primordials = Primordials {
        stringify: function(json.get(js_string!("stringify"), context)?.as_object())?,
        raw_stack,
        shaped_error: global_object(context, "Error")?,
        error,
        set_immediate: function(Some(global_object(context, "setImmediate")?))?,
        regexp_to_string: method(
            &context.intrinsics().constructors().regexp().prototype(),
            "toString",
            context,
        )?,
        date_to_iso: method(
            &context.intrinsics().constructors().date().prototype(),
            "toISOString",
            context,
        )?,
    };
    *state.primordials.borrow_mut() = Some(Rc::new(primordials));
    console::install(context)?;
    process::install(context)?;
    modules::install(context)?;
    let global = context.global_object();
    errors::define_hidden(&global, "global", global.clone(), context)
}

fn global_object(context: &mut Context, name: &str) -> JsResult<JsObject> {
    context
        .global_object()
        .get(js_string!(name), context)?
        .as_object()
        .ok_or_else(|| {
            JsNativeError::typ()
                .with_message(format!("{name} is missing"))
                .into()
        })
}

fn method(prototype: &JsObject, name: &str, context: &mut Context) -> JsResult<JsFunction> {
    function(prototype.get(js_string!(name), context)?.as_object())
}

fn function(object: Option<JsObject>) -> JsResult<JsFunction> {
    object.and_then(JsFunction::from_object).ok_or_else(|| {
        JsError::from(JsNativeError::typ().with_message("a built-in function is missing"))
    })
}

fn execute(program: &Program, state: &State, context: &mut Context) {
    let answer = |answer: Answer| {
        state.answered.set(true);
        sink::send(Event::Answer {
            at_ms: state.now_ms(),
            answer,
        });
    };
    let refuse = |thrown: Thrown| {
        answer(Answer::Failure {
            kind: FailureKind::InvalidPayload,
            thrown,
        });
    };
    // In the compilers' order: the code first, then who asks, then the payload.
    let function = match compile::load(program, state, context) {
        Ok(function) => function,
        Err(error) => {
            let value = errors::value_of(error, context);
            match failure::of_compile(&value, context) {
                Some(failure) => return answer(failure),
                // Something falsy was thrown: no error to them, and no function either.
                None => JsValue::undefined(),
            }
        }
    };
    // Three parameters ask for the raw request and response; better told than failing on `undefined`.
    if program.point == Point::Generic
        && let Some(object) = function.as_object()
        && object
            .get(js_string!("length"), context)
            .is_ok_and(|length| length.as_number() == Some(3.0))
    {
        return answer(Answer::Failure {
            kind: FailureKind::Compile,
            thrown: failure::plain(RAW_RESPONSE),
        });
    }
    // No header can be given to a run, so that a secret that asks for one is never met.
    let secret = program.secrets.get("auth0-extension-secret");
    if let Err(refusal) = payload::authorize(secret.map(String::as_str), None) {
        let mut thrown = failure::plain(&refusal.message);
        let properties = serde_json::json!({
            "stack": thrown.stack, "message": thrown.message, "statusCode": 500,
        });
        thrown.properties = Some(properties.to_string());
        return refuse(thrown);
    }
    let parsed = match json::parse(&program.body) {
        Ok(parsed) => parsed,
        Err(problem) => return refuse(failure::plain(&problem.to_string())),
    };
    match payload::check(program.point, &parsed) {
        Ok(()) => {}
        Err(refusal) if refusal.answered => return refuse(failure::plain(&refusal.message)),
        // A missing body is read in a later turn, where nothing catches what the compiler itself throws.
        Err(refusal) if parsed.is_null() => {
            let thrown = failure::own_fault(&refusal.message);
            return event_loop::end_of_process(thrown, state);
        }
        Err(refusal) => {
            let thrown = failure::own_fault(&refusal.message);
            return answer(Answer::Unhandled { thrown });
        }
    }
    state.boot_ms.set(state.now_ms());
    sink::send(Event::Loaded {
        boot_ms: state.boot_ms.get(),
    });
    let body = match json::to_engine(&parsed, context) {
        Ok(body) => body,
        Err(error) => return event_loop::uncaught(error, context),
    };
    // Flat on purpose: a deep Value is dropped before the hook needs the stack.
    drop(parsed);
    if let Err(error) = call::call(&function, program, &body, context) {
        let value: JsValue = errors::value_of(error, context);
        let unhandled = (!state.answered.get())
            .then(|| failure::unhandled(&value, context))
            .flatten();
        match unhandled {
            Some(unhandled) => answer(unhandled),
            None => event_loop::uncaught(JsError::from_opaque(value), context),
        }
    }
    event_loop::run(state, context);
}
