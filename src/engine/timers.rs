//! `setTimeout`, `setInterval`, `setImmediate` as Node has them: objects that can be held and released.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use boa_engine::builtins::object::OrdinaryObject;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::Attribute;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsSymbol, JsValue, js_string,
};

use super::errors::{METHOD, define_hidden, native};
use super::node;
use super::state::State;

/// A callback that waits for its time or its turn.
pub(super) struct Timer {
    pub id: u32,
    pub callback: JsObject,
    pub args: Vec<JsValue>,
    pub object: JsObject,
    /// Milliseconds between two calls; `None` for one call.
    pub repeat: Option<u64>,
    pub after: u64,
    /// An unreferenced timer does not keep the run alive.
    pub referenced: bool,
}

/// Everything that waits, in Node's order.
#[derive(Default)]
pub(super) struct Timers {
    next_id: u32,
    /// By due time, then by creation.
    pub due: BTreeMap<(Instant, u32), Timer>,
    pub immediates: BTreeMap<u32, Timer>,
    class: Option<JsObject>,
    immediate_class: Option<JsObject>,
}

impl Timers {
    /// Whether something keeps the run alive.
    pub fn waiting(&self) -> bool {
        self.due.values().any(|timer| timer.referenced)
            || self.immediates.values().any(|timer| timer.referenced)
    }

    fn find(&mut self, id: u32) -> Option<&mut Timer> {
        self.due
            .values_mut()
            .chain(self.immediates.values_mut())
            .find(|timer| timer.id == id)
    }

    fn clear(&mut self, id: u32) {
        self.due.retain(|_, timer| timer.id != id);
        self.immediates.remove(&id);
    }
}

/// Puts the timers on the global object.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let state = State::of(context)?;
    let timeout = class(context, "Timeout")?;
    let immediate = class(context, "Immediate")?;
    {
        let mut timers = state.timers.borrow_mut();
        timers.class = Some(timeout);
        timers.immediate_class = Some(immediate);
    }
    let global = context.global_object();
    let functions: [(&str, usize, super::NativeFn); 7] = [
        ("setTimeout", 2, set_timeout),
        ("setInterval", 2, set_interval),
        ("setImmediate", 1, set_immediate),
        ("clearTimeout", 1, clear),
        ("clearInterval", 1, clear),
        ("clearImmediate", 1, clear),
        ("queueMicrotask", 1, queue_microtask),
    ];
    for (name, length, function) in functions {
        let function = native(context, name, length, function);
        global.set(js_string!(name), function, true, context)?;
    }
    Ok(())
}

/// The prototype of `Timeout` or `Immediate`.
fn class(context: &mut Context, name: &str) -> JsResult<JsObject> {
    let prototype = JsObject::with_object_proto(context.intrinsics());
    let constructor = native(context, name, 0, |_, _, _| {
        Err(JsNativeError::typ()
            .with_message("Illegal constructor")
            .into())
    });
    define_hidden(&prototype, "constructor", constructor, context)?;
    let methods: [(&str, super::NativeFn); 5] = [
        ("ref", hold),
        ("unref", release),
        ("hasRef", has_ref),
        ("refresh", refresh),
        ("close", close),
    ];
    for (name, function) in methods {
        let function = native(context, name, 0, function);
        define_hidden(&prototype, name, function, context)?;
    }
    let primitive = native(context, "[Symbol.toPrimitive]", 0, id_value);
    prototype.insert_property(
        JsSymbol::to_primitive(),
        boa_engine::property::PropertyDescriptor::builder()
            .value(primitive)
            .writable(METHOD.contains(Attribute::WRITABLE))
            .enumerable(false)
            .configurable(true),
    );
    Ok(prototype)
}

const ID: &str = "_timerId";

fn id_of(value: &JsValue, context: &mut Context) -> Option<u32> {
    let number = match value.as_object() {
        Some(object) => object.get(js_string!(ID), context).ok()?.as_number()?,
        None => value.to_number(context).ok()?,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be in range"
    )]
    (number >= 1.0 && number <= f64::from(u32::MAX)).then_some(number as u32)
}

fn callback(args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    match args.get_or_undefined(0).as_callable() {
        Some(callback) => Ok(node::async_hooks::carried(callback, context)),
        None => Err(node::errors::wrong_type(
            "callback",
            &["function"],
            args.get_or_undefined(0),
            context,
        )),
    }
}

fn add(args: &[JsValue], repeat: bool, context: &mut Context) -> JsResult<JsValue> {
    let callback = callback(args, context)?;
    let number = args.get_or_undefined(1).to_number(context)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "range is checked here, as in Node"
    )]
    let after = if (1.0..=2_147_483_647.0).contains(&number) {
        number.trunc() as u64
    } else {
        1
    };
    let state = State::of(context)?;
    let mut timers = state.timers.borrow_mut();
    timers.next_id += 1;
    let id = timers.next_id;
    let object = JsObject::from_proto_and_data(timers.class.clone(), OrdinaryObject);
    drop(timers);
    define_hidden(&object, ID, id, context)?;
    let timer = Timer {
        id,
        callback,
        args: args.get(2..).unwrap_or_default().to_vec(),
        object: object.clone(),
        repeat: repeat.then_some(after),
        after,
        referenced: true,
    };
    state
        .timers
        .borrow_mut()
        .due
        .insert((Instant::now() + Duration::from_millis(after), id), timer);
    Ok(object.into())
}

fn set_timeout(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    add(args, false, context)
}

fn set_interval(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    add(args, true, context)
}

fn set_immediate(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = callback(args, context)?;
    let state = State::of(context)?;
    let (id, class) = {
        let mut timers = state.timers.borrow_mut();
        timers.next_id += 1;
        (timers.next_id, timers.immediate_class.clone())
    };
    let object = JsObject::from_proto_and_data(class, OrdinaryObject);
    define_hidden(&object, ID, id, context)?;
    let timer = Timer {
        id,
        callback,
        args: args.get(1..).unwrap_or_default().to_vec(),
        object: object.clone(),
        repeat: None,
        after: 0,
        referenced: true,
    };
    state.timers.borrow_mut().immediates.insert(id, timer);
    Ok(object.into())
}

fn clear(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let argument = args.get_or_undefined(0);
    if !argument.is_null_or_undefined()
        && !argument.is_symbol()
        && let Some(id) = id_of(argument, context)
    {
        State::of(context)?.timers.borrow_mut().clear(id);
    }
    Ok(JsValue::undefined())
}

fn queue_microtask(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(callback) = JsFunction::from_object(callback(args, context)?) else {
        return Ok(JsValue::undefined());
    };
    let job = boa_engine::job::PromiseJob::new(move |context| {
        callback.call(&JsValue::undefined(), &[], context)
    });
    State::of(context)?.microtasks.borrow_mut().push_back(job);
    Ok(JsValue::undefined())
}

fn set_referenced(this: &JsValue, referenced: bool, context: &mut Context) -> JsResult<JsValue> {
    if let Some(id) = id_of(this, context)
        && let Some(timer) = State::of(context)?.timers.borrow_mut().find(id)
    {
        timer.referenced = referenced;
    }
    Ok(this.clone())
}

fn hold(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    set_referenced(this, true, context)
}

fn release(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    set_referenced(this, false, context)
}

fn has_ref(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(this, context);
    let state = State::of(context)?;
    let mut timers = state.timers.borrow_mut();
    Ok(id
        .and_then(|id| timers.find(id).map(|timer| timer.referenced))
        .unwrap_or(false)
        .into())
}

fn refresh(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(id) = id_of(this, context) {
        let state = State::of(context)?;
        let mut timers = state.timers.borrow_mut();
        let key = timers
            .due
            .iter()
            .find(|(_, timer)| timer.id == id)
            .map(|(key, _)| *key);
        if let Some(timer) = key.and_then(|key| timers.due.remove(&key)) {
            timers.due.insert(
                (Instant::now() + Duration::from_millis(timer.after), id),
                timer,
            );
        }
    }
    Ok(this.clone())
}

fn close(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let _ = args;
    clear(&JsValue::undefined(), std::slice::from_ref(this), context)?;
    Ok(this.clone())
}

fn id_value(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(id_of(this, context).map_or(JsValue::nan(), JsValue::from))
}
