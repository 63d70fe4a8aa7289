//! `context.webtask`: what the webtask runtime hangs on a hook's context (webtask-runtime 2.0.0 `lib/context.js`).

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string,
};

use super::errors::native;
use super::state::State;
use super::{Event, Program, errors, sink};
use crate::auth0::limits;

/// The one JSON document of `storage`; what the hook sets is told, so that the parent can keep it.
#[derive(Default)]
pub(super) struct Storage {
    document: Option<String>,
    etag: u64,
    /// The version this run has seen through `get` or its own `set`.
    seen: Option<u64>,
}

impl Storage {
    /// The document that earlier runs have left.
    pub fn of(document: Option<&str>) -> Self {
        Self {
            document: document.map(str::to_owned),
            etag: u64::from(document.is_some()),
            seen: None,
        }
    }
}

/// Builds the object; `body` is the parsed payload, by reference as in the runtime.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn build(
    program: &Program,
    body: &JsValue,
    context: &mut Context,
) -> JsResult<JsObject> {
    let state = State::of(context)?;
    state
        .storage
        .replace(Storage::of(program.storage.as_deref()));
    let webtask = JsObject::with_object_proto(context.intrinsics());
    let data = secrets(program, context)?;
    let headers = JsObject::with_object_proto(context.intrinsics());
    headers.set(
        js_string!("content-type"),
        js_string!("application/json"),
        true,
        context,
    )?;
    let storage = JsObject::with_object_proto(context.intrinsics());
    let get = native(context, "get", 1, storage_get);
    let set = native(context, "set", 3, storage_set);
    storage.set(js_string!("get"), get, true, context)?;
    storage.set(js_string!("set"), set, true, context)?;
    let params = JsObject::with_object_proto(context.intrinsics());
    let query = JsObject::with_object_proto(context.intrinsics());
    let meta = JsObject::with_object_proto(context.intrinsics());
    let secrets = secrets(program, context)?;
    let create_token = native(context, "create_token", 0, |_, _, _| {
        unsupported("create_token")
    });
    let create_token_url = native(context, "create_token_url", 0, |_, _, _| {
        unsupported("create_token_url")
    });
    let entries: [(&str, JsValue); 13] = [
        ("data", data.into()),
        ("headers", headers.into()),
        ("id", js_string!("hookbench").into()),
        ("params", params.into()),
        ("query", query.into()),
        ("secrets", secrets.into()),
        ("meta", meta.into()),
        ("storage", storage.into()),
        ("token", JsValue::undefined()),
        ("body_raw", js_string!(program.body.as_str()).into()),
        ("body", body.clone()),
        ("create_token", create_token.into()),
        ("create_token_url", create_token_url.into()),
    ];
    for (key, value) in entries {
        webtask.create_data_property(js_string!(key), value, context)?;
    }
    Ok(webtask)
}

fn secrets(program: &Program, context: &mut Context) -> JsResult<JsObject> {
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, value) in &program.secrets {
        object.create_data_property(
            JsString::from(name.as_str()),
            js_string!(value.as_str()),
            context,
        )?;
    }
    Ok(object)
}

fn unsupported(name: &str) -> JsResult<JsValue> {
    Err(JsNativeError::error()
        .with_message(format!(
            "The '{name}' method is not supported in this environment"
        ))
        .into())
}

/// Calls a storage callback in a later turn, as the network would.
fn answer_later(
    callback: &JsValue,
    args: Vec<JsValue>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let global = context.global_object();
    let later = State::of(context)?.primordials()?.set_immediate.clone();
    let mut all = vec![callback.clone()];
    all.extend(args);
    later.call(&global.into(), &all, context)?;
    Ok(JsValue::undefined())
}

fn storage_get(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context)?;
    let document = {
        let mut storage = state.storage.borrow_mut();
        storage.seen = Some(storage.etag);
        storage.document.clone()
    };
    let value = match document.as_deref().map(super::json::parse) {
        Some(Ok(value)) => super::json::to_engine(&value, context)?,
        _ => JsValue::undefined(),
    };
    answer_later(
        args.get_or_undefined(0),
        vec![JsValue::null(), value],
        context,
    )
}

fn storage_set(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (options, callback) = match args.get_or_undefined(1) {
        function if function.is_callable() => (JsValue::undefined(), function.clone()),
        options => (options.clone(), args.get_or_undefined(2).clone()),
    };
    let force = match options.as_object() {
        Some(options) => options.get(js_string!("force"), context)?.to_boolean(),
        None => false,
    };
    let state = State::of(context)?;
    let seen = state.storage.borrow().seen;
    let etag = match options.as_object() {
        Some(options) => options.get(js_string!("etag"), context)?.as_number(),
        None => None,
    };
    if !force && seen.is_none() && etag.is_none() {
        return Err(JsNativeError::error()
            .with_message(
                "When calling storage.set without having called storage.get before, you must specify the .force option.",
            )
            .into());
    }
    let text = errors::stringify(args.get_or_undefined(0), context)?.unwrap_or_default();
    if text.len() > limits::STORAGE_BYTES {
        return Err(JsNativeError::error()
            .with_message("The data for storage.set is larger than 500 kB. Store less.")
            .into());
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "versions of one run are small numbers"
    )]
    let current = state.storage.borrow().etag as f64;
    if !force && etag.is_some_and(|etag| (etag - current).abs() > 0.5) {
        let error = JsNativeError::error()
            .with_message("Item was modified since it was read.")
            .into_opaque(context);
        let known = match state
            .storage
            .borrow()
            .document
            .as_deref()
            .map(super::json::parse)
        {
            Some(Ok(value)) => super::json::to_engine(&value, context)?,
            _ => JsValue::undefined(),
        };
        error.set(js_string!("code"), 409, true, context)?;
        error.set(js_string!("conflict"), known, true, context)?;
        return answer_later(&callback, vec![error.into()], context);
    }
    {
        let mut storage = state.storage.borrow_mut();
        storage.document = Some(text.clone());
        storage.etag += 1;
        storage.seen = Some(storage.etag);
    }
    sink::send(Event::Storage(text));
    answer_later(&callback, vec![JsValue::null()], context)
}
