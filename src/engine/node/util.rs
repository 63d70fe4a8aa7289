//! What `util` gets from the engine: inspection, formatting, and what a value is inside.

use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::object::builtins::{
    JsArrayBuffer, JsDataView, JsGenerator, JsMap, JsMapIterator, JsPromise, JsProxy, JsSet,
    JsSetIterator, JsSharedArrayBuffer, JsTypedArray, JsWeakMap, JsWeakSet,
};
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::super::console::read_options;
use super::super::format::format;
use super::super::inspect::inspect;
use super::super::inspect_names::{boxed, is_arguments};
use super::functions;

/// Fills `native` of `util` and of `internal/types`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("inspect", 2, |_, args, context| {
                let options = read_options(args.get_or_undefined(1), context)?;
                Ok(js_string!(inspect(args.get_or_undefined(0), &options, context)).into())
            }),
            ("format", 0, |_, args, context| {
                Ok(js_string!(format(args, context)).into())
            }),
            ("kind", 1, |_, args, context| {
                Ok(js_string!(kind(args.get_or_undefined(0), context)).into())
            }),
            ("unbox", 1, |_, args, _| {
                let object = args.get_or_undefined(0).as_object();
                Ok(object.and_then(|object| boxed(&object)).unwrap_or_default())
            }),
            ("promiseState", 1, |_, args, _| {
                let promise = args.get_or_undefined(0).as_object();
                let promise = promise.and_then(|promise| JsPromise::from_object(promise).ok());
                Ok(match promise.map(|promise| promise.state()) {
                    Some(PromiseState::Pending) => js_string!("pending").into(),
                    Some(PromiseState::Fulfilled(_)) => js_string!("fulfilled").into(),
                    Some(PromiseState::Rejected(_)) => js_string!("rejected").into(),
                    None => JsValue::undefined(),
                })
            }),
        ],
        context,
    )
}

/// What a value is inside, whatever it claims to be: the name of its built-in class, `Object` or `Function`, or
/// the type of a primitive.
fn kind(value: &JsValue, context: &mut Context) -> String {
    let Some(object) = value.as_object() else {
        return value.type_of().to_owned();
    };
    if let Ok(array) = JsTypedArray::from_object(object.clone()) {
        return array
            .kind()
            .map_or_else(|| "Uint8Array".to_owned(), |kind| format!("{kind:?}Array"));
    }
    if let Some(primitive) = boxed(&object) {
        return format!("boxed {}", primitive.type_of());
    }
    let of = |object: &JsObject| object.clone();
    let name = if JsProxy::from_object(of(&object)).is_ok() {
        "Proxy"
    } else if object.is_callable() {
        "Function"
    } else if object.is_array() {
        "Array"
    } else if object.is::<Error>() {
        "Error"
    } else if object.is::<Date>() {
        "Date"
    } else if object.is::<RegExp>() {
        "RegExp"
    } else if JsMap::from_object(of(&object)).is_ok() {
        "Map"
    } else if JsSet::from_object(of(&object)).is_ok() {
        "Set"
    } else if JsPromise::from_object(of(&object)).is_ok() {
        "Promise"
    } else if JsArrayBuffer::from_object(of(&object)).is_ok() {
        "ArrayBuffer"
    } else if JsSharedArrayBuffer::from_object(of(&object)).is_ok() {
        "SharedArrayBuffer"
    } else if JsDataView::from_object(of(&object)).is_ok() {
        "DataView"
    } else if JsWeakMap::from_object(of(&object)).is_ok() {
        "WeakMap"
    } else if JsWeakSet::from_object(of(&object)).is_ok() {
        "WeakSet"
    } else if JsGenerator::from_object(of(&object)).is_ok() {
        "Generator"
    } else if JsMapIterator::from_object(of(&object)).is_ok() {
        "Map Iterator"
    } else if JsSetIterator::from_object(of(&object)).is_ok() {
        "Set Iterator"
    } else if is_arguments(&object, context) {
        "Arguments"
    } else {
        "Object"
    };
    name.to_owned()
}
