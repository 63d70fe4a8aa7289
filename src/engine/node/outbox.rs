//! HTTP calls as the engine makes them: handed out whole, answered whole, in a later turn of the event loop.
//!
//! What stands in `http`, `https` and `fetch` is JavaScript above this.

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, js_string};

use super::super::errors::{self, display};
use super::super::event_loop;
use super::super::outside::{HttpCall, HttpFailure, HttpResponse, Incoming};
use super::super::state::{State, string_property};
use super::super::{Event, sink};
use super::bytes::{bytes_of, to_bytes};
use super::functions;

/// Fills `native` of `internal/outbox`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[("send", 2, send), ("abort", 1, abort), ("here", 0, here)],
        context,
    )
}

/// Where the author's code is now: a call that is sent later hands this on to `send`.
fn here(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let place = JsObject::with_object_proto(context.intrinsics());
    let line = errors::place_now(context)?.map(|(line, _)| line);
    let line = line.map_or(JsValue::null(), JsValue::from);
    place.set(js_string!("line"), line, true, context)?;
    let answered = State::of(context)?.answered.get();
    place.set(js_string!("afterResponse"), answered, true, context)?;
    Ok(place.into())
}

fn send(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = args.get_or_undefined(0).to_object(context)?;
    let callback = args.get_or_undefined(1).as_callable().ok_or_else(|| {
        JsNativeError::typ().with_message("The \"callback\" argument must be of type function.")
    })?;
    let callback = super::async_hooks::carried(callback, context);
    let method = string_property(&request, "method", context).unwrap_or_else(|| "GET".to_owned());
    let url = string_property(&request, "url", context).unwrap_or_default();
    let headers = request.get(js_string!("headers"), context)?;
    let headers = pairs(&headers, context)?;
    let body = request.get(js_string!("body"), context)?;
    let body = bytes_of(&body, context)?.unwrap_or_default();
    let state = State::of(context)?;
    let (line, after_response) = match request.get(js_string!("line"), context)? {
        line if line.is_undefined() => {
            let line = errors::place_now(context)?.map(|(line, _)| line);
            (line, state.answered.get())
        }
        line => {
            let after = request.get(js_string!("afterResponse"), context)?;
            let line = line.as_number().map(|_| line.to_u32(context)).transpose()?;
            (line, after.to_boolean())
        }
    };
    let id = state.next_call.get() + 1;
    state.next_call.set(id);
    state.calls.borrow_mut().insert(id, callback);
    sink::send(Event::Request(HttpCall {
        id,
        at_ms: state.now_ms(),
        method,
        url,
        headers,
        body,
        line,
        after_response,
    }));
    Ok(id.into())
}

/// Forgets a call: its answer, if one comes, reaches nobody, and it no longer keeps the run alive.
fn abort(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = args.get_or_undefined(0).to_u32(context)?;
    let state = State::of(context)?;
    let known = state.calls.borrow_mut().remove(&id).is_some();
    if known {
        sink::send(Event::RequestAborted {
            id,
            at_ms: state.now_ms(),
        });
    }
    Ok(known.into())
}

fn pairs(list: &JsValue, context: &mut Context) -> JsResult<Vec<(String, String)>> {
    let Some(list) = list.as_object() else {
        return Ok(Vec::new());
    };
    let length = list.get(js_string!("length"), context)?.to_u32(context)?;
    let mut pairs = Vec::new();
    for index in 0..length {
        if let Some(pair) = list.get(index, context)?.as_object() {
            let name = display(&pair.get(0, context)?, context);
            let value = display(&pair.get(1, context)?, context);
            pairs.push((name, value));
        }
    }
    Ok(pairs)
}

/// Hands a message from outside to whoever waits for it.
pub(in super::super) fn deliver(incoming: Incoming, state: &State, context: &mut Context) {
    let Incoming::Http { id, end } = incoming;
    let Some(callback) = state.calls.borrow_mut().remove(&id) else {
        return;
    };
    let result = arguments(end, state, context).and_then(|args| {
        JsFunction::from_object(callback).map_or_else(
            || Ok(JsValue::undefined()),
            |callback| callback.call(&JsValue::undefined(), &args, context),
        )
    });
    if let Err(error) = result {
        event_loop::uncaught(error, context);
    }
}

fn arguments(
    end: Result<HttpResponse, HttpFailure>,
    state: &State,
    context: &mut Context,
) -> JsResult<Vec<JsValue>> {
    match end {
        Ok(response) => {
            let object = JsObject::with_object_proto(context.intrinsics());
            object.set(
                js_string!("status"),
                u32::from(response.status),
                true,
                context,
            )?;
            object.set(
                js_string!("statusText"),
                js_string!(response.status_text),
                true,
                context,
            )?;
            let headers: Vec<JsValue> = response
                .headers
                .into_iter()
                .map(|(name, value)| {
                    JsArray::from_iter([js_string!(name).into(), js_string!(value).into()], context)
                        .into()
                })
                .collect();
            let headers = JsArray::from_iter(headers, context);
            object.set(js_string!("headers"), headers, true, context)?;
            let body = to_bytes(&response.body, context)?;
            object.set(js_string!("body"), body, true, context)?;
            Ok(vec![JsValue::null(), object.into()])
        }
        Err(failure) => {
            let constructor = state.primordials()?.shaped_error.clone();
            let error =
                constructor.construct(&[js_string!(failure.message).into()], None, context)?;
            // In Node's order.
            let text = |text: String| JsValue::from(js_string!(text));
            let own = [
                ("errno", failure.errno.map(JsValue::from)),
                ("code", Some(text(failure.code))),
                ("syscall", failure.syscall.map(text)),
                ("hostname", failure.hostname.map(text)),
                ("address", failure.address.map(text)),
                ("port", failure.port.map(JsValue::from)),
            ];
            for (name, value) in own {
                if let Some(value) = value {
                    error.set(js_string!(name), value, true, context)?;
                }
            }
            Ok(vec![error.into()])
        }
    }
}
