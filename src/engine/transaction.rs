//! The transaction: the payload as the hook has left it, without what the sandbox put on its context.

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, js_string};

use super::state::State;
use super::{Event, errors, sink};

/// Sends the transaction as it stands now, if the hook was called and what it left can be said in JSON.
pub(super) fn tell(state: &State, context: &mut Context) {
    let Some((body, hook_context)) = state.transaction.borrow().clone() else {
        return;
    };
    if let Ok(Some(text)) = copy(&body, &hook_context, context)
        .and_then(|copy| errors::stringify(&copy.into(), context))
    {
        sink::send(Event::Transaction(text));
    }
}

/// The payload with the context that the hook received, which may be a copy of the payload's own.
fn copy(body: &JsObject, hook_context: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let inner = JsObject::with_object_proto(context.intrinsics());
    for key in hook_context.own_property_keys(context)? {
        if key == PropertyKey::from(js_string!("webtask")) {
            continue;
        }
        let value = hook_context.get(key.clone(), context)?;
        inner.create_data_property(key, value, context)?;
    }
    let outer = JsObject::with_object_proto(context.intrinsics());
    let mut has_context = false;
    for key in body.own_property_keys(context)? {
        let value = if key == PropertyKey::from(js_string!("context")) {
            has_context = true;
            inner.clone().into()
        } else {
            body.get(key.clone(), context)?
        };
        outer.create_data_property(key, value, context)?;
    }
    if !has_context && !inner.own_property_keys(context)?.is_empty() {
        outer.create_data_property(js_string!("context"), inner, context)?;
    }
    Ok(outer)
}
