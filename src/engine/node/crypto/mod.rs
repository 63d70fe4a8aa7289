//! Beneath `crypto` and Web Crypto: bytes in, bytes out, over the RustCrypto crates.
//!
//! One file per trade; what Node's classes and Web Crypto's promises look like stands in `assets/node/crypto*.js`.

mod aead;
mod cipher;
mod fault;
mod hash;
mod jwk;
mod kdf;
mod keys;
mod pem;
mod random;
mod rsa_padding;
mod sign;

use std::any::Any;
use std::cell::RefCell;

use boa_engine::{Context, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsValue, js_string};
use boa_gc::{Finalize, Trace};

use super::super::state::text_of;
use super::bytes::{bytes_of, to_buffer};
use fault::Fault;

/// Fills `native` of `internal/crypto/native`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    random::install(help, context)?;
    hash::install(help, context)?;
    kdf::install(help, context)?;
    cipher::install(help, context)?;
    keys::install(help, context)?;
    sign::install(help, context)
}

/// A value of ours that JavaScript holds without seeing into it: it knows no engine values, so nothing is traced.
#[derive(Trace, Finalize, JsData)]
struct Held(#[unsafe_ignore_trace] RefCell<Box<dyn Any>>);

/// Hands a value to JavaScript as an object without properties.
pub(super) fn hold<T: 'static>(value: T) -> JsValue {
    JsObject::from_proto_and_data(None, Held(RefCell::new(Box::new(value)))).into()
}

/// Works on a value that JavaScript holds.
///
/// # Errors
/// A TypeError when the argument is something else.
pub(super) fn held<T: 'static, R>(
    args: &[JsValue],
    index: usize,
    work: impl FnOnce(&mut T) -> R,
) -> JsResult<R> {
    let object = args.get_or_undefined(index).as_object();
    let cell = object
        .as_ref()
        .and_then(|object| object.downcast_ref::<Held>());
    let mut value = cell.as_ref().and_then(|cell| cell.0.try_borrow_mut().ok());
    match value.as_mut().and_then(|value| value.downcast_mut::<T>()) {
        Some(value) => Ok(work(value)),
        None => Err(JsNativeError::typ()
            .with_message("Illegal invocation")
            .into()),
    }
}

/// The bytes of an argument: of a buffer or view, or a string's UTF-8. Anything else is empty.
pub(super) fn input(args: &[JsValue], index: usize, context: &mut Context) -> JsResult<Vec<u8>> {
    let value = args.get_or_undefined(index);
    if let Some(text) = value.as_string() {
        return Ok(text_of(&text).into_bytes());
    }
    Ok(bytes_of(value, context)?.unwrap_or_default())
}

/// The bytes of an argument, `None` where it is `undefined` or `null`.
fn optional(args: &[JsValue], index: usize, context: &mut Context) -> JsResult<Option<Vec<u8>>> {
    if args.get_or_undefined(index).is_null_or_undefined() {
        return Ok(None);
    }
    input(args, index, context).map(Some)
}

/// The text of an argument; empty where it is no string.
pub(super) fn text(args: &[JsValue], index: usize) -> String {
    args.get_or_undefined(index)
        .as_string()
        .map(|text| text_of(&text))
        .unwrap_or_default()
}

/// A count or size; 0 where the argument is none.
pub(super) fn size(args: &[JsValue], index: usize) -> usize {
    let number = args.get_or_undefined(index).as_number().unwrap_or(0.0);
    // JavaScript has checked the range; a cast from f64 saturates.
    number as usize
}

/// Hands bytes to JavaScript, as a Buffer.
pub(super) fn answer(bytes: &[u8], context: &mut Context) -> JsResult<JsValue> {
    Ok(to_buffer(bytes, context)?.into())
}

/// Hands bytes or the fault to JavaScript.
fn outcome(result: Result<Vec<u8>, Fault>, context: &mut Context) -> JsResult<JsValue> {
    match result {
        Ok(bytes) => answer(&bytes, context),
        Err(fault) => Err(fault.thrown(context)),
    }
}

/// A text as JavaScript has it.
fn word(text: &str) -> JsValue {
    js_string!(text).into()
}
