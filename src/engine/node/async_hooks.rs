//! The frame that `AsyncLocalStorage` carries through promises, timers and ticks.
//!
//! Wherever a callback is put aside, the frame of that moment is put aside with it; where there is none, at no cost.

use boa_engine::job::JobCallback;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, NativeFunction, Trace,
};

use super::super::state::State;
use super::functions;

/// A frame beside a promise's reaction.
#[derive(Trace, Finalize, JsData)]
struct Frame(JsValue);

/// Fills `native` of `async_hooks`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("frame", 0, |_, _, context| {
                Ok(State::of(context)?.async_frame.borrow().clone())
            }),
            ("swap", 1, |_, args, context| {
                let next = args.get_or_undefined(0).clone();
                Ok(State::of(context)?.async_frame.replace(next))
            }),
        ],
        context,
    )
}

/// The callback of a reaction, with the frame of now.
pub(in super::super) fn reaction(callback: JsFunction, state: &State) -> JobCallback {
    let frame = state.async_frame.borrow().clone();
    if frame.is_undefined() {
        JobCallback::new(callback, ())
    } else {
        JobCallback::new(callback, Frame(frame))
    }
}

/// Calls a reaction in the frame it was made in.
///
/// # Errors
/// What the callback throws.
pub(in super::super) fn react(
    job: &JobCallback,
    this: &JsValue,
    args: &[JsValue],
    state: &State,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(Frame(frame)) = job.host_defined().downcast_ref::<Frame>() else {
        return job.callback().call(this, args, context);
    };
    let before = state.async_frame.replace(frame.clone());
    let result = job.callback().call(this, args, context);
    state.async_frame.replace(before);
    result
}

/// A callback that will be called later: bound to the frame of now, where there is one.
pub(in super::super) fn carried(callback: JsObject, context: &Context) -> JsObject {
    let frame = State::of(context)
        .map(|state| state.async_frame.borrow().clone())
        .unwrap_or_default();
    if frame.is_undefined() {
        return callback;
    }
    let function = NativeFunction::from_copy_closure_with_captures(
        |this, args, (callback, frame): &(JsObject, JsValue), context| {
            let state = State::of(context)?;
            let before = state.async_frame.replace(frame.clone());
            let result = callback.call(this, args, context);
            state.async_frame.replace(before);
            result
        },
        (callback, frame),
    );
    FunctionObjectBuilder::new(context.realm(), function)
        .build()
        .into()
}
